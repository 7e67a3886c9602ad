package summary

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

const (
	maxBars    = 20 // as many as fit on one printed page
	nameLength = 90 // of a bar's label
	labelWidth = 38 // of its lines
	chartRows  = 32 // at most: what one printed page has room for
	pageRows   = 42 // of a table with a chart below it, on one printed page
	chartFrame = 3  // rows for the title and the legend
	shortTable = 12 // rows of targets that stand below the chart on its page
)

// A bar is one bar of a chart: what it stands for in one line or two, the cell with its figure, and
// the series, which is its colour.
type bar struct {
	label, cell string
	value       *decimal.Decimal
	series      string
}

// A barSeries is the bars of one colour, and the ink of the figures on them.
type barSeries struct{ name, title, fill, ink string }

// A barChart is horizontal bars, the first uppermost. top is the row that its place
// begins in, where one is kept; otherwise it is drawn below what is written.
type barChart struct {
	title  string
	top    int
	bars   []bar
	series []barSeries
}

// rows is how many rows the chart covers: two for a label of two lines, where there is
// room.
func (c barChart) rows() int {
	rows := chartFrame + len(c.bars)
	for _, b := range c.bars {
		rows += strings.Count(b.label, "\n")
	}
	return min(max(rows, chartFrame+3), chartRows)
}

// wrapped breaks a long label into two lines of about equal length, for charts do
// not everywhere.
func wrapped(label string) string {
	label = xlsx.Cut(label, nameLength)
	if len([]rune(label)) <= labelWidth {
		return label
	}
	words := strings.Fields(label)
	best, least := label, len([]rune(label))
	for n := 1; n < len(words); n++ {
		first, second := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
		if longer := max(len([]rune(first)), len([]rune(second))); longer < least {
			best, least = first+"\n"+second, longer
		}
	}
	return best
}

// drawBars draws a chart and writes, below everything else and out of print, the
// data that it draws: formulas of the cells with the figures.
func (wb *workbook) drawBars(s *xlsx.Sheet, c barChart) {
	if len(c.bars) == 0 {
		return
	}
	rows := c.rows()
	if c.top == 0 {
		if s.Row+1+rows > pageRows {
			s.Break()
		}
		s.Skip(1)
		c.top = s.Row + 1
		s.Skip(rows)
		s.Print(len(s.Widths()))
	}
	s.Skip(2)
	cells := []xlsx.Cell{{}, {Value: wb.text("chart.data"), Look: lookHeader}}
	for _, each := range c.series {
		cells = append(cells, xlsx.Cell{Value: each.title, Look: lookHeader})
	}
	s.Write(0, cells...)
	header, data := s.Row, [][]xlsx.Cell{cells}
	for _, b := range c.bars {
		cells := []xlsx.Cell{{}, outside(b.label)}
		for _, each := range c.series {
			cell := number(nil, rateFormat)
			if each.name == b.series {
				cell = number(b.value, rateFormat)
				cell.Formula = b.cell
			}
			cells = append(cells, cell)
		}
		s.Write(0, cells...)
		data = append(data, cells)
	}
	chart, ranges := c.drawn(s, header), xlsx.Ranges{}
	for n, series := range chart.Series {
		ranges[series.Name] = columnOf(data[:1], 2+n)
		ranges[series.Categories], ranges[series.Values] = columnOf(data[1:], 1), columnOf(data[1:], 2+n)
	}
	s.Chart(c.top, 1, rows, len(s.Widths()), chart, ranges)
}

// columnOf are the cells of rows in the column with index n.
func columnOf(rows [][]xlsx.Cell, n int) []xlsx.Cell {
	var cells []xlsx.Cell
	for _, row := range rows {
		cells = append(cells, row[n])
	}
	return cells
}

