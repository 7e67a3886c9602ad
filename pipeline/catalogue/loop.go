package catalogue

import (
	"slices"
	"strings"
	"time"

	"tonghop/pipeline"
)

// A walk goes from code to code and meets every loop once.
type walk struct {
	next  func(code string) string // empty where the way ends
	seen  map[string]int           // the round in which a code was met
	round int
}

func newWalk(next func(string) string) *walk { return &walk{next: next, seen: map[string]int{}} }

// loop is the loop that the way from code runs into, its first code again at
// the end; nil where the way ends or was gone before.
func (w *walk) loop(code string) []string {
	w.round++
	var way []string
	for ; code != ""; code = w.next(code) {
		way = append(way, code)
		if round, met := w.seen[code]; met {
			if round < w.round {
				return nil
			}
			return way[slices.Index(way, code):]
		}
		w.seen[code] = w.round
	}
	return nil
}

// longestLoop is how many codes of a loop are named.
const longestLoop = 20

// reportLoop reports a loop in the row of its first code.
func (r row) reportLoop(column, code string, loop []string) {
	if len(loop) > longestLoop {
		loop = append(slices.Clone(loop[:longestLoop]), "…")
	}
	r.report(column, pipeline.Finding{
		Code: code, Args: []pipeline.Arg{{Name: "chain", Value: strings.Join(loop, " → ")}},
	})
}

// checkParents reports loops of units. Units move in the course of time, so
// their parents are followed as they are on each unit's first day: a loop is
// whole on the first day of its youngest member.
func (l *loader) checkParents(versions map[string][]int) {
	walks := map[time.Time]*walk{}
	reported := map[string]bool{}
	for _, u := range l.cat.Units {
		day := u.Valid.Start
		if walks[day] == nil {
			walks[day] = newWalk(func(code string) string {
				if i := l.unitOn(versions[code], day); i >= 0 {
					return l.cat.Units[i].Parent
				}
				return ""
			})
		}
		loop := walks[day].loop(u.Code)
		if loop == nil {
			continue
		}
		members := strings.Join(slices.Sorted(slices.Values(loop[1:])), ";")
		if !reported[members] {
			reported[members] = true
			l.unitRows[l.unitOn(versions[loop[0]], day)].reportLoop("parent", "catalogue_cycle", loop)
		}
	}
}

// unitOn is the place among the units of that version which is valid on day,
// -1 where none is.
func (l *loader) unitOn(versions []int, day time.Time) int {
	for _, i := range versions {
		if l.cat.Units[i].Valid.Contains(day) {
			return i
		}
	}
	return -1
}

// checkSuccessors reports loops of units whose figures are carried to a single
// successor.
func (l *loader) checkSuccessors() {
	carried := map[string]int{}
	for i, u := range l.cat.Units {
		if len(u.Successors) == 1 {
			carried[u.Code] = i
		}
	}
	w := newWalk(func(code string) string {
		if i, ok := carried[code]; ok {
			return l.cat.Units[i].Successors[0]
		}
		return ""
	})
	for _, u := range l.cat.Units {
		if loop := w.loop(u.Code); loop != nil {
			l.unitRows[carried[loop[0]]].reportLoop("successors", "catalogue_successor_cycle", loop)
		}
	}
}

// checkPresent reports units that lie below themselves once those that ended are
// summed into their successors: one whose parent ended must be given the parent
// that took its place, not be that parent's successor. Such a unit would be
// under no root in the view by present units.
func (l *loader) checkPresent(versions map[string][]int) {
	last := map[string]int{}
	for code, places := range versions {
		for _, i := range places {
			if at, ok := last[code]; !ok || l.cat.Units[i].Valid.Start.After(l.cat.Units[at].Valid.Start) {
				last[code] = i
			}
		}
	}
	merged := func(code string) bool {
		u := l.cat.Units[last[code]]
		return !u.Valid.End.IsZero() && len(u.Successors) == 1
	}
	w := newWalk(func(code string) string {
		i, ok := last[code]
		switch {
		case !ok:
			return ""
		case merged(code):
			return l.cat.Units[i].Successors[0]
		}
		return l.cat.Units[i].Parent
	})
	for _, u := range l.cat.Units {
		loop := w.loop(u.Code)
		if at := slices.IndexFunc(loop, func(code string) bool { return !merged(code) }); at >= 0 {
			l.unitRows[last[loop[at]]].reportLoop("parent", "catalogue_cycle", loop)
		}
	}
}

// checkWholes reports loops of indicators that are parts of each other.
func (l *loader) checkWholes() {
	place := map[string]int{}
	for i, x := range l.cat.Indicators {
		place[x.Code] = i
	}
	w := newWalk(func(code string) string {
		if i, ok := place[code]; ok {
			return l.cat.Indicators[i].Parent
		}
		return ""
	})
	for _, x := range l.cat.Indicators {
		if loop := w.loop(x.Code); loop != nil {
			l.indicatorRows[place[loop[0]]].reportLoop("parent", "catalogue_cycle", loop)
		}
	}
}
