package feedback_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

func language(t *testing.T, code string) *lang.Language {
	t.Helper()
	l, err := lang.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// must fails the test on the first error.
func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// report is a unit's workbook as offices make them: a merged title, a filled
// header, widths, a print set-up, a formula, a comment of the unit's own and a
// second sheet.
func report(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Biểu 2'HĐCĐ"
	must(t, f.SetSheetName("Sheet1", sheet))
	header, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Family: ".VnTime"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"C6E0B4"}},
	})
	must(t, err)
	input, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Family: "Times New Roman", Size: 13, Italic: true}, NumFmt: 3,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{Horizontal: "right", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Style: 4, Color: "FF0000"}},
	})
	must(t, err)
	must(t,
		f.SetCellStr(sheet, "A1", "BÁO CÁO SỐ LIỆU"), f.MergeCell(sheet, "A1", "D1"),
		f.SetSheetRow(sheet, "A3", &[]any{"TT", "Nội dung", "Đơn vị tính", "Số lượng"}), f.SetCellStyle(sheet, "A3", "D3", header),
		f.SetSheetRow(sheet, "A4", &[]any{1, "Tổng số lao động", "người", 12066}),
		f.SetSheetRow(sheet, "A5", &[]any{2, "  - Trong đó: nữ", "người", "mười hai"}),
		f.SetSheetRow(sheet, "A6", &[]any{3, "Số lớp", "lớp", "05 lớp"}),
		f.SetCellFormula(sheet, "D7", "D4+1"), f.SetCellStyle(sheet, "D4", "D8", input),
		f.SetColWidth(sheet, "B", "B", 42.5), f.SetRowHeight(sheet, 3, 33),
		f.AddComment(sheet, excelize.Comment{Cell: "B4", Author: "Văn phòng", Text: "ghi chú của đơn vị"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "'Biểu 2''HĐCĐ'!$A$1:$D$8", Scope: sheet}),
	)
	_, err = f.NewSheet("Ghi chú")
	must(t, err, f.SetCellStr("Ghi chú", "A1", "=1+1"))
	f.SetActiveSheet(1)
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

func answer(t *testing.T) *reports.Feedback {
	t.Helper()
	zone := time.FixedZone("ICT", 7*3600)
	const sheet = "Biểu 2'HĐCĐ"
	f := &reports.Feedback{
		UnitName: "Liên đoàn Lao động huyện Kế Sách", FormName: "Mẫu số 2-HĐCĐ",
		Due: pipeline.Day(2026, 6, 15), Late: true, Received: time.Date(2026, 6, 17, 9, 41, 0, 0, zone),
		Submission: pipeline.Submission{
			File: "H05/quý 2/Bao cao 6 thang.xlsx", Unit: "H05", Form: "02-HDCD", Verdict: pipeline.Refused,
			Period: pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1},
			Findings: []pipeline.Finding{
				{Code: "row_missing", Severity: pipeline.SeverityWarning, Sheet: sheet, Cell: "D6", Read: "05 lớp"},
				{Code: "not_a_number", Severity: pipeline.SeverityError, Sheet: sheet, Cell: "D5", Read: "mười hai", Expected: "12"},
				{Code: "sum_differs", Severity: pipeline.SeverityWarning, Sheet: sheet, Cell: "D5"},
				{Code: "unit_missing", Severity: pipeline.SeverityNotice},
			},
		},
		ReadBack: []reports.ReadBack{
			{Name: "Tổng số lao động", Measure: "người", Fact: pipeline.Fact{Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: decimal.NewFromInt(12066), Qualifier: pipeline.Exact, Raw: "12066", Sheet: sheet, Cell: "D4"}},
			{Name: "Tỷ lệ đoàn viên", Measure: "%", Ratio: true, Places: 2, Fact: pipeline.Fact{Measure: pipeline.MeasureYTD, State: pipeline.StateNumber, Value: decimal.RequireFromString("0.61230"), Raw: "61,23%", Sheet: sheet, Cell: "D8"}},
			{Name: "Số lớp", Measure: "lớp", Fact: pipeline.Fact{State: pipeline.StateNumber, Value: decimal.NewFromInt(500), Qualifier: pipeline.AtLeast, Raw: "trên 500", Sheet: sheet, Cell: "D6"}},
			{Name: "Số vụ", Measure: "vụ", Fact: pipeline.Fact{State: pipeline.StateNil, Raw: "không phát sinh", Sheet: "Ghi chú", Cell: "A1"}},
			{Name: "Số cuộc", Measure: "cuộc", Fact: pipeline.Fact{State: pipeline.StateBlank, Sheet: "không có", Cell: "B2"}},
		},
	}
	return f
}

// reopen opens what was written.
func reopen(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, f.Close()) })
	return f
}

// find is the first cell of a sheet with the given text.
func find(t *testing.T, f *excelize.File, sheet, text string) string {
	t.Helper()
	cells, err := f.SearchSheet(sheet, text)
	must(t, err)
	if len(cells) == 0 {
		t.Fatal(fmt.Sprintf("no cell of sheet %q says %q", sheet, text))
	}
	return cells[0]
}
