package page

import (
	"net/url"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/reports"
)

// An indicatorsView is the table of all indicators of a root. What has neither a
// figure of the period nor a target, but an earlier figure, stands apart.
type indicatorsView struct {
	Title, Caption string
	Table, Older   indicatorTable
	Idle           string // what has nothing at all, named only
}

// An indicatorTable is indicators with their figures, by group.
type indicatorTable struct {
	Title   string
	Running bool // the figures since the start of the year are others than the period's
	Groups  []indicatorGroup
	at      map[string]int
	count   int
}

// add enters a row at the end of its group.
func (t *indicatorTable) add(group string, row indicatorRow) {
	n, known := t.at[group]
	if !known {
		n = len(t.Groups)
		t.at[group] = n
		t.Groups = append(t.Groups, indicatorGroup{Name: group})
	}
	t.Groups[n].Rows = append(t.Groups[n].Rows, row)
	t.Running = t.Running || row.Actual.Text != row.YTD.Text
	t.count++
}

// An indicatorGroup is the indicators under one heading of the catalogue.
type indicatorGroup struct {
	Name string // empty where the catalogue has no groups
	Rows []indicatorRow
}

// An indicatorRow is one indicator with all its figures.
type indicatorRow struct {
	Indicator                     int // place in the dataset, for filters
	Name, Link, Measure           string
	Depth                         int // how many indicators it is a part of
	Actual, YTD, Target, Previous figure
	Rate, Pace, Gap, Basis        string
	Units                         string // how many of the units below met their target
	Standing, Word                string
	Coverage                      coverage
}

func (c *composer) indicators(root reports.Unit) indicatorsView {
	view := indicatorsView{
		Caption: c.l.Text("page.indicators.caption", "unit", root.Name),
		Table:   indicatorTable{at: map[string]int{}}, Older: indicatorTable{at: map[string]int{}},
	}
	with := 0
	var idle []string
	for _, e := range c.outline() {
		row := c.indicatorRow(root.Code, e.indicator, e.depth)
		switch a := c.achievement(place{root.Code, e.indicator.Code}); {
		case a.YTD != nil || a.Actual != nil:
			with++
			view.Table.add(e.group, row)
		case c.idle(e.indicator.Code):
			idle = append(idle, e.indicator.Name)
		case a.Target == nil && a.LastValue != nil && row.Units == "":
			view.Older.add(e.group, row)
		default:
			view.Table.add(e.group, row)
		}
	}
	c.nameGroups(view.Table.Groups)
	c.nameGroups(view.Older.Groups)
	view.Title = c.l.Text("page.indicators.title", "count", len(c.d.Indicators), "with", with)
	view.Table.Title = view.Title
	view.Older.Title = c.l.Text("page.indicators.older", "count", view.Older.count)
	if len(idle) > 0 {
		view.Idle = c.l.Text("page.indicators.idle", "count", len(idle), "names", strings.Join(idle, "; "))
	}
	return view
}

// nameGroups names what has no group, where others have.
func (c *composer) nameGroups(groups []indicatorGroup) {
	if len(groups) < 2 {
		return
	}
	for n := range groups {
		if groups[n].Name == "" {
			groups[n].Name = c.l.Text("page.indicators.other")
		}
	}
}

// idle tells whether there is nothing to show of an indicator: no unit has a
// figure, an earlier one or a target.
func (c *composer) idle(indicator string) bool {
	return !slices.ContainsFunc(c.d.Achievements, func(a reports.Achievement) bool {
		return a.Indicator == indicator && (a.YTD != nil || a.Actual != nil || a.LastValue != nil || a.Target != nil || a.Previous != nil)
	})
}

func (c *composer) indicatorRow(unit string, i pipeline.Indicator, depth int) indicatorRow {
	a := c.achievement(place{unit, i.Code})
	row := indicatorRow{
		Indicator: c.indicator[i.Code], Name: i.Name, Measure: i.Measure, Depth: depth,
		Link:     c.sourceLink(unit, i.Code),
		Actual:   c.reported(a.Actual, a, i),
		YTD:      c.reported(a.YTD, a, i),
		Target:   c.optional(a.Target, i, c.l.Text("page.state.not_assigned")),
		Rate:     c.rate(a.Rate, 1, i),
		Pace:     c.rate(a.Pace, 0, i),
		Gap:      c.gap(a, i),
		Basis:    c.basis(a, i),
		Standing: standing(a, i.Better),
		Coverage: c.coverage(a),
		Previous: c.previous(a, i),
	}
	row.YTD.Note = c.aside(a, i)
	row.Actual.Link, row.YTD.Link = row.Link, row.Link
	if !row.Target.Absent {
		row.Target.Link = row.Link
	}
	if before := c.d.Stamp.Period.Previous(); !row.Previous.Absent && row.Previous.Text != "" && c.published(before) {
		row.Previous.Link = "../" + before.String() + "/index.html" + figureLink(unit, i.Code)
	}
	row.Word = c.standingWord(row.Standing, i.Better)
	if h, ok := c.headlines[place{unit, i.Code}]; ok {
		row.Units = c.l.Text("page.indicators.units_met", "met", h.Met, "targets", h.Targets)
	}
	return row
}

// published tells whether an earlier period has a page: the trend shows it.
func (c *composer) published(p pipeline.Period) bool {
	return slices.ContainsFunc(c.d.Trend, func(point reports.TrendPoint) bool { return point.Period == p.String() })
}

// An entry of the outline is an indicator at its depth, in the group of the
// indicator that it is a part of in the end.
type outlineEntry struct {
	indicator pipeline.Indicator
	depth     int
	group     string
}

// outline orders the indicators so that parts follow what they are parts of.
// Indicators whose parents form a ring stand at the end, without depth.
func (c *composer) outline() []outlineEntry {
	children := map[string][]pipeline.Indicator{}
	for _, i := range c.d.Indicators {
		parent := i.Parent
		if _, known := c.indicator[parent]; !known {
			parent = ""
		}
		children[parent] = append(children[parent], i)
	}
	var entries []outlineEntry
	placed := map[string]bool{}
	var descend func(of []pipeline.Indicator, depth int, group string)
	descend = func(of []pipeline.Indicator, depth int, group string) {
		for _, i := range of {
			if placed[i.Code] {
				continue
			}
			placed[i.Code] = true
			under := group
			if depth == 0 {
				under = i.Group
			}
			entries = append(entries, outlineEntry{i, depth, under})
			descend(children[i.Code], depth+1, under)
		}
	}
	descend(children[""], 0, "")
	for _, i := range c.d.Indicators {
		if !placed[i.Code] {
			entries = append(entries, outlineEntry{i, 0, i.Group})
		}
	}
	return entries
}

// sourceLink leads to what the figures of a place rest on. It names the place by
// its codes, so that a link that was sent on leads to the same figure later.
func (c *composer) sourceLink(unit, indicator string) string {
	if c.sourced[place{unit, indicator}] {
		return figureLink(unit, indicator)
	}
	return ""
}

// figureLink leads to a figure of a page.
func figureLink(unit, indicator string) string {
	return "#figure=" + url.PathEscape(unit) + "/" + url.PathEscape(indicator)
}