func (c barChart) drawn(s *xlsx.Sheet, header int) *excelize.Chart {
	font := excelize.Font{Family: xlsx.Font, Size: 10, Color: xlsx.Ink}
	gap, overlap, floor := uint(35), 100, 0.0
	area := func(col string) string {
		return xlsx.Place(s.Name, "$"+col+"$"+strconv.Itoa(header+1)+":$"+col+"$"+strconv.Itoa(header+len(c.bars)))
	}
	chart := &excelize.Chart{
		Type: excelize.BarStacked, Title: chartTitle(c.title, 13), GapWidth: &gap, Overlap: &overlap,
		Legend:   excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: rateFormat}},
		XAxis:    excelize.ChartAxis{ReverseOrder: true, Font: font}, // the first bar of the data is the uppermost
		YAxis:    excelize.ChartAxis{MajorGridLines: true, Minimum: &floor, Font: font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0%"}},
	}
	if len(c.series) > 1 {
		chart.Legend = excelize.ChartLegend{Position: "bottom", Font: &font}
	}
	for n, each := range c.series {
		col := xlsx.ColumnName(3 + n)
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: xlsx.Place(s.Name, "$"+col+"$"+strconv.Itoa(header)), Categories: area("B"), Values: area(col), Fill: xlsx.Solid(each.fill),
			DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: xlsx.Font, Size: 10, Bold: true, Color: each.ink}}, // on the bar
		})
	}
	return chart
}

func chartTitle(text string, size float64) excelize.ChartTitle {
	font := &excelize.Font{Family: xlsx.Font, Size: size, Bold: true, Color: xlsx.Ink}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: xlsx.Text(text), Font: font}}}
}

// rates is the chart of a root's rates, the lowest last. The rows of the table that
// holds them are not known yet.
func (wb *workbook) rates(root reports.Unit) (c barChart, of []*reports.Achievement) {
	for _, i := range wb.data.Indicators {
		if a := wb.achievementOf(root.Code, i.Code); a.Targeted() && a.Rate != nil {
			of = append(of, a)
		}
	}
	all := len(of)
	slices.SortStableFunc(of, func(a, b *reports.Achievement) int { return b.Rate.Cmp(*a.Rate) })
	of = of[max(0, len(of)-maxBars):]
	used := map[string]bool{}
	for _, a := range of {
		i := wb.indicator(a.Indicator)
		standing := a.Standing(i.Better)
		used[standing] = true
		value := *a.Rate
		if places, rounding := i.Rounding.Rate(value, ratePlaces); rounding == pipeline.Truncate {
			value = value.Truncate(int32(places + 2))
		}
		c.bars = append(c.bars, bar{label: wrapped(cmp.Or(i.Name, i.Code)), value: &value, series: standing})
	}
	for _, each := range []barSeries{
		{name: reports.StandingMet, fill: xlsx.ToneMet, ink: xlsx.InkOnDark}, {name: reports.StandingOnPace, fill: xlsx.TonePace, ink: xlsx.Ink},
		{name: reports.StandingBehind, fill: xlsx.ToneBehind, ink: xlsx.Ink}, {name: reports.StandingOver, fill: xlsx.ToneOver, ink: xlsx.InkOnDark},
	} {
		// The legend has marks of its own.
		if each.title = strings.TrimLeft(wb.standingWord(each.name, pipeline.BetterUp), "●◐▼▲ "); used[each.name] {
			c.series = append(c.series, each)
		}
	}
	c.title = wb.ratesTitle(wb.data.Score(root.Code), of, all)
	return c, of
}

// ratesTitle says what the chart shows, not what it is of.
func (wb *workbook) ratesTitle(n reports.Score, shown []*reports.Achievement, all int) string {
	title := wb.text("chart.title", "met", n.Met, "targets", n.Targets)
	if n.Met == n.Targets {
		title = wb.text("chart.title_all", "targets", n.Targets)
	}
	for _, a := range slices.Backward(shown) { // what is furthest from its target, where a low rate means that
		if i := wb.indicator(a.Indicator); a.Status == "not_met" && i.Better != pipeline.BetterDown {
			title += wb.text("chart.lowest", "indicator", xlsx.Cut(cmp.Or(i.Name, i.Code), nameLength), "rate", wb.lang.Rate(*a.Rate, ratePlaces, i.Rounding))
			break
		}
	}
	if all > len(shown) {
		title += wb.text("chart.capped", "n", len(shown), "all", all)
	}
	return title
}
