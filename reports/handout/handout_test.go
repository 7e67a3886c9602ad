package handout_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/lang"
	"tonghop/reports/handout"
)

// office is a small workspace whose form has every kind of marker: a formula of
// staff's own, a bound of theirs, a merged input, and a list below.
func office(t *testing.T) (*assess.Rules, handout.Blank) {
	t.Helper()
	sheet := func(rows ...[]any) [][]any { return rows }
	file := excelize.NewFile()
	for name, rows := range map[string][][]any{
		"units": sheet([]any{"code", "name", "kind", "parent"}, []any{"P", "Liên đoàn tỉnh", "province"}, []any{"A", "Huyện An", "district", "P"}, []any{"B", "Huyện Bình", "district", "P"}),
		"indicators": sheet([]any{"code", "name", "kind", "time", "decimals", "numerator", "denominator", "from"},
			[]any{"N", "Số người học", "people", "flow"}, []any{"M", "Trong đó nữ", "people", "flow"}, []any{"R", "Tỷ lệ nữ", "ratio", "flow", 1, "M", "N"},
			[]any{"D", "Kinh phí", "money", "flow"}, []any{"L", "Số lớp cơ sở", "count", "flow", nil, nil, nil, "count(classes); level = cơ sở, xã"}),
		"forms":        sheet([]any{"code", "name", "file", "frequency", "basis", "unit_kinds"}, []any{"F", "Báo cáo học tập", "f.xlsx", "half", "ytd", "district"}),
		"targets 2026": sheet([]any{"unit", "N", "R"}, []any{"A", 1200, 0.4}),
		"checks": sheet([]any{"code", "left", "operator", "right", "severity", "instruction"}, []any{"K1", "M", "<=", "N", "error", "Nữ không nhiều hơn tổng."},
			[]any{"K2", "D", ">", "0", "warning", "Nên có kinh phí."}, []any{"K3", "N", ">", "M", "beta", "đang thử"}),
	} {
		_, err := file.NewSheet(name)
		must(t, err)
		for i, row := range rows {
			must(t, file.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row))
		}
	}
	must(t, file.DeleteSheet("Sheet1"))
	inputs := fstest.MapFS{"catalogue.xlsx": {Data: saved(t, file)}, "forms/f.xlsx": {Data: officeForm(t)}}
	rules, findings, err := assess.Load(inputs, func(x pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{Exceptions: x} })
	if err != nil || rules == nil {
		t.Fatalf("Load: %v %+v", err, findings)
	}
	half := pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}
	blank := rules.Blank(rules.Layouts[0], rules.Owing(rules.Layouts[0], half)[0], half)
	blank.Rows, blank.Previous = 3, map[string]decimal.Decimal{"N": decimal.NewFromInt(950)}
	return rules, blank
}

