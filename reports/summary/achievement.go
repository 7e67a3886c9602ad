package summary

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// achievementColumns are the columns that achievement fills, in its order.
func (wb *workbook) achievementColumns() []column {
	return []column{
		{title: "actual", width: wb.room(12)}, {title: wb.yearOr("ytd"), width: wb.room(12)}, {title: wb.yearOr("target"), width: wb.room(12)}, {title: "rate", width: 11},
		{title: "expected", width: wb.room(12)}, {title: "pace", width: 11}, {title: "previous", width: wb.room(12)}, {title: "standing", width: 18},
	}
}

// achievement goes on with the cells of a row by those for what a stands for. The
// rates are live formulas over the cells beside them; the figures lead to where they
// come from.
func (wb *workbook) achievement(cells []xlsx.Cell, a *reports.Achievement, row int) []xlsx.Cell {
	i, first := wb.indicator(a.Indicator), len(cells)+1
	plain, reported := numberFormat(i), wb.reportedFormat(i, a.Qualifier, a.State)
	cell := func(column int) string { return xlsx.CellName(row, first+column) }
	actual, ytd, target := figure(a.Actual, i, reported), figure(a.YTD, i, reported), figure(a.Target, i, plain)
	done := rate(a.Rate, i, wb.quotientOf(a, a.Rate, a.Target, cell(1), cell(2)))
	done.Look = tinted(done.Look, a.Step(i.Better))
	pace := rate(a.Pace, i, wb.quotientOf(a, a.Pace, a.Expected, cell(1), cell(4)))
	wb.lead(&actual, a.Unit, i)
	wb.lead(&ytd, a.Unit, i)
	wb.leadToTarget(&target, a.Unit, a.Indicator)
	return append(cells, actual, ytd, target, done, figure(a.Expected, i, plain), pace, figure(a.Previous, i, plain), wb.standing(a))
}

// room is the width of a column of figures: at least so many characters, and enough
// for the longest figure of the period.
func (wb *workbook) room(least float64) float64 { return max(least, float64(wb.longest)+2) }

// length is how many characters the longest printed figure of an achievement takes.
func (wb *workbook) length(a *reports.Achievement) int {
	n, i := 0, wb.indicator(a.Indicator)
	for _, d := range []*decimal.Decimal{a.Actual, a.YTD, a.Target, a.Expected, a.Previous} {
		if d != nil {
			n = max(n, len(wb.printed(*d, i)))
		}
	}
	return n
}

// tones are the fill and the ink of each step of the scale that has any.
var tones = map[string]struct{ fill, ink string }{
	reports.StepMet:  {xlsx.ToneMet, xlsx.InkOnDark},
	"b75":            {xlsx.Tone75, xlsx.Ink},
	"b50":            {xlsx.Tone50, xlsx.Ink},
	"b25":            {xlsx.Tone25, xlsx.Ink},
	"b0":             {xlsx.Tone0, xlsx.Ink},
	reports.StepZero: {xlsx.ToneZero, xlsx.Ink},
	reports.StepOver: {xlsx.ToneOver, xlsx.InkOnDark},
}

// tinted is look in the colours of a step, as the page paints it.
func tinted(look xlsx.Look, step string) xlsx.Look {
	tone := tones[step]
	look.Fill, look.Ink = tone.fill, tone.ink
	return look
}

// standing words how a stands, with the mark and in the ink of the page. A target
// of an indicator that should stay low is a maximum, kept or exceeded.
func (wb *workbook) standing(a *reports.Achievement) xlsx.Cell {
	better := wb.indicator(a.Indicator).Better
	standing := a.Standing(better)
	c := word(wb.standingWord(standing, better))
	switch standing {
	case reports.StandingMet, reports.StandingOnPace:
		c.Look.Ink, c.Look.Bold = xlsx.InkLink, standing == reports.StandingMet
	case reports.StandingBehind, reports.StandingOver:
		c.Look.Ink, c.Look.Bold = xlsx.InkBehind, true
	default:
		c.Look.Ink = xlsx.InkMuted
	}
	return c
}

func (wb *workbook) standingWord(standing string, better pipeline.Better) string {
	switch {
	case standing == reports.StandingMet && better == pipeline.BetterDown:
		return wb.text("standing.within")
	case standing == reports.StandingBehind && wb.data.Stamp.Elapsed >= 1:
		return wb.text("standing.behind_final")
	}
	return wb.text("standing." + standing)
}

// note says what the figures of a alone do not show.
func (wb *workbook) note(a *reports.Achievement) string {
	i := wb.indicator(a.Indicator)
	var notes []string
	say := func(when bool, key string, pairs ...any) {
		if when {
			notes = append(notes, wb.text("note."+key, pairs...))
		}
	}
	_, cut := isCut(a.YTD, i)
	say(cut, "truncated")
	say(a.Qualifier == pipeline.AtLeast, "at_least")
	say(a.Qualifier == pipeline.About, "about")
	say(a.State == pipeline.StateNil, "nil")
	if a.TargetUnits > 0 && a.Target != nil {
		part := wb.text("note.no_data")
		if a.TargetYTD != nil {
			part = wb.printed(*a.TargetYTD, i) + "/" + wb.printed(*a.Target, i)
		}
		say(true, "partial_rate", "units", a.TargetUnits, "part", part)
	}
	if h, ok := wb.headlines[pair{a.Unit, a.Indicator}]; ok {
		say(true, "units_met", "met", h.Met, "targets", h.Targets)
	}
	if a.NeededPerMonth != nil {
		say(true, "needed", "needed", wb.needed(*a.NeededPerMonth, i))
	}
	say(i.Better == pipeline.BetterDown, "down")
	say(a.MissingSpanUnits > 0 && a.MissingSpans != "", "missing_spans", "spans", a.MissingSpans, "units", a.MissingSpanUnits)
	if a.LastValue != nil {
		say(true, "last", "value", wb.printed(*a.LastValue, i), "date", wb.lang.Date(a.LastCutOff))
	}
	say(a.Break == "split", "break_split", "date", wb.lang.Date(a.BreakOn))
	say(a.Break != "" && a.Break != "split", "break_members", "date", wb.lang.Date(a.BreakOn))
	if u, ok := wb.units[a.Unit]; ok {
		say(!u.Valid, "inactive", "cutoff", wb.lang.Date(wb.data.Stamp.Window.End))
	}
	return strings.Join(notes, "; ")
}

// printed is d as the page writes it.
func (wb *workbook) printed(d decimal.Decimal, i pipeline.Indicator) string {
	if i.Kind == pipeline.KindRatio {
		return wb.lang.Percent(d, i.Decimals, i.Rounding)
	}
	return wb.lang.Number(d, i.Decimals, i.Rounding)
}
