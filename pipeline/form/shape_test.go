package form

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Forms of other shapes than the official ones, each with a submission that
// was changed in the ways that its shape invites.
func TestShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name            string
		form, submitted []string
		facts, findings []string
	}{
		{"no header at all",
			[]string{"BÁO CÁO NHANH", "", "Số cán bộ | {{A1}}", "Số đoàn viên | {{A2}}"},
			[]string{"BÁO CÁO NHANH", "Thêm | 9", "Số đoàn viên | 2", "Số cán bộ | 1"}, []string{"A1 1", "A2 2"}, []string{"row_moved S!A4"}},
		{"no header, columns inserted",
			[]string{"Số cán bộ | {{A1}}", "Số đoàn viên | {{A2}}"},
			[]string{" | | Số cán bộ | 1", " | | Số đoàn viên | 2"}, []string{"A1 1", "A2 2"}, nil},
		{"years as headers",
			[]string{"Nội dung | 2014 | 2015", "Số cán bộ | {{A1}} | {{A2}}", "Số đoàn viên | {{B1}} | {{B2}}"},
			[]string{"Nội dung | 2015 | 2014", "Số cán bộ | 2 | 1", "Số đoàn viên | 2014 | 2015"}, []string{"A1 1", "A2 2", "B1 2015", "B2 2014"}, nil},
		{"period in header and label",
			[]string{"Nội dung | Kết quả {{@period}} | Kế hoạch năm", "Số cán bộ đến {{@cutoff}} | {{A1}} | {{A2}}", "Số đoàn viên | {{B1}} | {{B2}}"},
			[]string{"Nội dung | Kế hoạch năm | Kết quả Quý I năm 2026", "Số cán bộ đến 31/3/2026 | 2 | 1", "Số đoàn viên | 4 | 3"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, nil},
		{"groups merged downwards",
			[]string{"Đối tượng | Giới | Số người", "Cán bộ | Nam | {{A1}}", "^ | Nữ | {{A2}}", "Đoàn viên | Nam | {{B1}}", "^ | Nữ | {{B2}}"},
			[]string{"Đối tượng | Giới | Số người", "Đoàn viên | Nam | 3", "Đoàn viên | Nữ | 4", "Cán bộ | Nam | 1", " | Khác | 9", " | Nữ | 2"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, []string{"row_added S!B5", "row_moved S!A4"}},
		{"two tables with the same rows",
			[]string{"Bảng 1. Cán bộ", "Nội dung | Số người", "Nam | {{A1}}", "Nữ | {{A2}}", "", "Bảng 2. Đoàn viên", "Nội dung | Số người", "Nam | {{B1}}", "Nữ | {{B2}}"},
			[]string{"Bảng 2. Đoàn viên", "Nội dung | Số người", "Nam | 3", "Nữ | 4", "Bảng 1. Cán bộ", "Nội dung | Số người", "Nam | 1", "Nữ | 2"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, []string{"row_moved S!A5"}},
		{"two tables with the same rows under other headers",
			[]string{"Nội dung | Cán bộ | Ghi chú", "Nam | {{A1}}", "Nữ | {{A2}}", "", "Nội dung | Đoàn viên | Ghi chú", "Nam | {{B1}}", "Nữ | {{B2}}"},
			[]string{"", "Nội dung | Cán bộ | Ghi chú", "Nữ | 2", "Nam | 1", "", "Nội dung | Đoàn viên | Ghi chú", "Nam | 3", "Nữ | 4"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, []string{"row_moved S!A4"}},
		{"two tables with the same rows under other headers, a row deleted",
			[]string{"Nội dung | Cán bộ | Ghi chú", "Nam | {{A1}}", "Nữ | {{A2}}", "", "Nội dung | Đoàn viên | Ghi chú", "Nam | {{B1}}", "Nữ | {{B2}}"},
			[]string{"Nội dung | Cán bộ | Ghi chú", "Nam | 1", "", "Nội dung | Đoàn viên | Ghi chú", "Nam | 3", "Nữ | 4"},
			[]string{"A1 1", "B1 3", "B2 4"}, []string{"row_missing S!"}},
		{"part left below the header of another table",
			[]string{"Nội dung | Cán bộ | Ghi chú", "1. Một | {{A1}}", "- Trẻ | {{A2}}", "", "Nội dung | Đoàn viên | Ghi chú", "2. Hai | {{B1}}", "3. Ba | {{B2}}"},
			[]string{"Nội dung | Cán bộ | Ghi chú", "", "Nội dung | Đoàn viên | Ghi chú", "- Trẻ | 2", "2. Hai | 3", "3. Ba | 4"},
			[]string{"B1 3", "B2 4"}, []string{"row_misplaced S!A4", "row_missing S!", "row_missing S!"}},
		{"two tables side by side",
			[]string{"TT | Nội dung | Số lượng | TT | Nội dung | Số lượng", "1 | Nam | {{A1}} | 3 | Già | {{B1}}", "2 | Nữ | {{A2}} | 4 | Trẻ | {{B2}}"},
			[]string{"TT | Nội dung | Số lượng", "1 | Nam | 1", "2 | Nữ | 2", "3 | Già | 3", "4 | Trẻ | 4"}, []string{"A1 1", "A2 2", "B1 3", "B2 4"}, nil},
		{"foreign section with rows of the same name",
			[]string{"Nội dung | Số lượng", "I. Cán bộ", "Tổng số | {{A1}}", "Nữ | {{A2}}", "II. Đoàn viên", "Số đoàn viên | {{B1}}"},
			[]string{"Nội dung | Số lượng", "I. Cán bộ", "Tổng số | 1", "Nữ | 2", "II. Đoàn viên", "Số đoàn viên | 3", "III. Năm trước", "Tổng số | 7", "Nữ | 8"},
			[]string{"A1 1", "A2 2", "B1 3"}, []string{"row_added S!A8", "row_added S!A9"}},
		{"row only in a foreign section",
			[]string{"Nội dung | Số lượng", "I. Cán bộ", "Tổng số | {{A1}}", "Nữ | {{A2}}", "II. Đoàn viên", "Số đoàn viên | {{B1}}"},
			[]string{"Nội dung | Số lượng", "I. Cán bộ", "Tổng số | 1", "II. Đoàn viên", "Số đoàn viên | 3", "III. Năm trước", "Nữ | 8"},
			[]string{"A1 1", "B1 3"}, []string{"row_misplaced S!A7", "row_missing S!"}},
		{"letters and numbers of several levels",
			[]string{"TT | Nội dung | Số lượng", "A | Cán bộ", "1 | Tổng số | {{A1}}", "'1.1 | Nữ | {{A2}}", "B | Đoàn viên", "1 | Tổng số | {{B1}}", "'1.1 | Nữ | {{B2}}"},
			[]string{"Nội dung | Số lượng", "Cán bộ", "Tổng số | 1", "Khác | 9", "Nữ | 2", "Đoàn viên", "Tổng số | 3", "Nữ | 4"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, []string{"row_added S!A4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, findings := extract(t, layoutOf(t, "F", sheet("S", tt.form...)), book(sheet("S", tt.submitted...)))
			if diff := cmp.Diff(tt.facts, facts); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.findings, findings); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
