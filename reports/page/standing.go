package page

import (
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// The standings of an indicator against its target. They are keys of texts and
// names of style classes.
const (
	standingMet      = reports.StandingMet
	standingOnPace   = reports.StandingOnPace
	standingBehind   = reports.StandingBehind
	standingOver     = reports.StandingOver
	standingNoData   = reports.StandingNoData
	standingNoTarget = reports.StandingNoTarget
)

func standing(a reports.Achievement, better pipeline.Better) string { return a.Standing(better) }

// standingWord words a standing. An indicator that should stay low has a
// maximum, which is kept or exceeded rather than reached or missed.
func (c *composer) standingWord(standing string, better pipeline.Better) string {
	if standing == standingMet && better == pipeline.BetterDown {
		return c.l.Text("page.standing.within")
	}
	return c.timed("page.standing." + standing)
}

// over tells whether the year is over at the cut-off: then what is short of its
// target is not late but missed.
func (c *composer) over() bool { return c.d.Stamp.Elapsed >= 1 }

// running tells whether the period still goes on: then its figures are not its
// last, and what is expected by its end is not yet due.
func (c *composer) running() bool {
	s := c.d.Stamp
	return !s.Window.End.IsZero() && s.DataDay().Format(time.DateOnly) < s.Window.End.Format(time.DateOnly)
}

// timed is the text of key, in the words for a period that still goes on or a
// year that is over where it is one and they are others. The text may name the
// period's last day.
func (c *composer) timed(key string, pairs ...any) string {
	if running := key + "_running"; c.running() && c.l.Has(running) {
		return c.l.Text(running, append(pairs, "date", c.l.Date(c.d.Stamp.Window.End))...)
	}
	if final := key + "_final"; c.over() && c.l.Has(final) {
		key = final
	}
	return c.l.Text(key, pairs...)
}

func targeted(a reports.Achievement) bool { return a.Targeted() }

var one = decimal.NewFromInt(1)

// A tally counts the indicators of a unit by standing.
type tally struct {
	Met, OnPace, Behind, Over, NoData, NoTarget int
}

// Targets is the number of indicators with a target.
func (t tally) Targets() int { return t.Met + t.OnPace + t.Behind + t.Over + t.NoData }

// Blank tells whether there are targets and no figure for any of them: then
// none is met or missed yet.
func (t tally) Blank() bool { return t.NoData > 0 && t.NoData == t.Targets() }

func (t *tally) count(standing string) {
	switch standing {
	case standingMet:
		t.Met++
	case standingOnPace:
		t.OnPace++
	case standingBehind:
		t.Behind++
	case standingOver:
		t.Over++
	case standingNoData:
		t.NoData++
	default:
		t.NoTarget++
	}
}

func (c *composer) tally(unit string) tally {
	var t tally
	for _, indicator := range c.d.Indicators {
		t.count(standing(c.achievement(place{unit, indicator.Code}), indicator.Better))
	}
	return t
}

// rest words how many indicators with a target are not met, by standing.
func (c *composer) rest(t tally) []string {
	var parts []string
	for _, part := range []struct {
		standing string
		count    int
	}{{standingOnPace, t.OnPace}, {standingBehind, t.Behind}, {standingOver, t.Over}, {standingNoData, t.NoData}} {
		if part.count > 0 {
			parts = append(parts, c.timed("page.tally."+part.standing, "count", part.count))
		}
	}
	return parts
}
