package job

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// livePeriods lists the periods that have outputs: those that accepted reports
// came for and those that have been published before. A refused report makes no
// period live: its year may be a slip of the pen.
func (r *run) livePeriods(submitted []store.FormPeriod) ([]pipeline.Period, error) {
	today := r.today()
	live := map[pipeline.Period]bool{}
	for _, s := range submitted {
		if !s.Accepted {
			continue
		}
		for _, p := range r.around(s) {
			if !p.IsZero() && !r.rules.Catalogue.Calendar.Window(p).Start.After(today) {
				live[p] = true
			}
		}
	}
	for _, p := range r.published() {
		m, err := r.last(p)
		if err != nil {
			return nil, err
		}
		if m.Issue > 0 {
			live[p] = true
		}
	}
	return r.inOrder(live), nil
}

// around lists a report's own period, the slice of the year that its running
// values can be cut into, and the regular periods and listed spans around it.
func (r *run) around(s store.FormPeriod) []pipeline.Period {
	cat := r.rules.Catalogue
	all := []pipeline.Period{s.Period}
	if form, ok := cat.FormOn(s.Form, cat.Calendar.Of(s.Form).Window(s.Period).End); ok {
		if slice := form.SlicePeriod(s.Period); slice.Kind != pipeline.Half { // the second half-year is reported as the year
			all = append(all, slice)
		}
	}
	for _, p := range s.Period.Around() {
		if r.reported(p) {
			all = append(all, p)
		}
	}
	for _, p := range cat.Periods {
		if p.Covers(s.Period) {
			all = append(all, p)
		}
	}
	return all
}

// reported tells whether some form that is in use in p is due where p ends: an
// organisation that reports by half-years has no nine-month figures.
func (r *run) reported(p pipeline.Period) bool {
	cat := r.rules.Catalogue
	return slices.ContainsFunc(cat.Forms, func(f pipeline.Form) bool {
		return f.Valid.Overlaps(cat.Calendar.Window(p)) && slices.ContainsFunc(f.Periods(p.EndYear()), p.EndsWith)
	})
}

// touched lists the live periods that what this run loaded may change. What
// compares reports with each other is found later, by the models.
func (r *run) touched(live []pipeline.Period) []pipeline.Period {
	var counted []change
	for _, c := range r.changes {
		if c.counts() || c.counted() {
			counted = append(counted, c)
		}
	}
	var moved []pipeline.Period // whose figures may change
	for _, q := range live {
		if slices.ContainsFunc(counted, func(c change) bool { return restsOn(q, c.Period) }) || r.reopened(q) {
			moved = append(moved, q)
		}
	}
	stocks := r.stockForms()
	var all []pipeline.Period
	for _, p := range live {
		last := slices.ContainsFunc(counted, func(c change) bool { return stocks[c.Form] && after(p, c.Period) })
		shown := slices.ContainsFunc(moved, func(q pipeline.Period) bool { return inTrend(p, q) })
		told := slices.ContainsFunc(r.changes, func(c change) bool { return restsOn(p, c.Period) || restsOn(p.Previous(), c.Period) })
		ruled := slices.ContainsFunc(r.acts, func(a pipeline.Act) bool {
			return !a.Period.IsZero() && p.EndYear() >= a.Period.Year && p.Year <= a.Period.EndYear()
		})
		if last || shown || told || ruled {
			all = append(all, p)
		}
	}
	return all
}

// reopened tells whether q is closed no longer: what has changed meanwhile, such
// as a target, is published now.
func (r *run) reopened(q pipeline.Period) bool {
	return slices.ContainsFunc(r.acts, func(a pipeline.Act) bool { return a.Kind == pipeline.ActReopen && a.Period.Covers(q) })
}

// stockForms are the forms that collect what holds at a cut-off: where a later
// period has no such figure, the last earlier one is shown beside it.
func (r *run) stockForms() map[string]bool {
	all := map[string]bool{}
	for form, indicators := range r.collected() {
		all[form] = slices.ContainsFunc(r.rules.Catalogue.Indicators, func(i pipeline.Indicator) bool {
			return i.Time != pipeline.Flow && slices.Contains(indicators, i.Code)
		})
	}
	return all
}

