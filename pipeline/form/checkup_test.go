package form

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

func TestExamine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		cat    *pipeline.Catalogue
		lines  []string
		codes  []string
		lost   []string
		fields []string // those that are known again
	}{
		{"sound", catalogue(), labourForm, nil, nil, []string{"parent", "unit", "period", "cutoff"}},
		{"outside a workspace", nil, labourForm, nil, nil, []string{"parent", "unit", "period", "cutoff"}},
		{"unknown indicator", catalogue(), edit(labourForm, map[int][]string{8: {"'1. | Tổng số lao động | người | {{LD77}}"}}),
			[]string{"marker_unknown_indicator Sheet!D9"}, nil, []string{"parent", "unit", "period", "cutoff"}},
		{"twice", catalogue(), append(slices.Clone(labourForm), "9. | Một dòng nữa | người | {{LD01}}"), []string{"marker_not_read_back Sheet!D9", "marker_twice Sheet!D24"}, []string{"D9"}, nil},
		{"rows alike", nil, []string{"TT | Nội dung | Số lượng", "1 | Việc | {{A1}}", "2 | Việc | {{A2}}"},
			[]string{"marker_rows_alike Sheet!C3"}, nil, nil},
		{"list", nil, []string{"Đơn vị: {{@unit}}", "TT | Tên | Ngày | Số người", "1 | {{l/name}} | {{l/day:date}} | {{l/people:number}}"}, nil, nil, []string{"unit"}},
		{"a field that nothing leads to", nil, []string{"{{@unit}} {{@period}}", "TT | Nội dung | Số lượng", "1 | Việc | {{A1}}"}, nil, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := Examine(specOf("F"), book(sheet("Sheet", tt.lines...)), tt.cat)
			var lost, fields []string
			for _, m := range x.Marked {
				if m.Lost {
					lost = append(lost, m.Cell)
				}
			}
			for _, f := range x.Fields {
				if f.Known {
					fields = append(fields, f.Name)
				}
			}
			if diff := cmp.Diff(tt.codes, coded(x.Findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.lost, lost); diff != "" {
				t.Errorf("lost cells mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.fields, fields); tt.fields != nil && diff != "" {
				t.Errorf("known fields mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A row whose label stands several times is said to be known by its place.
func TestAlike(t *testing.T) {
	t.Parallel()
	x := Examine(specOf("F"), book(sheet("Sheet", labourForm...)), catalogue())
	alike := map[string]int{}
	for _, m := range x.Marked {
		alike[strings.Trim(m.Marker.String(), "{}")] = m.Alike
	}
	if alike["TL02"] != 3 || alike["LD01"] != 1 {
		t.Errorf("rows alike: %v, want 3 of TL02 and 1 of LD01", alike)
	}
}

func BenchmarkCheckReadBack(b *testing.B) {
	form := book(sheet("Biểu", labourForm...))
	layout, _ := Parse(specOf("F"), form, catalogue())
	for b.Loop() {
		if lost := layout.CheckReadBack(form, catalogue()); len(lost) > 0 {
			b.Fatal(lost)
		}
	}
}
