package page

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A trendView shows the roots' figures over the periods of the series, one
// small chart for each indicator.
type trendView struct {
	Title  string
	Charts []trendChart // none where there are fewer than two points
}

// A trendChart is one indicator over the periods.
type trendChart struct {
	Indicator      int // place in the dataset, for filters
	Finding, Table string
	Break          string // why the year before is not, or not wholly, comparable
	Chart          chartView
	Points         []trendPoint
	compared       bool // with the same period last year
	way            int  // above it, below it or the same
}

// A trendPoint is the figure of one period.
type trendPoint struct {
	Period, Short string
	Value         figure
	Rate          string // of the target
	Link          string // to the page of that period
	drawn         *decimal.Decimal
	lastYear      bool // the same period last year
	broken        bool // the first one after a break of the series
	cutOff        time.Time
	brokenOn      time.Time // the last day of the units that stood behind the series before
}

func (c *composer) trend() (trendView, error) {
	var view trendView
	for _, root := range c.d.Roots() {
		for _, i := range c.d.Indicators {
			points := c.pointsOf(root.Code, i)
			if countDrawn(points) < 2 || !c.leads(root.Code, i) {
				continue
			}
			chart, err := c.trendChart(root, i, points, len(view.Charts))
			if err != nil {
				return trendView{}, err
			}
			view.Charts = append(view.Charts, chart)
		}
	}
	if len(view.Charts) > 0 {
		points := view.Charts[0].Points
		view.Title = c.trendTitle(view.Charts, points[0].Period, points[len(points)-1].Period)
	}
	return view, nil
}

// trendTitle counts what rose and what fell against the same period last year.
func (c *composer) trendTitle(all []trendChart, first, last string) string {
	ways := map[int]int{}
	for _, chart := range all {
		if chart.compared {
			ways[chart.way]++
		}
	}
	var parts []string
	for _, part := range []struct {
		key string
		way int
	}{{"title_up", 1}, {"title_down", -1}, {"title_same", 0}} {
		if n := ways[part.way]; n > 0 {
			parts = append(parts, c.l.Text("page.trend."+part.key, "count", n))
		}
	}
	if len(parts) == 0 {
		return c.l.Text("page.trend.title", "count", len(all), "first", first, "last", last)
	}
	return c.l.Text("page.trend.title_ways", "parts", strings.Join(parts, ", "))
}

// leads tells whether an indicator has a chart of its own: those with a target
// have; where no target can be rated, all that are not parts of others.
func (c *composer) leads(root string, i pipeline.Indicator) bool {
	if t := c.tally(root); t.Targets() > 0 && !t.Blank() {
		return targeted(c.achievement(place{root, i.Code}))
	}
	_, isPart := c.indicator[i.Parent]
	return !isPart
}

func linksOf(points []trendPoint) []string {
	var links []string
	for _, p := range points {
		links = append(links, p.Link)
	}
	return links
}

func isDrawn(p trendPoint) bool { return p.drawn != nil }

func countDrawn(points []trendPoint) int {
	n := 0
	for _, p := range points {
		if isDrawn(p) {
			n++
		}
	}
	return n
}

func (c *composer) pointsOf(unit string, i pipeline.Indicator) []trendPoint {
	a := c.achievement(place{unit, i.Code})
	var points []trendPoint
	for _, p := range c.d.Trend {
		if p.Unit != unit || p.Indicator != i.Code {
			continue
		}
		point := trendPoint{
			Period: c.periodName(p.Period),
			Short:  c.periodLabel(p.Period),
			Value:  c.optional(p.Actual, i, c.l.Text("page.state.blank")),
			Rate:   c.rate(p.Rate, 1, i),
			drawn:  p.Actual,
		}
		if period, err := pipeline.ParsePeriod(p.Period); err == nil {
			point.lastYear = period == c.d.Stamp.Period.Previous()
			point.Link = c.sourceLink(unit, i.Code)
			if period != c.d.Stamp.Period {
				point.Link = "../" + p.Period + "/index.html" + figureLink(unit, i.Code)
			}
		}
		points = append(points, point)
	}
	markBreak(points, a)
	return points
}

// markBreak marks the first point after a break of the series: the one after
// the same period last year, the only one whose units are compared.
func markBreak(points []trendPoint, a reports.Achievement) {
	if a.Break == "" {
		return
	}
	for n := range points {
		if n > 0 && points[n-1].lastYear {
			points[n].broken = true
		}
	}
}

