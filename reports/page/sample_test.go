package page

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// dec reads a decimal; empty is no figure.
func dec(s string) *decimal.Decimal {
	if s == "" {
		return nil
	}
	d := decimal.RequireFromString(s)
	return &d
}

func language(t *testing.T, code string) *lang.Language {
	t.Helper()
	l, err := lang.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func achievement(unit, indicator string, v [5]string, better pipeline.Better) reports.Achievement {
	a := reports.Achievement{
		Period: "2026-H1", Unit: unit, Indicator: indicator,
		Actual: dec(v[0]), YTD: dec(v[1]), Target: dec(v[2]), Expected: dec(v[3]), Previous: dec(v[4]),
		Status: "no_target", Qualifier: pipeline.Exact, State: pipeline.StateNumber,
	}
	switch {
	case a.Target == nil:
		return a
	case a.YTD == nil:
		a.Status = "no_data"
		return a
	}
	rate, pace := a.YTD.Div(*a.Target), a.YTD.Div(*a.Expected)
	a.Rate, a.Pace, a.Status = &rate, &pace, "not_met"
	if better == pipeline.BetterDown && rate.LessThanOrEqual(one) || better != pipeline.BetterDown && rate.GreaterThanOrEqual(one) {
		a.Status = "met"
	}
	return a
}

// sample is a half-year of a province with 16 reporting units, invented but of
// the sizes that occur.
func sample() *reports.Dataset {
	zone := time.FixedZone("ICT", 7*3600)
	d := &reports.Dataset{
		Stamp: reports.Stamp{
			Period:  pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1},
			Window:  pipeline.Window{Start: pipeline.Day(2025, 12, 1), End: pipeline.Day(2026, 5, 31)},
			Elapsed: 0.4986, Issue: 3, AsOf: time.Date(2026, 6, 17, 8, 30, 0, 0, zone),
			RunID: "3f9a1c55b0d24e7788aa", CatalogueHash: "b81e02d7c4f94410aa02",
			Sample: "Các số trên trang này do máy đặt ra để minh họa, không phải số liệu của đơn vị nào.",
		},
		Units:      sampleUnits(),
		Indicators: sampleIndicators(),
		Forms: []pipeline.Form{
			{Code: "02-HDCD", Name: "Mẫu 2-HĐCĐ: tình hình lao động", Frequency: pipeline.HalfYearly, Basis: pipeline.BasisYTD},
			{Code: "DT-QUY", Name: "Báo cáo đào tạo, bồi dưỡng", Frequency: pipeline.Quarterly},
		},
	}
	addFigures(d)
	addScores(d)
	addReporting(d, zone)
	addTrend(d)
	addQuality(d, zone)
	addTargets(d)
	return d
}

// addTargets says which cell of the catalogue assigns each target.
func addTargets(d *reports.Dataset) {
	for n, a := range d.Achievements {
		if a.Target != nil && a.TargetUnits == 0 {
			d.Targets = append(d.Targets, reports.Target{
				Unit: a.Unit, Indicator: a.Indicator, Year: 2026, Value: *a.Target,
				File: "inputs/catalogue.xlsx", Sheet: "Kế hoạch 2026", Cell: fmt.Sprintf("C%d", n+5),
			})
		}
	}
}

// addScores counts the targets of each unit and gives some of them a score.
func addScores(d *reports.Dataset) {
	d.Scores = tallied(d)
	for n, given := range []reports.Score{
		{Score: dec("71.235"), MaxScore: dec("100"), Grade: "Khá", Rank: 1, RankOf: 1},
		{Score: dec("86"), MaxScore: dec("87.5"), Grade: "Vững <mạnh>", Rank: 2, RankOf: 11},
		{Score: dec("0"), MaxScore: dec("100"), Rank: 11, RankOf: 11},
	} {
		s := &d.Scores[n]
		s.Score, s.MaxScore, s.Grade, s.Rank, s.RankOf = given.Score, given.MaxScore, given.Grade, given.Rank, given.RankOf
	}
	d.Headlines = []reports.Headline{{Unit: d.Units[0].Code, Indicator: "CM00", Met: 4, NotMet: 9, NoData: 1, Targets: 14}}
}

// tallied counts the targets of each unit of d.
func tallied(d *reports.Dataset) []reports.Score {
	c := newComposer(d, &lang.Language{})
	var all []reports.Score
	for _, u := range d.Units {
		t := c.tally(u.Code)
		all = append(all, reports.Score{
			Unit: u.Code, Met: t.Met, NotMet: t.OnPace + t.Behind + t.Over, NoData: t.NoData, Targets: t.Targets(),
		})
	}
	return all
}

