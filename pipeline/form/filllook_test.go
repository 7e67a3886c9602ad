package form

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// Of a form drawn without any number format the days, rates and row numbers are
// shown as a reader expects them; borders and formats that staff chose stay, and a
// long note makes its row grow.
func TestFillLooks(t *testing.T) {
	t.Parallel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	f := excelize.NewFile()
	defer f.Close()
	framed, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1, Color: "000000"}}})
	must(err)
	chosen, err := f.NewStyle(&excelize.Style{NumFmt: 9})
	must(err)
	must(f.SetSheetRow("Sheet1", "A1", &[]any{1, "{{classes/name}}", "{{classes/start:date}}", 1}))
	must(f.SetSheetRow("Sheet1", "A2", &[]any{1, "{{A1:rate}}", "{{A2:rate}}", "{{A1:note}}"}))
	must(f.SetCellStyle("Sheet1", "B1", "C2", framed))
	must(f.SetCellStyle("Sheet1", "C2", "C2", chosen))
	must(f.SetRowHeight("Sheet1", 2, 40))
	b, err := f.WriteToBuffer()
	must(err)
	rate := Figure{decimal.RequireFromString("0.53333"), "0.00%"}
	out, err := Fill(b.Bytes(), func(m Marker) (any, bool) {
		v, ok := map[string]any{
			"{{classes/name}}": []any{"một", "hai"}, "{{classes/start:date}}": []any{pipeline.Day(2026, time.February, 10), nil},
			"{{A1:rate}}": rate, "{{A2:rate}}": rate, "{{A1:note}}": strings.Repeat("lời dài ", 9),
		}[m.String()]
		return v, ok
	})
	must(err)
	filled, err := excelize.OpenReader(bytes.NewReader(out))
	must(err)
	defer filled.Close()
	rows, err := filled.GetRows("Sheet1")
	must(err)
	rows[2] = rows[2][:3]
	want := [][]string{{"1", "một", "10/02/2026", "1"}, {"2", "hai", "", "1"}, {"1", "53.33%", "53%"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("shown mismatch (-want +got):\n%s", diff)
	}
	for _, cell := range []string{"C1", "C2", "B3"} {
		id, err := filled.GetCellStyle("Sheet1", cell)
		must(err)
		if style, err := filled.GetStyle(id); err != nil || len(style.Border) != 1 {
			t.Errorf("%s lost its border: %+v, %v", cell, style, err)
		}
	}
	if height, err := filled.GetRowHeight("Sheet1", 3); err != nil || height <= 40 {
		t.Errorf("the row of a long note keeps its height %v, %v", height, err)
	}
}
