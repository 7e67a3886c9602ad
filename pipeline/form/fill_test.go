package form

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// formFile is a form workbook as staff would save it.
func formFile(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 3})
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{
		"A1": "Đơn vị: {{@unit}} – {{@period}}", "A2": "Nội dung", "B2": "Số lượng", "C2": "Kế hoạch", "A3": "Một", "B3": "{{A1}}", "C3": "{{A1:target}}",
		"A4": "Tỷ lệ", "B4": "{{LD93}}", "A5": "Ghi chú", "B5": " {{ A1 : note }} ", "A7": "{{classes/name}}", "B7": "{{classes/people:number}}", "A8": "Hai", "B8": "{{A2}}",
	}
	for cell, text := range rows {
		if err := f.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	runs := []excelize.RichTextRun{{Text: "Ngày ", Font: &excelize.Font{Italic: true}}, {Text: "{{@issued}}", Font: &excelize.Font{Bold: true}}}
	for _, err := range []error{f.SetCellStyle("Sheet1", "B3", "B3", bold), f.SetCellRichText("Sheet1", "A9", runs), f.MergeCell("Sheet1", "A1", "C1")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFill(t *testing.T) {
	t.Parallel()
	data := formFile(t)
	value := func(m Marker) (any, bool) {
		v, ok := map[string]any{
			"{{@unit}}": "LĐLĐ huyện Kế Sách", "{{@period}}": "Quý I năm 2026", "{{@issued}}": pipeline.Day(2026, time.April, 5),
			"{{A1}}": decimal.RequireFromString("12066"), "{{LD93}}": decimal.RequireFromString("0.6123"), "{{A1:note}}": "=HYPERLINK(\"x\")",
			"{{classes/name}}": []any{"Lớp một", "Lớp hai"}, "{{classes/people:number}}": []any{40, 30}, "{{A2}}": decimal.NewFromInt(7),
		}[m.String()]
		return v, ok
	}
	out, err := Fill(data, value)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Fill(data, value)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out, again) {
		t.Error("Fill gives other bytes the second time")
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := map[string]string{}
	for _, cell := range []string{"A1", "B3", "C3", "B4", "B5", "A7", "B7", "A8", "B8", "A9", "B9", "A10"} {
		text, err := f.GetCellValue("Sheet1", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		got[cell] = text
	}
	want := map[string]string{
		"A1": "Đơn vị: LĐLĐ huyện Kế Sách – Quý I năm 2026", "B3": "12066", "C3": "", "B4": "0.6123", "B5": "=HYPERLINK(\"x\")",
		"A7": "Lớp một", "B7": "40", "A8": "Lớp hai", "B8": "30", "A9": "Hai", "B9": "7", "A10": "Ngày 05/04/2026",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells mismatch (-want +got):\n%s", diff)
	}
	checkKept(t, f)
}

// checkKept looks at what filling must not touch: formulas are never made,
// styles, fonts of runs and merged ranges stay.
func checkKept(t *testing.T, f *excelize.File) {
	t.Helper()
	if formula, _ := f.GetCellFormula("Sheet1", "B5"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
	if shown, _ := f.GetCellValue("Sheet1", "B3"); shown != "12,066" {
		t.Errorf("B3 shows %q, want its number format kept", shown)
	}
	if runs, _ := f.GetCellRichText("Sheet1", "A10"); len(runs) != 2 || runs[1].Font == nil || !runs[1].Font.Bold {
		t.Errorf("runs of A10 = %+v, want the second bold", runs)
	}
	if merged, _ := f.GetMergeCells("Sheet1"); len(merged) != 1 {
		t.Errorf("merged ranges = %v, want one", merged)
	}
}

func TestFillBlank(t *testing.T) {
	t.Parallel()
	out, err := Fill(formFile(t), func(Marker) (any, bool) { return nil, false })
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Đơn vị:  – "}, {"Nội dung", "Số lượng", "Kế hoạch"}, {"Một"}, {"Tỷ lệ"}, {"Ghi chú"}, nil, nil, {"Hai"}, {"Ngày "}}
	for i, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) == 0 {
			row = nil
		}
		rows[i] = row
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows mismatch (-want +got):\n%s", diff)
	}
}

func TestFillRefuses(t *testing.T) {
	t.Parallel()
	if _, err := Fill([]byte("no workbook"), func(Marker) (any, bool) { return nil, false }); err == nil {
		t.Error("Fill of no workbook gives no error")
	}
}
