package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports"
)

func TestStanding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		a      reports.Achievement
		better pipeline.Better
		want   string
		step   string
	}{
		{"met", reports.Achievement{YTD: dec("10"), Target: dec("10"), Rate: dec("1"), Status: "met"}, pipeline.BetterUp, standingMet, "met"},
		{"on pace", reports.Achievement{YTD: dec("6"), Target: dec("10"), Rate: dec("0.6"), Pace: dec("1.2"), Status: "not_met"}, pipeline.BetterUp, standingOnPace, "b50"},
		{"just on pace", reports.Achievement{YTD: dec("5"), Target: dec("10"), Rate: dec("0.5"), Pace: dec("1"), Status: "not_met"}, pipeline.BetterUp, standingOnPace, "b50"},
		{"behind", reports.Achievement{YTD: dec("4"), Target: dec("10"), Rate: dec("0.4"), Pace: dec("0.8"), Status: "not_met"}, pipeline.BetterUp, standingBehind, "b25"},
		{"nothing done", reports.Achievement{YTD: dec("0"), Target: dec("10"), Rate: dec("0"), Pace: dec("0"), Status: "not_met"}, pipeline.BetterUp, standingBehind, "zero"},
		{"hardly anything done", reports.Achievement{YTD: dec("1"), Target: dec("1000"), Rate: dec("0.001"), Pace: dec("0.002"), Status: "not_met"}, pipeline.BetterUp, standingBehind, "b0"},
		{"too many strikes", reports.Achievement{YTD: dec("4"), Target: dec("3"), Rate: dec("1.33"), Pace: dec("2.6"), Status: "not_met"}, pipeline.BetterDown, standingOver, "over"},
		{"few strikes", reports.Achievement{YTD: dec("1"), Target: dec("3"), Rate: dec("0.33"), Pace: dec("0.6"), Status: "met"}, pipeline.BetterDown, standingMet, "met"},
		{"no data", reports.Achievement{Target: dec("3"), Status: "no_data"}, pipeline.BetterUp, standingNoData, "no-data"},
		{"no target", reports.Achievement{YTD: dec("3"), Status: "no_target"}, pipeline.BetterUp, standingNoTarget, "no-target"},
		{"target of zero", reports.Achievement{YTD: dec("3"), Target: dec("0"), Status: "no_target"}, pipeline.BetterUp, standingNoTarget, "no-target"},
		{"nothing known", reports.Achievement{}, pipeline.BetterUp, standingNoTarget, "no-target"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := standing(tt.a, tt.better); got != tt.want {
				t.Errorf("standing = %s, want %s", got, tt.want)
			}
			if got := step(tt.a, tt.better); got != tt.step {
				t.Errorf("step = %s, want %s", got, tt.step)
			}
		})
	}
}

func TestRateNeverRoundsToFull(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	tests := []struct {
		rate, want string
		places     int
		rounding   pipeline.Rounding
	}{
		{"0.6123078", "61,2%", 1, pipeline.HalfUp},
		{"1", "100,0%", 1, pipeline.HalfUp},
		{"0.99956", "99,96%", 1, pipeline.HalfUp},
		{"1.0003", "100,03%", 1, pipeline.HalfUp},
		{"0.9999999", "99,9%", 1, pipeline.HalfUp},
		{"0.996", "99,6%", 0, pipeline.HalfUp},
		{"0.9798", "97,9%", 1, pipeline.Truncate},
		{"3.9", "390%", 0, pipeline.HalfUp},
	}
	for _, tt := range tests {
		if got := c.rate(dec(tt.rate), tt.places, pipeline.Indicator{Rounding: tt.rounding}); got != tt.want {
			t.Errorf("rate(%s, %d) = %s, want %s", tt.rate, tt.places, got, tt.want)
		}
	}
	if got := c.rate(nil, 1, pipeline.Indicator{}); got != "" {
		t.Errorf("rate of nothing = %q", got)
	}
}

