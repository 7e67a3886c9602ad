package intake_test

import (
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/lang"
)

func TestPeriodsIn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Tháng 3 năm 2026": "2026-03", "THÁNG 03/2026": "2026-03", "T3/2026": "2026-03", "Báo cáo T.03-2026": "2026-03", "thang 3-2026": "2026-03", "tháng 13 năm 2026": "unclear",
		"Quý I năm 2026": "2026-Q1", "QUÝ IV/2026": "2026-Q4", "quy 1/2026": "2026-Q1", "Quí II - 2026": "2026-Q2", "Quý  III  năm  2026": "2026-Q3", "Q2 2026": "2026-Q2",
		"6 tháng đầu năm 2026": "2026-H1", "Sáu tháng đầu năm 2026": "2026-H1", "6 tháng năm 2026": "2026-H1", "6T 2014": "2014-H1", "6 tháng cuối năm 2026": "2026-H2",
		"9 tháng đầu năm 2026": "2026-9M", "5 tháng đầu năm 2026": "2026-01..05", "12 tháng năm 2026": "2026",
		"Quý I – năm 2026": "2026-Q1", "Quý I, năm 2026": "2026-Q1", "Quý I/ năm 2026": "2026-Q1", "QUÝ I. NĂM 2026": "2026-Q1",
		"Quý 01 năm 2026": "2026-Q1", "Quý 1 - năm 2026": "2026-Q1", "Quý một năm 2026": "2026-Q1", "Quý I của năm 2026": "2026-Q1",
		"Quý: I  Năm: 2026": "2026-Q1", "Quý ..I.. năm 2026": "2026-Q1", "Năm 2026 (Quý I)": "2026-Q1", "Năm 2026 - Tháng 3": "2026-03",
		"6 tháng - năm 2026": "2026-H1", "6 tháng cuối năm 2026 ": "2026-H2", "Tháng: 03 Năm: 2026": "2026-03",
		"Quý l năm 2026": "unclear", "Quý ... năm 2026": "unclear", "Quý này năm 2026": "unclear", "tháng qua năm 2026": "unclear",
		"Tháng Công nhân": "",
		"Năm 2026":        "2026", "NĂM: 2015": "2015", "nam 2015": "2015", "2015": "2015", "BÁO CÁO NĂM 2015 (chính thức)": "2015",
		"Giai đoạn 2013-2015": "2013..2015", "giai đoạn 2013 - 2015": "2013..2015", "từ 2013 đến 2015": "2013..2015",
		"2026-Q1": "2026-Q1", "2026-03": "2026-03", "2026-01..05": "2026-01..05", "2026-9M": "2026-9M",
		"Sóc Trăng, ngày 10 tháng 6 năm 2015":      "",
		"số liệu tính đến ngày 31/5/2015":          "",
		"Kế hoạch 73/KH-UBND":                      "",
		"1.250 cuộc, 2015 người":                   "",
		"Năm .....":                                "",
		"Quý I năm 2026 so với cùng kỳ Quý I/2025": "2026-Q1 2025-Q1",
		"Bao cao 1464 nam 2015 - H. Ke Sach":       "2015",
		"BIEU 2 HDCD 6T 2014":                      "2014-H1",
	} {
		var codes []string
		periods, unclear := intake.PeriodsIn(text)
		for _, p := range periods {
			codes = append(codes, p.String())
		}
		if unclear {
			codes = []string{"unclear"}
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("PeriodsIn(%q) = %q, want %q", text, got, want)
		}
	}
}

// Every period is read as it is printed, in any case and spacing, with or
// without diacritics, and by its code.
func TestPrintedPeriodsAreRead(t *testing.T) {
	t.Parallel()
	vi, err := lang.Load("vi")
	if err != nil {
		t.Fatal(err)
	}
	for code, printed := range map[string]string{
		"2026-03": "Tháng 3 năm 2026", "2026-12": "Tháng 12 năm 2026", "2026-Q1": "Quý I năm 2026", "2026-Q2": "Quý II năm 2026",
		"2026-Q3": "Quý III năm 2026", "2026-Q4": "Quý IV năm 2026", "2026-H1": "6 tháng đầu năm 2026", "2026-H2": "6 tháng cuối năm 2026",
		"2026-9M": "9 tháng đầu năm 2026", "2026": "Năm 2026", "2026-01..05": "5 tháng đầu năm 2026", "2013..2015": "Giai đoạn 2013-2015",
	} {
		p, err := pipeline.ParsePeriod(code)
		if err != nil {
			t.Fatal(err)
		}
		if got := vi.Period(p); got != printed {
			t.Errorf("%s is printed %q, want %q", code, got, printed)
		}
		bare := strings.NewReplacer("á", "a", "ă", "a", "ý", "y", "đ", "d", "ầ", "a", "ố", "o", "ạ", "a").Replace(strings.ToLower(printed))
		for _, text := range []string{printed, strings.ToUpper(printed), strings.ReplaceAll(printed, " ", "  "), bare, code} {
			got, unclear := intake.PeriodsIn(text)
			if unclear || len(got) != 1 || got[0] != p {
				t.Errorf("%q is read as %v (unclear %t), want %s", text, got, unclear, code)
			}
		}
	}
}

