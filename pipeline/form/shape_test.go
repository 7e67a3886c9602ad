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
		{"two other tables side by side under the same headers",
			[]string{"TT | Nội dung | Số lượng | TT | Chỉ tiêu | Số lượng", "1 | Một | {{A1}} | 3 | Ba | {{B1}}", " | - nữ | {{A2}} | | - nữ | {{B2}}", " | - trẻ | {{C1}} | | - trẻ | {{D1}}", "2 | Hai | {{C2}} | 4 | Bốn | {{D2}}"},
			[]string{"", "TT | Nội dung | Số lượng | TT | Chỉ tiêu | Số lượng", "1 | Một | 1 | 3 | Ba | 3", " | - nữ | 2 | | - nữ | 4", " | - trẻ | 5 | | - trẻ | 7", "2 | Hai | 6 | 4 | Bốn | 8"},
			[]string{"A1 1", "A2 2", "C1 5", "C2 6", "B1 3", "B2 4", "D1 7", "D2 8"}, nil},
		{"no header below a unit's own cell",
			[]string{"Đơn vị báo cáo: | {{@unit}}", "BÁO CÁO NHANH | <", "Số cán bộ | {{A1}}", "Số đoàn viên | {{A2}}"},
			[]string{"Đơn vị báo cáo: | Y tế", "BÁO CÁO NHANH | <", "Số cán bộ | 1", "Số đoàn viên | 2"}, []string{"A1 1", "A2 2"}, nil},
		{"pairs of labels and figures below a title block",
			[]string{"Cấp trên: {{@parent}} | | Mẫu 1", "Đơn vị: | {{@unit}}", "Số cán bộ | {{A1}} | Số lớp | {{B1}}", "Số đoàn viên | {{A2}} | Số buổi | {{B2}}"},
			[]string{"Cấp trên: Tỉnh | | Mẫu 1", "Đơn vị: | Y tế", "Số cán bộ | 1 | Số lớp | 3", "Số đoàn viên | 2 | Số buổi | 4"}, []string{"A1 1", "A2 2", "B1 3", "B2 4"}, nil},
		{"no header, a column of numbers inserted",
			[]string{"Số cán bộ | {{A1}}", "Số đoàn viên | {{A2}}"},
			[]string{"Số cán bộ | 8 | 1", "Số đoàn viên | 9 | 2"}, nil, []string{"column_ambiguous S!B1"}},
		{"no header, an empty column inserted",
			[]string{"Số cán bộ | {{A1}}", "Số đoàn viên | {{A2}}"},
			[]string{"Số cán bộ | | 1", "Số đoàn viên | | 2"}, []string{"A1 1", "A2 2"}, []string{"column_by_place S!C1"}},
		{"no header, numbers of the form's own beside",
			[]string{"Số cán bộ | {{A1}} | 7", "Số đoàn viên | {{A2}} | 8"},
			[]string{"Số cán bộ | 1 | 7", "Số đoàn viên | 2 | 8"}, []string{"A1 1", "A2 2"}, nil},
		{"units named in a column headed like units of measure",
			[]string{"Bảng 1. Cán bộ", "TT | Đơn vị | Số người", "1 | Y tế | {{A1}}", "2 | Giáo dục | {{A2}}", "Bảng 2. Đoàn viên", "TT | Đơn vị | Số người", "1 | Y tế | {{B1}}", "2 | Giáo dục | {{B2}}"},
			[]string{"Bảng 1. Cán bộ", "TT | Đơn vị | Số người", "1 | Y tế | 1", "2 | Giáo dục | 2", "Bảng 2. Đoàn viên", "TT | Đơn vị | Số người", "1 | Y tế | 3", " | Khác | 9", "2 | Giáo dục | 4"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, []string{"row_added S!B8"}},
		{"labels of one table below, figures of another above",
			[]string{"Nội dung | Kết quả", "Số cán bộ | {{A1}}", "Số lớp | {{A2}}", "", "TT | Nội dung | Kết quả", "1 | Số buổi | {{B1}}", "2 | Số lượt | {{B2}}"},
			[]string{"Nội dung | Kết quả", "Số cán bộ | kps", "Số lớp | không", "", "TT | Nội dung | Kết quả", "1 | Số buổi | 3", "2 | Số lượt | 4"},
			[]string{"A1 nil", "A2 nil", "B1 3", "B2 4"}, nil},
		{"a table with one column of figures below a list",
			[]string{"TT | Tên lớp | Ngày mở | Số người", "1 | {{classes/name}} | {{classes/start:date}} | {{classes/people:number}}", "", "TT | Nội dung | ĐVT | Kết quả", "1 | Số cán bộ | người | {{A1}}", " | - nữ | “ | {{A2}}", "2 | Số lớp | “ | {{B1}}"},
			[]string{"TT | Tên lớp | Ngày mở | Số người", "1 | Lớp A | 5/3/2026 | 30", "2 | Lớp B | 6/3/2026 | 40", "", "TT | Nội dung | ĐVT | Kết quả", "1 | Số cán bộ | người | 1", " | - nữ | “ | 2", "2 | Số lớp | “ | 3"},
			[]string{"A1 1", "A2 2", "B1 3"}, nil},
		{"a caption that a section below repeats",
			[]string{"I. Kiểm tra", "Nội dung | Số lượng", "A. Nữ công", "1. Một | {{A1}}", "B. Kiểm tra", "2. Hai | {{A2}}", "II. Lao động", "Chỉ tiêu | Kết quả", "A. Đào tạo", "1. Ba | {{B1}}", "III. Đào tạo", "Nội dung | Thực hiện", "1. Bốn | {{B2}}"},
			[]string{"I. Kiểm tra", "Nội dung | Số lượng", "A. Nữ công", "1. Một | 1", "B. Kiểm tra", "2. Hai | 2", "II. Lao động", "Chỉ tiêu | Kết quả", "A. Đào tạo", "1. Ba | 3", "Khác | 9", "III. Đào tạo", "Nội dung | Thực hiện", "1. Bốn | 4"},
			[]string{"A1 1", "A2 2", "B1 3", "B2 4"}, []string{"row_added S!A11"}},
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
