package summary_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

func dec(t *testing.T, s string) *decimal.Decimal {
	t.Helper()
	if s == "" {
		return nil
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func texts(t *testing.T, code string) *lang.Language {
	t.Helper()
	l, err := lang.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// figures is one row of the sample: what a unit has done with an indicator.
type figures struct {
	unit, indicator, actual, ytd, target, rate, expected, pace, previous, status string
	state                                                                        pipeline.State
	qualifier                                                                    pipeline.Qualifier
}

func sample(t *testing.T) *reports.Dataset {
	t.Helper()
	zone := time.FixedZone("ICT", 7*3600)
	received := time.Date(2026, 7, 10, 8, 30, 0, 0, zone)
	d := &reports.Dataset{
		Stamp: reports.Stamp{
			Period: pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1},
			Window: pipeline.Window{Start: pipeline.Day(2025, 12, 1), End: pipeline.Day(2026, 5, 31)},
			Issue:  3, AsOf: time.Date(2026, 6, 20, 17, 5, 0, 0, zone), Elapsed: 0.4986,
			RunID: "5f0c6cbb1a2b3c4d5e6f", CatalogueHash: "aa11bb22cc33dd44ee55", Sample: "SỐ LIỆU MINH HỌA, KHÔNG CÓ THẬT",
		},
		Units: []reports.Unit{
			{Code: "LDLD-ST", Name: "Liên đoàn Lao động tỉnh Sóc Trăng", Kind: "province", Valid: true},
			{Code: "H01", Name: "Liên đoàn Lao động thành phố Sóc Trăng", Parent: "LDLD-ST", Level: 1, Valid: true},
			{Code: "H02", Name: "Liên đoàn Lao động thị xã Vĩnh Châu", Parent: "LDLD-ST", Level: 1, Valid: true},
			{Code: "N01", Name: "Công đoàn Viên chức tỉnh", Parent: "LDLD-ST", Level: 1},
		},
		Indicators: []pipeline.Indicator{
			{Code: "TT01", Name: "Số cuộc tuyên truyền, phổ biến", Measure: "cuộc", Kind: pipeline.KindCount, Group: "Tuyên truyền", Better: pipeline.BetterUp},
			{Code: "TT02", Name: "Số lượt người tham gia tuyên truyền", Measure: "lượt người", Kind: pipeline.KindParticipations, Group: "Tuyên truyền", Better: pipeline.BetterUp},
			{Code: "CM00", Name: "Số người được đào tạo, nâng cao trình độ chuyên môn nghiệp vụ", Measure: "người", Kind: pipeline.KindPeople, Group: "Đào tạo", Better: pipeline.BetterUp},
			{Code: "CM01", Name: "Trong đó: tiến sĩ, thạc sĩ", Measure: "người", Kind: pipeline.KindPeople, Group: "Đào tạo", Parent: "CM00", Better: pipeline.BetterUp},
			{Code: "HT90", Name: "Tỷ lệ đoàn viên được học tập nâng cao trình độ", Measure: "%", Kind: pipeline.KindRatio, Group: "Đào tạo", Decimals: 1, Rounding: pipeline.Truncate, Better: pipeline.BetterUp},
			{Code: "TN01", Name: "Số vụ tai nạn lao động", Measure: "vụ", Kind: pipeline.KindCount, Group: "Khác", Better: pipeline.BetterDown},
		},
		Forms: []pipeline.Form{{Code: "02-HDCD", Name: "Mẫu số 2-HĐCĐ"}},
		Facts: []reports.Fact{
			{Period: "2026-H1", Unit: "H01", Form: "02-HDCD", Indicator: "CM00", Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: dec(t, "12066"), Qualifier: pipeline.Exact, Raw: "12.066", File: "H01/bao cao.xlsx", Sheet: "Biểu 1", Cell: "D12", SHA256: "ab12cd34ef567890ab12cd34ef567890"},
			{Period: "2026-H1", Unit: "H01", Form: "02-HDCD", Indicator: "CM01", Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: dec(t, "500"), Qualifier: pipeline.AtLeast, Raw: "trên 500", File: "H01/bao cao.xlsx", Sheet: "Biểu 1", Cell: "D13", SHA256: "ab12cd34ef567890ab12cd34ef567890"},
			{Period: "2026-H1", Unit: "H02", Form: "02-HDCD", Indicator: "TN01", Measure: pipeline.MeasureValue, State: pipeline.StateNil, Value: dec(t, "0"), Qualifier: pipeline.Exact, Raw: "=cmd|' /C calc'!A0", Note: "@SUM(1)", File: "H02/=1+1.xlsx", Sheet: "+Biểu", Cell: "D40"},
		},
		Findings: []reports.Finding{
			{File: "H02/=1+1.xlsx", Unit: "H02", Form: "02-HDCD", Period: "2026-H1", Severity: pipeline.SeverityError, Code: "not_a_number", Sheet: "Biểu 1", Cell: "D12", Message: "Ô D12 ghi “mười hai”, không phải là số.", Remedy: "Ghi số bằng chữ số."},
			{File: "H01/bao cao.xlsx", Unit: "H01", Form: "02-HDCD", Period: "2026-H1", Severity: pipeline.SeverityWarning, Code: "missing_row", Sheet: "Biểu 1", Message: "=HYPERLINK(\"http://a.example\",\"bấm\")"},
		},
		Reporting: []reports.Reporting{
			{Period: "2026-H1", Form: "02-HDCD", Unit: "H01", Due: pipeline.Day(2026, 6, 15), State: "on_time", Received: received.AddDate(0, -1, 0)},
			{Period: "2026-H1", Form: "02-HDCD", Unit: "H02", Due: pipeline.Day(2026, 6, 15), State: "late", Received: received, Refused: 1},
			{Period: "2026-H1", Form: "02-HDCD", Unit: "N01", Due: pipeline.Day(2026, 6, 15), State: "missing"},
		},
		Restatements: []reports.Restatement{
			{Unit: "H01", Indicator: "CM00", Figure: "actual", Old: dec(t, "11066"), New: dec(t, "12066"), File: "H01/bao cao (2).xlsx"},
			{Unit: "LDLD-ST", Indicator: "HT90", Figure: "target", Old: nil, New: dec(t, "0.7")},
		},
	}
	for _, c := range []reports.ListCell{
		{Unit: "H01", Row: 1, Field: "name", Type: pipeline.FieldText, State: pipeline.StateFilled, Text: "=1+1", Cell: "B9", Indicators: "TT01"},
		{Unit: "H01", Row: 1, Field: "start", Type: pipeline.FieldDate, State: pipeline.StateFilled, Date: pipeline.Day(2026, 3, 1), Cell: "D9"},
		{Unit: "H01", Row: 1, Field: "people", Type: pipeline.FieldNumber, State: pipeline.StateNumber, Number: dec(t, "41.0000000000"), Cell: "F9"},
		{Unit: "H01", Row: 2, Field: "name", Type: pipeline.FieldText, State: pipeline.StateNil, Cell: "B10"},
		{Unit: "H02", Row: 0, Field: "name", Type: pipeline.FieldText, State: pipeline.StateNil, Cell: "B9"},
	} {
		c.Period, c.Form, c.List, c.Qualifier, c.File, c.Sheet, c.Use = "2026-H1", "02-HDCD", "classes", pipeline.Exact, c.Unit+"/bao cao.xlsx", "Lớp", "added"
		d.Lists = append(d.Lists, c)
	}
	d.ListFields = append(d.ListFields,
		reports.ListField{Form: "02-HDCD", List: "classes", Field: "name", Title: "Tên lớp", Type: pipeline.FieldText},
		reports.ListField{Form: "02-HDCD", List: "classes", Field: "start", Title: "Ngày mở", Type: pipeline.FieldDate},
		reports.ListField{Form: "02-HDCD", List: "classes", Field: "people", Title: "Số người", Type: pipeline.FieldNumber})
	d.Trend = []reports.TrendPoint{
		{Period: "2025-H1", Unit: "LDLD-ST", Indicator: "TT01", Actual: dec(t, "1100")}, {Period: "2025-H1", Unit: "LDLD-ST", Indicator: "HT90", Actual: dec(t, "0.9")},
		{Period: "2026-H1", Unit: "LDLD-ST", Indicator: "TT01", Actual: dec(t, "1250")}, {Period: "2026-H1", Unit: "LDLD-ST", Indicator: "HT90", Actual: dec(t, "0.97983")},
	}
	d.Targets = []reports.Target{{Unit: "H01", Indicator: "CM00", Year: 2026, Value: *dec(t, "20000"), File: "catalogue.xlsx", Sheet: "Kế hoạch 2026", Cell: "C3"}}
	d.Exemptions = []reports.Exemption{{Period: "2026-H1", Form: "02-HDCD", Unit: "N01", Due: pipeline.Day(2026, 6, 15), At: received, By: "An", Reason: "giải thể"}}
	d.Achievements = achievements(t)
	d.Scores = tallied(d)
	d.Scores[0].Score, d.Scores[0].MaxScore, d.Scores[0].Share = dec(t, "61.229897"), dec(t, "80"), dec(t, "0.7653737")
	d.Scores[0].Grade, d.Scores[0].Rank, d.Scores[0].RankOf = "Khá", 1, 1
	d.Scores[1].Score, d.Scores[1].MaxScore, d.Scores[1].Share = dec(t, "47.5"), dec(t, "50"), dec(t, "0.95")
	d.Scores[1].Grade, d.Scores[1].Rank, d.Scores[1].RankOf, d.Scores[1].PreviousRank = "=1+1", 2, 11, 5
	d.Headlines = []reports.Headline{{Period: "2026-H1", Unit: "LDLD-ST", Indicator: "TT01", Met: 1, NotMet: 1, Targets: 2}}
	return d
}

// tallied counts the targets of each unit of d.
func tallied(d *reports.Dataset) []reports.Score {
	var all []reports.Score
	for _, u := range d.Units {
		s := reports.Score{Unit: u.Code}
		for _, a := range d.Achievements {
			if a.Unit != u.Code || a.Status == "no_target" {
				continue
			}
			s.Targets++
			switch a.Status {
			case "met":
				s.Met++
			case "not_met":
				s.NotMet++
			default:
				s.NoData++
			}
		}
		all = append(all, s)
	}
	return all
}

// achievements are those of the sample.
func achievements(t *testing.T) []reports.Achievement {
	t.Helper()
	var all []reports.Achievement
	for _, f := range []figures{
		{"LDLD-ST", "TT01", "1250", "1250", "1000", "1.25", "498.6", "2.507019655", "1100", "met", "", ""},
		{"LDLD-ST", "TT02", "41640", "41640", "", "", "", "", "39000", "no_target", "", ""},
		{"LDLD-ST", "CM00", "30581", "41339", "38117", "0.612298974211", "19005.1362", "1.228036450483", "20000", "not_met", "", ""},
		{"LDLD-ST", "CM01", "500", "500", "520", "0.961538461538", "259.272", "1.92847", "", "not_met", "", pipeline.AtLeast},
		{"LDLD-ST", "HT90", "0.97983", "0.97983", "0.99", "0.989727272727", "0.99", "0.989727272727", "0.9", "not_met", "", ""},
		{"LDLD-ST", "TN01", "0", "0", "5", "0", "5", "0", "2", "met", pipeline.StateNil, ""},
		{"H01", "TT01", "650", "650", "500", "1.3", "249.3", "2.607", "", "met", "", ""},
		{"H01", "CM00", "12066", "12066", "20000", "0.6033", "9972", "1.21", "9000", "not_met", "", ""},
		{"H02", "TT01", "499.999", "499.999", "500", "0.999998", "249.3", "2.00561", "", "not_met", "", ""},
	} {
		all = append(all, reports.Achievement{
			Period: "2026-H1", Unit: f.unit, Indicator: f.indicator, Actual: dec(t, f.actual), YTD: dec(t, f.ytd),
			Target: dec(t, f.target), Rate: dec(t, f.rate), Expected: dec(t, f.expected), Pace: dec(t, f.pace),
			Previous: dec(t, f.previous), Status: f.status, Reported: 2, Due: 3, Complete: 2, Qualifier: f.qualifier, State: f.state,
		})
	}
	all[2].TargetUnits, all[2].TargetYTD, all[2].Complete = 5, dec(t, "23339"), 1
	all[2].Gap, all[2].NeededPerMonth = dec(t, "-14778"), dec(t, "2447.55")
	all[4].Gap, all[4].GapPoints = dec(t, "-0.01017"), dec(t, "-1.017")
	all[7].Rank, all[7].RankOf, all[7].Contribution, all[7].Points = 2, 3, dec(t, "0.6667"), dec(t, "12.066")
	return all
}

// large is a dataset the size of a province's.
func large(t *testing.T) *reports.Dataset {
	t.Helper()
	d := sample(t)
	d.Units, d.Indicators, d.Achievements = d.Units[:1], nil, nil
	for n := range 18 {
		d.Units = append(d.Units, reports.Unit{
			Code: fmt.Sprintf("H%02d", n+1), Name: fmt.Sprintf("Liên đoàn Lao động huyện số %d", n+1), Parent: "LDLD-ST", Level: 1, Valid: true,
		})
	}
	for n := range 40 {
		d.Indicators = append(d.Indicators, pipeline.Indicator{
			Code: fmt.Sprintf("CT%02d", n+1), Name: fmt.Sprintf("Số người được đào tạo, bồi dưỡng theo chương trình số %d", n+1),
			Measure: "người", Kind: pipeline.KindPeople, Group: fmt.Sprintf("Nhóm %d", n/8+1), Better: pipeline.BetterUp,
		})
	}
	for u, unit := range d.Units {
		for n, i := range d.Indicators {
			ytd, target := decimal.NewFromInt(int64(100+37*n+11*u)), decimal.NewFromInt(int64(900+5*n))
			rate := ytd.DivRound(target, 16)
			a := reports.Achievement{Unit: unit.Code, Indicator: i.Code, Actual: &ytd, YTD: &ytd, Target: &target, Rate: &rate, Status: "not_met", Reported: 14, Due: 18}
			if rate.GreaterThanOrEqual(decimal.NewFromInt(1)) {
				a.Status = "met"
			}
			d.Achievements = append(d.Achievements, a)
		}
	}
	d.Scores = tallied(d)
	return d
}
