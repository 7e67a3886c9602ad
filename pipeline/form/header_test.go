package form

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/workbook"
)

func TestHeader(t *testing.T) {
	t.Parallel()
	table := []string{"TT | Nội dung | Số lượng", "1 | Một | {{A1}}", "2 | Hai | {{A2}}", "Ngày {{@issued}}"}
	filled := []string{"TT | Nội dung | Số lượng", "1 | Một | 1", "2 | Hai | 2", "Ngày 5/6/2026"}
	tests := []struct {
		name      string
		form      []string
		submitted []string
		want      []string // field, text, cell
	}{
		{"in the same cell", []string{"Đơn vị báo cáo: {{@unit}}"}, []string{"Đơn vị báo cáo : LĐLĐ huyện Kế Sách"}, []string{"unit LĐLĐ huyện Kế Sách A1"}},
		{"in the next cell", []string{"Đơn vị báo cáo: {{@unit}}"}, []string{"ĐƠN VỊ BÁO CÁO: | | LĐLĐ huyện Kế Sách"}, []string{"unit LĐLĐ huyện Kế Sách C1"}},
		{"form has it in the next cell", []string{"Đơn vị: | {{@unit}}"}, []string{"", "Đơn vị | LĐLĐ huyện Kế Sách"}, []string{"unit LĐLĐ huyện Kế Sách B2"}},
		{"form has it in the next cell, typed into one", []string{"Đơn vị: | {{@unit}}"}, []string{"Đơn vị: LĐLĐ huyện Kế Sách"}, []string{"unit LĐLĐ huyện Kế Sách A1"}},
		{"dots", []string{"Đơn vị báo cáo: {{@unit}}"}, []string{"Đơn vị báo cáo:…………......"}, []string{"unit  A1"}},
		{"left as on the form", []string{"Đơn vị báo cáo: {{@unit}}"}, []string{"Đơn vị báo cáo: {{@unit}}"}, []string{"unit  A1"}},
		{"dots after", []string{"Đơn vị báo cáo: {{@unit}}"}, []string{"Đơn vị báo cáo: Y tế ........."}, []string{"unit Y tế A1"}},
		{"two fields", []string{"{{@period}} (số liệu tính đến {{@cutoff}})"}, []string{"Quý I năm 2026 ( Số liệu tính đến 31/3/2026 )"}, []string{"period Quý I năm 2026 A1", "cutoff 31/3/2026 A1"}},
		{"date cell", []string{"Số liệu tính đến ngày: | {{@cutoff}}"}, []string{"Số liệu tính đến ngày: | d:2026-05-31"}, []string{"cutoff 2026-05-31 B1"}},
		{"alone between known lines", []string{"LĐLĐ TỈNH", "{{@unit}}", "BÁO CÁO"}, []string{"LĐLĐ tỉnh", "", "Công đoàn Y tế", "Báo cáo"}, []string{"unit Công đoàn Y tế A3"}},
		{"alone below the title", []string{"BÁO CÁO", "{{@period}}"}, []string{"Báo cáo", "Năm 2015"}, []string{"period Năm 2015 A2"}},
		{"alone above everything", []string{"{{@unit}}", "BÁO CÁO"}, []string{"Y tế", "Báo cáo"}, []string{"unit Y tế A1"}},
		{"alone, two lines in its place", []string{"LĐLĐ TỈNH", "{{@unit}}", "BÁO CÁO"}, []string{"LĐLĐ tỉnh", "Công đoàn", "Y tế", "Báo cáo"}, nil},
		{"second line in the cell", []string{"Đơn vị: {{@unit}}"}, []string{"Đơn vị: Y tế\nĐịa chỉ: số 1"}, []string{"unit Y tế A1"}},
		{"names a column too", []string{"Kỳ: {{@period}}", "Mã: {{@unit.code}} | < | {{@parent}}"}, []string{"Kỳ: 2026-Q1", "Mã: H01"}, []string{"period 2026-Q1 A1", "unit.code H01 A2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			layout := layoutOf(t, "F", sheet("S", append(tt.form, table...)...))
			m := Align(layout, book(sheet("S", append(tt.submitted, filled...)...)))
			var got []string
			for _, f := range m.Header {
				if f.Field != "issued" {
					got = append(got, f.Field+" "+f.Text+" "+f.Cell)
				} else if f.Text != "5/6/2026" {
					t.Errorf("issued = %q, want 5/6/2026", f.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("header mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTopText(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "1464", sheet("S", wideForm...))
	submitted := append([]string{"LIÊN ĐOÀN", "2015 | d:2015-11-30"}, filled(wideForm, wideValues)...)
	var got []Text
	for _, text := range Align(layout, book(sheet("S1", submitted...))).TopText {
		got = append(got, text)
	}
	want := []Text{
		{"LIÊN ĐOÀN", "S1", "A1"}, {"2015", "S1", "A2"}, {"2015-11-30", "S1", "B2"}, {"Đơn vị báo cáo", "S1", "A3"},
		{"Công đoàn ngành Y tế", "S1", "B3"}, {"KẾT QUẢ CHƯƠNG TRÌNH 1464", "S1", "A4"}, {"Quý I năm 2026", "S1", "A5"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("TopText mismatch (-want +got):\n%s", diff)
	}
}

func TestRecognise(t *testing.T) {
	t.Parallel()
	long := append([]string{"MẪU SỐ 01-A"}, "Nội dung | Số lượng", "Một | {{A1}}", "Hai | {{A2}}", "Ba | {{B1}}", "Bốn | {{B2}}", "Năm | {{C1}}")
	short := append([]string{"MẪU SỐ 02-B"}, "Nội dung | Số lượng", "Một | {{D1}}", "Hai | {{D2}}")
	other := append([]string{"MẪU SỐ 03-C"}, "Nội dung | Số lượng", "Một | {{D1}}", "Hai | {{D2}}")
	plan := append([]string{"MẪU SỐ 04-D"}, "Nội dung | Kế hoạch", "Một | {{D1}}", "Hai | {{D2}}")
	layouts := []*Layout{
		layoutOf(t, "01-A", sheet("S", long...)), layoutOf(t, "02-B", sheet("S", short...)),
		layoutOf(t, "03-C", sheet("S", other...)), layoutOf(t, "04-D", sheet("S", plan...)),
	}
	values := map[string]string{"{{A1}}": "1", "{{A2}}": "2", "{{B1}}": "3", "{{B2}}": "4", "{{C1}}": "5", "{{D1}}": "6", "{{D2}}": "7"}
	submit := func(lines []string) *workbook.Book { return book(sheet("S", filled(lines, values)...)) }
	tests := []struct {
		name, file, want string
		book             *workbook.Book
	}{
		{"long form", "", "01-A", submit(long)},
		{"long form with a row missing", "", "01-A", submit(long[:6])},
		{"short form by the code in it", "", "02-B", submit(short)},
		{"other form by the code in it", "Bao cao 02-B.xlsx", "03-C", submit(other)},
		{"short form by the file's name", "bao cao 03_C quy 1.xlsx", "03-C", submit(short[1:])},
		{"by its column", "", "04-D", submit(plan[1:])},
		{"no code anywhere", "bao cao.xlsx", "form_ambiguous", submit(short[1:])},
		{"part of a longer code", "103-C.xlsx", "form_ambiguous", submit(short[1:])},
		{"named as another form that fits nearly as well", "", "form_ambiguous", submit(append([]string{"MẪU SỐ 02-B"}, plan[1:]...))},
		{"nothing alike", "", "form_not_recognised", book(sheet("S", "a | b", "c | 1"))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, findings := Recognise(layouts, tt.book, tt.file)
			got := ""
			if m != nil {
				got = m.Layout.Form.Code
			} else {
				got = findings[0].Code
			}
			if got != tt.want {
				t.Errorf("Recognise = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	form := []string{
		"Đơn vị: {{@unit}}", "A. Lớp học", "TT | Tên lớp | Ngày mở | Số người", "1 | {{classes/name}} | {{classes/start:date}} | {{classes/people:number}}",
		"B. Kết quả", "TT | Nội dung | Đơn vị tính | Số lượng", "1 | Số cán bộ | người | {{A1}}", " | - Trong đó: nữ | | {{A2}}", "2 | Số đoàn viên | người | {{B1}}",
	}
	layout := layoutOf(t, "F", sheet("S", form...))
	if len(layout.Lists) != 1 || len(layout.Lists[0].Fields) != 3 {
		t.Fatalf("lists = %+v, want one of three fields", layout.Lists)
	}
	bottom := filled(form[4:], map[string]string{"{{A1}}": "1", "{{A2}}": "2", "{{B1}}": "3"})
	top := []string{"Đơn vị: X", "A. Lớp học", "TT | Tên lớp | Ngày mở | Số người"}
	facts := []string{"A1 1", "A2 2", "B1 3"}
	tests := []struct {
		name string
		rows []string
	}{
		{"none", nil},
		{"blank", []string{"1", "2"}},
		{"several", []string{"1 | Lớp kỹ năng | d:2015-03-01 | 40", "2 | Lớp nữ công | d:2015-04-01 | 30", "3 | Lớp tin học | d:2015-05-01 | 20"}},
		{"with a total", []string{"1 | Lớp kỹ năng | d:2015-03-01 | 40", " | Tổng cộng | | 40", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			lines := append(append(append([]string{}, top...), tt.rows...), bottom...)
			got, findings := extract(t, layout, book(sheet("S", lines...)))
			if diff := cmp.Diff(facts, got); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if len(findings) > 0 {
				t.Errorf("findings = %v, want none", findings)
			}
		})
	}
	only := layoutOf(t, "L", sheet("S", form[1:4]...))
	if m, findings := Recognise([]*Layout{only}, book(sheet("S", top...)), ""); m == nil || m.Found != 1 {
		t.Errorf("a form of one list is not recognised: %v", coded(findings))
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", "Nội dung | Số lượng | Kế hoạch | Ghi chú", "Một | {{A1}} | {{A1:target}} | {{A1:note}}", "Hai | {{A2}}", "Ba | {{B1}}", "Bốn | {{B2}}"))
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"moved, deleted", []string{"Nội dung | Số lượng | Kế hoạch | Ghi chú", "Một | 1 | 5 | tốt", "", "Ba | 3", "Hai | 2"},
			[]string{"{{A1}} S!B2 «1» A2 B1 exact", "{{A1:note}} S!D2 «tốt» A2 D1 exact", "{{A2}} S!B5 «2» A5 B1 moved", "{{B1}} S!B4 «3» A4 B1 exact", "{{B2}} ! «»   missing"}},
		{"shifted, without a column, in two places", []string{"", "Nội dung | Số lượng", "Một | 1", "Hai | 2", "Ba | 3", "Bốn | 4", "Bốn | 5"},
			[]string{"{{A1}} S!B3 «1» A3 B2 shifted", "{{A1:note}} S! «» A3  no_column", "{{A2}} S!B4 «2» A4 B2 shifted", "{{B1}} S!B5 «3» A5 B2 shifted", "{{B2}} ! «»   ambiguous"}},
		{"by its place", []string{"Nội dung | Kết quả | Kế hoạch | Ghi chú", "Một | 1", "Hai | 2", "Ba | 3", "Bốn | 4"},
			[]string{"{{A1}} S!B2 «1» A2  by_place", "{{A1:note}} S!D2 «» A2 D1 exact", "{{A2}} S!B3 «2» A3  by_place", "{{B1}} S!B4 «3» A4  by_place", "{{B2}} S!B5 «4» A5  by_place"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range Align(layout, book(sheet("S", tt.lines...))).Explain() {
				got = append(got, fmt.Sprintf("%s %s!%s «%s» %s %s %s", e.Marker, e.Sheet, e.Cell, e.Read, e.RowCell, e.ColumnCell, e.How))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Explain mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
