package sample

func formTable() table {
	from, to := day(2013, 1, 1), day(2018, 11, 30) // the union's term of 2013 to 2018
	return table{
		sheet: "Biểu mẫu", title: "BIỂU MẪU BÁO CÁO", about: "Tệp biểu mẫu nằm trong thư mục inputs/forms.",
		headings: []string{"Mã biểu", "Tên biểu", "Tệp", "Định kỳ", "Số liệu tính theo", "Số ngày nộp sau kỳ", "Loại đơn vị nộp", "Hiệu lực từ", "Hiệu lực đến"},
		widths:   []float64{12, 60, 16, 12, 14, 12, 34, 14, 14},
		rows: [][]any{
			{programme, "Kết quả thực hiện chương trình nâng cao trình độ, kỹ năng nghề nghiệp", "1464.xlsx", "năm", "kỳ", 15, "huyện; ngành; khu công nghiệp; nhóm; tỉnh", from, to},
			{activity, "Báo cáo tổng hợp số liệu về hoạt động công đoàn", "2-HDCD.xlsx", "nửa năm", "lũy kế", 15, "huyện; ngành; khu công nghiệp; nhóm", from, to},
			{plan2020, "Các lớp bồi dưỡng cán bộ công đoàn đã mở theo Kế hoạch 07/LĐLĐ năm 2020", "KH-07.xlsx", "quý", "kỳ", 15, "tỉnh", day(2020, 6, 1), day(2020, 8, 31)},
		},
	}
}

func periodTable() table {
	return table{
		sheet: "Kỳ", title: "KỲ BÁO CÁO", about: "Các kỳ khác theo năm thống kê từ 01/12 đến 30/11.",
		headings: []string{"Mã kỳ", "Ngày bắt đầu", "Ngày chốt số liệu", "Hạn nộp"},
		widths:   []float64{16, 16, 18, 16},
		rows:     [][]any{{"2014..2015", nil, nil, nil}},
	}
}

func checkTable() table {
	const skip, zero = "bỏ qua khi thiếu một", "coi là 0"
	const wrong, doubtful, trial = "lỗi", "cảnh báo", "thử nghiệm"
	return table{
		sheet: "Kiểm tra", title: "QUY TẮC KIỂM TRA TRONG MỘT BÁO CÁO", about: "Lỗi: trả lại báo cáo. Cảnh báo, thử nghiệm: chỉ nhắc.",
		headings: []string{"Mã kiểm tra", "Vế trái", "Phép so sánh", "Vế phải", "Khi thiếu số liệu", "Mức độ", "Áp dụng từ kỳ", "Hướng dẫn sửa"},
		widths:   []float64{23, 16, 26, 36, 25, 14, 14, 66},
		rows: [][]any{
			{"CM-TONG", "CM00", "=", "CM01+CM02+CM03", skip, wrong, nil, "Số người học chuyên môn phải bằng tổng ba dòng «Trong đó»: xem lại dòng tổng hoặc các dòng thành phần."},
			{"CB-LOP", "CB10", "=", "CB11+CB12+CB13+CB14", zero, wrong, nil, "Tổng số lớp phải bằng tổng bốn dòng «Trong đó»."},
			{"CB-HOCVIEN", "CB20", "=", "CB21+CB22+CB23", zero, wrong, nil, "Tổng số học viên phải bằng tổng ba dòng «Trong đó»."},
			{"HT-TRONG", "HT01", "<=", "HT02", skip, wrong, nil, "Số người được học không thể lớn hơn tổng số đoàn viên, người lao động."},
			{"CB-TRONG", "CB01", "<=", "CB02", skip, wrong, nil, "Số cán bộ được bồi dưỡng không thể lớn hơn tổng số cán bộ công đoàn cơ sở."},
			{"LD-NU", "LD02", "<=", "LD01", skip, wrong, nil, "Lao động nữ không thể nhiều hơn tổng số lao động."},
			{"LD-THIEUVIEC", "LD03", "<=", "LD01", skip, wrong, nil, "Lao động thiếu việc làm không thể nhiều hơn tổng số lao động."},
			{"LD-NUTHIEUVIEC", "LD04", "<=", "LD03", skip, wrong, nil, "Lao động nữ thiếu việc làm không thể nhiều hơn số lao động thiếu việc làm."},
			{"TL-TRONG", "TL12+TL22", "<=", "TL02", skip, doubtful, nil, "Số người được tính lương ở hai khu vực nhiều hơn tổng số người được tính."},
			{"HD-BAOHIEM", "HD02", "<=", "LD01", skip, wrong, nil, "Số lao động đóng bảo hiểm không thể nhiều hơn tổng số lao động."},
			{"TT-CAP", "TT01", "cùng có hoặc cùng không", "TT02", skip, wrong, nil, "Có cuộc tuyên truyền thì phải có lượt người tham gia, và ngược lại."},
			{"HT-TRUNG", "HT01", "<=", "CM00+LL00+TH01+NN02+NN03", skip, trial, "2014", "Số người được học (không tính trùng) thường không lớn hơn tổng các loại hình học tập."},
		},
	}
}