func addFigures(d *reports.Dataset) {
	root := sampleRoot()
	for n, unit := range d.Units {
		for m, i := range d.Indicators {
			a := achievement(unit.Code, i.Code, root[i.Code], i.Better)
			if n > 0 {
				a = achievement(unit.Code, i.Code, share(root[i.Code], n, m, i.Kind), i.Better)
			}
			a.Reported, a.Due, a.Complete = 1, 1, 1
			if n == 0 {
				a.Reported, a.Due, a.Complete = 14+m%2*2, 16, 14
				derive(&a, i.Code)
			}
			switch i.Code {
			case "TT04":
				a.Qualifier = pipeline.AtLeast
			case "CB10":
				a.State = pipeline.StateNil
			}
			if i.Kind == pipeline.KindRatio && a.YTD != nil && a.Target != nil {
				points := a.YTD.Sub(*a.Target).Shift(2)
				a.GapPoints = &points
			}
			d.Achievements = append(d.Achievements, a)
			addSources(d, unit, i, a, m)
		}
	}
}

// derive measures the root by the units below that have a target.
func derive(a *reports.Achievement, indicator string) {
	if indicator != "CM00" {
		return
	}
	a.TargetUnits, a.TargetYTD, a.Target, a.Expected = 5, dec("5024"), dec("6050"), dec("3016.53")
	rate, pace := a.TargetYTD.Div(*a.Target), a.TargetYTD.Div(*a.Expected)
	a.Rate, a.Pace = &rate, &pace
}

// share is about a sixteenth of the province's figures, uneven but the same in
// every run; ratios and averages stay near the province's.
func share(v [5]string, unit, indicator int, kind pipeline.Kind) [5]string {
	additive := kind != pipeline.KindRatio && kind != pipeline.KindAverage
	for n := range v {
		if v[n] == "" || unit == 3 && n > 1 || (unit == 5 || unit == 11) && n < 2 || n == 2 && (unit+indicator)%9 == 0 {
			v[n] = ""
			continue
		}
		weight := decimal.NewFromInt(int64(55 + (unit*37+indicator*23)%90)).Shift(-2)
		if n == 2 || n == 3 {
			weight = decimal.NewFromInt(1)
		}
		if (unit*indicator)%29 == 7 && n < 2 {
			weight = decimal.Decimal{}
		}
		figure := decimal.RequireFromString(v[n]).Mul(weight)
		if additive {
			figure = figure.Div(decimal.NewFromInt(16)).Ceil()
		}
		v[n] = figure.String()
	}
	if v[2] == "" {
		v[3] = ""
	}
	return v
}

func addSources(d *reports.Dataset, unit reports.Unit, i pipeline.Indicator, a reports.Achievement, row int) {
	if unit.Level == 0 {
		for _, p := range [][2]string{{"HT90", "HT01/HT02"}, {"CB90", "CB01/CB02"}} {
			if i.Code == p[0] {
				d.Parts = append(d.Parts,
					reports.Part{Period: "2026-H1", Unit: unit.Code, Indicator: i.Code, Role: "numerator", PartUnit: unit.Code, PartIndicator: p[1][:4], Value: dec(sampleRoot()[p[1][:4]][1]), YTD: dec(sampleRoot()[p[1][:4]][1])},
					reports.Part{Period: "2026-H1", Unit: unit.Code, Indicator: i.Code, Role: "denominator", PartUnit: unit.Code, PartIndicator: p[1][5:], Value: dec(sampleRoot()[p[1][5:]][1]), YTD: dec(sampleRoot()[p[1][5:]][1])})
			}
		}
		return
	}
	if a.Actual == nil || i.Kind == pipeline.KindRatio {
		return
	}
	d.Parts = append(d.Parts, reports.Part{Period: "2026-H1", Unit: unit.Parent, Indicator: i.Code, Role: "child", PartUnit: unit.Code, PartIndicator: i.Code, Value: a.Actual, YTD: a.YTD})
	state := pipeline.StateNumber
	if a.State == pipeline.StateNil {
		state = pipeline.StateNil
	}
	raw := a.Actual.String()
	if row%5 == 1 {
		raw = "05 lớp"
	}
	d.Facts = append(d.Facts, reports.Fact{
		Period: "2026-H1", Unit: unit.Code, Form: "02-HDCD", Indicator: i.Code, Measure: pipeline.MeasureValue,
		State: state, Value: a.Actual, Qualifier: a.Qualifier, Raw: raw,
		File: unit.Code + "/2026/Bao cao 6 thang " + unit.Code + ".xlsx", Sheet: "Mẫu 2", Cell: fmt.Sprintf("D%d", 11+row), SHA256: "sha-" + unit.Code,
	})
}

