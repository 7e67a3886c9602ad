package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// axisCap is where the axis of rates ends, in percent. Rates of 390% occur; one
// of them would flatten all others.
const axisCap = 150

// A bulletView is the achievement of a root: its chart and the table behind it.
type bulletView struct {
	Title, Caption, Clipped, Untargeted string
	Table                               string // caption
	Short                               string // word for what is short of its target
	Marked                              bool   // some row says what is expected by the cut-off
	Over                                bool   // some indicator that should stay low does not
	Chart                               chartView
	Rows                                []bulletRow
	unit                                int // place in the dataset
}

// A bulletRow is one indicator against its target.
type bulletRow struct {
	Indicator                 int // place in the dataset, for filters
	Name, Standing, Word      string
	YTD, Target               figure
	Rate, Pace, Expected, Gap string
	Basis                     string // what the rate is of, where not of the whole figure
	Coverage                  coverage
	rate, mark                float64 // percent; the mark is what is expected
	drawn, clipped, marked    bool
}

// bullets sets every indicator of a root that has a target against it, the
// farthest first, those without data last.
func (c *composer) bullets(root reports.Unit, n int) (bulletView, error) {
	t := c.tally(root.Code)
	view := bulletView{
		Title:   c.bulletTitle(t),
		Caption: c.l.Text("page.achievement.caption", "elapsed", c.elapsed()),
		Table:   c.l.Text("page.achievement.table", "unit", root.Name),
		Over:    t.Over > 0,
		unit:    c.unitAt[root.Code],
		Short:   c.standingWord(standingBehind, pipeline.BetterUp),
	}
	if c.over() {
		view.Caption = c.l.Text("page.achievement.caption_final")
	}
	if t.NoTarget > 0 && t.Targets() > 0 {
		view.Untargeted = c.l.Text("page.achievement.untargeted", "count", t.NoTarget)
	}
	for _, i := range c.d.Indicators {
		if a := c.achievement(place{root.Code, i.Code}); targeted(a) {
			view.Rows = append(view.Rows, c.bulletRow(a, i))
		}
	}
	slices.SortStableFunc(view.Rows, compareBullets)
	if title := c.laggard(root.Code, t); title != "" {
		view.Title = title
	}
	for _, row := range view.Rows {
		view.Marked = view.Marked || row.marked
		if row.clipped {
			view.Clipped = c.l.Text("page.achievement.clipped", "cap", c.l.Percent(decimal.New(axisCap, -2), 0, pipeline.HalfUp))
		}
	}
	var err error
	if !t.Blank() {
		view.Chart, err = c.bulletChart(view, n)
	}
	return view, err
}

func (c *composer) bulletTitle(t tally) string {
	switch {
	case t.Targets() == 0:
		return c.l.Text("page.achievement.none")
	case t.Blank():
		return c.l.Text("page.headline.lead_blank", "targets", t.Targets())
	}
	return strings.Join(append([]string{c.l.Text("page.tally.met", "count", t.Met)}, c.rest(t)...), ", ")
}

// laggard names the indicator that is farthest behind.
func (c *composer) laggard(unit string, t tally) string {
	var worst *reports.Achievement
	for _, i := range c.d.Indicators {
		a := c.achievement(place{unit, i.Code})
		if standing(a, i.Better) == standingBehind && (worst == nil || c.fulfilment(a).LessThan(c.fulfilment(*worst))) {
			worst = &a
		}
	}
	if worst == nil {
		return ""
	}
	i := c.indicatorOf(worst.Indicator)
	return c.timed("page.achievement.laggard", "name", i.Name, "rate", c.rate(worst.Rate, 1, i), "pace", c.rate(worst.Pace, 0, i), "targets", t.Targets())
}

func compareBullets(a, b bulletRow) int {
	switch {
	case a.drawn != b.drawn && a.drawn:
		return -1
	case a.drawn != b.drawn:
		return 1
	case a.rate > b.rate:
		return -1
	case a.rate < b.rate:
		return 1
	}
	return 0
}

func (c *composer) bulletRow(a reports.Achievement, i pipeline.Indicator) bulletRow {
	row := bulletRow{
		Indicator: c.indicator[i.Code], Name: i.Name,
		Standing: standing(a, i.Better),
		YTD:      c.reported(a.YTD, a, i),
		Target:   c.optional(a.Target, i, ""),
		Rate:     c.rate(a.Rate, 1, i),
		Pace:     c.rate(a.Pace, 0, i),
		Expected: c.optional(a.Expected, i, "").Text,
		Gap:      c.gap(a, i),
		Basis:    c.basis(a, i),
		Coverage: c.coverage(a),
	}
	row.YTD.Link = c.sourceLink(a.Unit, i.Code)
	row.Target.Link = row.YTD.Link
	row.Word = c.standingWord(row.Standing, i.Better)
	if i.Better == pipeline.BetterDown {
		row.Name = c.l.Text("page.achievement.down", "name", i.Name)
	}
	if row.Standing != standingNoData && a.Rate != nil {
		row.drawn, row.rate = true, percent(*a.Rate)
		row.clipped = row.rate > axisCap
	}
	if a.Expected != nil && !a.Expected.Equal(*a.Target) {
		row.marked, row.mark = true, percent(a.Expected.Div(*a.Target))
	}
	return row
}

