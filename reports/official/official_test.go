package official_test

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/lang"
	"tonghop/reports"
	"tonghop/reports/official"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func saved(t *testing.T, file *excelize.File) []byte {
	t.Helper()
	data, err := file.WriteToBuffer()
	must(t, err)
	must(t, file.Close())
	return data.Bytes()
}

// layout is a form with every kind of marker; its ratio is cut, in a cell that shows
// one decimal and in one that shows none.
func layout(t *testing.T) official.Form {
	t.Helper()
	file := excelize.NewFile()
	for name, rows := range map[string][][]any{
		"units": {{"code", "name", "kind"}, {"P", "Tỉnh", "province"}},
		"indicators": {
			{"code", "name", "kind", "time", "decimals", "numerator", "denominator", "rounding"}, {"N", "Số người học", "people", "flow"}, {"M", "Trong đó nữ", "people", "flow"},
			{"R", "Tỷ lệ nữ", "ratio", "flow", 1, "M", "N", "truncate"},
		},
		"forms": {{"code", "name", "file", "frequency"}, {"F", "Báo cáo", "f.xlsx", "half"}},
	} {
		_, err := file.NewSheet(name)
		must(t, err)
		for i, row := range rows {
			must(t, file.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row))
		}
	}
	must(t, file.DeleteSheet("Sheet1"))
	form := excelize.NewFile()
	for i, row := range [][]any{
		{"Cấp trên: {{@parent}}", "Đơn vị: {{@unit}} ({{@unit.code}})", "{{@period}}", "Ngày {{@issued}}"},
		{"Nội dung", "Số lượng", "Kế hoạch", "Tỷ lệ", "Ghi chú"},
		{"Số người học", "{{N}}", "{{N:target}}", "{{N:rate}}", "{{N:note}}"}, {"Trong đó nữ", "{{M}}"}, {"Tỷ lệ nữ", "{{R}}", "{{R:previous}}", "{{R:rate}}"}, {},
		{"Tên lớp", "Đơn vị", "Số người"}, {"{{classes/name}}", "{{classes/unit}}", "{{classes/people:number}}"},
	} {
		must(t, form.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	for cell, format := range map[string]string{"B5": "0.0%", "C5": "0%", "D5": "0.0%"} {
		style, err := form.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(t, err)
		must(t, form.SetCellStyle("Sheet1", cell, cell, style))
	}
	data := saved(t, form)
	rules, findings, err := assess.Load(fstest.MapFS{"catalogue.xlsx": {Data: saved(t, file)}, "forms/f.xlsx": {Data: data}},
		func(x pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{Exceptions: x} })
	if err != nil || rules == nil {
		t.Fatalf("Load: %v %+v", err, findings)
	}
	l, err := lang.Load("vi")
	must(t, err)
	return official.Form{Layout: rules.Layouts[0], Workbook: data, Catalogue: rules.Catalogue, Language: l}
}

// tree is a province with a group of two districts.
func tree() *reports.Dataset {
	dec := func(s string) *decimal.Decimal {
		d := decimal.RequireFromString(s)
		return &d
	}
	d := &reports.Dataset{
		Stamp: reports.Stamp{
			Period: pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}, Window: pipeline.Window{Start: pipeline.Day(2026, 1, 1), End: pipeline.Day(2026, 6, 30)},
			AsOf: time.Date(2026, 7, 5, 8, 0, 0, 0, time.UTC), Superior: "Tổng Liên đoàn",
		},
		Units: []reports.Unit{
			{Code: "P", Name: "Tỉnh"}, {Code: "G", Name: "Cụm", Parent: "P", Level: 1}, {Code: "A", Name: "Huyện An", Parent: "G", Level: 2},
			{Code: "B", Name: "Huyện Bình", Parent: "G", Level: 2}, {Code: "C", Name: "Huyện Cần", Parent: "P", Level: 1},
		},
		Facts: []reports.Fact{
			{Unit: "A", Indicator: "N", Measure: pipeline.MeasureValue, Note: "mở muộn"}, {Unit: "C", Indicator: "N", Measure: pipeline.MeasureValue, Note: "=1+1"},
		},
	}
	for _, unit := range []string{"P", "G", "A"} {
		d.Achievements = append(d.Achievements,
			reports.Achievement{Unit: unit, Indicator: "N", Actual: dec("1000"), YTD: dec("1000"), Target: dec("1500"), Rate: dec("0.66666667"), Qualifier: pipeline.AtLeast},
			reports.Achievement{Unit: unit, Indicator: "R", Qualifier: pipeline.Exact, Actual: dec("0.97989"), Previous: dec("0.9999"), Rate: dec("1.39999")})
	}
	row := 0
	for _, unit := range []string{"A", "B", "C"} {
		for _, field := range []string{"name", "people"} {
			c := reports.ListCell{Period: "2026-H1", Unit: unit, Form: "F", List: "classes", Row: 1, Field: field, SHA256: unit, Qualifier: pipeline.Exact, Use: "added", State: pipeline.StateFilled, Text: "Lớp " + unit}
			if field == "people" {
				row++
				c.State, c.Number = pipeline.StateNumber, dec(fmt.Sprint(row*10))
			}
			d.Lists = append(d.Lists, c)
		}
	}
	return d
}

