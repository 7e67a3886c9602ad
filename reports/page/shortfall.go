package page

import (
	"slices"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// lackingShown is how many of the units that lack most are named of an indicator.
const lackingShown = 3

// A shortfallView says of the targets that are not reached what is still
// missing, what each month left must bring, and where it is missing.
type shortfallView struct {
	Title, Caption string
	Needed         bool // there are months left
	Rows           []shortfallRow
}

// A shortfallRow is one indicator of a root.
type shortfallRow struct {
	Indicator           int // place in the dataset, for filters
	Name, Rate, Link    string
	Lacks, Needed, More string
	Standing            string
	Units               []lackingUnit
}

// A lackingUnit is one of the units that lack most.
type lackingUnit struct {
	Name, Share, Lacks, Link string
	Width                    string // the share as CSS reads it
}

func (c *composer) shortfall(root reports.Unit) shortfallView {
	view := shortfallView{Caption: c.l.Text("page.shortfall.caption")}
	type lack struct {
		row  shortfallRow
		done decimal.Decimal
	}
	var all []lack
	for _, i := range c.d.Indicators {
		a := c.achievement(place{root.Code, i.Code})
		s := standing(a, i.Better)
		if (s != standingBehind && s != standingOnPace) || a.Gap == nil {
			continue
		}
		all = append(all, lack{c.shortfallRow(root, a, i), c.fulfilment(a)})
	}
	slices.SortStableFunc(all, func(a, b lack) int { return a.done.Cmp(b.done) })
	for _, l := range all {
		view.Needed = view.Needed || l.row.Needed != ""
		view.Rows = append(view.Rows, l.row)
	}
	if len(view.Rows) > 0 {
		view.Title = c.shortfallTitle(view)
	}
	return view
}

// shortfallTitle names the indicator farthest behind and who lacks most of it.
func (c *composer) shortfallTitle(view shortfallView) string {
	first := view.Rows[0]
	if len(first.Units) == 0 {
		return c.l.Text("page.shortfall.title_alone", "name", first.Name, "lacks", first.Lacks)
	}
	pairs := []any{"name", first.Name, "lacks", first.Lacks, "unit", first.Units[0].Name, "share", first.Units[0].Share}
	if len(first.Units) > 1 && first.Units[0].Width == first.Units[1].Width {
		return c.l.Text("page.shortfall.title_tie", pairs...)
	}
	return c.l.Text("page.shortfall.title", pairs...)
}

func (c *composer) shortfallRow(root reports.Unit, a reports.Achievement, i pipeline.Indicator) shortfallRow {
	row := shortfallRow{
		Indicator: c.indicator[i.Code], Name: i.Name, Rate: c.rate(a.Rate, 1, i), Link: c.sourceLink(root.Code, i.Code),
		Lacks: c.lacks(a, i), Standing: standing(a, i.Better),
	}
	if a.NeededPerMonth != nil && a.NeededPerMonth.IsPositive() {
		row.Needed = c.l.Text("page.shortfall.needed", "needed", c.quantity(c.needed(*a.NeededPerMonth, i), i))
	}
	lacking := c.lacking(root.Code, i.Code)
	for n, below := range lacking {
		if n == lackingShown {
			row.More = c.l.Text("page.shortfall.more", "count", len(lacking)-n)
			break
		}
		row.Units = append(row.Units, lackingUnit{
			Name: c.unitName(below.Unit), Share: c.l.Percent(*below.Contribution, 0, pipeline.HalfUp),
			Width: below.Contribution.Round(4).String(), Lacks: c.lacks(below, i), Link: c.sourceLink(below.Unit, i.Code),
		})
	}
	return row
}

// needed prints what a month must bring; of what is counted in wholes, the next
// whole that suffices.
func (c *composer) needed(d decimal.Decimal, i pipeline.Indicator) string {
	if i.Kind.Whole() {
		d = d.Ceil()
	}
	return c.value(d, i)
}

// lacks prints how far a figure is below its target.
func (c *composer) lacks(a reports.Achievement, i pipeline.Indicator) string {
	switch {
	case a.GapPoints != nil:
		return c.l.Text("page.trend.points", "points", c.points(a.GapPoints.Abs(), i))
	case a.Gap == nil:
		return ""
	}
	return c.quantity(c.value(a.Gap.Abs(), i), i)
}

// lacking lists the units right below a unit that lack something of an
// indicator's target, the one that lacks most first.
func (c *composer) lacking(above, indicator string) []reports.Achievement {
	var all []reports.Achievement
	for _, u := range c.d.Units {
		a := c.achievement(place{u.Code, indicator})
		if u.Parent == above && a.Contribution != nil && a.Contribution.IsPositive() {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b reports.Achievement) int { return b.Contribution.Cmp(*a.Contribution) })
	return all
}
