package summary

import (
	"cmp"
	"strconv"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

const (
	trendCharts  = 12 // at most, those of the targets
	trendColumns = 4  // charts beside each other
	trendRows    = 16 // that a chart covers
	trendDeep    = 2  // charts below each other on a printed page
	trendFirst   = 4  // the column of the first period in the table
)

// trend draws the figures of the first root over the periods, a chart for each
// target, from the table on the next sheet.
func (wb *workbook) trend() error {
	t := wb.series()
	charts := t.leading()
	if len(charts) == 0 {
		return wb.notice("trend", "trend.none")
	}
	page := wb.page()
	for range trendColumns * 2 {
		page.Widths = append(page.Widths, 22)
	}
	s, err := wb.book.Sheet(wb.text("sheet.trend"), page)
	if err != nil {
		return err
	}
	for _, l := range wb.head("trend", wb.unitName(t.root)) {
		s.Write(0, l)
	}
	for n, i := range charts {
		if n%trendColumns == 0 {
			if n > 0 && n%(trendColumns*trendDeep) == 0 {
				s.Break()
			}
			s.Skip(trendRows + 1)
		}
		s.Chart(s.Row-trendRows+1, 1+n%trendColumns*2, trendRows, 2, t.chart(i), t.ranges(i))
	}
	return s.Close()
}

// overPeriods shows the figures behind the charts, and of all other indicators, with
// the change against the same period last year.
func (wb *workbook) overPeriods() error {
	t := wb.series()
	if len(t.periods) == 0 {
		return wb.notice("periods", "trend.none")
	}
	page := wb.page(5, 48, 11)
	for range len(t.periods) + t.before {
		page.Widths = append(page.Widths, wb.room(13))
	}
	page.Widths = append(page.Widths, wb.room(13), 11, 34)
	page.FreezeCols, page.FreezeRows, page.RepeatFrom = trendFirst-1, t.head+1, t.head+1
	s, err := wb.book.Sheet(wb.text("sheet.periods"), page)
	if err != nil {
		return err
	}
	for _, l := range t.lines() {
		s.Write(0, l)
	}
	s.Write(34, t.header()...)
	for _, l := range lines(t.indicators, 1) {
		if l.number == 0 {
			s.Write(18, xlsx.Cell{Value: l.group, Look: lookGroup, Span: len(page.Widths)})
			continue
		}
		s.Write(0, t.row(l, s.Row+1)...)
	}
	return s.Close()
}

// A series is the first root's figures over the periods, as its table shows them.
type series struct {
	*workbook
	root       string
	periods    []string
	indicators []pipeline.Indicator
	figures    map[pair]*decimal.Decimal // by period and indicator
	head       int                       // lines above the table
	rows       map[string]int            // of indicators
	before     int                       // 1 where the same period last year is none of the periods, and has a column of its own
}

func (wb *workbook) series() *series {
	t := &series{workbook: wb, figures: map[pair]*decimal.Decimal{}, rows: map[string]int{}, before: 1}
	if roots := wb.roots(); len(roots) > 0 {
		t.root = roots[0].Code
	}
	known, told := map[string]bool{}, map[string]bool{}
	for _, p := range wb.data.Trend {
		if p.Unit != t.root {
			continue
		}
		if !known[p.Period] {
			known[p.Period] = true
			t.periods = append(t.periods, p.Period)
		}
		t.figures[pair{p.Period, p.Indicator}] = p.Actual
		told[p.Indicator] = told[p.Indicator] || p.Actual != nil
	}
	for _, i := range wb.data.Indicators {
		if told[i.Code] {
			t.indicators = append(t.indicators, i)
		}
	}
	if known[wb.data.Stamp.Period.Previous().String()] {
		t.before = 0
	}
	t.head = len(t.lines())
	for n, l := range lines(t.indicators, 1) {
		t.rows[l.indicator.Code] = t.head + 2 + n
	}
	return t
}

// lines are those above the table.
func (t *series) lines() []xlsx.Cell {
	return t.workbook.head("periods", t.text("trend.info", "unit", t.unitName(t.root)))
}

func (t *series) header() []xlsx.Cell {
	cells := t.workbook.header([]column{{title: "number"}, {title: "indicator"}, {title: "measure"}})
	for _, p := range t.periods {
		cells = append(cells, xlsx.Cell{Value: t.periodName(p), Look: lookHeader})
	}
	if t.before > 0 {
		cells = append(cells, t.workbook.header([]column{{title: "previous"}})...)
	}
	return append(cells, t.workbook.header([]column{{title: "change"}, {title: "change_share"}, {title: "note"}})...)
}

// periodName words the code of a period.
func (wb *workbook) periodName(code string) string {
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return code
	}
	return wb.lang.Period(p)
}

