package catalogue

import "tonghop/pipeline"

func unitColumns() []Column {
	return []Column{
		{English: "code", Vietnamese: "Mã đơn vị", Also: []string{"Mã"}, Required: true},
		{English: "name", Vietnamese: "Tên đơn vị", Also: []string{"Tên"}, Required: true},
		{English: "kind", Vietnamese: "Loại đơn vị", Also: []string{"Loại"}, Required: true, Words: unitKinds(), Open: true},
		{English: "parent", Vietnamese: "Đơn vị cấp trên", Also: []string{"Cấp trên", "Mã cấp trên", "Mã đơn vị cấp trên"}},
		validFrom(),
		validTo(),
		{English: "successors", Vietnamese: "Đơn vị kế thừa", Also: []string{"Kế thừa"}},
		{English: "aliases", Vietnamese: "Tên gọi khác", Also: []string{"Tên khác"}},
		{English: "folder", Vietnamese: "Thư mục"},
		{English: "encoding", Vietnamese: "Bảng mã chữ", Also: []string{"Bảng mã"}, Words: encodings()},
	}
}

func indicatorColumns() []Column {
	return []Column{
		{English: "code", Vietnamese: "Mã chỉ tiêu", Also: []string{"Mã"}, Required: true},
		{English: "name", Vietnamese: "Tên chỉ tiêu", Also: []string{"Tên"}, Required: true},
		{English: "unit", Vietnamese: "Đơn vị tính", Also: []string{"ĐVT"}},
		{English: "kind", Vietnamese: "Loại chỉ tiêu", Also: []string{"Loại"}, Required: true, Words: indicatorKinds()},
		{English: "numerator", Vietnamese: "Tử số"},
		{English: "denominator", Vietnamese: "Mẫu số"},
		{English: "weight_by", Vietnamese: "Bình quân theo", Also: []string{"Quyền số"}},
		{English: "time", Vietnamese: "Tính theo thời gian", Also: []string{"Thời gian"}, Required: true, Words: timeBases()},
		{English: "better", Vietnamese: "Chiều tốt", Words: directions()},
		{English: "group", Vietnamese: "Nhóm"},
		{English: "parent", Vietnamese: "Là một phần của", Also: []string{"Trong đó của", "Thuộc chỉ tiêu"}},
		{English: "decimals", Vietnamese: "Số chữ số thập phân", Also: []string{"Số lẻ"}},
		{English: "rounding", Vietnamese: "Cách làm tròn", Words: roundings()},
		{English: "score_weight", Vietnamese: "Điểm chuẩn", Also: []string{"Trọng số điểm"}},
		{English: "score_cap", Vietnamese: "Mức trần tính điểm"},
		{English: "from", Vietnamese: "Lấy từ danh sách"},
	}
}

func formColumns() []Column {
	return []Column{
		{English: "code", Vietnamese: "Mã biểu", Also: []string{"Mã", "Mã biểu mẫu"}, Required: true},
		{English: "name", Vietnamese: "Tên biểu", Also: []string{"Tên", "Tên biểu mẫu"}},
		{English: "file", Vietnamese: "Tệp", Also: []string{"Tên tệp", "File biểu mẫu"}, Required: true},
		{English: "frequency", Vietnamese: "Định kỳ", Also: []string{"Kỳ báo cáo"}, Required: true, Words: frequencies()},
		{English: "basis", Vietnamese: "Số liệu tính theo", Also: []string{"Cách tính số liệu"}, Words: bases()},
		{English: "due_days", Vietnamese: "Số ngày nộp sau kỳ", Also: []string{"Hạn nộp", "Hạn nộp (số ngày)"}},
		{English: "unit_kinds", Vietnamese: "Loại đơn vị nộp", Words: unitKinds(), Open: true},
		{English: "csv", Vietnamese: "Nhận tệp CSV", Words: answers()},
		validFrom(),
		validTo(),
	}
}

func periodColumns() []Column {
	return []Column{
		{English: "code", Vietnamese: "Mã kỳ", Also: []string{"Mã"}, Required: true},
		{English: "start", Vietnamese: "Ngày bắt đầu", Also: []string{"Từ ngày"}},
		{English: "end", Vietnamese: "Ngày chốt số liệu", Also: []string{"Đến ngày", "Ngày chốt"}},
		{English: "due", Vietnamese: "Hạn nộp"},
		{English: "form", Vietnamese: "Biểu mẫu", Also: []string{"Mã biểu", "Biểu", "Chỉ cho biểu"}},
	}
}

func targetColumns() []Column {
	return []Column{{English: "unit", Vietnamese: "Đơn vị", Also: []string{"Mã đơn vị"}, Required: true}}
}

func checkColumns() []Column {
	return []Column{
		{English: "code", Vietnamese: "Mã kiểm tra", Also: []string{"Mã"}, Required: true},
		{English: "left", Vietnamese: "Vế trái", Required: true},
		{English: "operator", Vietnamese: "Phép so sánh", Also: []string{"Phép", "So sánh"}, Required: true, Words: operators()},
		{English: "right", Vietnamese: "Vế phải", Required: true},
		{English: "missing", Vietnamese: "Khi thiếu số liệu", Also: []string{"Khi thiếu"}, Words: missings()},
		{English: "severity", Vietnamese: "Mức độ", Words: severities()},
		{English: "since", Vietnamese: "Áp dụng từ kỳ", Also: []string{"Từ kỳ"}},
		{English: "instruction", Vietnamese: "Hướng dẫn sửa", Also: []string{"Hướng dẫn"}},
	}
}

