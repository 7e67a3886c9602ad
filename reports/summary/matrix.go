package summary

import (
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// matrixColumns is how many indicators stand on one printed page.
const matrixColumns = 12

// matrix shows units by indicators three times in the same columns: the rates,
// and the running values and targets that they are the quotients of.
func (wb *workbook) matrix() error {
	m := matrix{workbook: wb, indicators: wb.data.Indicators, units: wb.data.Units}
	m.indicators = m.indicators[:min(len(m.indicators), excelize.MaxColumns-2)]
	head := wb.head("matrix", wb.text("block.legend"))
	page := wb.page(11, 36)
	for range m.indicators {
		page.Widths = append(page.Widths, 13)
	}
	page.FreezeCols, page.FreezeRows, page.RepeatFrom = 2, len(head)+2, len(head)+1
	page.Wide = max(1, (len(m.indicators)+matrixColumns-1)/matrixColumns)
	s, err := wb.book.Sheet(wb.text("sheet.matrix"), page)
	if err != nil {
		return err
	}
	for _, line := range head {
		s.Write(0, line)
	}
	height, names := m.names()
	s.Write(height, names...)
	s.Write(0, m.measures()...)
	m.first = s.Row
	for block, key := range []string{"rate", "ytd", "target"} {
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
	band := xlsx.Look{Bold: true, Fill: xlsx.ColorNotice, Border: true}
	s.Write(20, xlsx.Cell{Value: m.text("block." + key), Look: band, Span: len(m.indicators) + 2})
	for at, u := range m.units {
		s.Write(0, m.unitRow(block, at, u)...)
	}
}

func (m *matrix) unitRow(block, at int, u reports.Unit) []xlsx.Cell {
	code, name := outside(u.Code), outside(m.unitName(u.Code))
	name.Look.Indent = min(u.Level, 10)
	name.Look.Bold = u.Level == 0
	name.Look.Italic = !u.Valid
	cells := []xlsx.Cell{code, name}
	for n, i := range m.indicators {
		cells = append(cells, m.figure(block, at, n+3, m.achievementOf(u.Code, i.Code), i))
	}
	return cells
}

// figure is the cell of a block in column col.
func (m *matrix) figure(block, unit, col int, a *reports.Achievement, i pipeline.Indicator) xlsx.Cell {
	switch block {
	case blockYTD:
		return number(a.YTD, reportedFormat(i, a.Qualifier, a.State))
	case blockTarget:
		return number(a.Target, numberFormat(i))
	}
	c := number(a.Rate, rateFormat)
	c.Look.Fill = fill(a, i)
	if isQuotient(a.Rate, measured(a), a.Target) {
		part := numerator(a, xlsx.CellName(m.row(blockYTD, unit), col))
		c.Formula = quotient(part, xlsx.CellName(m.row(blockTarget, unit), col))
	}
	if a.Status == "no_target" && a.Rate == nil {
		c.Value, c.Look.Ink, c.Look.Align = "–", xlsx.InkMuted, "center"
	}
	return c
}
