package summary

import (
	"cmp"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// unitColumns is how many units stand on one printed page.
const unitColumns = 20

// A line is a row of a table of indicators: one of them with its number, or the
// group that those below it belong to.
type line struct {
	group     string
	number    int // 0 for a group
	indicator pipeline.Indicator
}

// lines are the rows for indicators, numbered on from first.
func lines(indicators []pipeline.Indicator, first int) []line {
	var all []line
	group := ""
	for n, i := range indicators {
		if i.Group != group {
			group = i.Group
			all = append(all, line{group: group})
		}
		all = append(all, line{number: first + n, indicator: i})
	}
	return all
}

// indicatorName is the name of an indicator, set in where it is a part of another.
func indicatorName(i pipeline.Indicator) xlsx.Cell {
	name := outside(cmp.Or(i.Name, i.Code))
	if i.Parent != "" {
		name.Look.Indent = 1
	}
	return name
}

// allUnits are the units that the sheet of all units has room for.
func (wb *workbook) allUnits() []reports.Unit {
	return wb.active[:min(len(wb.active), excelize.MaxColumns-firstUnit+1)]
}

const firstUnit = 4 // the column of the first unit

// placeUnits tells where the sheet of all units shows which figure.
func (wb *workbook) placeUnits() {
	header := len(wb.head("units", "")) + 1
	for n, l := range lines(wb.shown, 1) {
		if l.number > 0 {
			wb.rows[l.indicator.Code] = header + 1 + n
		}
	}
	for n, u := range wb.allUnits() {
		wb.columns[u.Code] = firstUnit + n
	}
}

// byUnit shows every indicator by all units: what a superior unit's figures are
// made of.
func (wb *workbook) byUnit() error {
	head, units := wb.head("units", ""), wb.allUnits()
	page := wb.page(5, 44, 10)
	for _, u := range units {
		longest := 0
		for _, i := range wb.shown {
			longest = max(longest, wb.length(wb.achievementOf(u.Code, i.Code)))
		}
		page.Widths = append(page.Widths, max(10, float64(longest)+2))
	}
	page.FreezeCols, page.FreezeRows = firstUnit-1, len(head)+1
	page.RepeatFrom = page.FreezeRows
	page.Wide = max(1, (len(units)+unitColumns-1)/unitColumns)
	s, err := wb.book.Sheet(wb.text("sheet.units"), page)
	if err != nil {
		return err
	}
	for _, l := range head {
		s.Write(0, l)
	}
	height, names := wb.unitHeader(units)
	s.Write(height, names...)
	for _, l := range lines(wb.shown, 1) {
		if l.number == 0 {
			s.Write(18, xlsx.Cell{Value: l.group, Look: lookGroup, Span: len(units) + firstUnit - 1})
			continue
		}
		s.Write(0, wb.unitFigures(l, units)...)
	}
	return s.Close()
}

func (wb *workbook) unitHeader(units []reports.Unit) (height float64, cells []xlsx.Cell) {
	cells = wb.header([]column{{title: "number", width: 0}, {title: "indicator", width: 0}, {title: "measure", width: 0}})
	look := lookHeader
	look.Size, look.Format = 9, "@"
	rows := 3
	for _, u := range units {
		cells = append(cells, xlsx.Cell{Value: wb.unitName(u.Code), Look: look})
		rows = max(rows, xlsx.Lines(wb.unitName(u.Code), 10))
	}
	return float64(min(rows, 12))*12.5 + 4, cells
}

func (wb *workbook) unitFigures(l line, units []reports.Unit) []xlsx.Cell {
	i := l.indicator
	cells := []xlsx.Cell{{Value: l.number, Look: lookWord}, indicatorName(i), centered(i.Measure)}
	for _, u := range units {
		a := wb.achievementOf(u.Code, i.Code)
		c := figure(a.YTD, i, wb.reportedFormat(i, a.Qualifier, a.State))
		c.Look.Bold = u.Level == 0
		for _, code := range append([]string{i.Code}, i.Numerator...) {
			if at, ok := wb.facts[pair{u.Code, code}]; ok && c.Value != nil && c.Link == "" {
				c.Link, c.Tooltip = at, wb.text("link.fact")
			}
		}
		cells = append(cells, c)
	}
	return cells
}
