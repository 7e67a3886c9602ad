package catalogue_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
)

func old() *pipeline.Catalogue {
	ten := decimal.NewFromInt(10)
	window := func(from, to string) (w pipeline.Window) {
		w.Start, _ = time.Parse(time.DateOnly, from)
		w.End, _ = time.Parse(time.DateOnly, to)
		return w
	}
	return &pipeline.Catalogue{
		Units: []pipeline.Unit{
			{Code: "A", Name: "Huyện An", Kind: "district", Folder: "A"}, {Code: "B", Name: "Huyện Bình", Kind: "district", Folder: "B"},
			{Code: "C", Name: "Huyện Cũ", Kind: "district", Folder: "C", Valid: window("", "2025-12-31")}, {Code: "C", Name: "Huyện Mới", Kind: "district", Folder: "C", Valid: window("2026-01-01", "")},
		},
		Indicators: []pipeline.Indicator{{Code: "N", Name: "Số lớp", Kind: pipeline.KindCount, ScoreWeight: &ten}, {Code: "R", Name: "Tỷ lệ", Kind: pipeline.KindRatio, Numerator: []string{"N", "M"}}},
		Forms:      []pipeline.Form{{Code: "F", Name: "Biểu", File: "f.xlsx", Frequency: pipeline.Quarterly, UnitKinds: []string{"district"}, DueDays: 15}},
		Periods:    []pipeline.Period{{Kind: pipeline.Quarter, Year: 2026, N: 1}},
		Calendar:   pipeline.Calendar{Exceptions: pipeline.Exceptions{{Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}}: {Due: pipeline.Day(2026, 4, 20)}}},
		Targets:    []pipeline.Target{{Unit: "A", Indicator: "N", Year: 2026, Value: ten}, {Unit: "A", Indicator: "R", Year: 2026, Value: decimal.New(7, -1)}, {Unit: "B", Indicator: "N", Year: 2025, Value: ten}},
		Checks:     []pipeline.Check{{Code: "K", Left: pipeline.Sum{{Indicator: "N"}}, Operator: ">=", Right: pipeline.Sum{{Number: ten}, {Indicator: "M"}}, Severity: pipeline.SeverityError}},
		Grades:     []pipeline.Grade{{Name: "Khá", MinScore: ten}},
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(c *pipeline.Catalogue)
		want []catalogue.Change
	}{
		{"nothing", func(*pipeline.Catalogue) {}, nil},
		{"targets changed, added, taken away", func(c *pipeline.Catalogue) {
			c.Targets[0].Value, c.Targets[1].Value = decimal.NewFromInt(12), decimal.New(70, -2)
			c.Targets[2] = pipeline.Target{Unit: "B", Indicator: "R", Year: 2027, Value: decimal.New(5, -1)}
		}, []catalogue.Change{
			{What: "removed", Sheet: "targets", Record: "B", Name: "Huyện Bình", Column: "N", Year: 2025, From: "10"},
			{What: "changed", Sheet: "targets", Record: "A", Name: "Huyện An", Column: "N", Year: 2026, From: "10", To: "12"},
			{What: "added", Sheet: "targets", Record: "B", Name: "Huyện Bình", Column: "R", Year: 2027, To: "0.5", Ratio: true},
		}},
		{"units renamed, added, gone; rows in another order", func(c *pipeline.Catalogue) {
			c.Units[0].Name = "Thị xã An"
			c.Units[1] = pipeline.Unit{Code: "D", Name: "Huyện Đông", Folder: "D"}
			c.Units[2], c.Units[3] = c.Units[3], c.Units[2]
			c.Units[2].Parent = "A"
		}, []catalogue.Change{
			{What: "changed", Sheet: "units", Record: "A", Name: "Thị xã An", Column: "name", From: "Huyện An", To: "Thị xã An"},
			{What: "added", Sheet: "units", Record: "D", Name: "Huyện Đông"},
			{What: "changed", Sheet: "units", Record: "C", Name: "Huyện Mới", Column: "parent", To: "A"},
			{What: "removed", Sheet: "units", Record: "B", Name: "Huyện Bình"},
		}},
		{"a form ends and its next version begins", func(c *pipeline.Catalogue) {
			c.Forms = append(c.Forms, c.Forms[0])
			c.Forms[0].Valid.End = pipeline.Day(2026, 6, 30)
			c.Forms[1].Valid.Start, c.Forms[1].File = pipeline.Day(2026, 7, 1), "f2.xlsx"
		}, []catalogue.Change{
			{What: "changed", Sheet: "forms", Record: "F", Name: "Biểu", Column: "valid_to", To: "2026-06-30"},
			{What: "added", Sheet: "forms", Record: "F", Name: "Biểu", To: "2026-07-01"},
		}},
		{"indicators, checks, periods, grades", func(c *pipeline.Catalogue) {
			five := decimal.NewFromInt(5)
			c.Indicators[0].ScoreWeight, c.Indicators[1].Numerator = &five, []string{"N"}
			c.Checks[0].Right[0].Number, c.Checks[0].Severity = five, pipeline.SeverityWarning
			c.Calendar.Exceptions[pipeline.FormPeriod{Period: c.Periods[0]}] = pipeline.PeriodException{Due: pipeline.Day(2026, 4, 25)}
			c.Grades[0].MinScore = five
		}, []catalogue.Change{
			{What: "changed", Sheet: "indicators", Record: "N", Name: "Số lớp", Column: "score_weight", From: "10", To: "5"},
			{What: "changed", Sheet: "indicators", Record: "R", Name: "Tỷ lệ", Column: "numerator", From: "N+M", To: "N"},
			{What: "changed", Sheet: "periods", Record: "2026-Q1", Column: "due", From: "2026-04-20", To: "2026-04-25"},
			{What: "changed", Sheet: "checks", Record: "K", Column: "right", From: "10+M", To: "5+M"},
			{What: "changed", Sheet: "checks", Record: "K", Column: "severity", From: "error", To: "warning"},
			{What: "changed", Sheet: "grades", Record: "Khá", Column: "min_score", From: "10", To: "5"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			now := old()
			tt.edit(now)
			if diff := cmp.Diff(tt.want, catalogue.Diff(old(), now)); diff != "" {
				t.Errorf("changes mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWorded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ sheet, column, value, language, want string }{
		{"forms", "unit_kinds", "district; sector; trường", "vi", "huyện; ngành; trường"}, {"forms", "unit_kinds", "district", "en", "district"},
		{"indicators", "time", "flow", "vi", "phát sinh trong kỳ"}, {"units", "name", "Huyện An", "vi", "Huyện An"},
	} {
		if got := catalogue.Worded(tt.sheet, tt.column, tt.value, tt.language); got != tt.want {
			t.Errorf("Worded(%s, %s, %s, %s) = %q, want %q", tt.sheet, tt.column, tt.value, tt.language, got, tt.want)
		}
	}
	if got := catalogue.Named("forms", "due_days", "vi") + ", " + catalogue.Named("targets", "", "vi") + ", " + catalogue.Named("units", "valid_to", "en"); got != "Số ngày nộp sau kỳ, Kế hoạch, valid_to" {
		t.Errorf("names are %q", got)
	}
}
