package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wideForm has several columns of figures below a header of two rows.
var wideForm = []string{
	"Đơn vị báo cáo | {{@unit}}",
	"KẾT QUẢ CHƯƠNG TRÌNH 1464 | < | < | < | < | < | <",
	"{{@period}} | < | < | < | < | < | <",
	"TT | Nội dung | Đơn vị tính | Kết quả thực hiện | < | Kế hoạch năm | Ghi chú",
	"^ | ^ | ^ | Trong kỳ | Lũy kế | ^ | ^",
	"'(1) | '(2) | '(3) | '(4) | '(5) | '(6) | '(7)",
	"I | Tuyên truyền",
	"1 | Lượt người dự | lượt | {{A1}} | {{A1:ytd}} | {{A1:target}} | {{A1:note}}",
	" | - Trong đó: nữ | | {{A2}} | {{A2:ytd}} | {{A2:target}} | {{A2:note}}",
	"II | Đào tạo",
	"2 | Số người học | người | {{B1}} | {{B1:ytd}} | {{B1:target}} | {{B1:note}}",
	" | - Trong đó: nữ | | {{B2}} | {{B2:ytd}} | {{B2:target}} | {{B2:note}}",
}

var wideValues = map[string]string{
	"{{@unit}}": "Công đoàn ngành Y tế", "{{@period}}": "Quý I năm 2026",
	"{{A1}}": "10", "{{A1:ytd}}": "11", "{{A1:target}}": "100", "{{A1:note}}": "tốt",
	"{{A2}}": "5", "{{A2:ytd}}": "6", "{{A2:target}}": "", "{{A2:note}}": "",
	"{{B1}}": "20", "{{B1:ytd}}": "21", "{{B1:target}}": "200", "{{B1:note}}": "",
	"{{B2}}": "7", "{{B2:ytd}}": "8", "{{B2:target}}": "", "{{B2:note}}": "",
}

var wideFacts = []string{"A1 10", "A1:ytd 11", "A2 5", "A2:ytd 6", "B1 20", "B1:ytd 21", "B2 7", "B2:ytd 8"}

// columns puts the columns of the lines in another order: "1 3 2", "-" for an
// empty one, "x" for one with the given cells.
func columns(lines []string, order string, added ...string) []string {
	var out []string
	for row, text := range lines {
		cells := strings.Split(text, "|")
		var moved []string
		for _, name := range strings.Fields(order) {
			switch at := strings.Index("123456789", name); {
			case name == "x" && row < len(added):
				moved = append(moved, added[row])
			case at >= 0 && at < len(cells):
				moved = append(moved, cells[at])
			default:
				moved = append(moved, "")
			}
		}
		out = append(out, strings.Join(moved, "|"))
	}
	return out
}

