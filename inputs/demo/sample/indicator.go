package sample

import "slices"

// An indicator is a row of the catalogue's sheet of indicators, in the words
// that staff use there.
type indicator struct {
	code, name, measure, kind string
	parts                     ratio
	weightBy                  string
	time, better, group       string
	parent                    string
	decimals                  int
	rounding                  string
	score                     int    // full marks; 0 is not scored
	from                      string // filled from a list
}

// A ratio is the parts of a ratio indicator.
type ratio struct{ numerator, denominator string }

// The words of the catalogue.
const (
	flow       = "phát sinh trong kỳ"
	stock      = "tại thời điểm chốt"
	cumulative = "lũy kế giai đoạn"
	up         = "tăng"
	down       = "giảm"
	neither    = "không xét"
	count      = "số lượng"
	people     = "người"
	percentage = "tỷ lệ"
	average    = "bình quân"
	truncate   = "cắt"
)

// indicators lists what the forms collect or compute.
func indicators() []indicator {
	return slices.Concat(programmeIndicators(), activityIndicators(), planIndicators())
}

func programmeIndicators() []indicator {
	const outreach, courses, cadres = "Tuyên truyền", "Đào tạo, nâng cao trình độ", "Cán bộ công đoàn"
	return []indicator{
		{code: "TT01", name: "Số cuộc tuyên truyền, phổ biến", measure: "cuộc", kind: count, time: flow, better: up, group: outreach, score: 15},
		{code: "TT02", name: "Số lượt người tham gia tuyên truyền", measure: "lượt người", kind: "lượt", time: flow, better: up, group: outreach},
		{code: "TT03", name: "Số bộ tài liệu phát hành", measure: "bộ", kind: count, time: flow, better: up, group: outreach},
		{code: "TT04", name: "Số tờ rơi phát hành", measure: "tờ", kind: count, time: flow, better: up, group: outreach},
		{code: "CM00", name: "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", measure: "người", kind: people, time: cumulative, better: up, group: courses, score: 20},
		{code: "CM01", name: "Trong đó: tiến sĩ, thạc sĩ", measure: "người", kind: people, time: cumulative, better: up, group: courses, parent: "CM00"},
		{code: "CM02", name: "Trong đó: đại học", measure: "người", kind: people, time: cumulative, better: up, group: courses, parent: "CM00"},
		{code: "CM03", name: "Trong đó: cao đẳng, trung cấp", measure: "người", kind: people, time: cumulative, better: up, group: courses, parent: "CM00"},
		{code: "LL00", name: "Số người được đào tạo, bồi dưỡng lý luận chính trị", measure: "người", kind: people, time: cumulative, better: up, group: courses, score: 10},
		{code: "TH01", name: "Số cán bộ, công chức, viên chức học nâng cao trình độ ứng dụng công nghệ thông tin", measure: "người", kind: people, time: cumulative, better: up, group: courses, score: 10},
		{code: "NN02", name: "Số người đạt ngoại ngữ bậc 2 (tương đương A2)", measure: "người", kind: people, time: cumulative, better: up, group: courses, score: 5},
		{code: "NN03", name: "Số người đạt ngoại ngữ bậc 3 (tương đương B1)", measure: "người", kind: people, time: cumulative, better: up, group: courses},
		{code: "HT01", name: "Số đoàn viên, người lao động được học tập nâng cao trình độ, kỹ năng nghề nghiệp", measure: "người", kind: people, time: cumulative, better: up, group: courses},
		{code: "HT02", name: "Tổng số đoàn viên, người lao động", measure: "người", kind: people, time: stock, better: neither, group: courses},
		{code: "HT90", name: "Tỷ lệ đoàn viên, người lao động được học tập nâng cao trình độ, kỹ năng nghề nghiệp", measure: "%", kind: percentage, parts: ratio{"HT01", "HT02"}, time: cumulative, better: up, group: courses, decimals: 2, score: 20},
		{code: "CB10", name: "Tổng số lớp đào tạo, bồi dưỡng, tập huấn cán bộ công đoàn", measure: "lớp", kind: count, time: flow, better: up, group: cadres, score: 5},
		{code: "CB11", name: "Số lớp bồi dưỡng quản lý nhà nước chương trình chuyên viên chính (cấp tỉnh)", measure: "lớp", kind: count, time: flow, better: up, group: cadres, parent: "CB10"},
		{code: "CB12", name: "Số lớp lý luận, nghiệp vụ công tác công đoàn (cấp tỉnh)", measure: "lớp", kind: count, time: flow, better: up, group: cadres, parent: "CB10"},
		{code: "CB13", name: "Số lớp bồi dưỡng nghiệp vụ cho chủ tịch công đoàn cơ sở (cấp tỉnh)", measure: "lớp", kind: count, time: flow, better: up, group: cadres, parent: "CB10"},
		{code: "CB14", name: "Số lớp tập huấn do LĐLĐ huyện, thị xã, thành phố, công đoàn ngành mở", measure: "lớp", kind: count, time: flow, better: up, group: cadres, parent: "CB10"},
		{code: "CB20", name: "Tổng số học viên các lớp cấp tỉnh", measure: "người", kind: people, time: flow, better: up, group: cadres},
		{code: "CB21", name: "Học viên lớp quản lý nhà nước chương trình chuyên viên chính", measure: "người", kind: people, time: flow, better: up, group: cadres, parent: "CB20"},
		{code: "CB22", name: "Học viên lớp lý luận, nghiệp vụ công tác công đoàn", measure: "người", kind: people, time: flow, better: up, group: cadres, parent: "CB20"},
		{code: "CB23", name: "Học viên lớp bồi dưỡng chủ tịch công đoàn cơ sở", measure: "người", kind: people, time: flow, better: up, group: cadres, parent: "CB20"},
		{code: "CB01", name: "Số cán bộ công đoàn cơ sở được bồi dưỡng, tập huấn nghiệp vụ", measure: "người", kind: people, time: cumulative, better: up, group: cadres},
		{code: "CB02", name: "Tổng số cán bộ công đoàn cơ sở", measure: "người", kind: people, time: stock, better: neither, group: cadres},
		{code: "CB90", name: "Tỷ lệ cán bộ công đoàn cơ sở được bồi dưỡng, tập huấn nghiệp vụ", measure: "%", kind: percentage, parts: ratio{"CB01", "CB02"}, time: cumulative, better: up, group: cadres, decimals: 1, rounding: truncate, score: 15},
	}
}

