package page

import (
	"testing"

	"tonghop/pipeline"
	"tonghop/reports"
)

// The figure of last year leads to the page of its period, where there is one.
func TestPreviousLeadsToItsPeriod(t *testing.T) {
	t.Parallel()
	d := lacking()
	d.Achievements[0].Previous = dec("21")
	for _, tt := range []struct {
		name  string
		trend []reports.TrendPoint
		want  string
	}{
		{"published", []reports.TrendPoint{{Period: "2025-9M", Unit: "P", Indicator: "L"}}, "../2025-9M/index.html#figure=P/L"},
		{"not published", nil, ""},
	} {
		d.Trend = tt.trend
		row := newComposer(d, language(t, "vi")).indicatorRow("P", d.Indicators[0], 0)
		if row.Previous.Text != "21" || row.Previous.Link != tt.want {
			t.Errorf("%s: %q leads to %q, want %q", tt.name, row.Previous.Text, row.Previous.Link, tt.want)
		}
	}
}

// What has an earlier figure alone stands apart; what has nothing is named.
func TestIndicatorsApart(t *testing.T) {
	t.Parallel()
	d := &reports.Dataset{
		Units:      []reports.Unit{{Code: "P"}},
		Indicators: []pipeline.Indicator{{Code: "now", Name: "now"}, {Code: "planned", Name: "planned"}, {Code: "before", Name: "before"}, {Code: "never", Name: "never"}},
		Achievements: []reports.Achievement{
			{Unit: "P", Indicator: "now", YTD: dec("1")}, {Unit: "P", Indicator: "planned", Target: dec("2"), LastValue: dec("1")}, {Unit: "P", Indicator: "before", LastValue: dec("3")},
		},
	}
	view := newComposer(d, language(t, "vi")).indicators(d.Units[0])
	names := func(table indicatorTable) (all string) {
		for _, g := range table.Groups {
			for _, row := range g.Rows {
				all += row.Name + " "
			}
		}
		return all
	}
	if got := names(view.Table) + "| " + names(view.Older) + "| " + view.Idle; got != "now planned | before | 1 chỉ tiêu chưa đơn vị nào có số liệu và chưa giao kế hoạch: never." {
		t.Errorf("indicators stand as %s", got)
	}
}
