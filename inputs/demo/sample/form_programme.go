package sample

import "fmt"

// programmeForm is a form for the figures of the programme of 8/10/2013. It is
// drawn for this demo and says so; the programme's own form is not known.
func programmeForm() form {
	return form{
		sheet: "1464", code: "BIỂU 1464",
		usedBy: "(Biểu minh họa theo Chương trình số 1464/CTr-TLĐ ngày 08/10/2013)",
		title: []string{
			"KẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH NÂNG CAO TRÌNH ĐỘ,",
			"KỸ NĂNG NGHỀ NGHIỆP CỦA ĐOÀN VIÊN VÀ NGƯỜI LAO ĐỘNG",
		},
		last: 7, right: 4,
		widths: []float64{6, 66, 13, 15, 18, 16, 26},
		header: programmeHeader, cells: programmeCells, lines: programmeLines(),
	}
}

// programmeHeader draws two rows of headings and the row of column numbers.
func programmeHeader(d *drawing, row int) int {
	for i, text := range []string{"TT", "Nội dung", "Đơn vị tính"} {
		headerCell(d, at(i+1, row), at(i+1, row+1), text)
	}
	headerCell(d, at(4, row), at(6, row), "Kết quả thực hiện")
	headerCell(d, at(7, row), at(7, row+1), "Ghi chú")
	for i, text := range []string{"Kết quả", "Kế hoạch năm", "Tỷ lệ"} {
		headerCell(d, at(4+i, row+1), at(4+i, row+1), text)
	}
	for i := range 7 {
		d.put(at(i+1, row+2), fmt.Sprintf("(%d)", i+1), look{border: true, across: "center", italic: true, size: 11})
	}
	d.height(row, 22)
	d.height(row+1, 36)
	d.print("landscape", rowsText(row, row+2))
	return row + 3
}

func programmeCells(d *drawing, row int, l line) {
	note := look{border: true, wrap: true, across: "left", size: 11}
	for column := 4; column <= 7; column++ {
		d.put(at(column, row), "", look{border: true})
	}
	if l.code == "" {
		return
	}
	d.put(at(4, row), marker(l.code, ""), l.number())
	d.put(at(7, row), marker(l.code, "note"), note)
	if l.target {
		d.put(at(5, row), marker(l.code, "target"), l.number())
		d.put(at(6, row), marker(l.code, "rate"), look{border: true, across: "right", format: "0.0%"})
	}
}

func programmeLines() []line {
	return []line{
		{rank: section, ordinal: "I", label: "Tuyên truyền, phổ biến"},
		{row, "1", "Số cuộc tuyên truyền, phổ biến", "cuộc", "TT01", true},
		{subRow, "", "+ Số lượt người tham gia", "lượt người", "TT02", false},
		{row, "2", "Số bộ tài liệu phát hành", "bộ", "TT03", false},
		{row, "3", "Số tờ rơi phát hành", "tờ", "TT04", false},
		{rank: section, ordinal: "II", label: "Đào tạo, nâng cao trình độ (lũy kế từ đầu chương trình)"},
		{row, "4", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "người", "CM00", true},
		{subRow, "", "Trong đó: tiến sĩ, thạc sĩ", "người", "CM01", false},
		{subRow, "", "Trong đó: đại học", "người", "CM02", false},
		{subRow, "", "Trong đó: cao đẳng, trung cấp", "người", "CM03", false},
		{row, "5", "Số người được đào tạo, bồi dưỡng lý luận chính trị", "người", "LL00", true},
		{row, "6", "Số cán bộ, công chức, viên chức học nâng cao trình độ ứng dụng công nghệ thông tin", "người", "TH01", true},
		{row, "7", "Số người đạt ngoại ngữ bậc 2 (tương đương A2)", "người", "NN02", true},
		{row, "8", "Số người đạt ngoại ngữ bậc 3 (tương đương B1)", "người", "NN03", false},
		{row, "9", "Số đoàn viên, người lao động được học tập nâng cao trình độ, kỹ năng nghề nghiệp", "người", "HT01", false},
		{row, "10", "Tổng số đoàn viên, người lao động", "người", "HT02", false},
		{subRow, "", "+ Tỷ lệ được học tập nâng cao trình độ, kỹ năng nghề nghiệp", "%", "HT90", true},
		{rank: section, ordinal: "III", label: "Đào tạo, bồi dưỡng cán bộ công đoàn"},
		{row, "11", "Tổng số lớp đào tạo, bồi dưỡng, tập huấn cán bộ công đoàn", "lớp", "CB10", true},
		{subRow, "", "Trong đó: lớp quản lý nhà nước chương trình chuyên viên chính (cấp tỉnh)", "lớp", "CB11", false},
		{subRow, "", "Trong đó: lớp lý luận, nghiệp vụ công tác công đoàn (cấp tỉnh)", "lớp", "CB12", false},
		{subRow, "", "Trong đó: lớp bồi dưỡng chủ tịch công đoàn cơ sở (cấp tỉnh)", "lớp", "CB13", false},
		{subRow, "", "Trong đó: lớp do LĐLĐ huyện, thị xã, thành phố, công đoàn ngành mở", "lớp", "CB14", false},
		{row, "12", "Tổng số học viên các lớp cấp tỉnh", "người", "CB20", false},
		{subRow, "", "Trong đó: học viên lớp quản lý nhà nước chương trình chuyên viên chính", "người", "CB21", false},
		{subRow, "", "Trong đó: học viên lớp lý luận, nghiệp vụ công tác công đoàn", "người", "CB22", false},
		{subRow, "", "Trong đó: học viên lớp bồi dưỡng chủ tịch công đoàn cơ sở", "người", "CB23", false},
		{row, "13", "Số cán bộ công đoàn cơ sở được bồi dưỡng, tập huấn nghiệp vụ (lũy kế)", "người", "CB01", false},
		{row, "14", "Tổng số cán bộ công đoàn cơ sở", "người", "CB02", false},
		{subRow, "", "+ Tỷ lệ được bồi dưỡng, tập huấn nghiệp vụ", "%", "CB90", true},
	}
}

// rowsText names whole rows as Excel's print titles do.
func rowsText(first, last int) string { return fmt.Sprintf("$%d:$%d", first, last) }
