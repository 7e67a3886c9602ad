package summary

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

const (
	maxBars    = 20 // as many as fit on the first printed page
	barHeight  = 22 // pixels
	chartFrame = 110
	rowPixels  = 18 // what excelize takes a row for when it anchors a chart
	nameLength = 60
	shortTable = 10 // indicators that stand below the chart on its page
)

// A chart is the bars of the first root's rates. Its place is kept before the
// table that it draws is written, and its data stand below everything else.
type chart struct {
	*workbook
	bars  []*reports.Achievement // lowest rate last
	all   int                    // bars there would be without maxBars
	stand reports.Score
	width uint
	top   int
	// Where the overview shows the table's header and each indicator.
	header int
	rows   map[string]int
}

func (wb *workbook) newChart(root reports.Unit, widths []float64) *chart {
	c := &chart{workbook: wb, stand: wb.data.Score(root.Code)}
	for _, i := range wb.data.Indicators {
		if a := wb.achievementOf(root.Code, i.Code); a.Rate != nil {
			c.bars = append(c.bars, a)
		}
	}
	c.all = len(c.bars)
	slices.SortStableFunc(c.bars, func(a, b *reports.Achievement) int { return b.Rate.Cmp(*a.Rate) })
	c.bars = c.bars[max(0, len(c.bars)-maxBars):]
	for _, w := range widths {
		c.width += uint(w*7) + 5
	}
	return c
}

func (c *chart) height() uint { return uint(chartFrame + barHeight*len(c.bars)) }

// reserve leaves the rows free that the chart will cover.
func (c *chart) reserve(s *xlsx.Sheet) {
	s.Skip(1)
	if len(c.bars) == 0 {
		return
	}
	c.top = s.Row + 1
	s.Skip(int(c.height())/rowPixels + 2)
	if len(c.data.Indicators) > shortTable {
		s.Break()
	}
}

// draw writes the chart's data below the sheet and draws the chart.
func (c *chart) draw(s *xlsx.Sheet) {
	if len(c.bars) == 0 {
		return
	}
	s.Skip(2)
	head := lookHeader
	s.Write(0, xlsx.Cell{}, xlsx.Cell{Value: c.text("chart.data"), Look: head}, xlsx.Cell{},
		xlsx.Cell{Value: c.text("chart.met"), Look: head}, xlsx.Cell{Value: c.text("chart.not_met"), Look: head})
	header := s.Row
	for _, a := range c.bars {
		rate := number(a.Rate, rateFormat)
		rate.Formula = xlsx.CellName(c.rows[a.Indicator], rateColumn)
		met, notMet := rate, number(nil, rateFormat)
		if a.Status != "met" {
			met, notMet = notMet, met
		}
		s.Write(0, xlsx.Cell{}, outside(c.label(a)), xlsx.Cell{}, met, notMet)
	}
	s.Chart(c.top, 1, c.chart(s, header))
}

func (c *chart) label(a *reports.Achievement) string {
	i := c.indicator(a.Indicator)
	return xlsx.Cut(cmp.Or(i.Name, i.Code), nameLength)
}

// title says what the chart shows, not what it is of.
func (c *chart) title() string {
	n := c.stand
	title := c.text("chart.title", "met", n.Met, "targets", n.Targets)
	if n.Met == n.Targets {
		title = c.text("chart.title_all", "targets", n.Targets)
	}
	if a := c.lowest(); a != nil {
		rounding := c.indicator(a.Indicator).Rounding
		title += c.text("chart.lowest", "indicator", c.label(a), "rate", c.lang.Percent(*a.Rate, ratePlaces, rounding))
	}
	if c.all > len(c.bars) {
		title += c.text("chart.capped", "n", len(c.bars), "all", c.all)
	}
	return title
}

// lowest is what is furthest from its target, where a low rate means that.
func (c *chart) lowest() *reports.Achievement {
	for _, a := range slices.Backward(c.bars) {
		if a.Status == "not_met" && c.indicator(a.Indicator).Better != pipeline.BetterDown {
			return a
		}
	}
	return nil
}

func (c *chart) chart(s *xlsx.Sheet, header int) *excelize.Chart {
	font := excelize.Font{Family: xlsx.Font, Size: 10, Color: "262626"}
	gap, overlap, floor := uint(35), 100, 0.0
	area := func(col string) string {
		return xlsx.Place(s.Name, "$"+col+"$"+strconv.Itoa(header+1)+":$"+col+"$"+strconv.Itoa(header+len(c.bars)))
	}
	series := func(col, color string) excelize.ChartSeries {
		return excelize.ChartSeries{
			Name: xlsx.Place(s.Name, "$"+col+"$"+strconv.Itoa(header)), Categories: area("B"), Values: area(col), Fill: xlsx.Solid(color),
			DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: xlsx.Font, Size: 10, Bold: true, Color: "FFFFFF"}}, // on the bar
		}
	}
	return &excelize.Chart{
		Type:      excelize.BarStacked,
		Series:    []excelize.ChartSeries{series("D", xlsx.BarMet), series("E", xlsx.BarNot)},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: xlsx.Text(c.title()), Font: &excelize.Font{Family: xlsx.Font, Size: 13, Bold: true}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		Dimension: excelize.ChartDimension{Width: c.width, Height: c.height()},
		GapWidth:  &gap, Overlap: &overlap,
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0.0%"}},
		// The first bar of the data is the uppermost.
		XAxis: excelize.ChartAxis{ReverseOrder: true, Font: font},
		YAxis: excelize.ChartAxis{MajorGridLines: true, Minimum: &floor, Font: font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0%"}},
	}
}