func TestColumns(t *testing.T) {
	t.Parallel()
	labour := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	wide := layoutOf(t, "1464", sheet("Biểu", wideForm...))
	one, two := filled(labourForm, labourValues), filled(wideForm, wideValues)
	flat := edit(two, map[int][]string{3: {"TT | Nội dung | Đơn vị tính | Kết quả thực hiện | | Kế hoạch năm | Ghi chú"}, 4: {" | | | Trong kỳ | Lũy kế"}})
	numbers := make([]string, len(one))
	for i := range numbers {
		numbers[i] = " 1"
	}
	copper := strings.NewReplacer("Trong kỳ", "trong kì :", "Kế hoạch năm", " KẾ HOẠCH  NĂM ")
	tests := []struct {
		name     string
		layout   *Layout
		lines    []string
		facts    []string
		findings []string
	}{
		{"two header rows", wide, two, wideFacts, nil},
		{"note before value", labour, columns(one, "1 2 3 5 4"), labourFacts, nil},
		{"unit before label", labour, columns(one, "1 3 2 4 5"), labourFacts, nil},
		{"value before label", labour, columns(one, "1 4 2 3 5"), labourFacts, nil},
		{"no ordinals", labour, columns(edit(one, map[int][]string{6: {" | I. Tình hình lao động"}}), "2 3 4 5"), labourFacts, nil},
		{"column inserted at the left", labour, columns(one, "- 1 2 3 4 5"), labourFacts, nil},
		{"column inserted before the value", labour, columns(one, "1 2 3 - 4 5"), labourFacts, nil},
		{"column of numbers inserted", labour, columns(one, "1 2 3 x 4 5", numbers...), labourFacts, nil},
		{"header in other spelling", labour, edit(one, map[int][]string{4: {"STT | NỘI DUNG: | ĐVT | SỐ  LƯỢNG | ghi chú"}}), labourFacts, nil},
		{"header renamed, only numbers between", labour, edit(one, map[int][]string{4: {"TT | Nội dung | Đơn vị tính | Kết quả | Ghi chú"}}),
			labourFacts, []string{"column_by_place Biểu!D5"}},
		{"header of other figures", labour, edit(one, map[int][]string{4: {"TT | Nội dung | Đơn vị tính | Lũy kế từ đầu năm | Ghi chú"}}),
			nil, []string{"column_missing Biểu!"}},
		{"header blank, only numbers at the end", labour, columns(edit(one, map[int][]string{4: {"TT | Nội dung | Đơn vị tính"}}), "1 2 3 4"),
			labourFacts, []string{"column_by_place Biểu!D5"}},
		{"header renamed, two columns of numbers", labour, columns(edit(one, map[int][]string{4: {"TT | Nội dung | Đơn vị tính | Kết quả | Ghi chú"}}), "1 2 3 x 4 5", numbers...),
			nil, []string{"column_missing Biểu!"}},
		{"value column left out", labour, columns(one, "1 2 3 5"), nil, []string{"column_missing Biểu!"}},
		{"header row left out", labour, edit(one, map[int][]string{4: nil}), nil, []string{"column_missing Biểu!"}},
		{"header twice, one filled", labour, edit(columns(one, "1 2 3 4 - 5"), map[int][]string{4: {"TT | Nội dung | Đơn vị tính | Số lượng | Số lượng | Ghi chú"}}), labourFacts, nil},
		{"header twice, both filled", labour, columns(edit(one, map[int][]string{4: {"TT | Nội dung | Đơn vị tính | Số lượng | Số lượng"}}), "1 2 3 4 4"),
			nil, []string{"column_ambiguous Biểu!D5"}},
		{"same header in another group", labour, edit(columns(one, "1 2 3 4 4 x", numbers...), map[int][]string{
			4: {"TT | Nội dung | Đơn vị tính | Số lượng | Cùng kỳ | <", "^ | ^ | ^ | ^ | Số lượng | Số người"},
		}), labourFacts, nil},
		{"merged columns swapped", wide, columns(edit(two, map[int][]string{
			3: {"TT | Nội dung | Đơn vị tính | Kế hoạch năm | Kết quả thực hiện | < | Ghi chú"}, 4: {"^ | ^ | ^ | ^ | Lũy kế | Trong kỳ | ^"},
			7: {"1 | Lượt người dự | lượt | 100 | 11 | 10 | tốt"}, 8: {" | - Trong đó: nữ | | | 6 | 5"},
			10: {"2 | Số người học | người | 200 | 21 | 20"}, 11: {" | - Trong đó: nữ | | | 8 | 7"},
		}), "1 2 3 4 5 6 7"), wideFacts, nil},
		{"group of other columns added", wide, edit(two, map[int][]string{
			3: {"TT | Nội dung | Đơn vị tính | Kết quả thực hiện | < | Kế hoạch năm | Cùng kỳ | <"}, 4: {"^ | ^ | ^ | Trong kỳ | Lũy kế | ^ | Trong kỳ | Lũy kế"},
			7: {"1 | Lượt người dự | lượt | 10 | 11 | | 8 | 9"},
		}), wideFacts, nil},
		{"header not merged", wide, flat, wideFacts, nil},
		{"header spelt otherwise", wide, strings.Split(copper.Replace(strings.Join(two, "\n")), "\n"), wideFacts, nil},
		{"one of two columns renamed", wide, edit(two, map[int][]string{4: {"^ | ^ | ^ | Quý này | Lũy kế | ^ | ^"}}), wideFacts, []string{"column_by_place Biểu!D5"}},
		{"no column numbers", wide, edit(two, map[int][]string{5: nil}), wideFacts, nil},
		{"header again at a page break", wide, edit(two, map[int][]string{9: {two[3], two[4], two[9]}}), wideFacts, nil},
		{"page break with other columns", wide, edit(two, map[int][]string{
			9:  {"TT | Nội dung | ĐVT | Kế hoạch năm | Kết quả thực hiện | <", "^ | ^ | ^ | ^ | Trong kỳ | Lũy kế", two[9]},
			10: {"2 | Số người học | người | 200 | 20 | 21"}, 11: {" | - Trong đó: nữ | | | 7 | 8"},
		}), wideFacts, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, tt.layout, book(sheet("Biểu", tt.lines...)))
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