func (c *composer) trendChart(root reports.Unit, i pipeline.Indicator, points []trendPoint, n int) (trendChart, error) {
	a := c.achievement(place{root.Code, i.Code})
	finding := c.trendFinding(root.Code, i)
	drawn, err := c.pointsChart(fmt.Sprintf("chart-trend-%d", n), finding, i, points)
	way, compared := c.comparison(a)
	return trendChart{
		compared: compared, way: way,
		Indicator: c.indicator[i.Code], Break: c.breakNote(a),
		Finding: finding,
		Table:   c.l.Text("page.trend.table", "name", i.Name),
		Chart:   drawn,
		Points:  points,
	}, err
}

// pointsChart draws flows as columns, which start at zero, and what holds at a
// cut-off as a line.
func (c *composer) pointsChart(id, finding string, i pipeline.Indicator, points []trendPoint) (chartView, error) {
	var labels, tips []string
	for _, p := range points {
		labels = append(labels, p.Short)
		tip := p.Period + "\n" + c.quantity(p.Value.Text, i)
		if p.Rate != "" {
			tip += "\n" + c.l.Text("page.trend.rate", "rate", p.Rate)
		}
		tips = append(tips, tip)
	}
	data := payload{Kind: "trend", Tips: tips, Links: linksOf(points), Percent: i.Kind == pipeline.KindRatio}
	var chart drawing
	if flows := i.Time == pipeline.Flow && additive(i.Kind); flows || countDrawn(points) < 3 {
		chart = columnChart(finding, labels, points, i.Kind.Whole(), data.Percent) // two points make no line
	} else {
		chart = lineChart(finding, labels, points, data.Percent)
	}
	return newChart(id, finding, chart, data)
}

func columnChart(title string, labels []string, points []trendPoint, whole, inPercent bool) drawing {
	few := len(points) <= fewPoints
	chart := charts.NewBar()
	chart.SetGlobalOptions(trendOptions(title, false, whole, few)...)
	var data []opts.BarData
	for n, p := range points {
		column := opts.BarData{ItemStyle: &opts.ItemStyle{Color: colourOnPace}}
		if few && isDrawn(p) { // the figures themselves say more than an axis
			column.Label = &opts.Label{Show: opts.Bool(true), Position: "top", Color: colourInk, FontSize: 12, Formatter: p.Value.Text}
		}
		switch {
		case n == len(points)-1:
			column.ItemStyle.Color = colourMet
		case p.lastYear:
			column.ItemStyle.Color = colourNone
		}
		switch {
		case isDrawn(p) && inPercent:
			column.Value = percent(*p.drawn)
		case isDrawn(p):
			column.Value = p.drawn.InexactFloat64()
		}
		data = append(data, column)
	}
	chart.SetXAxis(labels).AddSeries("", data, append(breakLine(labels, points), charts.WithBarChartOpts(opts.BarChart{BarWidth: "60%"}))...)
	return chart
}

func lineChart(title string, labels []string, points []trendPoint, inPercent bool) drawing {
	chart := charts.NewLine()
	chart.SetGlobalOptions(trendOptions(title, true, false, false)...)
	var data []opts.LineData
	for _, p := range points {
		point := opts.LineData{Symbol: "circle", SymbolSize: 7}
		if p.lastYear {
			point.Symbol, point.SymbolSize = "diamond", 11
		}
		switch {
		case isDrawn(p) && inPercent:
			point.Value = percent(*p.drawn)
		case isDrawn(p):
			point.Value = p.drawn.InexactFloat64()
		}
		data = append(data, point)
	}
	chart.SetXAxis(labels).AddSeries("", data, append(breakLine(labels, points),
		charts.WithLineStyleOpts(opts.LineStyle{Color: colourMet, Width: 2}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colourMet}))...)
	return chart
}

// breakLine is a broken line wherever the series breaks.
func breakLine(labels []string, points []trendPoint) []charts.SeriesOpts {
	var places []opts.MarkLineNameXAxisItem
	for n, p := range points {
		if p.broken {
			places = append(places, opts.MarkLineNameXAxisItem{XAxis: labels[n]})
		}
	}
	if len(places) == 0 {
		return nil
	}
	return []charts.SeriesOpts{
		charts.WithMarkLineNameXAxisItemOpts(places...),
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{
			Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(false)},
			LineStyle: &opts.LineStyle{Color: colourBehind, Width: 2, Type: "dashed"},
		}),
	}
}

