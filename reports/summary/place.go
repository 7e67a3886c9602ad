package summary

import (
	"strconv"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// A source is a cell that figures rest on: one that a unit filled in, or a target
// in the catalogue.
type source struct {
	reports.Fact
	kind string // a key under summary.fact
	use  string // a key under summary.use
}

// sources are all cells that the period's figures rest on, in the order of the
// sheet that lists them.
func sources(d *reports.Dataset) []source {
	all := make([]source, 0, len(d.Facts)+len(d.Earlier)+len(d.Targets))
	for _, f := range d.Facts {
		all = append(all, source{f, string(f.Measure), use(f)})
	}
	for _, f := range d.Earlier {
		all = append(all, source{f, string(f.Measure), "earlier"})
	}
	for _, t := range d.Targets {
		all = append(all, source{reports.Fact{
			Period: strconv.Itoa(t.Year), Unit: t.Unit, Indicator: t.Indicator, State: pipeline.StateNumber, Value: &t.Value,
			Raw: t.Value.String(), File: t.File, Sheet: t.Sheet, Cell: t.Cell,
		}, "target", "target"})
	}
	return all
}

// use tells what the period's figures do with a fact.
func use(f reports.Fact) string {
	switch {
	case f.State == pipeline.StateBlank:
		return "blank"
	case f.Use == "aside" && f.YTDUse == "added":
		return "earlier"
	}
	return f.Use
}

// places are the cells that figures lead to, known before their sheets are
// written.
type places struct {
	facts, targets map[pair]string // the first source of a figure
	rows, columns  map[string]int  // of indicators and of units, on the sheet of all units
}

func (wb *workbook) place() {
	wb.places = places{facts: map[pair]string{}, targets: map[pair]string{}, rows: map[string]int{}, columns: map[string]int{}}
	sheet, header := wb.text("sheet.fact"), len(wb.head("fact", ""))+1
	for n, s := range wb.sources[:min(len(wb.sources), maxRows)] {
		at, key := wb.facts, pair{s.Unit, s.Indicator}
		if s.kind == "target" {
			at = wb.targets
		}
		if s.State != pipeline.StateBlank && at[key] == "" {
			at[key] = xlsx.Place(sheet, xlsx.CellName(header+1+n, 1))
		}
	}
	wb.placeUnits()
}

// lead makes a figure of a unit lead to where it comes from: to the cells that the
// unit filled in, or to the figures of all units.
func (wb *workbook) lead(c *xlsx.Cell, unit string, i pipeline.Indicator) {
	if c.Value == nil {
		return
	}
	for _, code := range append([]string{i.Code}, i.Numerator...) {
		if at, ok := wb.facts[pair{unit, code}]; ok {
			c.Link, c.Tooltip = at, wb.text("link.fact")
			return
		}
	}
	if row, column := wb.rows[i.Code], wb.columns[unit]; row > 0 && column > 0 {
		c.Link, c.Tooltip = xlsx.Place(wb.text("sheet.units"), xlsx.CellName(row, column)), wb.text("link.units")
	}
}

// leadToTarget makes a target lead to the cell of the catalogue that assigns it.
func (wb *workbook) leadToTarget(c *xlsx.Cell, unit, indicator string) {
	if at, ok := wb.targets[pair{unit, indicator}]; ok && c.Value != nil {
		c.Link, c.Tooltip = at, wb.text("link.target")
	}
}
