package page

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/reports"
)

// The states of a report that is due.
const (
	onTimeState  = "on_time"
	lateState    = "late"
	missingState = "missing"
	pendingState = "pending" // not come, and still has time
)

// A boardView shows who has reported what: units by forms.
type boardView struct {
	Title   string
	Total   boardTally
	Columns []boardColumn
	Rows    []boardRow
	Exempt  []string // reports that are not owed, with who decided so and why
}

// Long tells whether the table scrolls under its head.
func (v boardView) Long() bool { return len(v.Rows) > longTable }

// A boardColumn is one form for one period.
type boardColumn struct {
	Form, Period, Due string
	Counts            string // how many came on time, late, not
	Tally             boardTally
}

// A boardTally counts reports; Due is always the sum of the others. Missing are
// those whose time is over, Pending those that still have time.
type boardTally struct{ OnTime, Late, Missing, Pending int }

// Due is the number of reports due.
func (t boardTally) Due() int { return t.OnTime + t.Late + t.Missing + t.Pending }

func (t *boardTally) count(state string) {
	switch state {
	case onTimeState:
		t.OnTime++
	case lateState:
		t.Late++
	case pendingState:
		t.Pending++
	default:
		t.Missing++
	}
}

// A boardRow is one unit.
type boardRow struct {
	Unit       int // place in the dataset, for filters
	Name, Full string
	Cells      []boardCell
}

// A boardCell is one report; its State is empty where none is due.
type boardCell struct {
	State, Word, Date, Refused string
}

// A slot is a form due for a period.
type slot struct{ form, period string }

func (c *composer) board() boardView {
	slots := c.slots()
	view := boardView{Columns: make([]boardColumn, len(slots))}
	reports := map[slot]map[string]reports.Reporting{}
	for n, s := range slots {
		view.Columns[n] = boardColumn{Form: c.formName(s.form), Period: c.periodName(s.period)}
		reports[s] = c.reportsOf(s)
	}
	for _, unit := range c.d.Units {
		row := boardRow{Unit: c.unitAt[unit.Code], Name: c.shorten(unit.Name), Full: unit.Name, Cells: make([]boardCell, len(slots))}
		owes := false
		for n, s := range slots {
			r, due := reports[s][unit.Code]
			if !due {
				continue
			}
			owes = true
			row.Cells[n] = c.boardCell(r)
			view.Columns[n].Tally.count(row.Cells[n].State)
			view.Total.count(row.Cells[n].State)
			if !r.Due.IsZero() {
				view.Columns[n].Due = c.l.Text("page.reporting.due", "date", c.l.Date(r.Due))
			}
		}
		if owes {
			view.Rows = append(view.Rows, row)
		}
	}
	for n := range view.Columns {
		t := view.Columns[n].Tally
		view.Columns[n].Counts = strings.Join(append([]string{c.l.Text("page.reporting.count_on_time", "count", t.OnTime)}, c.boardRest(t)...), " · ")
	}
	view.Title = c.boardTitle(view.Total)
	for _, e := range c.d.Exemptions {
		view.Exempt = append(view.Exempt, c.l.Text("page.reporting.exempt", "unit", c.unitName(e.Unit), "form", c.formName(e.Form),
			"period", c.periodName(e.Period), "by", e.By, "date", c.l.Date(e.At), "reason", e.Reason))
	}
	return view
}

func (c *composer) boardTitle(t boardTally) string {
	if t.Due() == 0 {
		return c.l.Text("page.reporting.none")
	}
	title := c.l.Text("page.reporting.title", "on_time", t.OnTime, "due", t.Due())
	return strings.Join(append([]string{title}, c.boardRest(t)...), ", ")
}

// boardRest words the reports that are not on time, by state.
func (c *composer) boardRest(t boardTally) []string {
	var rest []string
	for _, part := range []struct {
		state string
		count int
	}{{lateState, t.Late}, {missingState, t.Missing}, {pendingState, t.Pending}} {
		if part.count > 0 {
			rest = append(rest, c.l.Text("page.reporting.count_"+part.state, "count", part.count))
		}
	}
	return rest
}

// stateOf is the state of a report on the day of the run.
func (c *composer) stateOf(r reports.Reporting) string {
	switch {
	case r.State == onTimeState || r.State == lateState:
		return r.State
	case r.HasTime(c.d.Stamp.AsOf):
		return pendingState
	}
	return missingState
}

// slots lists what is due, by form in catalogue order, then by period.
func (c *composer) slots() []slot {
	seen := map[slot]bool{}
	var slots []slot
	for _, r := range c.d.Reporting {
		if s := (slot{r.Form, r.Period}); !seen[s] {
			seen[s] = true
			slots = append(slots, s)
		}
	}
	order := func(code string) int {
		return slices.IndexFunc(c.d.Forms, func(f pipeline.Form) bool { return f.Code == code })
	}
	slices.SortStableFunc(slots, func(a, b slot) int {
		return cmp.Or(cmp.Compare(order(a.form), order(b.form)), cmp.Compare(a.form, b.form), cmp.Compare(a.period, b.period))
	})
	return slots
}

func (c *composer) reportsOf(s slot) map[string]reports.Reporting {
	of := map[string]reports.Reporting{}
	for _, r := range c.d.Reporting {
		if r.Form == s.form && r.Period == s.period {
			of[r.Unit] = r
		}
	}
	return of
}

func (c *composer) boardCell(r reports.Reporting) boardCell {
	cell := boardCell{State: c.stateOf(r)}
	cell.Word = c.l.Text("page.reporting." + cell.State)
	if !r.Received.IsZero() && (cell.State == onTimeState || cell.State == lateState) {
		cell.Date = c.l.Date(r.Received)
	}
	if r.Refused > 0 {
		cell.Refused = c.l.Text("page.reporting.refused", "count", r.Refused)
	}
	return cell
}

// formName is the name of a form, or its code.
func (c *composer) formName(code string) string {
	for _, f := range c.d.Forms {
		if f.Code == code && f.Name != "" {
			return f.Name
		}
	}
	return code
}

// periodName prints a period by its code; an unreadable code as it is.
func (c *composer) periodName(code string) string {
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return code
	}
	return c.l.Period(p)
}
