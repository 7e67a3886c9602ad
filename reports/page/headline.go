package page

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// namesShown is how many names a sentence lists before it counts the rest.
const namesShown = 3

// unitsNamed is how many units that owe reports stand at the top by their names.
const unitsNamed = 5

// A headlineView says in a sentence and three figures where a root stands.
type headlineView struct {
	Lead     string
	Tally    tally
	Targets  []targetMark // in the order of their standings
	Behind   string       // what the number of those behind is of
	MetNote  string
	PaceNote string
	Short    []shortTarget // the farthest behind
	More     string        // how many others are
}

// A targetMark is one target in the bar of all.
type targetMark struct{ Standing, Name string }

// A shortTarget is a target that is short of what is expected.
type shortTarget struct{ Name, Rate, Link string }

// Others is the number of indicators with data and a target that are not behind.
func (h headlineView) Others() int { return h.Tally.Targets() - h.Tally.Behind - h.Tally.NoData }

// headline words the standing of a root unit.
func (c *composer) headline(root reports.Unit) headlineView {
	t := c.tally(root.Code)
	view := headlineView{
		Lead:     c.lead(t),
		Tally:    t,
		Targets:  c.marks(root.Code),
		Behind:   c.timed("page.headline.behind"),
		MetNote:  c.metNote(t),
		PaceNote: c.paceNote(root.Code, t),
	}
	short := c.short(root.Code, standingBehind)
	for n, a := range short {
		if n == namesShown {
			view.More = c.l.Text("page.more", "count", len(short)-n)
			break
		}
		i := c.indicatorOf(a.Indicator)
		view.Short = append(view.Short, shortTarget{i.Name, c.rate(a.Rate, 1, i), c.sourceLink(root.Code, a.Indicator)})
	}
	return view
}

// marks lists the targets of a unit, the met ones first.
func (c *composer) marks(unit string) []targetMark {
	var all []targetMark
	for _, as := range []string{standingMet, standingOnPace, standingBehind, standingOver, standingNoData} {
		for _, i := range c.d.Indicators {
			a := c.achievement(place{unit, i.Code})
			if standing(a, i.Better) == as {
				all = append(all, targetMark{as, strings.TrimSuffix(i.Name+": "+c.rate(a.Rate, 1, i), ": ")})
			}
		}
	}
	return all
}

func (c *composer) lead(t tally) string {
	clauses := c.leadTargets(t)
	switch units := c.unitsReported(); {
	case units.Due == 0:
	case units.Overdue() > 0:
		clauses = append(clauses, c.l.Text("page.headline.lead_missing", "missing", units.Overdue()))
	case units.Pending() > 0:
		clauses = append(clauses, c.l.Text("page.headline.lead_pending", "pending", units.Pending()))
	default:
		clauses = append(clauses, c.l.Text("page.headline.lead_complete"))
	}
	return strings.Join(clauses, "; ")
}

// leadTargets says how the targets stand. Nothing is behind or on pace where
// there are no figures yet.
func (c *composer) leadTargets(t tally) []string {
	switch {
	case t.Targets() == 0:
		return []string{c.l.Text("page.headline.lead_none")}
	case t.Blank():
		return []string{c.l.Text("page.headline.lead_blank", "targets", t.Targets())}
	}
	clauses := []string{c.l.Text("page.headline.lead", "met", t.Met, "targets", t.Targets())}
	if t.Behind == 0 {
		clauses = append(clauses, c.timed("page.headline.lead_kept"))
	} else {
		clauses = append(clauses, c.timed("page.headline.lead_behind", "behind", t.Behind))
	}
	if t.Over > 0 {
		clauses = append(clauses, c.l.Text("page.headline.lead_over", "over", t.Over))
	}
	if t.NoData > 0 {
		clauses = append(clauses, c.l.Text("page.headline.lead_no_data", "no_data", t.NoData))
	}
	return clauses
}

func (c *composer) metNote(t tally) string {
	switch {
	case t.Targets() == 0:
		return c.l.Text("page.headline.met_none")
	case t.Blank():
		return c.l.Text("page.headline.met_blank")
	case t.Met == t.Targets():
		return c.l.Text("page.headline.met_all")
	}
	return c.l.Text("page.headline.met_rest", "parts", strings.Join(c.rest(t), ", "))
}