// activityIndicators are those of form 2-HDCD. The codes TL11 to TL22 are the
// demo's own, for the two wage rows by sector that the form prints.
func activityIndicators() []indicator {
	const work, wages, living = "Lao động, việc làm", "Tiền lương", "Nhà ở, hợp đồng, bảo hiểm"
	const offices, public = "các cơ quan hành chính nhà nước", "các đơn vị sự nghiệp"
	return []indicator{
		{code: "LD01", name: "Tổng số lao động", measure: "người", kind: people, time: stock, better: neither, group: work},
		{code: "LD02", name: "Trong đó: lao động nữ", measure: "người", kind: people, time: stock, better: neither, group: work, parent: "LD01"},
		{code: "LD03", name: "Số lao động thiếu việc làm", measure: "người", kind: people, time: stock, better: down, group: work},
		{code: "LD93", name: "Tỷ lệ lao động thiếu việc làm", measure: "%", kind: percentage, parts: ratio{"LD03", "LD01"}, time: stock, better: down, group: work, decimals: 2},
		{code: "LD04", name: "Số lao động nữ thiếu việc làm", measure: "người", kind: people, time: stock, better: down, group: work, parent: "LD03"},
		{code: "LD94", name: "Tỷ lệ lao động nữ thiếu việc làm", measure: "%", kind: percentage, parts: ratio{"LD04", "LD02"}, time: stock, better: down, group: work, decimals: 2},
		{code: "TL01", name: "Tiền lương bình quân tháng của 1 người lao động", measure: "đồng", kind: average, weightBy: "TL02", time: stock, better: up, group: wages},
		{code: "TL02", name: "Số người được tính tiền lương bình quân", measure: "người", kind: people, time: stock, better: neither, group: wages},
		{code: "TL11", name: "Tiền lương bình quân tháng của 1 người lao động trong " + offices, measure: "đồng", kind: average, weightBy: "TL12", time: stock, better: up, group: wages},
		{code: "TL12", name: "Số người được tính tiền lương bình quân trong " + offices, measure: "người", kind: people, time: stock, better: neither, group: wages, parent: "TL02"},
		{code: "TL21", name: "Tiền lương bình quân tháng của 1 người lao động trong " + public, measure: "đồng", kind: average, weightBy: "TL22", time: stock, better: up, group: wages},
		{code: "TL22", name: "Số người được tính tiền lương bình quân trong " + public, measure: "người", kind: people, time: stock, better: neither, group: wages, parent: "TL02"},
		{code: "TL03", name: "Tổng số tiền doanh nghiệp còn nợ lương người lao động", measure: "đồng", kind: "tiền", time: stock, better: down, group: wages},
		{code: "NO01", name: "Số người được nhà nước, cơ quan, doanh nghiệp bố trí nhà ở", measure: "người", kind: people, time: stock, better: up, group: living},
		{code: "NO02", name: "Số người phải tự thuê nhà ở", measure: "người", kind: people, time: stock, better: down, group: living},
		{code: "HD01", name: "Số lao động được ký hợp đồng lao động", measure: "người", kind: people, time: stock, better: up, group: living},
		{code: "HD02", name: "Số lao động được đóng bảo hiểm xã hội, bảo hiểm y tế, bảo hiểm thất nghiệp", measure: "người", kind: people, time: stock, better: up, group: living},
	}
}

// indicatorByCode is the indicator with the given code.
func indicatorByCode(code string) indicator {
	for _, i := range indicators() {
		if i.code == code {
			return i
		}
	}
	return indicator{}
}

// decimalsOf is the number of decimals that indicator code prints with.
func decimalsOf(code string) int { return indicatorByCode(code).decimals }