func gradeColumns() []Column {
	return []Column{
		validFrom(),
		validTo(),
		{English: "name", Vietnamese: "Xếp loại", Also: []string{"Tên", "Mức xếp loại"}, Required: true},
		{English: "min_score", Vietnamese: "Điểm tối thiểu", Also: []string{"Điểm từ"}, Required: true},
	}
}

func validFrom() Column {
	return Column{English: "valid_from", Vietnamese: "Hiệu lực từ", Also: []string{"Từ ngày", "Hiệu lực từ ngày"}}
}

func validTo() Column {
	return Column{English: "valid_to", Vietnamese: "Hiệu lực đến", Also: []string{"Đến ngày", "Hiệu lực đến ngày"}}
}

// unitKinds are the usual kinds of unit; staff may use others.
func unitKinds() []Word {
	return []Word{
		{English: "province", Vietnamese: "tỉnh"},
		{English: "district", Vietnamese: "huyện"},
		{English: "sector", Vietnamese: "ngành"},
		{English: "zone", Vietnamese: "khu công nghiệp", Also: []string{"KCN"}},
		{English: "group", Vietnamese: "nhóm"},
		{English: "commune", Vietnamese: "xã"},
	}
}

// encodings are how a unit's texts are written; empty is told from the texts.
func encodings() []Word {
	return []Word{
		{English: string(pipeline.EncodingUnicode), Vietnamese: "Unicode"},
		{English: string(pipeline.EncodingTCVN3), Vietnamese: "TCVN3", Also: []string{"ABC", "TCVN3 (ABC)"}},
		{English: string(pipeline.EncodingVNI), Vietnamese: "VNI", Also: []string{"VNI-Windows"}},
	}
}

func answers() []Word {
	return []Word{{English: "yes", Vietnamese: "có", Also: []string{"x"}}, {English: "no", Vietnamese: "không"}}
}

func indicatorKinds() []Word {
	return []Word{
		{English: string(pipeline.KindCount), Vietnamese: "số lượng"},
		{English: string(pipeline.KindPeople), Vietnamese: "người"},
		{English: string(pipeline.KindParticipations), Vietnamese: "lượt", Also: []string{"lượt người"}},
		{English: string(pipeline.KindOrganisations), Vietnamese: "tổ chức"},
		{English: string(pipeline.KindMoney), Vietnamese: "tiền", Also: []string{"số tiền"}},
		{English: string(pipeline.KindRatio), Vietnamese: "tỷ lệ"},
		{English: string(pipeline.KindAverage), Vietnamese: "bình quân"},
	}
}

func timeBases() []Word {
	return []Word{
		{English: string(pipeline.Flow), Vietnamese: "phát sinh trong kỳ", Also: []string{"phát sinh", "trong kỳ", "kỳ"}},
		{English: string(pipeline.Stock), Vietnamese: "tại thời điểm chốt", Also: []string{"thời điểm", "tại thời điểm"}},
		{English: string(pipeline.Cumulative), Vietnamese: "lũy kế giai đoạn", Also: []string{"lũy kế"}},
	}
}

func directions() []Word {
	return []Word{
		{English: string(pipeline.BetterUp), Vietnamese: "tăng", Also: []string{"càng cao càng tốt"}},
		{English: string(pipeline.BetterDown), Vietnamese: "giảm", Also: []string{"càng thấp càng tốt"}},
		{English: string(pipeline.BetterNone), Vietnamese: "không xét", Also: []string{"không"}},
	}
}

func roundings() []Word {
	return []Word{
		{English: string(pipeline.HalfUp), Vietnamese: "làm tròn"},
		{English: string(pipeline.Truncate), Vietnamese: "cắt", Also: []string{"cắt bỏ"}},
	}
}

func frequencies() []Word {
	return []Word{
		{English: string(pipeline.Monthly), Vietnamese: "tháng", Also: []string{"hàng tháng"}},
		{English: string(pipeline.Quarterly), Vietnamese: "quý", Also: []string{"hàng quý"}},
		{English: string(pipeline.HalfYearly), Vietnamese: "nửa năm", Also: []string{"6 tháng"}},
		{English: string(pipeline.NineMonthly), Vietnamese: "9 tháng"},
		{English: string(pipeline.Yearly), Vietnamese: "năm", Also: []string{"hàng năm"}},
	}
}

func bases() []Word {
	return []Word{
		{English: string(pipeline.BasisPeriod), Vietnamese: "kỳ", Also: []string{"trong kỳ"}},
		{English: string(pipeline.BasisYTD), Vietnamese: "lũy kế", Also: []string{"lũy kế từ đầu năm"}},
	}
}

func operators() []Word {
	return []Word{
		{English: "=", Vietnamese: "="},
		{English: "<>", Vietnamese: "<>", Also: []string{"≠"}},
		{English: ">", Vietnamese: ">"},
		{English: ">=", Vietnamese: ">=", Also: []string{"≥"}},
		{English: "<", Vietnamese: "<"},
		{English: "<=", Vietnamese: "<=", Also: []string{"≤"}},
		{English: "both_or_neither", Vietnamese: "cùng có hoặc cùng không"},
		{English: "not_both", Vietnamese: "không cùng có"},
	}
}

func missings() []Word {
	return []Word{
		{English: "skip_any", Vietnamese: "bỏ qua khi thiếu một"},
		{English: "skip_all", Vietnamese: "bỏ qua khi thiếu cả"},
		{English: "zero", Vietnamese: "coi là 0"},
	}
}

func severities() []Word {
	return []Word{
		{English: string(pipeline.SeverityError), Vietnamese: "lỗi"},
		{English: string(pipeline.SeverityWarning), Vietnamese: "cảnh báo"},
		{English: string(pipeline.SeverityBeta), Vietnamese: "thử nghiệm"},
	}
}
