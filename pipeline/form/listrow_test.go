package form

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

// listForm is a list with figures below it that may be reported or filled from
// it, and who signs.
var listForm = []string{
	"Đơn vị: {{@unit}}", "DANH SÁCH LỚP", "TT | Tên lớp | Cấp | Ngày mở | Số người", "(1) | (2) | (3) | (4) | (5)",
	"1 | {{classes/name}} | {{classes/level}} | {{classes/start:date}} | {{classes/people:number}}",
	"TT | Nội dung | Đơn vị tính | Số lượng", "1 | Tổng số lớp | lớp | {{A1}}", "2 | Tổng số học viên | người | {{A2}}",
	"", " | NGƯỜI LẬP BIỂU | | CHỦ TỊCH",
}

// listCatalogue fills A1 and A2 from the list, and B1 with its grassroots
// classes alone, which no cell reports.
func listCatalogue() *pipeline.Catalogue {
	cat := catalogue()
	from := map[string]*pipeline.ListFigure{
		"A1": {Text: "count(classes)", List: "classes"},
		"A2": {Text: "sum(classes/people)", List: "classes", Field: "people"},
		"B1": {Text: "count(classes); level = cơ sở", List: "classes", Filters: []pipeline.ListFilter{{Field: "level", Key: "co so"}}},
	}
	for i := range cat.Indicators {
		cat.Indicators[i].From = from[cat.Indicators[i].Code]
	}
	return cat
}

// submitList is the form with rows in its list and the two figures below it.
func submitList(classes, people string, rows ...string) []string {
	all := append([]string{"Đơn vị: X"}, listForm[1:4]...)
	all = append(all, rows...)
	return append(append(all, listForm[5], "1 | Tổng số lớp | lớp | "+classes, "2 | Tổng số học viên | người | "+people), listForm[8:]...)
}

// listed is the cells of lists in short, a row a line, and the figures that are
// filled from them.
func listed(cells []pipeline.ListCell, cat *pipeline.Catalogue) []string {
	var all []string
	last := -1
	for _, c := range cells {
		if c.Row != last {
			all = append(all, fmt.Sprint(c.Row))
			last = c.Row
		}
		value := c.Text
		switch {
		case c.State == pipeline.StateNil:
			value = "nil"
		case c.Type == pipeline.FieldDate:
			value = c.Date.Format(time.DateOnly)
		case c.Type == pipeline.FieldNumber:
			value = c.Number.String()
		}
		if c.Qualifier != pipeline.Exact {
			value += " " + string(c.Qualifier)
		}
		all[len(all)-1] += " " + c.Field + "=" + value
	}
	for _, i := range cat.FromList("classes") {
		f, _ := i.From.Read(cells)
		all = append(all, strings.TrimSpace(i.Code+" "+string(f.State)+" "+f.Value.String()+" "+f.Cell))
	}
	return all
}

