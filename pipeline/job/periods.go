package job

import (
	"cmp"
	"fmt"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// livePeriods lists the periods that have outputs: those that reports came for,
// the slices of the year that running values can be cut into, the regular
// periods and listed spans around them that have begun.
func (r *run) livePeriods(submitted []store.FormPeriod) []pipeline.Period {
	cat := r.rules.Catalogue
	today := pipeline.DayIn(r.Now, r.Config.Zone)
	live := map[pipeline.Period]bool{}
	add := func(p pipeline.Period) {
		if !p.IsZero() && !cat.Calendar.Window(p).Start.After(today) {
			live[p] = true
		}
	}
	for _, s := range submitted {
		add(s.Period)
		window := cat.Calendar.Window(s.Period)
		if form, ok := cat.FormOn(s.Form, window.End); ok {
			if slice := form.SlicePeriod(s.Period); slice.Kind != pipeline.Half { // the second half-year is reported as the year
				add(slice)
			}
		}
		for _, p := range cat.Calendar.Around(s.Period) {
			if r.reported(p) {
				add(p)
			}
		}
		for _, p := range cat.Periods {
			if cat.Calendar.Window(p).Covers(window) {
				add(p)
			}
		}
	}
	return r.inOrder(live)
}

// reported tells whether some form is due at the cut-off of p: an organisation
// that reports by half-years has no nine-month figures.
func (r *run) reported(p pipeline.Period) bool {
	end := r.rules.Catalogue.Calendar.Window(p).End
	return slices.ContainsFunc(r.rules.Catalogue.Forms, func(f pipeline.Form) bool {
		return slices.ContainsFunc(f.Periods(p.Year), func(due pipeline.Period) bool {
			return r.rules.Catalogue.Calendar.Window(due).End.Equal(end)
		})
	})
}

// touched tells whether this run's submissions may change p: they do so in
// their own year, in spans around it, and in every later period, which compares
// itself with the earlier ones.
func (r *run) touched(p pipeline.Period) bool {
	return slices.ContainsFunc(r.result.Submissions, func(s pipeline.Submission) bool {
		return !s.Period.IsZero() && p.EndYear() >= s.Period.Year
	})
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

// runPeriods adds to the periods to publish the same ones a year earlier, to be
// compared with.
func runPeriods(stale []pipeline.Period) []store.RunPeriod {
	var all []store.RunPeriod
	for _, p := range stale {
		all = append(all, store.RunPeriod{Period: p, Published: true})
	}
	for _, p := range stale {
		previous := p.Previous()
		if !previous.IsZero() && !slices.ContainsFunc(all, func(r store.RunPeriod) bool { return r.Period == previous }) {
			all = append(all, store.RunPeriod{Period: previous})
		}
	}
	return all
}

// years lists the years that submissions and periods lie in, and the year before.
func years(submitted []store.FormPeriod, stale []pipeline.Period) []int {
	first, last := 9999, 0
	note := func(p pipeline.Period) {
		first, last = min(first, p.Year-1), max(last, p.EndYear())
	}
	for _, s := range submitted {
		note(s.Period)
	}
	for _, p := range stale {
		note(p)
	}
	var all []int
	for y := first; y <= last; y++ {
		all = append(all, y)
	}
	return all
}