func TestReadPeriod(t *testing.T) {
	t.Parallel()
	half := pipeline.Form{Code: "2-HDCD", Frequency: pipeline.HalfYearly, Basis: pipeline.BasisYTD}
	quarter := pipeline.Form{Code: "Q", Frequency: pipeline.Quarterly, Basis: pipeline.BasisPeriod}
	running := pipeline.Form{Code: "R", Frequency: pipeline.Quarterly, Basis: pipeline.BasisYTD}
	school := pipeline.Form{Code: "E", Frequency: pipeline.Yearly, Basis: pipeline.BasisPeriod}
	at := func(texts ...string) []intake.Text {
		var all []intake.Text
		for _, text := range texts {
			all = append(all, intake.Text{Text: text, Sheet: "Biểu", Cell: "A5"})
		}
		return all
	}
	tests := []struct {
		name     string
		form     pipeline.Form
		evidence intake.Evidence
		want     string // a period, or a finding code
	}{
		{"the field names it", half, intake.Evidence{Period: at("Năm 2014")}, "2014"},
		{"a year with its cut-off is the span that ends there", half, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("31/5")}, "2015-H1"},
		{"a year with its own cut-off", half, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("30/11/2015")}, "2015"},
		{"a ticked box", half, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("(Số liệu tính đến ngày: ☒ 31/5 ☐ 30/11)")}, "2015-H1"},
		{"no box ticked", half, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("☐ 31/5 ☐ 30/11")}, "2015"},
		{"the cut-off of a form's own year", school, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("31/5/2015")}, "2015"},
		{"another form's cut-off on the same day", half, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("31/5/2015")}, "2015-H1"},
		{"a form's own year that has not begun", school, intake.Evidence{Period: at("Năm 2017")}, "period_not_begun"},
		{"a date cell", half, intake.Evidence{Period: at("NĂM 2015"), CutOff: at("2015-05-31")}, "2015-H1"},
		{"only a full cut-off", half, intake.Evidence{CutOff: at("31/05/2015")}, "2015-H1"},
		{"from one day to another", quarter, intake.Evidence{Top: at("BÁO CÁO", "(Từ ngày 01/01/2014 đến ngày 31/3/2014)")}, "2014-Q1"},
		{"from one day to another in words", quarter, intake.Evidence{Top: at("Từ ngày 01 tháng 4 năm 2014 đến ngày 30 tháng 6 năm 2014")}, "2014-Q2"},
		{"the title, with its cut-off line", half, intake.Evidence{Top: at("BÁO CÁO TỔNG HỢP", "NĂM 2015", "(Số liệu tính đến ngày 31/5)")}, "2015-H1"},
		{"the shortest of nested periods", quarter, intake.Evidence{Top: at("Chương trình giai đoạn 2013-2015", "Quý I năm 2014")}, "2014-Q1"},
		{"a contradiction in the workbook", quarter, intake.Evidence{Period: at("Quý I năm 2014"), CutOff: at("30/6/2014")}, "period_contradiction"},
		{"two periods", quarter, intake.Evidence{Period: at("Quý I năm 2014", "Quý II năm 2014")}, "period_contradiction"},
		{"the file's name where the workbook is silent", quarter, intake.Evidence{Period: at(""), File: "A/2014/bao cao quy 2-2014.xlsx"}, "2014-Q2"},
		{"a year in the name with a cut-off in the workbook", half, intake.Evidence{CutOff: at("31/5"), File: "A/Nam 2015.xlsx"}, "2015-H1"},
		{"the folder where the name is silent", quarter, intake.Evidence{File: "A/2014-Q3/bao cao.xlsx"}, "2014-Q3"},
		{"the unit's folder says nothing", quarter, intake.Evidence{File: "2014-Q3/bao cao.xlsx"}, "period_missing"},
		{"a name that agrees", quarter, intake.Evidence{Period: at("Quý I năm 2014"), File: "A/2014/bc.xlsx"}, "2014-Q1"},
		{"a name that contradicts", quarter, intake.Evidence{Period: at("Quý I năm 2014"), File: "A/bc quy 2 nam 2014.xlsx"}, "period_contradiction"},
		{"a slice of a running form is told", running, intake.Evidence{Period: at("Quý II/2014")}, "period_taken_as_running"},
		{"a second half-year is no running span", running, intake.Evidence{Period: at("6 tháng cuối năm 2014")}, "period_not_due"},
		{"a slice that has not begun", running, intake.Evidence{Period: at("Quý IV/2016")}, "period_not_begun"},
		{"a quarter that is not understood is no year", half, intake.Evidence{Period: at("Quý l năm 2014")}, "period_unclear"},
		{"not due", half, intake.Evidence{Period: at("Quý I năm 2014")}, "period_not_due"},
		{"not begun", quarter, intake.Evidence{Period: at("Quý III năm 2016")}, "period_not_begun"},
		{"under way", quarter, intake.Evidence{Period: at("Quý I năm 2016")}, "2016-Q1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			reader := intake.PeriodReader{Today: pipeline.Day(2016, time.February, 1), Calendar: pipeline.Calendar{Exceptions: pipeline.Exceptions{
				{Form: "E", Period: pipeline.Period{Kind: pipeline.Year, Year: 2015}}: {Start: pipeline.Day(2014, time.September, 1), End: pipeline.Day(2015, time.May, 31)},
				{Form: "E", Period: pipeline.Period{Kind: pipeline.Year, Year: 2017}}: {Start: pipeline.Day(2016, time.September, 1), End: pipeline.Day(2017, time.May, 31)},
			}}}
			if tt.form.Code == "2-HDCD" {
				reader.Calendar.StartMonth = time.December
			}
			p, findings := reader.Read(tt.form, tt.evidence)
			got := p.String()
			if len(findings) > 0 {
				got = findings[0].Code
			}
			if got != tt.want {
				t.Errorf("Read = %q %+v, want %q", got, findings, tt.want)
			}
		})
	}
}