// TestFill fills the form for the province, for a unit between and for one that
// reports: header, figures as they are printed, and the notes and rows of those below.
func TestFill(t *testing.T) {
	t.Parallel()
	f, d := layout(t), tree()
	for code, want := range map[string]string{
		"P": "[[Cấp trên: Tổng Liên đoàn Đơn vị: Tỉnh (P) 6 tháng đầu năm 2026 Ngày 05/07/2026] [Nội dung Số lượng Kế hoạch Tỷ lệ Ghi chú]" +
			" [Số người học trên 1.000 1500 0.66666667 Huyện An: mở muộn; Huyện Cần: =1+1] [Trong đó nữ] [Tỷ lệ nữ 0.979 0.99 1.399] []" +
			" [Tên lớp Đơn vị Số người] [Lớp A Huyện An 10] [Lớp B Huyện Bình 20] [Lớp C Huyện Cần 30]]",
		"G": "[[Cấp trên: Tỉnh Đơn vị: Cụm (G) 6 tháng đầu năm 2026 Ngày 05/07/2026] [Nội dung Số lượng Kế hoạch Tỷ lệ Ghi chú]" +
			" [Số người học trên 1.000 1500 0.66666667 Huyện An: mở muộn] [Trong đó nữ] [Tỷ lệ nữ 0.979 0.99 1.399] []" +
			" [Tên lớp Đơn vị Số người] [Lớp A Huyện An 10] [Lớp B Huyện Bình 20]]",
		"A": "[[Cấp trên: Cụm Đơn vị: Huyện An (A) 6 tháng đầu năm 2026 Ngày 05/07/2026] [Nội dung Số lượng Kế hoạch Tỷ lệ Ghi chú]" +
			" [Số người học trên 1.000 1500 0.66666667 mở muộn] [Trong đó nữ] [Tỷ lệ nữ 0.979 0.99 1.399] []" +
			" [Tên lớp Đơn vị Số người] [Lớp A Huyện An 10]]",
	} {
		unit, _ := d.Unit(code)
		data, ok, err := f.Fill(d, unit)
		if err != nil || !ok {
			t.Fatalf("%s: %t, %v", code, ok, err)
		}
		file, err := excelize.OpenReader(bytes.NewReader(data))
		must(t, err)
		rows, err := file.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		must(t, err)
		if formula, err := file.GetCellFormula("Sheet1", "E3"); err != nil || formula != "" {
			t.Errorf("%s: a note became the formula %q, %v", code, formula, err)
		}
		must(t, file.Close())
		if diff := cmp.Diff(want, fmt.Sprint(rows)); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", code, diff)
		}
		for range 5 { // texts of several columns come from a map
			if again, _, err := f.Fill(d, unit); err != nil || !bytes.Equal(data, again) {
				t.Fatalf("%s: filled again, the form has other bytes, %v", code, err)
			}
		}
	}
	if root, ok := f.Root(d); !ok || root.Code != "P" {
		t.Errorf("Root = %q, %t", root.Code, ok)
	}
	if unit, _ := d.Unit("B"); true {
		if _, ok, err := f.Fill(d, unit); ok || err != nil {
			t.Errorf("a unit without figures gets a form: %t, %v", ok, err)
		}
	}
}