// gradeTable is the scale of guidance 1931/HD-TLĐ of 27/12/2014 for rated years
// 2015 to 2018, without the conditions it adds to the points.
func gradeTable() table {
	from, to := day(2014, 12, 1), day(2018, 11, 30)
	return table{
		sheet: "Xếp loại", title: "THANG XẾP LOẠI", about: "Theo Hướng dẫn 1931/HD-TLĐ ngày 27/12/2014, chỉ lấy mức điểm; áp dụng cho năm xếp loại 2015 đến 2018.",
		headings: []string{"Hiệu lực từ", "Hiệu lực đến", "Xếp loại", "Điểm tối thiểu"},
		widths:   []float64{16, 16, 24, 16},
		rows:     [][]any{{from, to, "Vững mạnh", 85}, {from, to, "Khá", 70}, {from, to, "Trung bình", 50}, {from, to, "Yếu", 0}},
	}
}

func noteTable() table {
	return table{
		sheet: "Ghi chú", title: "GHI CHÚ VỀ SỐ LIỆU MINH HỌA", about: "Trang này chỉ để người đọc biết; chương trình không dùng đến.",
		headings: []string{"Mục", "Nội dung"}, widths: []float64{28, 110},
		rows: [][]any{
			{"Số liệu thật", "Chỉ các số toàn tỉnh của giai đoạn 2014–2015 (tuyên truyền, đào tạo, cán bộ công đoàn) lấy từ bài viết ngày 05/02/2016 của Liên đoàn Lao động tỉnh Sóc Trăng."},
			{"Phân chia theo đơn vị", "Số của từng đơn vị là số giả định do chương trình sinh ra để cộng lại đúng số toàn tỉnh. Không dòng nào là số liệu chính thức của một đơn vị."},
			{"Kế hoạch", "Tất cả số trong các trang «Kế hoạch 2014», «Kế hoạch 2015» là giả định. Riêng mức 70% cán bộ công đoàn cơ sở được bồi dưỡng lấy theo mục tiêu nhiệm kỳ 2013–2018 của Tổng Liên đoàn."},
			{"Biểu 2-HDCD", "Toàn bộ số liệu là giả định. Lời văn các dòng 1 đến 6 đúng như mẫu 2-HĐCĐ; các dòng 10 đến 14 lấy lời văn của mẫu 1-HĐCĐ, số thứ tự là suy đoán."},
			{"Biểu 1464", "Biểu này vẽ ra để minh họa, không phải biểu mẫu chính thức của chương trình."},
			{"Biểu KH-07", "Kế hoạch (1 lớp lý luận và nghiệp vụ 4 tháng, mỗi tháng 10 ngày; 2 lớp 4 ngày) lấy từ bài viết về Kế hoạch 07/LĐLĐ ngày 03/3/2020. Các lớp đã mở, số học viên và biểu mẫu là giả định."},
			{"Mã TL11, TL12, TL21, TL22", "Mã đặt riêng cho hai dòng tiền lương theo khu vực của mẫu 2-HĐCĐ."},
			{"Điểm chuẩn", "Điểm chuẩn của các chỉ tiêu là giả định."},
		},
	}
}
