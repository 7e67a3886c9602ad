package summary

import (
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// matrixColumns is how many indicators stand on one printed page.
const matrixColumns = 12

// matrix shows units by the indicators that have targets three times in the same
// columns, each on pages of its own: the rates, and the running values and targets
// that they are the quotients of.
func (wb *workbook) matrix() error {
	m := matrix{workbook: wb, indicators: wb.targeted[:min(len(wb.targeted), excelize.MaxColumns-2)], units: wb.active}
	if len(m.indicators) == 0 {
		return wb.notice("matrix", "block.none")
	}
	head := wb.head("matrix", "")
	page := wb.page(11, 40)
	for range max(len(m.indicators), len(tones)+1) {
		page.Widths = append(page.Widths, wb.room(13))
	}
	page.FreezeCols, page.FreezeRows, page.RepeatFrom = 2, len(head)+3, len(head)+2
	page.Wide = max(1, (len(m.indicators)+matrixColumns-1)/matrixColumns)
	s, err := wb.book.Sheet(wb.text("sheet.matrix"), page)
	if err != nil {
		return err
	}
	for _, line := range head {
		s.Write(0, line)
	}
	s.Write(20, m.legend()...)
	height, names := m.names()
	s.Write(height, names...)
	s.Write(0, m.measures()...)
	m.first = s.Row
	for block, key := range []string{"rate", "ytd", "target"} {
		if block > 0 {
			s.Break()
		}
		m.write(s, block, key)
	}
	return s.Close()
}

// A matrix is the sheet while it is written. Block n has its title in row
// first + 1 + n × (units + 1), and a row for each unit below it.
type matrix struct {
	*workbook
	indicators []pipeline.Indicator
	units      []reports.Unit
	first      int
}

const (
	blockRate = iota
	blockYTD
	blockTarget
)

// row is the row of a unit in a block.
func (m *matrix) row(block, unit int) int {
	return m.first + 2 + block*(len(m.units)+1) + unit
}

// legend tells the scale in its own colours.
func (m *matrix) legend() []xlsx.Cell {
	cells := []xlsx.Cell{{}, {Value: m.text("block.legend"), Look: xlsx.Look{Align: "right", Italic: true, Ink: xlsx.InkMuted}}}
	step := func(name, text string) {
		look := tinted(xlsx.Look{Size: 10, Border: true, Align: "center"}, name)
		cells = append(cells, xlsx.Cell{Value: text, Look: look})
	}
	step(reports.StepMet, m.text("step.met"))
	for _, band := range reports.Bands() {
		step(band.Step, band.Text)
	}
	step(reports.StepZero, m.text("step.zero"))
	step(reports.StepOver, m.text("step.over"))
	step(reports.StepNoTarget, m.text("step.no_target"))
	return cells
}

// names is the header row, high enough for the longest name of an indicator.
func (m *matrix) names() (height float64, cells []xlsx.Cell) {
	cells = []xlsx.Cell{
		{Value: m.text("column.unit_code"), Look: lookHeader}, {Value: m.text("column.unit"), Look: lookHeader},
	}
	look := lookHeader
	look.Size, look.Format = 10, "@"
	lines := 2
	for _, i := range m.indicators {
		cells = append(cells, xlsx.Cell{Value: i.Name, Look: look})
		lines = max(lines, xlsx.Lines(i.Name, 11))
	}
	return float64(min(lines, 14)) * 13.5, cells
}

func (m *matrix) measures() []xlsx.Cell {
	look := xlsx.Look{Size: 10, Italic: true, Fill: xlsx.ColorHeader, Border: true, Align: "center", Wrap: true, Format: "@"}
	cells := []xlsx.Cell{{Look: look}, {Value: m.text("column.measure"), Look: look}}
	for _, i := range m.indicators {
		cells = append(cells, xlsx.Cell{Value: i.Measure, Look: look})
	}
	return cells
}

func (m *matrix) write(s *xlsx.Sheet, block int, key string) {
	s.Write(20, xlsx.Cell{Value: m.text("block." + key), Look: lookBlock, Span: len(m.indicators) + 2})
	for at, u := range m.units {
		s.Write(0, m.unitRow(block, at, u)...)
	}
}

func (m *matrix) unitRow(block, at int, u reports.Unit) []xlsx.Cell {
	cells := []xlsx.Cell{outside(u.Code), m.unitCell(u)}
	for n, i := range m.indicators {
		cells = append(cells, m.figure(block, at, n+3, m.achievementOf(u.Code, i.Code), i))
	}
	return cells
}

// unitCell is the name of a unit, set in by its level.
func (wb *workbook) unitCell(u reports.Unit) xlsx.Cell {
	name := outside(wb.unitName(u.Code))
	name.Look.Indent = min(u.Level, 10)
	name.Look.Bold = u.Level == 0
	name.Look.Italic = !u.Valid
	return name
}

// figure is the cell of a block in column col.
func (m *matrix) figure(block, unit, col int, a *reports.Achievement, i pipeline.Indicator) xlsx.Cell {
	switch block {
	case blockYTD:
		c := figure(a.YTD, i, m.reportedFormat(i, a.Qualifier, a.State))
		m.lead(&c, a.Unit, i)
		return c
	case blockTarget:
		c := figure(a.Target, i, numberFormat(i))
		m.leadToTarget(&c, a.Unit, a.Indicator)
		return c
	}
	above, below := xlsx.CellName(m.row(blockYTD, unit), col), xlsx.CellName(m.row(blockTarget, unit), col)
	c := rate(a.Rate, i, m.quotientOf(a, a.Rate, a.Target, above, below))
	c.Look = tinted(c.Look, a.Step(i.Better))
	c.Look.Align = "center"
	m.lead(&c, a.Unit, i)
	if !a.Targeted() && a.Rate == nil {
		c.Value, c.Look.Ink = "–", xlsx.InkMuted
	}
	return c
}