func TestReportedFigure(t *testing.T) {
	t.Parallel()
	trained := pipeline.Indicator{Code: "CB90", Kind: pipeline.KindRatio, Decimals: 1, Rounding: pipeline.Truncate}
	count := pipeline.Indicator{Code: "TT01", Kind: pipeline.KindCount}
	c := newComposer(&reports.Dataset{
		Indicators: []pipeline.Indicator{trained, count, {Code: "CB01"}, {Code: "CB02"}},
		Parts: []reports.Part{
			{Unit: "P", Indicator: "CB90", Role: "numerator", PartUnit: "P", PartIndicator: "CB01", Value: dec("8891")},
			{Unit: "P", Indicator: "CB90", Role: "denominator", PartUnit: "P", PartIndicator: "CB02", Value: dec("9074")},
		},
	}, language(t, "vi"))
	tests := []struct {
		name      string
		value     string
		a         reports.Achievement
		indicator pipeline.Indicator
		want      figure
	}{
		{"number", "41640", reports.Achievement{}, count, figure{Text: "41.640"}},
		{"zero", "0", reports.Achievement{State: pipeline.StateZero}, count, figure{Text: "0"}},
		{"declared nil", "0", reports.Achievement{State: pipeline.StateNil}, count, figure{Text: "-"}},
		{"blank", "", reports.Achievement{}, count, figure{Text: "chưa có số liệu", Absent: true}},
		{"at least", "500", reports.Achievement{Qualifier: pipeline.AtLeast}, count, figure{Text: "trên 500"}},
		{"about", "500", reports.Achievement{Qualifier: pipeline.About}, count, figure{Text: "khoảng 500"}},
		{"ratio, cut as printed", "0.979832488428477", reports.Achievement{Unit: "P", Indicator: "CB90"}, trained, figure{Text: "97,9%", Part: "8.891/9.074"}},
		{"ratio of other parts", "0.9", reports.Achievement{Unit: "P", Indicator: "CB90"}, trained, figure{Text: "90,0%"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, c.reported(dec(tt.value), tt.a, tt.indicator)); diff != "" {
				t.Errorf("figure mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGap(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	ratio := pipeline.Indicator{Kind: pipeline.KindRatio, Decimals: 1}
	accidents := pipeline.Indicator{Kind: pipeline.KindRatio, Decimals: 2, Better: pipeline.BetterDown}
	for _, tt := range []struct {
		points, want string
		indicator    pipeline.Indicator
	}{
		{"-8", "kém 8,0 điểm phần trăm", ratio},
		{"5", "vượt 5,0 điểm phần trăm", ratio},
		{"0", "", ratio},
		{"-0.02", "kém 0,02 điểm phần trăm", ratio},
		{"-0.04", "dưới mức 0,04 điểm phần trăm", accidents},
		{"1", "vượt mức 1,00 điểm phần trăm", accidents},
		{"0", "", accidents},
		{"", "", pipeline.Indicator{Kind: pipeline.KindCount}},
	} {
		if got := c.gap(reports.Achievement{GapPoints: dec(tt.points)}, tt.indicator); got != tt.want {
			t.Errorf("gap of %s points = %q, want %q", tt.points, got, tt.want)
		}
	}
}

func TestOutline(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{Indicators: []pipeline.Indicator{
		{Code: "A", Group: "g"}, {Code: "B", Group: "h"}, {Code: "A2", Parent: "A"}, {Code: "A21", Parent: "A2", Group: "x"},
		{Code: "lost", Parent: "nowhere", Group: "h"}, {Code: "R1", Parent: "R2", Group: "g"}, {Code: "R2", Parent: "R1"},
	}}, language(t, "vi"))
	type line struct {
		Code, Group string
		Depth       int
	}
	var got []line
	for _, e := range c.outline() {
		got = append(got, line{e.indicator.Code, e.group, e.depth})
	}
	want := []line{{"A", "g", 0}, {"A2", "g", 1}, {"A21", "g", 2}, {"B", "h", 0}, {"lost", "h", 0}, {"R1", "g", 0}, {"R2", "", 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outline mismatch (-want +got):\n%s", diff)
	}
}

func TestBoardAddsUp(t *testing.T) {
	t.Parallel()
	d := sample()
	board := newComposer(d, language(t, "vi")).board()
	if got := board.Total.Due(); got != len(d.Reporting) {
		t.Errorf("%d reports on the board, want %d", got, len(d.Reporting))
	}
	var columns boardTally
	for _, column := range board.Columns {
		columns.OnTime += column.Tally.OnTime
		columns.Late += column.Tally.Late
		columns.Missing += column.Tally.Missing
	}
	if diff := cmp.Diff(board.Total, columns); diff != "" {
		t.Errorf("total mismatch with the columns (-want +got):\n%s", diff)
	}
}

func TestChange(t *testing.T) {
	t.Parallel()
	c := newComposer(&reports.Dataset{}, language(t, "vi"))
	for _, tt := range []struct {
		name, now, before string
		kind              pipeline.Kind
		key, change       string
	}{
		{"up", "23339", "22089", pipeline.KindPeople, "page.trend.up", "5,7%"},
		{"down", "50", "100", pipeline.KindPeople, "page.trend.down", "50,0%"},
		{"same", "5", "5", pipeline.KindPeople, "page.trend.same", ""},
		{"from nothing", "5", "0", pipeline.KindPeople, "page.trend.latest", ""},
		{"ratio in points", "0.6123", "0.58", pipeline.KindRatio, "page.trend.up", "3,23 điểm phần trăm"},
	} {
		key, change := c.change(*dec(tt.now), *dec(tt.before), pipeline.Indicator{Kind: tt.kind, Decimals: 2})
		if key != tt.key || change != tt.change {
			t.Errorf("%s: change = %s %q, want %s %q", tt.name, key, change, tt.key, tt.change)
		}
	}
}
