package sample

import "tonghop/pipeline"

// june2015 is the first half-year of 2015, due on 15 June.
func (s *script) june2015() {
	half := half2015()
	s.on(2015, 6, 10, "6 tháng đầu năm 2015: đợt đầu; sai kỳ, công thức chưa tính")
	s.clean(activity, half, "H01", "H02", "H03", "H05", "H08", "H09", "H10", "N01", "N03")
	s.send(reportKey{"H04", activity, half}, "", allText())
	s.send(reportKey{"H06", activity, half}, "Bieu 2 HDCD - H. My Tu.xlsx", futurePeriod())
	s.send(reportKey{"H07", activity, half}, "2015/BIEU 2 HDCD 6T 2015.xlsx", silentPeriod())
	s.send(reportKey{"N02", activity, half}, "", declaredNothing())
	s.send(reportKey{"TT01", activity, half}, "", uncalculated("TL02"))
	s.file(File{Path: "N02/Hinh hoi nghi tap huan.png", Data: picture(), Verdict: pipeline.Attachment})

	s.on(2015, 6, 19, "6 tháng đầu năm 2015: báo cáo sửa lại và nộp muộn")
	s.send(reportKey{"H06", activity, half}, "Bieu 2 HDCD - H. My Tu (2).xlsx")
	s.clean(activity, half, "TT01", "N04", "H11")
}

// december2015 is the year 2015, the end of the stage: what the province's
// article of February 2016 counts.
func (s *script) december2015() {
	year := year2015()
	s.on(2015, 12, 9, "Năm 2015: đợt đầu")
	s.clean(activity, year, "H01", "H02", "H03", "H04", "H06", "H10", "H11", "N02", "N03")
	s.clean(programme, year, "H01", "H03", "H11")
	s.send(reportKey{"H05", activity, year}, "", legacyFont(vni()), swappedColumns())
	s.send(reportKey{"H05", programme, year}, "Bao cao 1464 nam 2015 - H. Ke Sach.xlsx", retypedLabels())
	s.send(reportKey{"H02", programme, year}, "2015/Bao cao 1464.xlsx", contradictoryPeriod())
	s.send(reportKey{"H04", programme, year}, "", ownFormulas())
	s.send(reportKey{"H06", programme, year}, "", wrongRate("HT90"))
	s.send(reportKey{"N02", programme, year}, "", allText())

	s.on(2015, 12, 15, "Năm 2015: ngày cuối")
	s.clean(activity, year, "H08", "H09", "N01", "N04", "TT01")
	s.clean(programme, year, "H10", "N04")
	s.send(reportKey{"H02", programme, year}, "2015/Bao cao 1464.xlsx")
	s.send(reportKey{"H07", activity, year}, "", extraTitleRows(), blankTemplate())
	s.send(reportKey{"H07", programme, year}, "", clerksSubtotal(), atLeast("TT04"))
	s.send(reportKey{"H08", programme, year}, "", unitWords(), declaredNothing())
	s.send(reportKey{"H09", programme, year}, "Bao cao 1464 nam 2015 - H. Long Phu.xlsx", misstated("TH01", -60))
	s.send(reportKey{"N01", programme, year}, "", legacyFont(tcvn3()))
	s.send(reportKey{"N03", programme, year}, "", englishThousands())
	s.send(reportKey{"TT01", programme, year}, "", brokenReference("CB01"))
	s.send(reportKey{province, programme, year}, "", declaredNothing())

	s.on(2015, 12, 23, "Năm 2015: báo cáo sửa lại")
	s.send(reportKey{"N03", programme, year}, "Bao cao 1464 nam 2015 - Y te v2.xlsx", note("HT02", "Tính cả lao động hợp đồng"))
	s.send(reportKey{"TT01", programme, year}, "")
}

// january2016 is a correction that a unit finds out itself: a restatement.
func (s *script) january2016() {
	s.on(2016, 1, 11, "Đơn vị tự đính chính số liệu năm 2015 đã công bố")
	s.send(reportKey{"H09", programme, year2015()}, "Bao cao 1464 nam 2015 - H. Long Phu (2).xlsx")
}

// picture is a photograph of one pixel.
func picture() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
		"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff\xff\x7f\x00\t\xfb\x03\xfd\x05CE\xca\x00\x00\x00\x00IEND\xaeB`\x82")
}
