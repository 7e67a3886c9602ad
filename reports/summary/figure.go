package summary

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// ratePlaces is how exactly rates are printed, as in đạt 61,23%.
const ratePlaces = 2

const rateFormat = "0.00%"

// near is the rate from which a target that is not met counts as near.
var near = decimal.New(9, -1)

// numberFormat is the format for figures of i.
func numberFormat(i pipeline.Indicator) string {
	places := min(max(i.Decimals, 0), 10)
	format := "#,##0"
	if i.Kind == pipeline.KindRatio {
		format = "0"
	}
	if places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	if i.Kind == pipeline.KindRatio {
		format += "%"
	}
	return format
}

// reportedFormat is the format for what units reported of i. The cell stays a
// number; the format alone shows that it is a minimum, about right, or a
// declared nil.
func reportedFormat(i pipeline.Indicator, q pipeline.Qualifier, s pipeline.State) string {
	switch {
	case s == pipeline.StateNil:
		return numberFormat(i) + ";-" + numberFormat(i) + `;"–"`
	case q == pipeline.AtLeast:
		return `"≥ "` + numberFormat(i)
	case q == pipeline.About:
		return `"≈ "` + numberFormat(i)
	}
	return numberFormat(i)
}

// number is a cell with the figure d; empty where there is none.
func number(d *decimal.Decimal, format string) xlsx.Cell {
	look := xlsx.Look{Border: true, Align: "right", Format: format}
	if d == nil {
		return xlsx.Cell{Look: look}
	}
	return xlsx.Cell{Value: d, Look: look}
}

// achievementColumns are the columns that achievement fills, in its order.
func (wb *workbook) achievementColumns() []column {
	return []column{
		{"actual", 12}, {wb.yearOr("ytd"), 12}, {wb.yearOr("target"), 12}, {"rate", 11},
		{"expected", 12}, {"pace", 11}, {"previous", 12}, {"status", 12},
	}
}

// achievement is the cells for what a stands for, beginning in column first of
// row. The rates are live formulas over the cells beside them.
func (wb *workbook) achievement(a *reports.Achievement, row, first int) []xlsx.Cell {
	i := wb.indicator(a.Indicator)
	plain, reported := numberFormat(i), reportedFormat(i, a.Qualifier, a.State)
	rate, pace := number(a.Rate, rateFormat), number(a.Pace, rateFormat)
	part := numerator(a, xlsx.CellName(row, first+1))
	if isQuotient(a.Rate, measured(a), a.Target) {
		rate.Formula = quotient(part, xlsx.CellName(row, first+2))
	}
	if isQuotient(a.Pace, measured(a), a.Expected) {
		pace.Formula = quotient(part, xlsx.CellName(row, first+4))
	}
	status := word(wb.status(a, i))
	status.Look.Fill = fill(a, i)
	rate.Look.Bold = true
	return []xlsx.Cell{
		number(a.Actual, reported), number(a.YTD, reported), number(a.Target, plain), rate,
		number(a.Expected, plain), pace, number(a.Previous, plain), status,
	}
}

// measured is the figure that the rate is of: of a unit without a target of its
// own, the part that the units below it with a target have done.
func measured(a *reports.Achievement) *decimal.Decimal {
	if a.TargetUnits > 0 {
		return a.TargetYTD
	}
	return a.YTD
}

// numerator is what stands above the line in the formulas of a's rates: the
// cell with its figure or, where they are of a part only, that part.
func numerator(a *reports.Achievement, cell string) string {
	if a.TargetUnits > 0 && a.TargetYTD != nil {
		return a.TargetYTD.String()
	}
	return cell
}

// status words how a stands. A target of an indicator that should stay low is
// a maximum, kept or exceeded.
func (wb *workbook) status(a *reports.Achievement, i pipeline.Indicator) string {
	switch {
	case i.Better == pipeline.BetterDown && a.Status == "met":
		return wb.text("status.within")
	case i.Better == pipeline.BetterDown && a.Status == "not_met":
		return wb.text("status.over")
	}
	return wb.named("status", a.Status)
}

// isQuotient tells whether d is what a formula of numerator over denominator
// would give.
func isQuotient(d, numerator, denominator *decimal.Decimal) bool {
	if d == nil || numerator == nil || denominator == nil || denominator.IsZero() {
		return false
	}
	gap := numerator.DivRound(*denominator, 16).Sub(*d).Abs()
	return gap.LessThan(decimal.New(1, -9))
}

// fill is the colour that tells how a stands.
func fill(a *reports.Achievement, i pipeline.Indicator) string {
	switch {
	case a.Status == "met":
		return xlsx.ColorMet
	case a.Status != "not_met":
		return ""
	case i.Better != pipeline.BetterDown && a.Rate != nil && a.Rate.GreaterThanOrEqual(near):
		return xlsx.ColorNear
	}
	return xlsx.ColorNot
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
	figure, figureDiffers := wb.truncated(a.YTD, i, i.Decimals, i.Kind == pipeline.KindRatio)
	rate, rateDiffers := wb.truncated(a.Rate, i, ratePlaces, true)
	say(figureDiffers, "truncated", "text", figure)
	say(rateDiffers, "truncated_rate", "text", rate)
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
	if u, ok := wb.units[a.Unit]; ok {
		say(!u.Valid, "inactive", "cutoff", wb.lang.Date(wb.data.Stamp.Window.End))
	}
	return strings.Join(notes, "; ")
}

// printed is d as the page writes it.
func (wb *workbook) printed(d decimal.Decimal, i pipeline.Indicator) string {
	return wb.lang.Number(d, i.Decimals, i.Rounding)
}

// truncated is how d stands printed where i's figures are cut and not rounded,
// as official reports do, and whether that differs from what the cell shows:
// no number format can cut, and a cut value in the cell would be a wrong one.
func (wb *workbook) truncated(d *decimal.Decimal, i pipeline.Indicator, places int, percent bool) (string, bool) {
	if d == nil || i.Rounding != pipeline.Truncate {
		return "", false
	}
	printed := wb.lang.Number
	if percent {
		printed = wb.lang.Percent
	}
	cut := printed(*d, places, pipeline.Truncate)
	return cut, cut != printed(*d, places, pipeline.HalfUp)
}
