package form

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

// A row that stands elsewhere is named with the place where it belongs.
func TestMisplacedNames(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "F", sheet("S", partsForm...))
	clean := filled(partsForm, partsValues)
	// The women stand above their row; those of the second row are gone too.
	lines := edit(clean, map[int][]string{2: {clean[3], clean[2]}, 3: nil, 7: nil})
	_, findings := Align(layout, book(sheet("Biểu", lines...))).Extract(catalogue())
	want := pipeline.Finding{
		Code: "row_misplaced", Severity: pipeline.SeverityError, Sheet: "Biểu", Cell: "B3", Read: "- Trong đó: nữ",
		Expected: "Tình hình lao động / Tổng số lao động / - Trong đó: nữ; Tình hình lao động / Số lao động thiếu việc làm / - Trong đó: nữ",
		Args:     []pipeline.Arg{{Name: "row", Value: "- Trong đó: nữ"}, {Name: "form_cells", Value: "B4, B8"}},
	}
	if diff := cmp.Diff(want, findings[0]); diff != "" {
		t.Errorf("finding mismatch (-want +got):\n%s", diff)
	}
}

// Rows of another table of the form and rows of a list are not misplaced; a row
// moved towards a list is.
func TestMisplacedOrNot(t *testing.T) {
	t.Parallel()
	header := "Nội dung | Số lượng"
	tests := []struct {
		name            string
		form, submitted [][]string // by sheet
		facts, findings []string
	}{
		{"row of another table on the same sheet",
			[][]string{{header, "I. Cán bộ", "Nam | {{A1}}", "Nữ | {{A2}}", "II. Khác", "Số khác | {{B1}}"}, {header, "III. Đoàn viên", "Số đoàn viên | {{C1}}", "Nữ | {{C2}}"}},
			[][]string{{header, "I. Cán bộ", "Nam | 1", "II. Khác", "Số khác | 2", "III. Đoàn viên", "Số đoàn viên | 3", "Nữ | 4"}},
			[]string{"A1 1", "B1 2", "C1 3", "C2 4"}, []string{"row_missing S1!"}},
		{"row of a list",
			[][]string{{header, "I. Cán bộ", "Nam | {{A1}}", "Nữ | {{A2}}", "II. Đoàn viên", "Nam | {{B1}}", "Nữ | {{B2}}", "", "Tên lớp | Số người", "{{lop/ten}} | {{lop/nguoi:number}}"}},
			[][]string{{header, "I. Cán bộ", "Nam | 1", "II. Đoàn viên", "Nam | 2", "Nữ | 3", "", "Tên lớp | Số người", "Lớp một | 3", "Nữ | 4"}},
			[]string{"A1 1", "B1 2", "B2 3"}, []string{"row_missing S1!"}},
		{"row before a list",
			[][]string{{header, "1. Cán bộ | {{A1}}", "- Trẻ | {{A2}}", "2. Đoàn viên | {{B1}}", "", "Tên lớp | Số người", "{{lop/ten}} | {{lop/nguoi:number}}"}},
			[][]string{{header, "1. Cán bộ | 1", "2. Đoàn viên | 3", "- Trẻ | 2", "", "Tên lớp | Số người", "Lớp một | 3"}},
			[]string{"A1 1", "B1 3"}, []string{"row_misplaced S1!A4", "row_missing S1!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			names := []string{"S1", "S2"}
			formBook, submitted := book(), book()
			for i, lines := range tt.form {
				formBook.Sheets = append(formBook.Sheets, sheet(names[i], lines...))
			}
			for i, lines := range tt.submitted {
				submitted.Sheets = append(submitted.Sheets, sheet(names[i], lines...))
			}
			facts, findings := extract(t, layoutOf(t, "F", formBook.Sheets...), submitted)
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