// breakNote words what a break of the series means for the comparison.
func (c *composer) breakNote(a reports.Achievement) string {
	switch a.Break {
	case "":
		return ""
	case breakSplit:
		return c.l.Text("page.break.trend_refused", "date", c.l.Date(a.BreakOn))
	}
	return c.l.Text("page.break.trend_members", "date", c.l.Date(a.BreakOn))
}

// fewPoints is how many columns have room for their figures above them.
const fewPoints = 4

// trendOptions are the options of a small chart: scaled to its figures or from
// zero, with whole numbers on the axis or not, or without figures on an axis.
func trendOptions(title string, scaled, whole, labelled bool) []charts.GlobalOpts {
	top := "12"
	if labelled {
		top = "22"
	}
	step := 0.0
	if whole {
		step = 1
	}
	line, tick, _ := plainAxis()
	return []charts.GlobalOpts{
		charts.WithAnimation(false),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Label: &opts.AriaLabel{Description: title}}),
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "12", Top: top, Bottom: "4", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", AxisTick: tick,
			AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: colourMuted}},
			AxisLabel: &opts.AxisLabel{Color: colourMuted, FontSize: 11, HideOverlap: opts.Bool(true)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Scale: opts.Bool(scaled), SplitNumber: 3, MinInterval: step, AxisLine: line,
			AxisLabel: &opts.AxisLabel{Show: opts.Bool(!labelled), Color: colourMuted, FontSize: 11},
			SplitLine: &opts.SplitLine{Show: opts.Bool(!labelled), LineStyle: &opts.LineStyle{Color: colourLine}},
		}),
	}
}

// comparison tells whether a figure can be compared with the same period last
// year, and how: 1 above it, -1 below, 0 the same.
func (c *composer) comparison(a reports.Achievement) (way int, ok bool) {
	if a.Actual == nil || a.Previous == nil || a.Complete < a.Due || a.Break == breakSplit {
		return 0, false
	}
	return a.Actual.Cmp(*a.Previous), true
}

// trendFinding states the figure of the period and how it compares with the
// same period last year. While reports are missing there is no comparison but
// the coverage.
func (c *composer) trendFinding(unit string, i pipeline.Indicator) string {
	a := c.achievement(place{unit, i.Code})
	if a.Actual == nil {
		return i.Name
	}
	value := c.quantity(c.reported(a.Actual, a, i).Text, i)
	if a.Complete < a.Due {
		return c.l.Text("page.trend.partial", "name", i.Name, "value", value, "coverage", c.coverage(a).both)
	}
	key, change := "page.trend.latest", ""
	if _, ok := c.comparison(a); ok {
		key, change = c.change(*a.Actual, *a.Previous, i)
	}
	return c.l.Text(key, "name", i.Name, "value", value, "change", change)
}

// change words a difference: of ratios in percentage points, else in percent.
func (c *composer) change(now, before decimal.Decimal, i pipeline.Indicator) (key, change string) {
	difference := now.Sub(before)
	switch {
	case difference.IsZero():
		return "page.trend.same", ""
	case i.Kind == pipeline.KindRatio:
		change = c.l.Text("page.trend.points", "points", c.l.Number(difference.Abs().Shift(2), max(i.Decimals, 1), i.Rounding))
	case before.IsZero():
		return "page.trend.latest", ""
	default:
		change = c.l.Percent(difference.Div(before).Abs(), 1, i.Rounding)
	}
	if difference.IsPositive() {
		return "page.trend.up", change
	}
	return "page.trend.down", change
}

// periodLabel prints a period as short as an axis needs it.
func (c *composer) periodLabel(code string) string {
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return code
	}
	subject := map[pipeline.PeriodKind]string{
		pipeline.Month: "month", pipeline.Quarter: "quarter", pipeline.Half: fmt.Sprintf("half%d", p.N),
		pipeline.NineMonths: "nine_months", pipeline.Year: "year", pipeline.Running: "running", pipeline.Span: "span",
	}[p.Kind]
	return c.l.Text("page.trend."+subject, "n", p.N, "year", p.Year, "last", p.Last)
}
