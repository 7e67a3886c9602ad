package page

import (
	"tonghop/pipeline"
	"tonghop/reports"
)

func sampleUnits() []reports.Unit {
	names := []struct{ code, name, kind string }{
		{"LDLD-ST", "Liên đoàn Lao động tỉnh Sóc Trăng", "province"},
		{"H01", "Liên đoàn Lao động thành phố Sóc Trăng", "district"},
		{"H02", "Liên đoàn Lao động thị xã Vĩnh Châu", "district"},
		{"H03", "Liên đoàn Lao động thị xã Ngã Năm", "district"},
		{"H04", "Liên đoàn Lao động huyện Châu Thành", "district"},
		{"H05", "Liên đoàn Lao động huyện Kế Sách", "district"},
		{"H06", "Liên đoàn Lao động huyện Mỹ Tú", "district"},
		{"H07", "Liên đoàn Lao động huyện Mỹ Xuyên", "district"},
		{"H08", "Liên đoàn Lao động huyện Thạnh Trị", "district"},
		{"H09", "Liên đoàn Lao động huyện Long Phú", "district"},
		{"H10", "Liên đoàn Lao động huyện Trần Đề", "district"},
		{"H11", "Liên đoàn Lao động huyện Cù Lao Dung", "district"},
		{"N01", "Công đoàn Viên chức tỉnh Sóc Trăng", "sector"},
		{"N02", "Công đoàn ngành Giáo dục tỉnh Sóc Trăng", "sector"},
		{"N03", "Công đoàn ngành Y tế tỉnh Sóc Trăng", "sector"},
		{"N04", "Công đoàn các khu công nghiệp tỉnh Sóc Trăng", "zone"},
		{"TT01", "Công đoàn cơ sở trực thuộc Liên đoàn Lao động tỉnh", "group"},
	}
	var units []reports.Unit
	for n, u := range names {
		unit := reports.Unit{Code: u.code, Name: u.name, Kind: u.kind, Valid: u.code != "H03"}
		if n > 0 {
			unit.Parent, unit.Level = names[0].code, 1
		}
		units = append(units, unit)
	}
	return units
}

