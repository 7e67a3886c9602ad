package sample

// activityForm is form 2-HDCD as far as its printed text is known: rows 1 to 6
// as form 2 prints them, blanks included, and rows 10 to 14 in the wording of
// form 1, whose numbers in form 2 are inferred. The rest is left out.
func activityForm() form {
	return form{
		sheet: "Mau 2-HDCD", code: "MẪU SỐ 2-HĐCĐ",
		usedBy: "(Dùng cho công đoàn cấp trên trực tiếp cơ sở, LĐLĐ tỉnh, thành phố, CĐ ngành TW và tương đương)",
		title:  []string{"BÁO CÁO TỔNG HỢP SỐ LIỆU VỀ HOẠT ĐỘNG CÔNG ĐOÀN"},
		last:   5, right: 3,
		widths: []float64{6, 66, 13, 18, 20},
		header: activityHeader, cells: activityCells, lines: activityLines(),
		footnote: "Ghi chú: Biểu rút gọn dùng để minh họa; các dòng 7 đến 9 và từ dòng 15 trở đi của mẫu đầy đủ không đưa vào đây.",
	}
}

func activityHeader(d *drawing, row int) int {
	for i, text := range []string{"TT", "Nội dung", "Đơn vị tính", "Số lượng", "Ghi chú"} {
		headerCell(d, at(i+1, row), at(i+1, row), text)
	}
	d.height(row, 24)
	d.print("portrait", rowsText(row, row))
	return row + 1
}

func activityCells(d *drawing, row int, l line) {
	d.put(at(5, row), "", look{border: true, wrap: true, across: "left"})
	if l.code == "" {
		d.put(at(4, row), "", look{border: true})
		return
	}
	d.put(at(4, row), marker(l.code, ""), l.number())
}

func activityLines() []line {
	return []line{
		{rank: section, label: "I. Tình hình lao động"},
		{rank: subsection, label: "1. Lao động"},
		{row, "1.", "Tổng số lao động", "người", "LD01", false},
		{subRow, "", "- Trong đó :  nữ", "", "LD02", false},
		{rank: subsection, label: "2. Việc làm"},
		{row, "2.", "Số lao động thiếu việc làm", "người", "LD03", false},
		{subRow, "", "+ Tỷ lệ so với tổng số lao động", "%", "LD93", false},
		{row, "3.", "Số lao động nữ thiếu việc làm", "người", "LD04", false},
		{subRow, "", "+ Tỷ lệ so với tổng số lao động nữ", "%", "LD94", false},
		{rank: subsection, label: "3. Tiền lương"},
		{row, "4.", "Tiền lương bình quân tháng của 1 người lao động", "đồng", "TL01", false},
		{subRow, "", "+ Số người được tính", "người", "TL02", false},
		{row, "5.", "Tiền lương bình quân tháng của 1 người lao động trong  các cơ quan hành chính nhà nước", "đồng", "TL11", false},
		{subRow, "", "+ Số người được tính", "người", "TL12", false},
		{row, "6.", "Tiền lương bình quân tháng của 1 người lao động trong các đơn vị sự nghiệp", "đồng", "TL21", false},
		{subRow, "", "+ Số người được tính", "người", "TL22", false},
		{row, "10.", "Tổng số tiền doanh nghiệp còn nợ lương người lao động", "đồng", "TL03", false},
		{rank: subsection, label: "4. Nhà ở"},
		{row, "11.", "Số người được nhà nước, cơ quan, doanh nghiệp bố trí nhà ở", "người", "NO01", false},
		{row, "12.", "Số người phải tự thuê nhà ở", "“", "NO02", false},
		{rank: subsection, label: "5. Thực hiện hợp đồng lao động, bảo hiểm xã hội, bảo hiểm y tế, bảo hiểm thất nghiệp"},
		{row, "13.", "Số lao động được ký hợp đồng lao động", "người", "HD01", false},
		{row, "14.", "Số lao động được đóng bảo hiểm xã hội, bảo hiểm y tế, bảo hiểm thất nghiệp", "người", "HD02", false},
	}
}
