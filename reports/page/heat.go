package page

import (
	"slices"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A heatView is the table of rates, units by indicators.
type heatView struct {
	Title   string
	Columns []heatColumn
	Rows    []heatRow
	Scale   []heatStep
	Partial string // what the mark beside a coverage means; empty where none bears it
}

// longTable is how many rows a table has at most that stands whole on the page; a
// longer one scrolls under its head.
const longTable = 30

// Long tells whether the table scrolls under its head.
func (v heatView) Long() bool { return len(v.Rows) > longTable }

// A heatColumn is one indicator.
type heatColumn struct {
	Indicator int // place in the dataset, for filters
	Name      string
}

// A heatStep is one colour of the scale with its meaning.
type heatStep struct{ Class, Text string }

// A heatRow is one unit.
type heatRow struct {
	Unit         int // place in the dataset, for filters
	Name, Full   string
	Depth        int
	Inactive     bool // not valid at the cut-off, which may lie before its beginning
	Met, Targets int
	Blank        bool // targets, and no figure for any
	Cells        []heatCell
}

// A heatCell is one rate. Its class is its step on the scale.
type heatCell struct {
	Text, Class string
	Label       string // what a screen reader says where the text is a mark
	Coverage    coverage
}

// heat sets out the rates of all units for the indicators that any of them has
// a target for.
func (c *composer) heat() heatView {
	var view heatView
	var columns []pipeline.Indicator
	for _, i := range c.d.Indicators {
		if c.anyTarget(i.Code) {
			columns = append(columns, i)
			view.Columns = append(view.Columns, heatColumn{c.indicator[i.Code], i.Name})
		}
	}
	if len(columns) == 0 {
		view.Title = c.l.Text("page.units.none")
		return view
	}
	for _, unit := range c.d.Units {
		t := c.tally(unit.Code)
		row := heatRow{
			Unit: c.unitAt[unit.Code], Name: c.shorten(unit.Name), Full: unit.Name, Depth: unit.Level, Inactive: !unit.Valid,
			Met: t.Met, Targets: t.Targets(), Blank: t.Blank(),
		}
		for _, i := range columns {
			cell := c.heatCell(unit, i)
			if cell.Coverage.Whole != "" {
				view.Partial = c.l.Text("page.units.partial")
			}
			row.Cells = append(row.Cells, cell)
		}
		view.Rows = append(view.Rows, row)
	}
	view.Title = c.heatTitle(view.Rows)
	if c.rootsAlone(view.Rows) {
		view.Title, view.Rows = c.l.Text("page.units.none"), nil
		return view
	}
	if !slices.ContainsFunc(view.Rows, func(row heatRow) bool { return row.Targets > 0 && !row.Blank }) {
		view.Rows = nil // a table of nothing
	}
	view.Scale = c.scale()
	return view
}

// rootsAlone tells whether there are units below the roots and none of them has a
// target.
func (c *composer) rootsAlone(rows []heatRow) bool {
	below := false
	for _, row := range rows {
		if row.Depth > 0 && row.Targets > 0 {
			return false
		}
		below = below || row.Depth > 0
	}
	return below
}

func (c *composer) anyTarget(indicator string) bool {
	for _, unit := range c.d.Units {
		if targeted(c.achievement(place{unit.Code, indicator})) {
			return true
		}
	}
	return false
}

// heatTitle names the unit below the roots that has met most targets.
func (c *composer) heatTitle(rows []heatRow) string {
	var best heatRow
	ties, blank := 0, true
	for _, row := range rows {
		blank = blank && (row.Blank || row.Targets == 0)
		switch {
		case row.Depth == 0 || row.Met == 0 || row.Met < best.Met:
		case row.Met == best.Met:
			ties++
		default:
			best, ties = row, 1
		}
	}
	switch {
	case blank:
		return c.l.Text("page.units.title_blank")
	case ties == 0:
		return c.l.Text("page.units.title_none")
	case ties == 1:
		return c.l.Text("page.units.title", "unit", best.Name, "met", best.Met, "targets", best.Targets)
	}
	return c.l.Text("page.units.title_tie", "count", ties, "met", best.Met)
}

func (c *composer) heatCell(unit reports.Unit, i pipeline.Indicator) heatCell {
	a := c.achievement(place{unit.Code, i.Code})
	cell := heatCell{Class: step(a, i.Better)}
	switch cell.Class {
	case reports.StepNoTarget:
		cell.Text, cell.Label = "·", c.l.Text("page.units.no_target")
		return cell
	case reports.StepNoData:
		cell.Text = c.l.Text("page.units.no_data_short")
		return cell
	}
	cell.Text = c.rate(a.Rate, 0, i)
	if a.Due > 1 {
		cell.Coverage = c.coverage(a)
	}
	return cell
}

func step(a reports.Achievement, better pipeline.Better) string { return a.Step(better) }

func (c *composer) scale() []heatStep {
	steps := []heatStep{{reports.StepMet, c.l.Text("page.units.met")}}
	for _, band := range reports.Bands() {
		steps = append(steps, heatStep{band.Step, band.Text})
	}
	return append(steps,
		heatStep{reports.StepZero, c.l.Text("page.units.zero")},
		heatStep{reports.StepOver, c.l.Text("page.units.over")},
		heatStep{reports.StepNoData, c.l.Text("page.units.no_data")},
		heatStep{reports.StepNoTarget, c.l.Text("page.units.no_target")})
}