func (c *composer) paceNote(unit string, t tally) string {
	switch {
	case t.Targets() == 0:
		return ""
	case t.Blank():
		return c.timed("page.headline.behind_blank", "elapsed", c.elapsed())
	}
	note := c.timed("page.headline.behind_none", "elapsed", c.elapsed())
	if t.Behind > 0 {
		note = c.timed("page.headline.behind_list", "elapsed", c.elapsed())
	}
	if t.Over > 0 {
		var names []string
		for _, a := range c.short(unit, standingOver) {
			i := c.indicatorOf(a.Indicator)
			names = append(names, c.l.Text("page.headline.over_item", "name", i.Name,
				"ytd", c.optional(measured(a), i, "").Text, "target", c.optional(a.Target, i, "").Text))
		}
		note += " " + c.l.Text("page.headline.over_list", "names", c.list(names, namesShown))
	}
	return note
}

// short lists the indicators of a unit that stand as given, short of what is
// expected of them, the farthest first.
func (c *composer) short(unit, as string) []reports.Achievement {
	var found []reports.Achievement
	for _, i := range c.d.Indicators {
		if a := c.achievement(place{unit, i.Code}); standing(a, i.Better) == as {
			found = append(found, a)
		}
	}
	slices.SortStableFunc(found, func(a, b reports.Achievement) int {
		return c.fulfilment(a).Cmp(c.fulfilment(b))
	})
	return found
}

// elapsed prints the share of the year's days gone at the cut-off.
func (c *composer) elapsed() string {
	return c.l.Percent(decimal.NewFromFloat(c.d.Stamp.Elapsed), 0, pipeline.HalfUp)
}

// A standingOfUnits counts the units that have sent all that is due. Of the others,
// some owe a report whose time is over, the rest still have time.
type standingOfUnits struct {
	Complete, Due, Late int
	overdue, pending    []owingUnit
	Note                string
	Owing               []owingUnit // the first of those that are overdue
	More                string      // how many others are
}

// An owingUnit is a unit with its place in the dataset.
type owingUnit struct {
	Unit int
	Name string
}

// Overdue is the number of units that owe a report whose time is over.
func (s standingOfUnits) Overdue() int { return len(s.overdue) }

// Pending is the number of units that have yet to send something, in time.
func (s standingOfUnits) Pending() int { return len(s.pending) }

func (c *composer) unitsReported() standingOfUnits {
	of := map[string]*boardTally{}
	for _, r := range c.d.Reporting {
		if of[r.Unit] == nil {
			of[r.Unit] = &boardTally{}
		}
		of[r.Unit].count(c.stateOf(r))
	}
	s := standingOfUnits{Due: len(of)}
	for _, unit := range c.d.Units {
		switch t := of[unit.Code]; {
		case t == nil:
		case t.Missing > 0:
			s.overdue = append(s.overdue, owingUnit{c.unitAt[unit.Code], c.unitName(unit.Code)})
		case t.Pending > 0:
			s.pending = append(s.pending, owingUnit{c.unitAt[unit.Code], c.unitName(unit.Code)})
		case t.Late > 0:
			s.Late++
		}
	}
	s.Complete = s.Due - len(s.overdue) - len(s.pending)
	s.Note = c.reportedNote(s)
	s.Owing = s.overdue
	if n := len(s.overdue); n > unitsNamed {
		s.Owing, s.More = s.overdue[:unitsNamed], c.l.Text("page.more", "count", n-unitsNamed)
	}
	return s
}

func (c *composer) reportedNote(s standingOfUnits) string {
	var notes []string
	switch {
	case s.Due == 0:
		return c.l.Text("page.headline.reported_none")
	case s.Complete == s.Due:
		notes = append(notes, c.l.Text("page.headline.reported_all"))
	}
	if len(s.pending) > 0 {
		notes = append(notes, c.l.Text("page.headline.reported_pending", "count", len(s.pending)))
	}
	if s.Late > 0 {
		notes = append(notes, c.l.Text("page.headline.reported_late", "count", s.Late))
	}
	if len(s.overdue) > 0 { // the list of them follows
		notes = append(notes, c.l.Text("page.headline.reported_missing"))
	}
	return strings.Join(notes, " ")
}

// fulfilment is the share of what is expected that has been reached; of an
// indicator that should stay low, the share that should have been kept to.
func (c *composer) fulfilment(a reports.Achievement) decimal.Decimal {
	switch {
	case a.Pace == nil || a.Pace.IsZero():
		return decimal.Decimal{}
	case c.indicatorOf(a.Indicator).Better == pipeline.BetterDown:
		return one.Div(*a.Pace)
	}
	return *a.Pace
}