func sampleIndicators() []pipeline.Indicator {
	const (
		outreach = "Tuyên truyền"
		skills   = "Nâng cao trình độ"
		cadres   = "Cán bộ công đoàn"
		members  = "Đoàn viên và tổ chức"
		care     = "Quan hệ lao động"
	)
	rows := []struct {
		code, name, measure string
		kind                pipeline.Kind
		time                pipeline.TimeBasis
		better              pipeline.Better
		group, parent       string
		decimals            int
		rounding            pipeline.Rounding
	}{
		{"TT01", "Số cuộc tuyên truyền, phổ biến", "cuộc", pipeline.KindCount, pipeline.Flow, "", outreach, "", 0, ""},
		{"TT02", "Số lượt người tham gia tuyên truyền", "lượt người", pipeline.KindParticipations, pipeline.Flow, "", outreach, "", 0, ""},
		{"TT04", "Số tờ rơi phát hành", "tờ", pipeline.KindCount, pipeline.Flow, "", outreach, "", 0, ""},
		{"CM00", "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", "người", pipeline.KindPeople, pipeline.Flow, "", skills, "", 0, ""},
		{"CM01", "Trong đó: tiến sĩ, thạc sĩ", "người", pipeline.KindPeople, pipeline.Flow, "", skills, "CM00", 0, ""},
		{"CM02", "Trong đó: đại học", "người", pipeline.KindPeople, pipeline.Flow, "", skills, "CM00", 0, ""},
		{"CM03", "Trong đó: cao đẳng, trung cấp", "người", pipeline.KindPeople, pipeline.Flow, "", skills, "CM00", 0, ""},
		{"LL00", "Số người được đào tạo, bồi dưỡng lý luận chính trị", "người", pipeline.KindPeople, pipeline.Flow, "", skills, "", 0, ""},
		{"TH01", "Số cán bộ, công chức, viên chức học nâng cao trình độ ứng dụng công nghệ thông tin", "người", pipeline.KindPeople, pipeline.Flow, "", skills, "", 0, ""},
		{"HT01", "Số đoàn viên, người lao động được học tập nâng cao trình độ", "người", pipeline.KindPeople, pipeline.Cumulative, "", skills, "", 0, ""},
		{"HT02", "Tổng số đoàn viên, người lao động", "người", pipeline.KindPeople, pipeline.Stock, pipeline.BetterNone, skills, "", 0, ""},
		{"HT90", "Tỷ lệ đoàn viên, người lao động được học tập nâng cao trình độ, kỹ năng nghề nghiệp", "%", pipeline.KindRatio, pipeline.Cumulative, "", skills, "", 2, ""},
		{"CB10", "Tổng số lớp đào tạo, bồi dưỡng, tập huấn cán bộ công đoàn", "lớp", pipeline.KindCount, pipeline.Flow, "", cadres, "", 0, ""},
		{"CB01", "Số cán bộ công đoàn cơ sở được bồi dưỡng, tập huấn nghiệp vụ", "người", pipeline.KindPeople, pipeline.Cumulative, "", cadres, "", 0, ""},
		{"CB02", "Tổng số cán bộ công đoàn cơ sở", "người", pipeline.KindPeople, pipeline.Stock, pipeline.BetterNone, cadres, "", 0, ""},
		{"CB90", "Tỷ lệ cán bộ công đoàn cơ sở được bồi dưỡng, tập huấn nghiệp vụ", "%", pipeline.KindRatio, pipeline.Cumulative, "", cadres, "", 1, pipeline.Truncate},
		{"DV01", "Tổng số đoàn viên", "người", pipeline.KindPeople, pipeline.Stock, "", members, "", 0, ""},
		{"DV02", "Số đoàn viên kết nạp mới", "người", pipeline.KindPeople, pipeline.Flow, "", members, "", 0, ""},
		{"CS03", "Số công đoàn cơ sở thành lập mới", "đơn vị", pipeline.KindOrganisations, pipeline.Flow, "", members, "", 0, ""},
		{"DG01", "Số đoàn viên ưu tú giới thiệu cho Đảng", "người", pipeline.KindPeople, pipeline.Flow, "", members, "", 0, ""},
		{"TC01", "Số cuộc tranh chấp lao động tập thể, đình công", "cuộc", pipeline.KindCount, pipeline.Flow, pipeline.BetterDown, care, "", 0, ""},
		{"TN90", "Tỷ lệ doanh nghiệp để xảy ra tai nạn lao động nghiêm trọng", "%", pipeline.KindRatio, pipeline.Stock, pipeline.BetterDown, care, "", 2, ""},
		{"TU90", "Tỷ lệ doanh nghiệp có công đoàn ký thỏa ước lao động tập thể", "%", pipeline.KindRatio, pipeline.Stock, "", care, "", 1, ""},
		{"TL01", "Tiền lương bình quân tháng của 1 người lao động", "đồng", pipeline.KindAverage, pipeline.Stock, "", care, "", 0, ""},
	}
	var all []pipeline.Indicator
	for _, r := range rows {
		better := r.better
		if better == "" {
			better = pipeline.BetterUp
		}
		all = append(all, pipeline.Indicator{
			Code: r.code, Name: r.name, Measure: r.measure, Kind: r.kind, Time: r.time, Better: better,
			Group: r.group, Parent: r.parent, Decimals: r.decimals, Rounding: r.rounding,
		})
	}
	return all
}

// sampleRoot is the province's figures: actual, ytd, target, expected, previous.
func sampleRoot() map[string][5]string {
	return map[string][5]string{
		"TT01": {"702", "702", "1250", "623.29", "655"},
		"TT02": {"21480", "21480", "41640", "20762.96", "20110"},
		"TT04": {"1000", "1000", "", "", "800"},
		"CM00": {"9339", "9339", "23339", "11637.39", "8120"},
		"CM01": {"210", "210", "", "", "188"},
		"CM02": {"4829", "4829", "", "", "4207"},
		"CM03": {"4300", "4300", "", "", "3725"},
		"LL00": {"0", "0", "1500", "747.95", "612"},
		"TH01": {"", "", "6000", "2991.78", "2704"},
		"HT01": {"32775", "32775", "", "", "30112"},
		"HT02": {"53527", "53527", "", "", "52940"},
		"HT90": {"0.612307807274833", "0.612307807274833", "0.6", "0.6", "0.5688"},
		"CB10": {"0", "0", "", "", "4"},
		"CB01": {"8891", "8891", "", "", "8120"},
		"CB02": {"9074", "9074", "", "", "9010"},
		"CB90": {"0.979832488428477", "0.979832488428477", "1", "1", "0.9012"},
		"DV01": {"52277", "52277", "52300", "52300", "51027"},
		"DV02": {"3120", "3120", "4500", "2243.84", "2953"},
		"CS03": {"39", "39", "10", "4.99", "12"},
		"DG01": {"611", "611", "933", "465.22", "590"},
		"TC01": {"4", "4", "3", "1.5", "2"},
		"TN90": {"0.0196", "0.0196", "0.02", "0.02", "0.021"},
		"TU90": {"0.5512", "0.5512", "0.85", "0.85", "0.57"},
		"TL01": {"7850000", "7850000", "8000000", "8000000", "7420000"},
	}
}