// after tells whether p ends after q.
func after(p, q pipeline.Period) bool {
	_, end := p.Months()
	_, last := q.Months()
	return !q.IsZero() && end > last
}

// restsOn tells whether figures or tables of p rest on reports for q: those of
// its year up to its end, for the figures since the start of the year.
func restsOn(p, q pipeline.Period) bool {
	if p.IsZero() || q.IsZero() {
		return false
	}
	_, end := p.Months()
	first, last := q.Months()
	return p == q || 12*p.Year <= first && last <= end
}

// inTrend tells whether the trend of p shows q: an earlier period of its kind,
// about twelve back.
func inTrend(p, q pipeline.Period) bool {
	reach := 12 * 12 // months
	switch p.Kind {
	case pipeline.Month, pipeline.Running:
		reach = 12
	case pipeline.Quarter:
		reach = 3 * 12
	case pipeline.Span:
		reach = math.MaxInt // there are few
	}
	_, end := p.Months()
	_, before := q.Months()
	return p.Kind == q.Kind && before < end && end-before <= reach
}

// inOrder sorts periods by cut-off, the shorter first.
func (r *run) inOrder(set map[pipeline.Period]bool) []pipeline.Period {
	var all []pipeline.Period
	for p := range set {
		all = append(all, p)
	}
	calendar := r.rules.Catalogue.Calendar
	slices.SortFunc(all, func(a, b pipeline.Period) int {
		v, w := calendar.Window(a), calendar.Window(b)
		return cmp.Or(v.End.Compare(w.End), w.Start.Compare(v.Start), cmp.Compare(a.String(), b.String()))
	})
	return all
}

func (r *run) parseAll(codes []string) ([]pipeline.Period, error) {
	set := map[pipeline.Period]bool{}
	for _, code := range codes {
		p, err := pipeline.ParsePeriod(code)
		if err != nil {
			return nil, fmt.Errorf("read pending period: %w", err)
		}
		set[p] = true
	}
	return r.inOrder(set), nil
}

// runPeriods lists the views that the models compute: the periods to publish,
// by present units too where a unit has ended, and the same ones a year earlier
// to be compared with.
func (r *run) runPeriods(stale []pipeline.Period) []store.RunPeriod {
	var all []store.RunPeriod
	for _, p := range stale {
		all = append(all, store.RunPeriod{Period: p, Published: true})
		if r.hasPresent(p) {
			all = append(all, store.RunPeriod{Period: p, Published: true, Present: true})
		}
	}
	known := map[string]bool{}
	for _, v := range all {
		known[v.Key()] = true
	}
	for _, v := range slices.Clone(all) {
		previous := store.RunPeriod{Period: v.Period.Previous(), Present: v.Present}
		if !previous.Period.IsZero() && !known[previous.Key()] {
			known[previous.Key()] = true
			all = append(all, previous)
		}
	}
	return all
}

// hasPresent tells whether p is shown by present units too: a unit of its year
// has ended by the day of the run.
func (r *run) hasPresent(p pipeline.Period) bool {
	cat := r.rules.Catalogue
	year := cat.Calendar.YearWindow(p)
	return slices.ContainsFunc(cat.Ended(r.today()), func(ended pipeline.Unit) bool {
		return slices.ContainsFunc(cat.Units, func(u pipeline.Unit) bool { return u.Code == ended.Code && u.Valid.Overlaps(year) })
	})
}

func (r *run) today() time.Time { return pipeline.DayIn(r.Now, r.Config.Zone) }

// years lists the years that submissions and periods lie in, each with the year
// before it.
func years(submitted []store.FormPeriod, stale []pipeline.Period) []int {
	set := map[int]bool{}
	note := func(p pipeline.Period) {
		for y := p.Year - 1; y <= p.EndYear(); y++ {
			set[y] = true
		}
	}
	for _, s := range submitted {
		note(s.Period)
	}
	for _, p := range stale {
		note(p)
	}
	return slices.Sorted(maps.Keys(set))
}
