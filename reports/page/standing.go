package page

import (
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// The standings of an indicator against its target. They are keys of texts and
// names of style classes.
const (
	standingMet      = "met"
	standingOnPace   = "on_pace"
	standingBehind   = "behind"
	standingNoData   = "no_data"
	standingNoTarget = "no_target"
)

// standing tells how a stands against its target and against what is expected
// of it by the cut-off.
func standing(a reports.Achievement, better pipeline.Better) string {
	switch {
	case !targeted(a):
		return standingNoTarget
	case a.Status == "no_data" || a.YTD == nil:
		return standingNoData
	case a.Status == "met":
		return standingMet
	case onPace(a, better):
		return standingOnPace
	}
	return standingBehind
}

// targeted tells whether there is a target to measure a against.
func targeted(a reports.Achievement) bool {
	return a.Target != nil && !a.Target.IsZero() && a.Status != "no_target"
}

func onPace(a reports.Achievement, better pipeline.Better) bool {
	if a.Pace == nil {
		return false
	}
	if better == pipeline.BetterDown {
		return a.Pace.LessThanOrEqual(one)
	}
	return a.Pace.GreaterThanOrEqual(one)
}

var one = decimal.NewFromInt(1)

// A tally counts the indicators of a unit by standing.
type tally struct {
	Met, OnPace, Behind, NoData, NoTarget int
}

// Targets is the number of indicators with a target.
func (t tally) Targets() int { return t.Met + t.OnPace + t.Behind + t.NoData }

func (t *tally) count(standing string) {
	switch standing {
	case standingMet:
		t.Met++
	case standingOnPace:
		t.OnPace++
	case standingBehind:
		t.Behind++
	case standingNoData:
		t.NoData++
	default:
		t.NoTarget++
	}
}

func (c *composer) tally(unit string) tally {
	var t tally
	for _, indicator := range c.d.Indicators {
		t.count(standing(c.achieved[place{unit, indicator.Code}], indicator.Better))
	}
	return t
}