// percent is a ratio in percent, for drawing only.
func percent(d decimal.Decimal) float64 {
	return d.Shift(2).Round(4).InexactFloat64()
}

func (c *composer) bulletChart(view bulletView, n int) (chartView, error) {
	if len(view.Rows) == 0 {
		return chartView{}, nil
	}
	var names, labels, tips []string
	var about []int
	for _, row := range view.Rows {
		about = append(about, row.Indicator)
		names = append(names, row.Name)
		labels = append(labels, c.bulletLabel(row))
		tips = append(tips, c.bulletTip(row))
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(bulletOptions(view.Title)...)
	bar.SetXAxis(names).XYReversal()
	bar.ExtendYAxis(bulletAxis("right", labels))
	bar.AddSeries("", bulletBars(view.Rows),
		charts.WithBarChartOpts(opts.BarChart{BarWidth: "14"}),
		charts.WithMarkLineNameXAxisItemOpts(opts.MarkLineNameXAxisItem{Name: c.l.Text("page.achievement.plan"), XAxis: 100}),
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{
			Symbol:    []string{"none", "none"},
			Label:     &opts.Label{Show: opts.Bool(true), Color: colourInk, Formatter: "{b}", Position: "start"},
			LineStyle: &opts.LineStyle{Color: colourInk, Width: 1.5, Type: "solid"},
		}))
	marks := charts.NewScatter()
	marks.AddSeries("", bulletMarks(view.Rows),
		charts.WithScatterChartOpts(opts.ScatterChart{Symbol: "rect", SymbolSize: []int{3, 24}}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colourInk}))
	bar.Overlap(marks)
	chart, err := newChart(fmt.Sprintf("chart-achievement-%d", n), view.Title, bar, payload{Kind: "bullet", Tips: tips, About: about, Unit: view.unit})
	chart.Rows = len(view.Rows)
	return chart, err
}

func bulletOptions(title string) []charts.GlobalOpts {
	line, tick, _ := plainAxis()
	return []charts.GlobalOpts{
		charts.WithAnimation(false),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Label: &opts.AriaLabel{Description: title}}),
		charts.WithGridOpts(opts.Grid{Left: "336", Right: "168", Top: "28", Bottom: "28"}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "value", Min: 0, Max: axisCap, MinInterval: 50, MaxInterval: 50, AxisLine: line, AxisTick: tick,
			AxisLabel: &opts.AxisLabel{Color: colourMuted},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: colourLine}},
		}),
		charts.WithYAxisOpts(bulletAxis("left", nil)),
	}
}

func bulletAxis(side string, labels []string) opts.YAxis {
	line, _, split := plainAxis()
	axis := opts.YAxis{
		Type: "category", Position: side, Inverse: opts.Bool(true), AxisLine: line, SplitLine: split,
		AxisLabel: &opts.AxisLabel{Color: colourInk, Interval: "0", FontSize: 13},
	}
	if labels != nil {
		axis.Data = labels
	}
	return axis
}

func bulletBars(rows []bulletRow) []opts.BarData {
	colours := map[string]string{
		standingMet: colourMet, standingOnPace: colourOnPace, standingBehind: colourBehind, standingOver: colourOver,
	}
	var bars []opts.BarData
	for _, row := range rows {
		bar := opts.BarData{ItemStyle: &opts.ItemStyle{Color: colours[row.Standing]}}
		if row.drawn {
			bar.Value = min(row.rate, axisCap)
		}
		if row.clipped {
			bar.Label = &opts.Label{Show: opts.Bool(true), Position: "insideRight", Formatter: "»", Color: "--on-met"}
			if row.Standing == standingOver {
				bar.Label.Color = "--on-over"
			}
		}
		bars = append(bars, bar)
	}
	return bars
}

// bulletMarks places what is expected by the cut-off, where it is not the
// target itself.
func bulletMarks(rows []bulletRow) []opts.ScatterData {
	var marks []opts.ScatterData
	for n, row := range rows {
		if row.marked {
			marks = append(marks, opts.ScatterData{Value: []float64{row.mark, float64(n)}})
		}
	}
	return marks
}

// bulletLabel is what stands beside a bar: "62,1% (14/20 đơn vị)", and how many
// of them have sent all reports where not all have.
func (c *composer) bulletLabel(row bulletRow) string {
	if !row.drawn {
		return row.Word
	}
	if row.Coverage.both == "" {
		return row.Rate
	}
	return row.Rate + " (" + row.Coverage.both + ")"
}

func (c *composer) bulletTip(row bulletRow) string {
	tip := fmt.Sprintf("%s\n%s: %s\n%s: %s", row.Name,
		c.l.Text("page.column.ytd"), row.YTD.Text,
		c.l.Text("page.column.target"), row.Target.Text)
	if row.marked {
		tip += fmt.Sprintf("\n%s: %s", c.l.Text("page.column.expected"), row.Expected)
	}
	if row.Basis != "" {
		tip += "\n" + row.Basis
	}
	return tip + "\n" + row.Word
}