func addReporting(d *reports.Dataset, zone *time.Location) {
	for _, s := range []struct{ form, period string }{{"02-HDCD", "2026-H1"}, {"DT-QUY", "2026-Q1"}, {"DT-QUY", "2026-Q2"}} {
		for n, unit := range d.Units[1:] {
			r := reports.Reporting{
				Period: s.period, Form: s.form, Unit: unit.Code, Due: pipeline.Day(2026, 6, 15), State: "on_time",
				Received: time.Date(2026, 6, 3+n%11, 9, 0, 0, 0, zone),
			}
			if s.period == "2026-Q1" {
				r.Due, r.Received = pipeline.Day(2026, 3, 15), time.Date(2026, 3, 2+n%12, 9, 0, 0, 0, zone)
			}
			switch {
			case s.period != "2026-Q1" && (n == 4 || n == 10):
				r.State, r.Received, r.Refused = "missing", time.Time{}, n/10
			case (n+len(s.form))%8 == 1:
				r.State, r.Received = "late", time.Date(2026, 6, 16, 16, 20, 0, 0, zone)
			}
			d.Reporting = append(d.Reporting, r)
		}
	}
}

func addTrend(d *reports.Dataset) {
	periods := []string{"2023-H2", "2024-H1", "2024-H2", "2025-H1", "2025-H2", "2026-H1"}
	for _, i := range d.Indicators {
		now := sampleRoot()[i.Code][0]
		if now == "" || i.Code == "CB10" {
			continue
		}
		for n, p := range periods {
			point := reports.TrendPoint{Period: p, Unit: d.Units[0].Code, Indicator: i.Code}
			factor := decimal.NewFromInt(int64(70 + 6*n + (n*len(i.Name))%9)).Shift(-2)
			if n == len(periods)-1 {
				factor = one
			}
			if !(i.Code == "TT02" && n == 2) {
				value := decimal.RequireFromString(now).Mul(factor)
				if i.Kind != pipeline.KindRatio {
					value = value.Round(0)
				}
				point.Actual = &value
			}
			d.Trend = append(d.Trend, point)
		}
	}
}

func addQuality(d *reports.Dataset, zone *time.Location) {
	at := time.Date(2026, 6, 12, 10, 5, 0, 0, zone)
	d.Submissions = []reports.Submission{
		{Unit: "H11", Form: "02-HDCD", Period: "2026-H1", File: "H11/bao cao 6T - sua lan 2.xls", SHA256: "r1", FirstSeen: at, Status: "refused", Timeliness: "on_time", Errors: 2, Warnings: 1},
		{Unit: "", File: "Mau moi (2).xlsx", SHA256: "h1", FirstSeen: at, Status: "held"},
		{Unit: "H02", Form: "02-HDCD", Period: "2026-H1", File: "H02/2026/Bao cao 6 thang H02.xlsx", SHA256: "sha-H02", FirstSeen: at, Status: "accepted", Timeliness: "on_time", Warnings: 2},
		{Unit: "N03", Form: "02-HDCD", Period: "2026-H1", File: "N03/2026/Bao cao 6 thang N03.xlsx", SHA256: "sha-N03", FirstSeen: at, Status: "accepted", Timeliness: "late", Warnings: 1},
	}
	d.Findings = []reports.Finding{
		{File: "H11/bao cao 6T - sua lan 2.xls", SHA256: "r1", Unit: "H11", Severity: pipeline.SeverityError, Code: "ambiguous_number", Sheet: "Mẫu 2", Cell: "D14", Message: "“1,250” không rõ là 1.250 hay 1,25.", Remedy: "Gõ lại số, không dùng dấu phân cách."},
		{File: "H11/bao cao 6T - sua lan 2.xls", SHA256: "r1", Unit: "H11", Severity: pipeline.SeverityError, Code: "not_calculated", Sheet: "Mẫu 2", Cell: "D20", Message: "Công thức chưa có kết quả.", Remedy: "Mở bằng Excel, lưu rồi gửi lại."},
		{File: "H11/bao cao 6T - sua lan 2.xls", SHA256: "r1", Unit: "H11", Severity: pipeline.SeverityWarning, Code: "row_missing", Sheet: "Mẫu 2", Message: "Thiếu dòng “Số người được tính”."},
		{File: "H02/2026/Bao cao 6 thang H02.xlsx", SHA256: "sha-H02", Unit: "H02", Severity: pipeline.SeverityWarning, Code: "ytd_falls", Sheet: "Mẫu 2", Cell: "D31", Message: "Lũy kế thấp hơn kỳ trước.", Remedy: "Kiểm tra lại số lũy kế."},
	}
	d.Restatements = []reports.Restatement{
		{Unit: "H07", Indicator: "DV02", Figure: "actual", Old: dec("121"), New: dec("212"), File: "H07/2026/Bao cao 6 thang H07 - dinh chinh.xlsx"},
		{Unit: "LDLD-ST", Indicator: "DV02", Figure: "ytd", Old: dec("3029"), New: dec("3120"), File: "H07/2026/Bao cao 6 thang H07 - dinh chinh.xlsx"},
		{Unit: "LDLD-ST", Indicator: "CS03", Figure: "target", Old: dec("12"), New: dec("10")},
	}
}

