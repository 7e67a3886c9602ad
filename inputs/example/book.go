package example

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// A line is a line of the form's table.
type line struct {
	ordinal, label, measure string
	code                    string // the indicator; empty for a heading
	target                  bool
}

var lines = []line{
	{label: "I. Phát triển đoàn viên"},
	{"1", "Số đoàn viên kết nạp mới", "người", "DV01", true},
	{"2", "Tổng số đoàn viên", "người", "DV02", false},
	{"", "- Trong đó: nữ", "người", "DV03", false},
	{"3", "Tỷ lệ đoàn viên nữ", "%", "DV90", false},
	{label: "II. Tuyên truyền, tập huấn"},
	{"4", "Số lớp tập huấn đã mở", "lớp", "TH01", true},
	{"5", "Số lượt người dự tập huấn", "lượt người", "TH02", true},
	{"", "- Trong đó: nữ", "lượt người", "TH03", false},
}

// drawForm draws the form with markers, or filled in.
func drawForm(s *sheet, r report) {
	s.open("Biểu quý", 6, 40, 13, 17, 17, 26)
	s.block("A1", "F1", "Đơn vị báo cáo: "+r.name, look{bold: true, across: "left"})
	s.height(24, 1, 2, 3)
	s.block("A2", "F2", "BÁO CÁO HOẠT ĐỘNG CÔNG ĐOÀN", look{bold: true, size: 14, across: "center"})
	s.block("A3", "F3", r.period, look{italic: true, across: "center"})
	s.height(34, 5)
	s.row(5, func(int) look { return heading }, "TT", "Nội dung", "Đơn vị tính", "Kế hoạch năm", "Thực hiện trong kỳ", "Ghi chú")
	for i, l := range lines {
		n := 6 + i
		s.height(21, n)
		s.row(n, func(column int) look {
			label := entry
			label.bold = l.code == ""
			if column == 0 || column == 2 {
				label.across, label.indent = "center", 0
			}
			return label
		}, l.ordinal, l.label, l.measure, "", "", "")
		if l.code == "" {
			continue
		}
		as := figure
		if l.measure == "%" {
			as = rate
		}
		if l.target && r.unit == "" {
			s.put(fmt.Sprint("D", n), "{{"+l.code+":target}}", as)
		}
		s.put(fmt.Sprint("E", n), r.figures[l.code], as)
		if r.unit == "" {
			s.put(fmt.Sprint("F", n), "{{"+l.code+":note}}", entry)
		}
	}
	last := 7 + len(lines)
	s.put(fmt.Sprint("B", last), "NGƯỜI LẬP BIỂU", look{bold: true, across: "center"})
	s.block(fmt.Sprint("D", last), fmt.Sprint("F", last), "TM. BAN THƯỜNG VỤ", look{bold: true, across: "center"})
	s.print()
}

// print fits the form on one page of A4.
func (s *sheet) print() {
	a4, portrait, one, fit := 9, "portrait", 1, true
	s.do(s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	s.do(s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &portrait, FitToWidth: &one, FitToHeight: &one}))
}

// drawCatalogue draws the catalogue of a federation that begins in the quarter: its
// form is due from then on, its targets are for what is left of the year.
func drawCatalogue(s *sheet, quarter pipeline.Period) {
	from := fmt.Sprintf("01/%02d/%d", 3*quarter.N-2, quarter.Year)
	quarters := 5 - quarter.N
	s.open("Đơn vị", 12, 36, 14, 18, 34)
	s.table([]any{"Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Đơn vị cấp trên", "Tên gọi khác"}, [][]any{
		{"TINH", "Liên đoàn Lao động tỉnh", "tỉnh", "", "LĐLĐ tỉnh"},
		{"H01", "Liên đoàn Lao động huyện A", "huyện", "TINH", "LĐLĐ huyện A"},
		{"H02", "Liên đoàn Lao động huyện B", "huyện", "TINH", "LĐLĐ huyện B"},
		{"H03", "Liên đoàn Lao động huyện C", "huyện", "TINH", "LĐLĐ huyện C"},
	})
	s.open("Chỉ tiêu", 12, 36, 14, 14, 24, 10, 10, 22, 18)
	s.table([]any{"Mã chỉ tiêu", "Tên chỉ tiêu", "Đơn vị tính", "Loại chỉ tiêu", "Tính theo thời gian", "Tử số", "Mẫu số", "Nhóm", "Là một phần của"}, [][]any{
		{"DV01", "Số đoàn viên kết nạp mới", "người", "người", "phát sinh trong kỳ", "", "", "Đoàn viên", ""},
		{"DV02", "Tổng số đoàn viên", "người", "người", "tại thời điểm chốt", "", "", "Đoàn viên", ""},
		{"DV03", "Đoàn viên nữ", "người", "người", "tại thời điểm chốt", "", "", "Đoàn viên", "DV02"},
		{"DV90", "Tỷ lệ đoàn viên nữ", "%", "tỷ lệ", "tại thời điểm chốt", "DV03", "DV02", "Đoàn viên", ""},
		{"TH01", "Số lớp tập huấn đã mở", "lớp", "số lượng", "phát sinh trong kỳ", "", "", "Tập huấn", ""},
		{"TH02", "Số lượt người dự tập huấn", "lượt người", "lượt", "phát sinh trong kỳ", "", "", "Tập huấn", ""},
		{"TH03", "Lượt nữ dự tập huấn", "lượt người", "lượt", "phát sinh trong kỳ", "", "", "Tập huấn", "TH02"},
	})
	s.open("Biểu mẫu", 12, 36, 16, 14, 20, 20, 18, 16)
	s.table([]any{"Mã biểu", "Tên biểu", "Tệp", "Định kỳ", "Số liệu tính theo", "Số ngày nộp sau kỳ", "Loại đơn vị nộp", "Hiệu lực từ"}, [][]any{
		{"QUY", "Báo cáo hoạt động công đoàn quý", "QUY.xlsx", "quý", "kỳ", 15, "huyện", from},
	})
	s.open(fmt.Sprintf("Kế hoạch %d", quarter.Year), 12, 12, 12, 12)
	s.table([]any{"Đơn vị", "DV01", "TH01", "TH02"}, [][]any{
		{"H01", 110 * quarters, 8 * quarters, 600 * quarters},
		{"H02", 75 * quarters, 6 * quarters, 350 * quarters},
		{"H03", 70 * quarters, 6 * quarters, 200 * quarters},
	})
	s.open("Kiểm tra", 14, 14, 16, 14, 24, 14, 50)
	s.table([]any{"Mã kiểm tra", "Vế trái", "Phép so sánh", "Vế phải", "Khi thiếu số liệu", "Mức độ", "Hướng dẫn sửa"}, [][]any{
		{"K1", "DV03", "<=", "DV02", "bỏ qua khi thiếu một", "lỗi", "Số nữ không thể nhiều hơn tổng số đoàn viên."},
		{"K2", "TH03", "<=", "TH02", "bỏ qua khi thiếu một", "lỗi", "Số nữ không thể nhiều hơn tổng số người dự."},
		{"K3", "TH02", ">=", "TH01", "bỏ qua khi thiếu một", "cảnh báo", "Mỗi lớp có ít nhất một người dự."},
	})
}
