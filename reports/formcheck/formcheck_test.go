package formcheck_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/workbook"
	"tonghop/reports/formcheck"
	"tonghop/reports/internal/xlsx"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Every marked cell says how it is understood, what is wrong with it first; all
// other cells stay as they are.
func TestAnnotate(t *testing.T) {
	t.Parallel()
	file := excelize.NewFile()
	for i, row := range [][]any{
		{"Đơn vị: {{@unit}}"}, {"TT", "Nội dung", "Số lượng", "Kế hoạch"}, {1, "Số lớp", "{{A}}", "{{A:target}}"}, {2, "Số người", "{{X}}", "{{Y:wrong}}"},
		{"TT", "Tên", "Ngày"}, {1, "{{l/name}}", "{{l/day:date}}"},
	} {
		must(t, file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	var original, out bytes.Buffer
	must(t, file.Write(&original))
	book, err := workbook.Read(original.Bytes(), workbook.DefaultLimits())
	must(t, err)
	cat := &pipeline.Catalogue{Indicators: []pipeline.Indicator{{Code: "A", Name: "Số lớp mở", Measure: "lớp", Kind: pipeline.KindCount}}}
	vi, err := lang.Load("vi")
	must(t, err)
	x := form.Examine(pipeline.Form{Code: "F", Basis: pipeline.BasisPeriod}, book, cat)
	must(t, formcheck.Annotate(&out, original.Bytes(), x, cat, vi))
	got, err := excelize.OpenReader(&out)
	must(t, err)
	comments, err := got.GetComments("Sheet1")
	must(t, err)
	said := map[string]string{}
	for _, c := range comments {
		for _, run := range c.Paragraph {
			said[c.Cell] += run.Text
		}
	}
	tests := []struct{ cell, color, says string }{
		{"A1", xlsx.ColorHeader, "{{@unit}}: nhận ra theo các chữ «Đơn vị: …»"},
		{"C3", xlsx.ColorGood, "Số đơn vị điền: A – Số lớp mở (lớp, số nguyên)\nDòng: Số lớp\nCột: Số lượng"},
		{"D3", xlsx.ColorNotice, "Chương trình điền kế hoạch: A – Số lớp mở"},
		{"C4", xlsx.ColorError, "X"},
		{"D4", xlsx.ColorError, "{{Y:wrong}}"},
		{"C6", "D9D2E9", "Danh sách l, cột day: ngày"},
		{"B3", "", ""},
	}
	for _, tt := range tests {
		style, err := got.GetCellStyle("Sheet1", tt.cell)
		must(t, err)
		look, err := got.GetStyle(style)
		must(t, err)
		if color := strings.Join(look.Fill.Color, ""); color != tt.color || !strings.Contains(said[tt.cell], tt.says) {
			t.Errorf("%s is filled %q and says %q, want %q and %q", tt.cell, color, said[tt.cell], tt.color, tt.says)
		}
	}
	if len(said) != 7 {
		t.Errorf("%d comments, want one for each marker: %v", len(said), said)
	}
}