func TestListRows(t *testing.T) {
	t.Parallel()
	const first, second = "1 | Lớp kỹ năng | Cơ sở | d:2020-07-06 | 40", "2 | Lớp nữ công | tỉnh | 3/8/2020 | 30"
	tests := []struct {
		name            string
		classes, people string
		rows            []string
		want            []string
		findings        []string
	}{
		{"typed", "2", "70", []string{first, second},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "2 name=Lớp nữ công level=tỉnh start=2020-08-03 people=30", "A1 number 2 B5", "A2 number 70 E5", "B1 number 1 B5"}, nil},
		{"columns lettered below the header", "1", "40", []string{"A | B | C | D | E", first},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B6", "A2 number 40 E6", "B1 number 1 B6"}, nil},
		{"no rows", "", "", nil, []string{"A1 blank 0", "A2 blank 0", "B1 blank 0"}, []string{"form_blank !"}},
		{"printed ordinals only, dots", "", "", []string{"1", "2 | ….. | ….", "3"}, []string{"A1 blank 0", "A2 blank 0", "B1 blank 0"}, []string{"form_blank !"}},
		{"declared nil", "0", "0", []string{" | Không phát sinh"}, []string{"0 name=nil", "A1 nil 0 B5", "A2 nil 0 B5", "B1 nil 0 B5"}, nil},
		{"declared nil by dashes", "", "", []string{"- | - | - | - | -"}, []string{"0 name=nil", "A1 nil 0 E5", "A2 nil 0 E5", "B1 nil 0 E5"}, []string{"list_total_blank S!D7", "list_total_blank S!D8"}},
		{"blank rows between", "2", "70", []string{first, "", "2", second, "3"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "2 name=Lớp nữ công level=tỉnh start=2020-08-03 people=30", "A1 number 2 B5", "A2 number 70 E5", "B1 number 1 B5"}, nil},
		{"total row that agrees", "1", "40", []string{first, " | Tổng cộng: | | | 40"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B5", "A2 number 40 E5", "B1 number 1 B5"}, nil},
		{"total on top and subtotals", "2", "70", []string{"Tổng số | | | | 70", first, "Cộng | | | | 40", second, "Cộng | | | | 30"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "2 name=Lớp nữ công level=tỉnh start=2020-08-03 people=30", "A1 number 2 B6", "A2 number 70 E6", "B1 number 1 B6"}, nil},
		{"total row that differs", "1", "40", []string{first, "Cộng | | | | 45"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B5", "A2 number 40 E5", "B1 number 1 B5"}, []string{"list_sum_differs S!E6"}},
		{"names that begin like a total", "2", "3", []string{"1 | Công đoàn Y tế | Cơ sở | 1/7/2020 | 1", "2 | Tổng công ty Lương thực | Cơ sở | 1/7/2020 | 2"},
			[]string{"1 name=Công đoàn Y tế level=Cơ sở start=2020-07-01 people=1", "2 name=Tổng công ty Lương thực level=Cơ sở start=2020-07-01 people=2", "A1 number 2 B5", "A2 number 3 E5", "B1 number 2 B5"}, nil},
		{"cells of the wrong kind", "3", "1", []string{"1 | Lớp A | tỉnh | tháng 7/2020 | 1", "2 | Lớp B | tỉnh | 31/6/2020 | 12.5", "3 | #N/A | tỉnh | 44000 | đông"},
			[]string{"1 name=Lớp A level=tỉnh people=1", "2 name=Lớp B level=tỉnh", "3 level=tỉnh", "A1 number 3 B5", "A2 number 1 E5", "B1 zero 0 B5"},
			[]string{"bad_date S!D5", "bad_date S!D6", "bad_date S!D7", "excel_error S!B7", "fraction_in_count S!E6", "not_a_number S!E7"}},
		{"qualifier", "1", "trên 40", []string{"1 | Lớp A | tỉnh | 1/7/2020 | trên 40"},
			[]string{"1 name=Lớp A level=tỉnh start=2020-07-01 people=40 at_least", "A1 number 1 B5", "A2 number 40 E5", "B1 zero 0 B5"}, nil},
		{"values missing", "1", "", []string{"1 | Lớp A | | 1/7/2020"},
			[]string{"1 name=Lớp A start=2020-07-01", "A1 number 1 B5", "A2 blank 0 B5", "B1 zero 0 B5"}, []string{"list_value_missing S!C5", "list_value_missing S!E5"}},
		{"only a name", "2", "40", []string{first, "2 | Lớp nữ công"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B5", "A2 number 40 E5", "B1 number 1 B5"}, []string{"list_row_unclear S!B6"}},
		{"headings", "1", "40", []string{"I | Lớp của tỉnh", " | II. Lớp của huyện", first, " | Lớp khác | <"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B7", "A2 number 40 E7", "B1 number 1 B7"}, []string{"list_heading S!B5", "list_heading S!B6", "list_heading S!B8"}},
		{"level merged over two rows", "2", "70", []string{"1 | Lớp A | cơ sở | 1/7/2020 | 40", "2 | Lớp B | ^ | 2/7/2020 | 30"},
			[]string{"1 name=Lớp A level=cơ sở start=2020-07-01 people=40", "2 name=Lớp B level=cơ sở start=2020-07-02 people=30", "A1 number 2 B5", "A2 number 70 E5", "B1 number 2 B5"}, nil},
		{"number merged over two rows", "2", "70", []string{"1 | Lớp A | cơ sở | 1/7/2020 | 40", "2 | Lớp B | cơ sở | 2/7/2020 | ^"},
			[]string{"1 name=Lớp A level=cơ sở start=2020-07-01 people=40", "2 name=Lớp B level=cơ sở start=2020-07-02", "A1 number 2 B5", "A2 number 40 E5", "B1 number 2 B5"}, []string{"cell_merged S!E6"}},
		{"notes below the rows", "1", "40", []string{first, "Ghi chú: số liệu đến 30/9", "lớp cuối chưa bế giảng"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B5", "A2 number 40 E5", "B1 number 1 B5"}, nil},
		{"nil among rows", "1", "40", []string{first, " | không"},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B5", "A2 number 40 E5", "B1 number 1 B5"}, []string{"list_nil_among_rows S!B6"}},
		{"header repeated on the next page", "2", "70", []string{first, listForm[2], second},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "2 name=Lớp nữ công level=tỉnh start=2020-08-03 people=30", "A1 number 2 B5", "A2 number 70 E5", "B1 number 1 B5"}, nil},
		{"totals that differ", "3", "71", []string{first, second},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "2 name=Lớp nữ công level=tỉnh start=2020-08-03 people=30", "A1 number 2 B5", "A2 number 70 E5", "B1 number 1 B5"}, []string{"list_total_differs S!D8", "list_total_differs S!D9"}},
		{"totals left blank", "", "", []string{first},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "A1 number 1 B5", "A2 number 40 E5", "B1 number 1 B5"}, []string{"list_total_blank S!D7", "list_total_blank S!D8"}},
		{"totals without rows", "3", "71", nil, []string{"A1 blank 0", "A2 blank 0", "B1 blank 0"}, []string{"list_rows_blank S!D6", "list_rows_blank S!D7"}},
		{"total that is a floor", "trên 1", "hơn 60", []string{first, second},
			[]string{"1 name=Lớp kỹ năng level=Cơ sở start=2020-07-06 people=40", "2 name=Lớp nữ công level=tỉnh start=2020-08-03 people=30", "A1 number 2 B5", "A2 number 70 E5", "B1 number 1 B5"}, nil},
	}
	cat := listCatalogue()
	layout, findings := Parse(specOf("F"), book(sheet("S", listForm...)), cat)
	if len(findings) > 0 {
		t.Fatalf("Parse found %v", coded(findings))
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := Align(layout, book(sheet("S", submitList(tt.classes, tt.people, tt.rows...)...)))
			_, findings := m.Extract(cat)
			if diff := cmp.Diff(tt.want, listed(m.ListCells, cat)); diff != "" {
				t.Errorf("rows mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, coded(findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A list that fills two sheets has two readings; an empty copy is no reading.
func TestListOnTwoSheets(t *testing.T) {
	t.Parallel()
	cat := listCatalogue()
	only := []string{"Đơn vị: {{@unit}}", listForm[2], listForm[4], " | NGƯỜI LẬP BIỂU"}
	layout, findings := Parse(specOf("F"), book(sheet("S", only...)), cat)
	if len(findings) > 0 {
		t.Fatalf("Parse found %v", coded(findings))
	}
	page := func(row string) []string {
		return []string{"Đơn vị: X", listForm[2], row, " | NGƯỜI LẬP BIỂU"}
	}
	const first, second = "1 | Lớp A | Cơ sở | 6/7/2020 | 40", "1 | Lớp B | tỉnh | 3/8/2020 | 30"
	tests := []struct {
		name          string
		first, second string
		want          []string // rows
		findings      []string
	}{
		{"the other is empty", "1", second, []string{"1 name=Lớp B level=tỉnh start=2020-08-03 people=30"}, nil},
		{"the other says nothing", first, "không", []string{"1 name=Lớp A level=Cơ sở start=2020-07-06 people=40"}, []string{"sheet_ambiguous S!"}},
		{"both", first, second, []string{"1 name=Lớp A level=Cơ sở start=2020-07-06 people=40"}, []string{"sheet_ambiguous S!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := Align(layout, book(sheet("S", page(tt.first)...), sheet("T", page(tt.second)...)))
			_, findings := m.Extract(cat)
			got := listed(m.ListCells, &pipeline.Catalogue{})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rows mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, coded(findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
			if len(m.Header) == 0 || m.Header[0].Text != "X" {
				t.Errorf("header = %+v, want the unit of a form that is a list only", m.Header)
			}
		})
	}
}

func TestListColumns(t *testing.T) {
	t.Parallel()
	cat := listCatalogue()
	layout, _ := Parse(specOf("F"), book(sheet("S", listForm...)), cat)
	rows := submitList("1", "40", "1 | Lớp A | Cơ sở | 6/7/2020 | 40")
	tests := []struct {
		name   string
		header string
		row    string
		want   []string
	}{
		{"moved", "TT | Số người | Tên lớp | Ngày mở | Cấp", "1 | 40 | Lớp A | 6/7/2020 | Cơ sở", nil},
		{"one that figures rest on is missing", "TT | Tên lớp | Cấp | Ngày mở | Quân số", "1 | Lớp A | Cơ sở | 6/7/2020 | 40", []string{"column_missing S!"}},
		{"one that nothing rests on is missing", "TT | Tên lớp | Cấp | Khai giảng | Số người", "1 | Lớp A | Cơ sở | 6/7/2020 | 40", []string{"column_missing S!"}},
		{"twice", "TT | Tên lớp | Cấp | Ngày mở | Số người | Số người", "1 | Lớp A | Cơ sở | 6/7/2020 | 40 | 41", []string{"column_ambiguous S!E3"}},
		{"the table is gone", "TT | Lớp | Đối tượng | Lúc | Học viên", "", []string{"list_missing S!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := Align(layout, book(sheet("S", edit(rows, map[int][]string{2: {tt.header}, 4: {tt.row}})...))).Extract(cat)
			if diff := cmp.Diff(tt.want, coded(findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckFigures(t *testing.T) {
	t.Parallel()
	figure := func(text, list, field string, filters ...string) pipeline.Indicator {
		f := &pipeline.ListFigure{Text: text, List: list, Field: field, Cell: "P2"}
		for _, name := range filters {
			f.Filters = append(f.Filters, pipeline.ListFilter{Field: name, Key: "x"})
		}
		return pipeline.Indicator{Code: "X", From: f, Origin: pipeline.Origin{Sheet: "Chỉ tiêu", Row: 2}}
	}
	layout := layoutOf(t, "F", sheet("S", listForm...))
	tests := []struct {
		name      string
		indicator pipeline.Indicator
		want      []string
	}{
		{"count", figure("count(classes)", "classes", ""), nil},
		{"sum with a condition", figure("", "classes", "people", "level", "name"), nil},
		{"no such list", figure("", "lops", "people", "level"), []string{"catalogue_from_unknown_list Chỉ tiêu!P2"}},
		{"no such fields", figure("", "classes", "peoples", "levels"), []string{"catalogue_from_unknown_field Chỉ tiêu!P2", "catalogue_from_unknown_field Chỉ tiêu!P2"}},
		{"a text can't be added", figure("", "classes", "level"), []string{"catalogue_from_not_number Chỉ tiêu!P2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cat := &pipeline.Catalogue{Indicators: []pipeline.Indicator{{Code: "Y"}, tt.indicator}}
			if diff := cmp.Diff(tt.want, coded(CheckFigures([]*Layout{layout}, cat))); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