// row is one indicator. The change is a live formula of the figures beside it, in
// percentage points for a ratio.
func (t *series) row(l line, row int) []xlsx.Cell {
	i, a := l.indicator, t.achievementOf(t.root, l.indicator.Code)
	format := numberFormat(i)
	cells := []xlsx.Cell{{Value: l.number, Look: lookWord}, indicatorName(i), centered(i.Measure)}
	now, before := "", xlsx.CellName(row, trendFirst+len(t.periods))
	for n, p := range t.periods {
		c := figure(t.figures[pair{p, i.Code}], i, format)
		switch p {
		case t.data.Stamp.Period.String():
			now = xlsx.CellName(row, trendFirst+n)
			c.Look.Bold = true
			t.lead(&c, t.root, i)
		case t.data.Stamp.Period.Previous().String():
			before = xlsx.CellName(row, trendFirst+n)
		}
		cells = append(cells, c)
	}
	if t.before > 0 {
		cells = append(cells, figure(a.Previous, i, format))
	}
	return append(cells, change(a, i, now, before), changeShare(a, i, now, before), outside(t.breakNote(a)))
}

// change is the difference between the figures in the cells now and before.
func change(a *reports.Achievement, i pipeline.Indicator, now, before string) xlsx.Cell {
	format, places, ratio := signed(numberFormat(i)), int32(i.Decimals), i.Kind == pipeline.KindRatio
	if ratio {
		format, places = signed(pointsFormat(i)), max(places, 1)
	}
	if a.Actual == nil || a.Previous == nil || now == "" {
		return number(nil, format)
	}
	by := a.Actual.Sub(*a.Previous)
	formula := operand(a.Actual, i, now) + "-" + operand(a.Previous, i, before)
	if ratio {
		by, formula = by.Shift(2), "("+formula+")*100"
	}
	if i.Rounding == pipeline.Truncate {
		by, formula = by.Truncate(places), truncated(formula, places)
	}
	c := number(&by, format)
	c.Formula = formula
	return c
}

// changeShare is the change as a share of what was before; a ratio has none.
func changeShare(a *reports.Achievement, i pipeline.Indicator, now, before string) xlsx.Cell {
	const format = "+0.0%;-0.0%;0%"
	if a.Actual == nil || a.Previous == nil || now == "" || a.Previous.IsZero() || i.Kind == pipeline.KindRatio {
		return number(nil, format)
	}
	share := a.Actual.DivRound(*a.Previous, 16).Sub(decimal.NewFromInt(1))
	c := number(&share, format)
	c.Formula = operand(a.Actual, i, now) + "/" + operand(a.Previous, i, before) + "-1"
	return c
}

// signed is a number format that shows whether more or less.
func signed(format string) string { return "+" + format + ";-" + format + ";0" }

func (wb *workbook) breakNote(a *reports.Achievement) string {
	switch a.Break {
	case "":
		return ""
	case "split":
		return wb.text("note.break_split", "date", wb.lang.Date(a.BreakOn))
	}
	return wb.text("note.break_members", "date", wb.lang.Date(a.BreakOn))
}

// leading are the indicators with a chart: those with a target; where there is none,
// all that are not parts of others.
func (t *series) leading() []pipeline.Indicator {
	var targeted, whole []pipeline.Indicator
	for _, i := range t.indicators {
		points := 0
		for _, p := range t.periods {
			if t.figures[pair{p, i.Code}] != nil {
				points++
			}
		}
		if points < 2 {
			continue
		}
		if t.achievementOf(t.root, i.Code).Targeted() {
			targeted = append(targeted, i)
		}
		if i.Parent == "" {
			whole = append(whole, i)
		}
	}
	if len(targeted) == 0 {
		targeted = whole
	}
	return targeted[:min(len(targeted), trendCharts)]
}

