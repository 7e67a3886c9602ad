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

// A headlineView says in a sentence and three figures where a root stands.
type headlineView struct {
	Lead     string
	Tally    tally
	Behind   string // what the number of those behind is of
	MetNote  string
	PaceNote string
}

// Others is the number of indicators with data and a target that are not behind.
func (h headlineView) Others() int { return h.Tally.Targets() - h.Tally.Behind - h.Tally.NoData }

// headline words the standing of a root unit.
func (c *composer) headline(root reports.Unit) headlineView {
	t := c.tally(root.Code)
	return headlineView{
		Lead:     c.lead(t),
		Tally:    t,
		Behind:   c.timed("page.headline.behind"),
		MetNote:  c.metNote(t),
		PaceNote: c.paceNote(root.Code, t),
	}
}

func (c *composer) lead(t tally) string {
	clauses := c.leadTargets(t)
	switch units := c.unitsReported(); {
	case units.Due == 0:
	case len(units.missing) == 0:
		clauses = append(clauses, c.l.Text("page.headline.lead_complete"))
	default:
		clauses = append(clauses, c.l.Text("page.headline.lead_missing", "missing", len(units.missing)))
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
		note = c.timed("page.headline.behind_list", "elapsed", c.elapsed(), "names", c.list(c.short(unit, standingBehind), namesShown))
	}
	if t.Over > 0 {
		note += " " + c.l.Text("page.headline.over_list", "names", c.list(c.short(unit, standingOver), namesShown))
	}
	return note
}

// short names the indicators of a unit that stand as given, short of what is
// expected of them, the farthest first.
func (c *composer) short(unit, as string) []string {
	var found []reports.Achievement
	for _, i := range c.d.Indicators {
		if a := c.achieved[place{unit, i.Code}]; standing(a, i.Better) == as {
			found = append(found, a)
		}
	}
	slices.SortStableFunc(found, func(a, b reports.Achievement) int {
		return c.fulfilment(a).Cmp(c.fulfilment(b))
	})
	var names []string
	for _, a := range found {
		i := c.indicatorOf(a.Indicator)
		names = append(names, c.l.Text("page.headline."+as+"_item", "name", i.Name, "rate", c.rate(a.Rate, 1, i),
			"ytd", c.optional(measured(a), i, "").Text, "target", c.optional(a.Target, i, "").Text))
	}
	return names
}

// elapsed prints the share of the year's days gone at the cut-off.
func (c *composer) elapsed() string {
	return c.l.Percent(decimal.NewFromFloat(c.d.Stamp.Elapsed), 0, pipeline.HalfUp)
}

// A standingOfUnits counts the units that have sent all that is due.
type standingOfUnits struct {
	Complete, Due, Late int
	missing             []string // names
	Note                string
}

// Missing is the number of units that have not sent all that is due.
func (s standingOfUnits) Missing() int { return s.Due - s.Complete }

func (c *composer) unitsReported() standingOfUnits {
	missing, late, due := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range c.d.Reporting {
		due[r.Unit] = true
		missing[r.Unit] = missing[r.Unit] || r.State != onTimeState && r.State != lateState
		late[r.Unit] = late[r.Unit] || r.State == lateState
	}
	s := standingOfUnits{Due: len(due)}
	for _, unit := range c.d.Units {
		switch {
		case !due[unit.Code]:
			continue
		case missing[unit.Code]:
			s.missing = append(s.missing, c.unitName(unit.Code))
		case late[unit.Code]:
			s.Late++
		}
	}
	s.Complete = s.Due - len(s.missing)
	s.Note = c.reportedNote(s)
	return s
}

func (c *composer) reportedNote(s standingOfUnits) string {
	if s.Due == 0 {
		return c.l.Text("page.headline.reported_none")
	}
	note := c.l.Text("page.headline.reported_all")
	if len(s.missing) > 0 {
		note = c.l.Text("page.headline.reported_missing", "names", c.list(s.missing, namesShown))
	}
	if s.Late > 0 {
		note += " " + c.l.Text("page.headline.reported_late", "count", s.Late)
	}
	return note
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
