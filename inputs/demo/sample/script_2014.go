package sample

import (
	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
)

// june2014 is the first half-year: form 2-HDCD at 31/5/2014, due on 15 June.
// One unit never sends it.
func (s *script) june2014() {
	half := half2014()
	s.on(2014, 6, 9, "6 tháng đầu năm 2014: những báo cáo đầu tiên")
	s.clean(activity, half, "H01", "H04", "N03")
	s.send(reportKey{"H05", activity, half}, "2014/BIEU 2 HDCD 6T 2014.xlsx", swappedColumns())
	s.send(reportKey{"H07", activity, half}, "", textNumbers())
	s.send(reportKey{"H08", activity, half}, "", extraTitleRows())
	s.send(reportKey{"N01", activity, half}, "", percentText())
	s.send(reportKey{"N02", activity, half}, "", deletedRow("TL03"))
	s.file(File{Path: "H05/2014/Ban ky dong dau.pdf", Data: scan(), Verdict: pipeline.Attachment})

	s.on(2014, 6, 13, "6 tháng đầu năm 2014: tệp hỏng, tệp để sai chỗ")
	s.send(reportKey{"H02", activity, half}, "", insertedColumn())
	s.send(reportKey{"H03", activity, half}, "", calledBy("LĐLĐ huyện Ngã Năm"))
	s.send(reportKey{"H06", activity, half}, "", declaredNothing())
	s.send(reportKey{"H09", activity, half}, "", truncated())
	s.send(reportKey{"H10", activity, half}, "", tickedBox("2014", "☒ 31/5   ☐ 30/11"))
	s.send(reportKey{"N04", activity, half}, "", wrongRate("LD93"))
	s.send(reportKey{"TT01", activity, half}, "", unnamed())
	s.misplaced("Mau 2 HDCD - Ke Sach.xlsx", reportKey{"H05", activity, half}, "folder_missing")
	s.misplaced("H99 Long Phu/BIEU 2 HDCD 6T 2014.xlsx", reportKey{"H09", activity, half}, "folder_unknown")

	s.on(2014, 6, 20, "6 tháng đầu năm 2014: báo cáo nộp lại, quá hạn; H11 không nộp")
	s.again("H99 Long Phu/BIEU 2 HDCD 6T 2014.xlsx", "H09/BIEU 2 HDCD 6T 2014.xlsx", pipeline.Accepted)
}

// december2014 is the year 2014: both forms at 30/11/2014, due on 15 December.
func (s *script) december2014() {
	year := year2014()
	s.on(2014, 12, 8, "Năm 2014: đợt đầu; một đơn vị gõ dấu chấm kiểu Anh")
	s.clean(activity, year, "H01", "H02", "H04", "H06", "N01", "N02")
	s.clean(programme, year, "H01", "H02", "H04", "H06")
	s.send(reportKey{"H05", activity, year}, "", legacyFont(tcvn3()))
	s.send(reportKey{"H05", programme, year}, norm.NFD.String("2014/Báo cáo 1464 năm 2014 - Kế Sách.xlsx"), clerksSubtotal())
	s.send(reportKey{"N01", programme, year}, "", atLeast("TT04"), note("CM00", "Kể cả hệ vừa làm vừa học"))
	s.send(reportKey{"N02", programme, year}, "", englishThousands())

	s.on(2014, 12, 15, "Năm 2014: ngày cuối; bốn báo cáo phải trả lại")
	s.clean(activity, year, "H03", "H07", "H08", "H09", "N03", "N04", "TT01")
	s.clean(programme, year, "H03", "N04", province)
	s.send(reportKey{"N02", programme, year}, "") // saved over the refused one
	s.send(reportKey{"H07", programme, year}, "", legacyFont(vni()))
	s.send(reportKey{"H08", programme, year}, "", unitWords())
	s.send(reportKey{"H09", programme, year}, "", wrongPart("CM02", 100))
	s.send(reportKey{"H10", activity, year}, "", brokenReference("HD01"))
	s.send(reportKey{"H10", programme, year}, "", blankTemplate())
	s.send(reportKey{"N03", programme, year}, "", anotherUnit("N02"))
	s.send(reportKey{"TT01", programme, year}, "", retypedLabels())

	s.on(2014, 12, 22, "Năm 2014: báo cáo sửa lại và nộp muộn")
	s.send(reportKey{"H09", programme, year}, "Bao cao 1464 nam 2014 - H. Long Phu (da sua).xlsx")
	s.send(reportKey{"H10", activity, year}, "2014/Bieu 2 HDCD nam 2014 v2.xlsx")
	s.clean(programme, year, "N03", "H11")
	s.clean(activity, year, "H11")
	s.again("H01/"+fileName(reportKey{"H01", programme, year}), "H01/2014/Bao cao 1464 (gui lai).xlsx", "")
}

// misplaced adds a good report that lies where no unit's folder is.
func (s *script) misplaced(path string, key reportKey, code string) {
	s.send(key, path)
	f := &s.all[len(s.all)-1].Files[len(s.all[len(s.all)-1].Files)-1]
	f.Path, f.Verdict, f.Codes = path, pipeline.Held, []string{code}
}

// scan is a one-page PDF, as a scanner makes it of the signed report.
func scan() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
		"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" +
		"trailer<</Root 1 0 R>>\n%%EOF\n")
}
