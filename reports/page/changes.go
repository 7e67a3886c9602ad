package page

import (
	"slices"
	"strconv"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A changesView lists the published figures that this issue restates, by what
// changed them.
type changesView struct {
	Title  string
	Causes []changeCause
}

// A changeCause is the files, or the catalogue, that changed some figures.
type changeCause struct {
	File string // empty where the catalogue changed
	Rows []changeRow
	Fold bool // too many to stand open
}

// A changeRow is one restated figure, or several of an indicator that changed
// alike: the period's and the one so far.
type changeRow struct {
	Of, About               string // places of the unit and the indicator, for filters; empty where unknown
	Unit, Indicator, Figure string
	Old, New                figure
}

// changesOpen is how many changes of one cause stand open.
const changesOpen = 12

func (c *composer) changes() changesView {
	var view changesView
	for _, r := range c.d.Restatements {
		n := slices.IndexFunc(view.Causes, func(cause changeCause) bool { return cause.File == r.File })
		if n < 0 {
			n = len(view.Causes)
			view.Causes = append(view.Causes, changeCause{File: r.File})
		}
		view.Causes[n].add(c.changeRow(r))
	}
	for n, cause := range view.Causes {
		view.Causes[n].Fold = len(cause.Rows) > changesOpen
	}
	switch {
	case len(view.Causes) > 0:
		view.Title = c.l.Text("page.changes.title", "count", len(c.d.Restatements))
	case c.d.Stamp.Issue <= 1:
		view.Title = c.l.Text("page.changes.first")
	default:
		view.Title = c.l.Text("page.changes.none")
	}
	return view
}

// add enters a row, or the name of its figure in the row that says the same.
func (cause *changeCause) add(row changeRow) {
	for n := range cause.Rows {
		known := &cause.Rows[n]
		if known.Unit == row.Unit && known.Indicator == row.Indicator && known.Old.Text == row.Old.Text && known.New.Text == row.New.Text {
			known.Figure += ", " + row.Figure
			return
		}
	}
	cause.Rows = append(cause.Rows, row)
}

func (c *composer) changeRow(r reports.Restatement) changeRow {
	i := c.indicatorOf(r.Indicator)
	if r.Figure == "rate" || r.Figure == "pace" {
		i = pipeline.Indicator{Kind: pipeline.KindRatio, Decimals: 1, Rounding: i.Rounding}
	}
	row := changeRow{
		Unit: c.unitName(r.Unit), Indicator: c.indicatorOf(r.Indicator).Name, Figure: c.figureName(r.Figure),
		Old: c.optional(r.Old, i, c.l.Text("page.state.blank")),
		New: c.optional(r.New, i, c.l.Text("page.state.blank")),
	}
	if c.knows(r.Unit, r.Indicator) {
		row.Of, row.About = strconv.Itoa(c.unitAt[r.Unit]), strconv.Itoa(c.indicator[r.Indicator])
		row.New.Link = c.sourceLink(r.Unit, r.Indicator)
	}
	return row
}