// areas are the cells of the table that hold the name of an indicator, the periods and the
// figures.
func (t *series) areas(i pipeline.Indicator) (name, periods, figures string) {
	sheet, row := t.text("sheet.periods"), t.rows[i.Code]
	area := func(row int) string {
		first, last := xlsx.ColumnName(trendFirst), xlsx.ColumnName(trendFirst+len(t.periods)-1)
		return xlsx.Place(sheet, "$"+first+"$"+strconv.Itoa(row)+":$"+last+"$"+strconv.Itoa(row))
	}
	return xlsx.Place(sheet, "$B$"+strconv.Itoa(row)), area(t.head + 1), area(row)
}

// ranges are what stands in these cells.
func (t *series) ranges(i pipeline.Indicator) xlsx.Ranges {
	var words, numbers []xlsx.Cell
	for _, p := range t.periods {
		words = append(words, xlsx.Cell{Value: t.periodName(p)})
		numbers = append(numbers, figure(t.figures[pair{p, i.Code}], i, ""))
	}
	name, periods, figures := t.areas(i)
	return xlsx.Ranges{name: {indicatorName(i)}, periods: words, figures: numbers}
}

// chart draws flows as columns, which start at zero, and what holds at a cut-off
// as a line; two points make no line.
func (t *series) chart(i pipeline.Indicator) *excelize.Chart {
	name, periods, figures := t.areas(i)
	font := excelize.Font{Family: xlsx.Font, Size: 9, Color: xlsx.InkMuted}
	gap, floor := uint(60), 0.0
	if len(t.periods) <= 3 {
		gap = 160
	}
	chart := &excelize.Chart{
		Type: excelize.Col, GapWidth: &gap,
		Series: []excelize.ChartSeries{{
			Name: name, Categories: periods, Values: figures, Fill: xlsx.Solid(xlsx.ToneMet),
			DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: xlsx.Font, Size: 9, Color: xlsx.Ink}},
		}},
		Title:    chartTitle(t.finding(i), 10),
		Legend:   excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{ShowVal: len(t.periods) <= 6, NumFmt: excelize.ChartNumFmt{CustomNumFmt: numberFormat(i)}},
		XAxis:    excelize.ChartAxis{Font: font},
		YAxis:    excelize.ChartAxis{MajorGridLines: true, Font: font, Minimum: &floor, NumFmt: excelize.ChartNumFmt{CustomNumFmt: numberFormat(i)}},
	}
	if flow := i.Time == pipeline.Flow && i.Kind != pipeline.KindRatio && i.Kind != pipeline.KindAverage; !flow && len(t.periods) > 2 {
		chart.Type, chart.YAxis.Minimum = excelize.Line, nil
		chart.Series[0].Line = excelize.LineOptions{Width: 2, Fill: xlsx.Solid(xlsx.ToneMet)}
		chart.Series[0].Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: xlsx.Solid(xlsx.ToneMet)}
	}
	return chart
}

// finding says what the chart shows: the figure and how it changed.
func (t *series) finding(i pipeline.Indicator) string {
	a := t.achievementOf(t.root, i.Code)
	name := xlsx.Cut(cmp.Or(i.Name, i.Code), nameLength)
	if a.Actual == nil {
		return name
	}
	value := t.printed(*a.Actual, i)
	if a.Previous == nil || a.Break == "split" || a.Complete < a.Due {
		return t.text("trend.value", "name", name, "value", value)
	}
	by := a.Actual.Sub(*a.Previous)
	key, amount := "up", ""
	switch {
	case by.IsZero():
		key = "same"
	case by.IsNegative():
		key = "down"
	}
	switch {
	case i.Kind == pipeline.KindRatio:
		amount = t.text("trend.points", "points", t.lang.Number(by.Abs().Shift(2), max(i.Decimals, 1), i.Rounding))
	case !a.Previous.IsZero():
		amount = t.lang.Percent(by.Abs().Div(*a.Previous), 1, i.Rounding)
	default:
		amount = t.printed(by.Abs(), i)
	}
	return t.text("trend."+key, "name", name, "value", value, "change", amount)
}
