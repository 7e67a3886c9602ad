package sample

import "tonghop/pipeline"

// province is the code of the province's own union, the root of the units.
const province = "LDLD-ST"

// parentName is what the reports of its units print as their superior union.
const parentName = "Liên đoàn Lao động tỉnh Sóc Trăng"

// A unit is a union that reports. Its weights say how the province's totals are
// shared out and are invented, as is everything that follows from them.
type unit struct {
	code, name, kind string
	aliases          []string
	people           int64 // members and workers
	staff            int64 // officials among them, who take most courses
	unions           int64 // grassroots unions
	offices, public  int64 // percent of wage earners in offices and in public services
}

// units lists the fifteen upper-level unions of Sóc Trăng and the group of
// grassroots unions directly under the province, as they were until 30/6/2025.
func units() []unit {
	return []unit{
		{"H01", "Liên đoàn Lao động thành phố Sóc Trăng", "district", []string{"LĐLĐ TP Sóc Trăng", "LDLD TP Sóc Trăng"}, 52, 34, 58, 22, 30},
		{"H02", "Liên đoàn Lao động thị xã Vĩnh Châu", "district", []string{"LĐLĐ TX Vĩnh Châu", "LDLD TX Vĩnh Châu", "LĐLĐ huyện Vĩnh Châu"}, 36, 27, 46, 20, 38},
		{"H03", "Liên đoàn Lao động thị xã Ngã Năm", "district", []string{"LĐLĐ TX Ngã Năm", "LDLD TX Ngã Năm", "LĐLĐ huyện Ngã Năm"}, 22, 19, 34, 24, 40},
		{"H04", "Liên đoàn Lao động huyện Châu Thành", "district", []string{"LĐLĐ H. Châu Thành", "LDLD H. Châu Thành"}, 23, 18, 33, 21, 36},
		{"H05", "Liên đoàn Lao động huyện Kế Sách", "district", []string{"LĐLĐ H. Kế Sách", "LDLD H. Kế Sách"}, 34, 28, 47, 19, 41},
		{"H06", "Liên đoàn Lao động huyện Mỹ Tú", "district", []string{"LĐLĐ H. Mỹ Tú", "LDLD H. Mỹ Tú"}, 24, 20, 36, 23, 39},
		{"H07", "Liên đoàn Lao động huyện Mỹ Xuyên", "district", []string{"LĐLĐ H. Mỹ Xuyên", "LDLD H. Mỹ Xuyên"}, 33, 25, 44, 18, 37},
		{"H08", "Liên đoàn Lao động huyện Thạnh Trị", "district", []string{"LĐLĐ H. Thạnh Trị", "LDLD H. Thạnh Trị"}, 22, 18, 32, 22, 42},
		{"H09", "Liên đoàn Lao động huyện Long Phú", "district", []string{"LĐLĐ H. Long Phú", "LDLD H. Long Phú"}, 28, 22, 39, 20, 40},
		{"H10", "Liên đoàn Lao động huyện Trần Đề", "district", []string{"LĐLĐ H. Trần Đề", "LDLD H. Trần Đề"}, 30, 23, 40, 21, 38},
		{"H11", "Liên đoàn Lao động huyện Cù Lao Dung", "district", []string{"LĐLĐ H. Cù Lao Dung", "LDLD H. Cù Lao Dung"}, 17, 14, 26, 25, 43},
		{"N01", "Công đoàn Viên chức tỉnh Sóc Trăng", "sector", []string{"CĐVC tỉnh"}, 39, 52, 62, 55, 39},
		{"N02", "Công đoàn ngành Giáo dục tỉnh Sóc Trăng", "sector", []string{"CĐ Giáo dục"}, 31, 44, 41, 3, 92},
		{"N03", "Công đoàn ngành Y tế tỉnh Sóc Trăng", "sector", []string{"CĐ Y tế"}, 34, 38, 29, 4, 85},
		{"N04", "Công đoàn các khu công nghiệp tỉnh Sóc Trăng", "zone", []string{"CĐ các KCN"}, 76, 6, 24, 0, 0},
		{"TT01", "Công đoàn cơ sở trực thuộc LĐLĐ tỉnh (nhóm)", "group", []string{"CĐCS trực thuộc", "CĐCS trực thuộc LĐLĐ tỉnh"}, 34, 15, 21, 10, 25},
	}
}

// unitByCode is the unit with the given code; the province is one, too.
func unitByCode(code string) unit {
	for _, u := range units() {
		if u.code == code {
			return u
		}
	}
	return unit{code: province, name: parentName, kind: "province",
		aliases: []string{"LĐLĐ tỉnh Sóc Trăng", "LDLD tinh Soc Trang", "Công đoàn tỉnh Sóc Trăng"}}
}

// The periods for which the demo's forms are due.
func half2014() pipeline.Period { return pipeline.Period{Kind: pipeline.Half, Year: 2014, N: 1} }
func year2014() pipeline.Period { return pipeline.Period{Kind: pipeline.Year, Year: 2014} }
func half2015() pipeline.Period { return pipeline.Period{Kind: pipeline.Half, Year: 2015, N: 1} }
func year2015() pipeline.Period { return pipeline.Period{Kind: pipeline.Year, Year: 2015} }
