package reports

import (
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// The standings of an indicator against its target. They are keys of texts and of
// styles.
const (
	StandingMet      = "met"
	StandingOnPace   = "on_pace"
	StandingBehind   = "behind"
	StandingOver     = "over" // of an indicator that should stay low
	StandingNoData   = "no_data"
	StandingNoTarget = "no_target"
)

// Targeted tells whether there is a target to measure against.
func (a Achievement) Targeted() bool {
	return a.Target != nil && !a.Target.IsZero() && a.Status != "no_target"
}

// Told tells whether there is anything to tell of the period: a figure, the one of
// the same period last year, or a target.
func (a Achievement) Told() bool {
	return a.Actual != nil || a.YTD != nil || a.Target != nil || a.Previous != nil
}

// Standing tells how an achievement stands against its target and against what is
// expected of it by the cut-off.
func (a Achievement) Standing(better pipeline.Better) string {
	switch {
	case !a.Targeted():
		return StandingNoTarget
	case a.Status == "no_data" || a.YTD == nil:
		return StandingNoData
	case a.Status == "met":
		return StandingMet
	case better == pipeline.BetterDown:
		return StandingOver
	case a.Pace != nil && a.Pace.GreaterThanOrEqual(decimal.NewFromInt(1)):
		return StandingOnPace
	}
	return StandingBehind
}

// The steps of the scale that rates are coloured by, apart from its bands.
const (
	StepMet      = "met"
	StepOver     = "over" // of an indicator that should stay low
	StepZero     = "zero"
	StepNoData   = "no-data"
	StepNoTarget = "no-target"
)

// A Band is a step of the scale from a rate upwards.
type Band struct {
	From decimal.Decimal
	Step string
	Text string
}

// Bands are the steps between nothing and the target, the highest first.
func Bands() []Band {
	return []Band{
		{decimal.New(75, -2), "b75", "75–<100%"},
		{decimal.New(50, -2), "b50", "50–<75%"},
		{decimal.New(25, -2), "b25", "25–<50%"},
		{decimal.Decimal{}, "b0", "<25%"},
	}
}

// Step is the place of an achievement's rate on the scale.
func (a Achievement) Step(better pipeline.Better) string {
	switch s := a.Standing(better); {
	case s == StandingNoTarget:
		return StepNoTarget
	case s == StandingNoData || a.Rate == nil:
		return StepNoData
	case s == StandingMet:
		return StepMet
	case s == StandingOver:
		return StepOver
	case a.Rate.IsZero():
		return StepZero
	}
	for _, band := range Bands() {
		if a.Rate.GreaterThanOrEqual(band.From) {
			return band.Step
		}
	}
	return StepZero
}