// miniature is the sample cut down to what a person can read in a golden file.
func miniature() *reports.Dataset {
	d := sample()
	keep := map[string]bool{"LDLD-ST": true, "H05": true, "H07": true, "TT04": true, "CM00": true, "CM01": true, "CB01": true, "CB02": true, "CB90": true, "CB10": true, "DV02": true, "TC01": true}
	d.Units = filter(d.Units, func(u reports.Unit) bool { return keep[u.Code] })
	d.Indicators = filter(d.Indicators, func(i pipeline.Indicator) bool { return keep[i.Code] })
	d.Achievements = filter(d.Achievements, func(a reports.Achievement) bool { return keep[a.Unit] && keep[a.Indicator] })
	d.Facts = filter(d.Facts, func(f reports.Fact) bool { return keep[f.Unit] && keep[f.Indicator] })
	d.Parts = filter(d.Parts, func(p reports.Part) bool { return keep[p.Unit] && keep[p.PartUnit] && keep[p.Indicator] })
	d.Reporting = filter(d.Reporting, func(r reports.Reporting) bool { return keep[r.Unit] })
	d.Targets = filter(d.Targets, func(t reports.Target) bool { return keep[t.Unit] && keep[t.Indicator] })
	d.Trend = filter(d.Trend, func(p reports.TrendPoint) bool { return p.Indicator == "DV02" || p.Indicator == "CB90" })
	d.Restatements = filter(d.Restatements, func(r reports.Restatement) bool { return keep[r.Indicator] })
	return d
}

func filter[T any](all []T, keep func(T) bool) []T {
	var kept []T
	for _, one := range all {
		if keep(one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// sampleIndex is the list of some periods, one of which runs.
func sampleIndex() Index {
	d := sample()
	at := time.Date(2026, 6, 17, 8, 30, 0, 0, time.FixedZone("ICT", 7*3600))
	return Index{
		Organisation: d.Units[0].Name, Today: at, Indicators: d.Indicators, Roots: d.Units[:1], Trend: d.Trend,
		Entries: []Entry{
			{Code: "2026", Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}, Issue: 1, AsOf: at, Met: 3, Targets: 15, NoData: 1, Reported: 14, Due: 16, CutOff: pipeline.Day(2026, 11, 30)},
			{Code: "2025", Period: pipeline.Period{Kind: pipeline.Year, Year: 2025}, Issue: 2, AsOf: at.AddDate(0, -6, 0), Met: 11, Targets: 13, Reported: 16, Due: 16, CutOff: pipeline.Day(2025, 11, 30)},
			EntryOf(d),
			{Code: "2026-Q1", Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}, Issue: 1, AsOf: at.AddDate(0, -3, 0), Targets: 8, NoData: 8, CutOff: pipeline.Day(2026, 2, 28)},
			{Code: "2025-H2", Period: pipeline.Period{Kind: pipeline.Half, Year: 2025, N: 2}, Issue: 1, AsOf: at.AddDate(0, -6, 0), Met: 10, Targets: 13, Reported: 15, Due: 16, CutOff: pipeline.Day(2025, 11, 30)},
		},
	}
}
