package form

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

// The form itself tells which rows with a bullet stand below each other.
func TestBullets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		rows []string
		want []string // the paths
	}{
		{"hyphen and plus are parts of the row", []string{"1. Một", "   - nữ", "   + xã", "   + huyện"}, []string{"1. Một", "1. Một/- nữ", "1. Một/+ xã", "1. Một/+ huyện"}},
		{"plus first", []string{"1. Một", "+ xã", "- nữ", "+ huyện"}, []string{"1. Một", "1. Một/+ xã", "1. Một/- nữ", "1. Một/+ huyện"}},
		{"one blank says nothing", []string{"1. Một", "- nữ", " + xã"}, []string{"1. Một", "1. Một/- nữ", "1. Một/+ xã"}},
		{"deeper plus", []string{"1. Một", "  - nữ", "    + xã", "    + huyện", "  - nam", "  + tỉnh"},
			[]string{"1. Một", "1. Một/- nữ", "1. Một/- nữ/+ xã", "1. Một/- nữ/+ huyện", "1. Một/- nam", "1. Một/+ tỉnh"}},
		{"deeper hyphen", []string{"1. Một", "+ xã", "    - nữ", "+ huyện", "    - nữ"},
			[]string{"1. Một", "1. Một/+ xã", "1. Một/+ xã/- nữ", "1. Một/+ huyện", "1. Một/+ huyện/- nữ"}},
		{"plus repeats", []string{"1. Một", "- nam", "+ xã", "+ huyện", "- nữ", "+ xã"},
			[]string{"1. Một", "1. Một/- nam", "1. Một/- nam/+ xã", "1. Một/- nam/+ huyện", "1. Một/- nữ", "1. Một/- nữ/+ xã"}},
		{"hyphen repeats", []string{"1. Một", "+ xã", "- nữ", "- nam", "+ huyện", "- nữ"},
			[]string{"1. Một", "1. Một/+ xã", "1. Một/+ xã/- nữ", "1. Một/+ xã/- nam", "1. Một/+ huyện", "1. Một/+ huyện/- nữ"}},
		{"repeats in another row", []string{"1. Một", "- nữ", "+ xã", "2. Hai", "- nữ", "+ xã"},
			[]string{"1. Một", "1. Một/- nữ", "1. Một/+ xã", "2. Hai", "2. Hai/- nữ", "2. Hai/+ xã"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var nodes []node
			for _, text := range tt.rows {
				n := node{label: readLabel(text), text: printed(text), marked: true, input: true}
				n.rank = baseRank(&n, 0)
				nodes = append(nodes, n)
			}
			o := newOutline(nodes)
			var got []string
			for i := range o.nodes {
				got = append(got, strings.Join(o.path(i), "/"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paths mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// partsForm has rows with both hyphens and pluses, as the Confederation's do.
var partsForm = []string{
	"TT | Nội dung | Số lượng",
	"I. | Tình hình lao động",
	"1 | Tổng số lao động | {{A1}}",
	" |         - Trong đó:  nữ | {{A2}}",
	" |         + Khu vực nhà nước | {{B1}}",
	" |         + Khu vực ngoài nhà nước | {{B2}}",
	"2 | Số lao động thiếu việc làm | {{C1}}",
	" |         - Trong đó:  nữ | {{C2}}",
	" |         + Số người chờ việc | {{D1}}",
	"II. | Hoạt động",
	"3 | Số người dự tập huấn | {{LD01}}",
	" |         - Trong đó:  nữ | {{LD02}}",
}

var partsValues = map[string]string{
	"{{A1}}": "1005", "{{A2}}": "500", "{{B1}}": "605", "{{B2}}": "400", "{{C1}}": "20", "{{C2}}": "8", "{{D1}}": "3", "{{LD01}}": "90", "{{LD02}}": "40",
}

var partsFacts = []string{"A1 1005", "A2 500", "B1 605", "B2 400", "C1 20", "C2 8", "D1 3", "LD01 90", "LD02 40"}

// One part that is deleted, retyped or moved takes no other with it; what
// cannot be told apart refuses the workbook.
func TestParts(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", partsForm...))
	clean := filled(partsForm, partsValues)
	tests := []struct {
		name     string
		changes  map[int][]string
		facts    []string
		findings []string
	}{
		{"hyphen row deleted", map[int][]string{3: nil}, without(partsFacts, "A2 500"), []string{"row_missing S!"}},
		{"hyphen row deleted before one plus", map[int][]string{7: nil}, without(partsFacts, "C2 8"), []string{"row_missing S!"}},
		{"hyphen row retyped", map[int][]string{3: {" | + Nữ | 500"}}, without(partsFacts, "A2 500"), []string{"row_added S!B4", "row_missing S!"}},
		{"parts in another order", map[int][]string{3: {clean[5]}, 5: {clean[3]}}, partsFacts, []string{"row_moved S!B5", "row_moved S!B6"}},
		{"hyphen row last", map[int][]string{3: nil, 5: {clean[5], clean[3]}}, partsFacts, []string{"row_moved S!B6"}},
		{"row deleted, its parts left below the section", map[int][]string{2: nil}, without(partsFacts, "A1 1005"), []string{"row_missing S!"}},
		{"row and section deleted, parts left below the header", map[int][]string{1: nil, 2: nil}, without(partsFacts, "A1 1005"), []string{"row_missing S!"}},
		{"row deleted, parts left below a title of the unit's own", map[int][]string{0: {" | Công đoàn xã An Lộc", clean[0]}, 1: nil, 2: nil},
			without(partsFacts, "A1 1005"), []string{"row_missing S!"}},
		{"row deleted, a part of the next row too", map[int][]string{2: nil, 7: nil}, without(partsFacts, "A1 1005", "A2 500", "C2 8"),
			[]string{"row_misplaced S!B3", "row_missing S!", "row_missing S!", "row_missing S!"}},
		{"row deleted, a part in another section too", map[int][]string{2: nil, 11: nil}, without(partsFacts, "A1 1005", "LD02 40"),
			[]string{"row_missing S!", "row_missing S!"}},
		{"row deleted, a copy of its part elsewhere", map[int][]string{2: nil, 11: {clean[11], " | Khác | 1", " | - Trong đó: nữ | 1"}},
			without(partsFacts, "A1 1005", "A2 500"), []string{"row_added S!B12", "row_misplaced S!B13", "row_misplaced S!B3", "row_missing S!", "row_missing S!"}},
		{"row deleted, its parts left below another row", map[int][]string{6: nil}, without(partsFacts, "A2 500", "C1 20", "C2 8", "D1 3"),
			[]string{"row_ambiguous S!B4", "row_misplaced S!B8", "row_missing S!", "row_missing S!", "row_missing S!"}},
		{"row retyped", map[int][]string{6: {"2 | Thiếu việc năm trước | 20"}}, without(partsFacts, "C1 20", "C2 8", "D1 3"),
			[]string{"row_added S!B7", "row_misplaced S!B8", "row_misplaced S!B9", "row_missing S!", "row_missing S!", "row_missing S!"}},
		{"first row of a section retyped", map[int][]string{2: {"1 | Lao động năm trước | 1005"}}, without(partsFacts, "A1 1005", "A2 500", "B1 605", "B2 400"), []string{
			"row_added S!B3", "row_misplaced S!B4", "row_misplaced S!B5", "row_misplaced S!B6", "row_missing S!", "row_missing S!", "row_missing S!", "row_missing S!",
		}},
		{"part moved to another row", map[int][]string{4: nil, 8: {clean[8], clean[4]}}, without(partsFacts, "B1 605"), []string{"row_misplaced S!B9", "row_missing S!"}},
		{"part moved to another row and blank", map[int][]string{4: nil, 8: {clean[8], " | + Khu vực nhà nước"}}, without(partsFacts, "B1 605"), []string{"row_missing S!"}},
		{"part moved above its row", map[int][]string{2: {clean[3], clean[2]}, 3: nil}, without(partsFacts, "A2 500"), []string{"row_misplaced S!B3", "row_missing S!"}},
		{"part moved to the end", map[int][]string{4: nil, 11: {clean[11], clean[4]}}, without(partsFacts, "B1 605"), []string{"row_misplaced S!B12", "row_missing S!"}},
		{"row added with a part of the same name", map[int][]string{6: {"1b | Lao động thời vụ | 7", " | - Trong đó: nữ | 6", clean[6]}}, partsFacts, []string{"row_added S!B7", "row_added S!B8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, layout, book(sheet("S", edit(clean, tt.changes)...)))
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// The same where pluses stand below hyphens.
func TestNestedParts(t *testing.T) {
	t.Parallel()
	form := []string{
		"Nội dung | Số lượng", "1. Cán bộ | {{A1}}", "  - Nam | {{A2}}", "      + Đảng viên | {{B1}}", "      + Nam trẻ | {{B2}}",
		"  - Nữ | {{C1}}", "      + Đảng viên | {{C2}}", "2. Khác | {{D1}}",
	}
	layout := layoutOf(t, "F", sheet("S", form...))
	clean := filled(form, map[string]string{"{{A1}}": "1", "{{A2}}": "2", "{{B1}}": "3", "{{B2}}": "4", "{{C1}}": "5", "{{C2}}": "6", "{{D1}}": "7"})
	all := []string{"A1 1", "A2 2", "B1 3", "B2 4", "C1 5", "C2 6", "D1 7"}
	tests := []struct {
		name     string
		changes  map[int][]string
		facts    []string
		findings []string
	}{
		{"parts in another order", map[int][]string{3: {clean[4]}, 4: {clean[3]}}, all, []string{"row_moved S!A5"}},
		{"blocks in another order", map[int][]string{2: {clean[5], clean[6], clean[2]}, 5: nil, 6: nil}, all, []string{"row_moved S!A3"}},
		{"row deleted", map[int][]string{1: nil}, without(all, "A1 1"), []string{"row_missing S!"}},
		{"hyphen row deleted", map[int][]string{2: nil}, without(all, "A2 2"), []string{"row_missing S!"}},
		{"hyphen row retyped", map[int][]string{2: {"  - Nam giới | 2"}}, without(all, "A2 2", "B1 3", "B2 4"),
			[]string{"row_added S!A3", "row_misplaced S!A4", "row_misplaced S!A5", "row_missing S!", "row_missing S!", "row_missing S!"}},
		{"part moved to the other hyphen row", map[int][]string{4: nil, 6: {clean[6], clean[4]}}, without(all, "B2 4"), []string{"row_misplaced S!A7", "row_missing S!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, layout, book(sheet("S", edit(clean, tt.changes)...)))
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// The order of a row's parts, of the rows of a section and of the sections
// changes nothing.
func TestPartsInAnyOrder(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", partsForm...))
	clean := filled(partsForm, partsValues)
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		parts := func(from, to int) []string {
			shuffled := slices.Clone(clean[from+1 : to])
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			return append([]string{clean[from]}, shuffled...)
		}
		first := [][]string{parts(2, 6), parts(6, 9)}
		r.Shuffle(2, func(i, j int) { first[i], first[j] = first[j], first[i] })
		sections := [][]string{slices.Concat(clean[1:2], first[0], first[1]), slices.Concat(clean[9:10], parts(10, 12))}
		r.Shuffle(2, func(i, j int) { sections[i], sections[j] = sections[j], sections[i] })
		lines := slices.Concat(clean[:1], sections[0], sections[1])
		facts, findings := Align(layout, book(sheet("S", lines...))).Extract(catalogue())
		if diff := cmp.Diff(partsFacts, told(facts)); diff != "" {
			t.Fatalf("seed %d: facts mismatch (-want +got):\n%s\n%s", seed, diff, strings.Join(lines, "\n"))
		}
		if slices.ContainsFunc(findings, func(f pipeline.Finding) bool { return f.Code != "row_moved" }) {
			t.Fatalf("seed %d: findings %v, want row_moved only", seed, coded(findings))
		}
	}
}

// No figure that was typed beside a label of the form is lost in silence,
// whatever happens to two rows: it is read, or the workbook is refused.
func TestNothingLost(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", partsForm...))
	clean := filled(partsForm, partsValues)
	retype := strings.NewReplacer("Trong", "Gồm", "Số", "Tổng", "vực", "khối", "Tình", "Ước")
	accepted := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 5))
		lines := slices.Clone(clean)
		for range 2 {
			at := 1 + r.IntN(len(lines)-1)
			row := lines[at]
			switch lines = slices.Delete(lines, at, at+1); r.IntN(3) {
			case 0:
				lines = slices.Insert(lines, 1+r.IntN(len(lines)-1), row)
			case 1:
				lines = slices.Insert(lines, at, retype.Replace(row))
			}
		}
		facts, findings := Align(layout, book(sheet("S", lines...))).Extract(catalogue())
		if pipeline.Count(findings, pipeline.SeverityError) > 0 {
			continue
		}
		accepted++
		var want, got []string
		for _, line := range lines {
			if value := figure(line); value != "" && slices.Contains(clean, line) {
				want = append(want, value)
			}
		}
		for _, fact := range told(facts) {
			got = append(got, fact[strings.Index(fact, " ")+1:])
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: figures mismatch (-want +got):\n%s\nfindings %v\n%s", seed, diff, coded(findings), strings.Join(lines, "\n"))
		}
	}
	if accepted < 500 {
		t.Errorf("%d of 3000 accepted, want at least 500", accepted)
	}
}

// figure is the last cell of a line if it is a number.
func figure(line string) string {
	value := strings.TrimSpace(line[strings.LastIndex(line, "|")+1:])
	if strings.Trim(value, "0123456789") != "" {
		return ""
	}
	return value
}
