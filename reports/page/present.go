package page

import (
	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// A presentView sets out the figures by the units of today (theo đơn vị hiện
// nay): units that have ended stand in their successors.
type presentView struct {
	Title, Caption string
	Columns        []presentColumn
	Rows           []presentRow
}

// Long tells whether the table scrolls under its head.
func (v presentView) Long() bool { return len(v.Rows) > longTable }

// A presentColumn is one indicator.
type presentColumn struct {
	Indicator     int // place in the dataset, for filters
	Name, Measure string
}

// A presentRow is one unit of today.
type presentRow struct {
	Name, Full string
	Depth      int
	Cells      []presentCell
}

// A presentCell is one figure with the same period last year and its rate.
type presentCell struct {
	Indicator      int
	Value          figure
	Previous, Rate string
	Class          string // step of the rate on the scale
}

// presentOf lays out the view by present units; it is empty where no unit has
// ended. It shows the indicators that lead, as the trends do.
func presentOf(d *reports.Dataset, l *lang.Language) presentView {
	if len(d.Present) == 0 {
		return presentView{}
	}
	today := *d
	today.Units, today.Achievements = d.PresentUnits, d.Present
	today.Facts, today.Earlier, today.Parts, today.Targets = nil, nil, nil, nil // these are of units as they were
	c := newComposer(&today, l)
	view := presentView{Title: l.Text("page.present.title", "count", len(today.Units)), Caption: l.Text("page.present.caption")}
	var columns []pipeline.Indicator
	for _, i := range d.Indicators {
		if c.anyFigure(i.Code) && c.leadsAnywhere(i) {
			columns = append(columns, i)
			view.Columns = append(view.Columns, presentColumn{c.indicator[i.Code], i.Name, i.Measure})
		}
	}
	for _, u := range today.Units {
		row := presentRow{Name: c.shorten(u.Name), Full: u.Name, Depth: u.Level}
		for _, i := range columns {
			row.Cells = append(row.Cells, c.presentCell(u, i))
		}
		view.Rows = append(view.Rows, row)
	}
	return view
}

func (c *composer) presentCell(u reports.Unit, i pipeline.Indicator) presentCell {
	a := c.achievement(place{u.Code, i.Code})
	cell := presentCell{
		Indicator: c.indicator[i.Code], Value: c.reported(a.YTD, a, i), Rate: c.rate(a.Rate, 0, i), Class: step(a, i.Better),
	}
	if p := c.previous(a, i); p.Text != "" && !p.Absent {
		cell.Previous = c.l.Text("page.present.previous", "value", p.Text)
	} else if p.Absent {
		cell.Previous = p.Text
	}
	return cell
}

func (c *composer) anyFigure(indicator string) bool {
	for _, u := range c.d.Units {
		if a := c.achievement(place{u.Code, indicator}); a.YTD != nil || a.Target != nil {
			return true
		}
	}
	return false
}

// leadsAnywhere tells whether an indicator leads for some root.
func (c *composer) leadsAnywhere(i pipeline.Indicator) bool {
	for _, root := range c.d.Roots() {
		if c.leads(root.Code, i) {
			return true
		}
	}
	return false
}
