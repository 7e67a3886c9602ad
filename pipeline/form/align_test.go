package form

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/workbook"
)

// extract reads a submission of the layout.
func extract(t *testing.T, layout *Layout, submitted *workbook.Book) (facts, findings []string) {
	t.Helper()
	m, found := Recognise([]*Layout{layout}, submitted, "")
	if m == nil {
		return nil, coded(found)
	}
	read, found := m.Extract(catalogue())
	return told(read), coded(found)
}

// without is the facts but those named.
func without(facts []string, gone ...string) []string {
	return slices.DeleteFunc(slices.Clone(facts), func(f string) bool { return slices.Contains(gone, f) })
}

func TestRows(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	clean := filled(labourForm, labourValues)
	tests := []struct {
		name     string
		changes  map[int][]string
		facts    []string
		findings []string
	}{
		{"title rows above", map[int][]string{0: {"CỘNG HÒA XÃ HỘI", "", clean[0]}}, labourFacts, nil},
		{"blank rows between", map[int][]string{9: {"", clean[9], ""}, 17: {"", clean[17]}}, labourFacts, nil},
		{"added row among rows", map[int][]string{11: {"1b | Lao động thời vụ | người | 77", clean[11]}}, labourFacts, []string{"row_added Biểu!B12"}},
		{"added row between a row and its part", map[int][]string{17: {" | Cộng | | 999", clean[17]}}, labourFacts, []string{"row_added Biểu!B18"}},
		{"added part before a part", map[int][]string{17: {" | - Trong đó: công chức | | 5", clean[17]}}, labourFacts, []string{"row_added Biểu!B18"}},
		{"added row with its own part", map[int][]string{18: {"4b | Tiền lương khác | đồng | 1", " | + Số người được tính | người | 2", clean[18]}},
			labourFacts, []string{"row_added Biểu!B19", "row_added Biểu!B20"}},
		{"added row below the table", map[int][]string{21: {clean[21], " | Lao động khác | | 5"}}, labourFacts, []string{"row_added Biểu!B23"}},
		{"notes below the table", map[int][]string{21: {clean[21], " | Ghi chú: số liệu tạm tính"}}, labourFacts, nil},
		{"missing part", map[int][]string{17: nil}, without(labourFacts, "TL02 3900"), []string{"row_missing Biểu!"}},
		{"missing part of the row in the middle", map[int][]string{19: nil}, without(labourFacts, "TL12 800"), []string{"row_missing Biểu!"}},
		{"missing row and part", map[int][]string{18: nil, 19: nil}, without(labourFacts, "TL11 5200000", "TL12 800"),
			[]string{"row_missing Biểu!", "row_missing Biểu!"}},
		{"missing row whose part stayed", map[int][]string{18: nil}, without(labourFacts, "TL11 5200000", "TL02 3900", "TL12 800"),
			[]string{"row_ambiguous Biểu!B18", "row_missing Biểu!", "row_missing Biểu!"}},
		{"retyped row", map[int][]string{18: {"'5. | Lương ở cơ quan hành chính | đồng | 5200000"}}, without(labourFacts, "TL11 5200000", "TL12 800"),
			[]string{"row_added Biểu!B19", "row_misplaced Biểu!B20", "row_missing Biểu!", "row_missing Biểu!"}},
		{"retyped row after a missing part", map[int][]string{17: nil, 18: {"'5. | Lương ở cơ quan hành chính | đồng | 5200000"}},
			without(labourFacts, "TL02 3900", "TL11 5200000", "TL12 800"),
			[]string{"row_added Biểu!B18", "row_ambiguous Biểu!B19", "row_missing Biểu!", "row_missing Biểu!"}},
		{"missing headings", map[int][]string{6: nil, 7: nil, 10: nil, 15: nil}, labourFacts, nil},
		{"retyped headings", map[int][]string{6: {"I. Lao động, việc làm"}, 10: {" | 2. Có việc làm"}}, labourFacts, []string{"row_added Biểu!B11"}},
		{"row moved down", map[int][]string{11: nil, 12: nil, 16: {clean[11], clean[12], clean[16]}}, labourFacts, []string{"row_moved Biểu!B15"}},
		{"blocks swapped", map[int][]string{16: {clean[18]}, 17: {clean[19]}, 18: {clean[16]}, 19: {clean[17]}}, labourFacts, []string{"row_moved Biểu!B19"}},
		{"row moved between another and its part", map[int][]string{16: nil, 18: {clean[18], clean[16]}},
			without(labourFacts, "TL02 3900", "TL12 800"), []string{"row_ambiguous Biểu!B17", "row_moved Biểu!B19"}},
		{"row moved to another section", map[int][]string{13: nil, 14: nil, 21: {clean[21], clean[13], clean[14]}}, labourFacts, []string{"row_moved Biểu!B21"}},
		{"case, blanks, bullets, ordinals", map[int][]string{
			8: {"1 | TỔNG  SỐ LAO ĐỘNG: | người | 4000 | đủ"}, 9: {" | Trong đó: Nữ | | 1500"}, 11: {" | 2) Số lao động  thiếu việc làm. | | 120"},
			17: {" | Số người được tính … | | 3900"}, 16: {"a | Tiền lương bình quân tháng của 1 người lao động | | 4500000"},
		}, labourFacts, nil},
		{"tone placement, i and y", map[int][]string{12: {" | + Tỉ lệ so với tổng số lao động | % | 3%"}}, labourFacts, nil},
		{"row twice, both filled", map[int][]string{11: {clean[11], clean[11]}}, without(labourFacts, "LD03 120"), []string{"row_ambiguous Biểu!B12"}},
		{"row twice, one filled", map[int][]string{13: {clean[13], "'3. | Số lao động nữ thiếu việc làm | người"}}, labourFacts, nil},
		{"part twice, both filled", map[int][]string{17: {clean[17], clean[17]}}, without(labourFacts, "TL02 3900"), []string{"row_ambiguous Biểu!B18"}},
		{"label in two columns", map[int][]string{8: {"'1. Tổng số lao động | | người | 4000 | đủ"}}, labourFacts, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, layout, book(sheet("Biểu", edit(clean, tt.changes)...)))
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