func officeForm(t *testing.T) []byte {
	t.Helper()
	file := excelize.NewFile()
	for i, row := range [][]any{
		{"Công đoàn cấp trên: {{@parent}}"}, {"Đơn vị báo cáo: {{@unit}} (mã {{@unit.code}})"}, {"{{@period}} (số liệu đến {{@cutoff}})"},
		{"TT", "Nội dung", "ĐVT", "Thực hiện", nil, "Kế hoạch", "Tỷ lệ", "Cùng kỳ", "Ghi chú", "Cộng"},
		{1, "Số người học", "người", "{{N}}", nil, "{{N:target}}", "{{N:rate}}", "{{N:previous}}", "{{N:note}}"},
		{nil, "        - Trong đó: nữ", "người", "{{M}}", nil, nil, nil, "{{M:previous}}"},
		{nil, "        + Tỷ lệ nữ", "%", "{{R}}", nil, "{{R:target}}", "{{R:rate}}"},
		{2, "Kinh phí", "đồng", "{{D}}"},
		{3, "Số lớp cơ sở", "lớp", "{{L}}"},
		{},
		{"TT", "Tên lớp", "Cấp", "Ngày mở", "Đơn vị"}, {1, "{{classes/name}}", "{{classes/level}}", "{{classes/start:date}}", "{{classes/unit}}"},
		{}, {nil, nil, nil, "Nơi đó, {{@issued}}"},
	} {
		must(t, file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	must(t, file.MergeCell("Sheet1", "D5", "E5"))
	must(t, file.SetCellFormula("Sheet1", "J5", "D5+D6"))
	must(t, file.SetCellFormula("Sheet1", "B14", `COUNTA(B12)&" lớp"`))
	own := excelize.NewDataValidation(true)
	own.Sqref = "D8:D8"
	must(t, own.SetRange(5, 10, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	must(t, file.AddDataValidation("Sheet1", own))
	return saved(t, file)
}

func handed(t *testing.T, b handout.Blank, code string) *excelize.File {
	t.Helper()
	l, err := lang.Load(code)
	must(t, err)
	var out bytes.Buffer
	must(t, handout.Write(&out, b, l))
	return open(t, out.Bytes())
}

func TestWhatStands(t *testing.T) {
	t.Parallel()
	_, blank := office(t)
	file := handed(t, blank, "en")
	for cell, want := range map[string]string{
		"A1": "Công đoàn cấp trên: Liên đoàn tỉnh", "A2": "Đơn vị báo cáo: Huyện An (mã A)", "A3": "6 tháng đầu năm 2026 (số liệu đến 30/06/2026)",
		"D5": "", "F5": "1,200", "H5": "950", "F7": "40.0%", "H6": "", "B12": "", "A12": "1", "A14": "3", "D16": "Nơi đó, ngày ...... tháng ...... năm 2026",
	} {
		if got, err := file.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if formula, err := file.GetCellFormula("Sheet1", "G5"); err != nil || formula != `IF(AND(ISNUMBER(D5),ISNUMBER(F5)),IF(F5<>0,D5/F5,""),"")` {
		t.Errorf("the rate is %q (%v)", formula, err)
	}
	if formula, err := file.GetCellFormula("Sheet1", "J5"); err != nil || formula != "D5+D6" {
		t.Errorf("the form's own formula is %q (%v)", formula, err)
	}
	if formula, err := file.GetCellFormula("Sheet1", "B16"); err != nil || formula != `COUNTA(B12:B14)&" lớp"` {
		t.Errorf("the total of the list's rows is %q (%v)", formula, err)
	}
	if visible, err := file.GetSheetVisible(form.SealSheetName); err != nil || visible {
		t.Errorf("the seal is visible: %t %v", visible, err)
	}
	if file.GetActiveSheetIndex() != 0 {
		t.Errorf("sheet %d is shown first, want the form", file.GetActiveSheetIndex())
	}
}

// Only what the unit fills in is open: its figures, notes and lists, the day of
// signing and the lines for names.
func TestLocks(t *testing.T) {
	t.Parallel()
	_, blank := office(t)
	file := handed(t, blank, "vi")
	var open []string
	for row := 1; row <= 30; row++ {
		for col := 1; col <= 12; col++ {
			if isOpen(t, file, "Sheet1", cellAt(row, col)) {
				open = append(open, cellAt(row, col))
			}
		}
	}
	want := []string{"D5", "E5", "I5", "D6", "D7", "D8", "D9", "B12", "C12", "D12", "B13", "C13", "D13", "B14", "C14", "D14", "D16"}
	for row := 17; row < 25; row++ {
		for col := 1; col <= 12; col++ {
			want = append(want, cellAt(row, col))
		}
	}
	if diff := cmp.Diff(want, open); diff != "" {
		t.Errorf("open cells mismatch (-want +got):\n%s", diff)
	}
	protection, err := file.GetSheetProtection("Sheet1")
	must(t, err)
	if !protection.FormatColumns || !protection.InsertRows || protection.Password != "" || protection.FormatCells {
		t.Errorf("protection is %+v, want widths and rows of the list free, no password", protection)
	}
}

// What a cell takes is what the reader takes.
func TestTyping(t *testing.T) {
	t.Parallel()
	_, blank := office(t)
	file := handed(t, blank, "vi")
	all, err := file.GetDataValidations("Sheet1")
	must(t, err)
	at := map[string]*excelize.DataValidation{}
	for _, v := range all {
		if at[v.Sqref] != nil {
			t.Errorf("%s is bounded twice", v.Sqref)
		}
		at[v.Sqref] = v
	}
	tests := []struct {
		cell  string
		typed any
		takes bool
	}{
		{"D5", 1250, true}, {"D5", 0, true}, {"D5", 12.5, false}, {"D5", -3, false}, {"D5", "-", true}, {"D5", "Không phát sinh", true},
		{"D5", "trên 500", true}, {"D5", "05 lớp", false}, {"D5", "12.066 ", false}, {"D5", "x", false},
		{"D7", 0.4, true}, {"D7", 61.23, false}, {"D7", -0.1, false}, {"D7", "-", true},
		{"D12:D14", 46000, true}, {"D12:D14", 6, false}, {"D12:D14", "-", true}, {"D12:D14", "31/6/2026", true}, {"D12:D14", "tháng 6", false},
	}
	for _, tt := range tests {
		v, ok := at[tt.cell]
		if !ok || v.Type != "custom" || len([]rune(v.Formula1)) > 255 || !strings.ContainsAny(*v.Error, "ạảấầẩẫậắằẳẵặ") {
			t.Fatalf("%s is bounded by %+v", tt.cell, v)
		}
		first, _, _ := strings.Cut(tt.cell, ":")
		must(t, file.SetCellValue("Sheet1", first, tt.typed))
		must(t, file.SetCellFormula("Sheet1", "ZZ1", strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(v.Formula1)))
		got, err := file.CalcCellValue("Sheet1", "ZZ1")
		if err != nil || (got == "TRUE" || got == "1") != tt.takes { // excelize gives 1 for true within IF
			t.Errorf("%s takes %v: %s (%v), want %t", tt.cell, tt.typed, got, err, tt.takes)
		}
	}
	if v := at["D8:D8"]; v == nil || v.Type != "whole" || at["D8"] != nil {
		t.Errorf("the form's own bound is %+v beside %+v", v, at["D8"])
	}
	if v := at["C12:C14"]; v == nil || v.Type != "list" || v.Formula1 != "_tonghop!$D$1:$D$1" {
		t.Errorf("the level is bounded by %+v, want the catalogue's list", v)
	}
	if value, err := file.GetCellValue(form.SealSheetName, "D1"); err != nil || value != "cơ sở, xã" {
		t.Errorf("the list offers %q (%v)", value, err)
	}
	if prompt := at["D6"].Prompt; prompt == nil || *prompt != "Nữ không nhiều hơn tổng." {
		t.Errorf("D6 says nothing of its check")
	}
}

// The guide tells what, when and where, and lists what is checked.
func TestGuide(t *testing.T) {
	t.Parallel()
	_, blank := office(t)
	rows, err := handed(t, blank, "vi").GetRows(form.GuideSheetName)
	must(t, err)
	var texts []string
	for _, row := range rows {
		texts = append(texts, strings.Trim(strings.Join(row, " | "), " |"))
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{
		"Biểu | F – Báo cáo học tập | Đơn vị báo cáo | Huyện An", "Kỳ báo cáo | 6 tháng đầu năm 2026 | Số liệu tính đến | 30/06/2026",
		"Hạn nộp | 15/07/2026 | Nơi nhận | Liên đoàn tỉnh", "Ô D6 | Nữ không nhiều hơn tổng.", "Ô D8 | Nên có kinh phí.", "Bảng danh sách", "Ghi chú |", "thư mục A",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the guide lacks %q:\n%s", want, all)
		}
	}
	if strings.Contains(all, "đang thử") {
		t.Errorf("the guide tells of a check on trial")
	}
}

// The seal is outdone by what the workbook shows.
func TestSealIsNotBelieved(t *testing.T) {
	t.Parallel()
	rules, blank := office(t)
	tests := []struct {
		name   string
		folder string
		edit   map[string]string
		codes  []string
		period string
	}{
		{"as handed out", "A", nil, nil, "2026-H1"},
		{"another unit's file, its name retyped", "B", map[string]string{"A2": "Đơn vị báo cáo: Huyện Bình (mã B)"}, []string{"warning handed_to_other"}, "2026-H1"},
		{"another unit's file as it is", "B", nil, []string{"error unit_mismatch", "warning handed_to_other"}, "2026-H1"},
		{"used for another period", "A", map[string]string{"A3": "Năm 2026 (số liệu đến 31/12/2026)"}, []string{"notice handed_for_other_period"}, "2026"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file := handed(t, blank, "vi")
			must(t, file.SetCellInt("Sheet1", "D5", 20))
			for cell, text := range tt.edit {
				must(t, file.SetCellStr("Sheet1", cell, text))
			}
			data := saved(t, file)
			result, err := rules.Assess(assess.Input{
				File: intake.File{Path: tt.folder + "/x.xlsx", Size: int64(len(data))}, Data: data, Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC,
			})
			must(t, err)
			var codes []string
			for _, f := range result.Findings {
				codes = append(codes, string(f.Severity)+" "+f.Code)
			}
			if !slices.Equal(codes, tt.codes) || result.Period.String() != tt.period || result.Unit != tt.folder {
				t.Errorf("found %v for %s %s, want %v for %s %s", codes, result.Unit, result.Period, tt.codes, tt.folder, tt.period)
			}
		})
	}
}

// Equal blanks are equal bytes.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	_, blank := office(t)
	vi, err := lang.Load("vi")
	must(t, err)
	var one, two bytes.Buffer
	must(t, handout.Write(&one, blank, vi))
	must(t, handout.Write(&two, blank, vi))
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same blank gave other bytes")
	}
}
