package summary

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// ratePlaces is how exactly rates are printed, as in đạt 61,23%.
const ratePlaces = 2

const rateFormat = "0.00%"

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
func (wb *workbook) reportedFormat(i pipeline.Indicator, q pipeline.Qualifier, s pipeline.State) string {
	switch {
	case s == pipeline.StateNil:
		return numberFormat(i) + ";-" + numberFormat(i) + `;"–"`
	case q == pipeline.AtLeast || q == pipeline.About:
		before, after, _ := strings.Cut(wb.lang.Text("stamp."+string(q), "figure", "\x00"), "\x00")
		return quoted(before) + numberFormat(i) + quoted(after)
	}
	return numberFormat(i)
}

// quoted is text as a number format shows it.
func quoted(text string) string {
	if text == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(text, `"`, "") + `"`
}

// number is a cell with the figure d; empty where there is none.
func number(d *decimal.Decimal, format string) xlsx.Cell {
	look := xlsx.Look{Border: true, Align: "right", Format: format}
	if d == nil {
		return xlsx.Cell{Look: look}
	}
	return xlsx.Cell{Value: d, Look: look}
}

// figure is a cell with the figure d of i. No number format can cut decimals off, as
// official reports do, so a formula does where that makes a difference: the cell
// shows what the other outputs print, and keeps the whole figure.
func figure(d *decimal.Decimal, i pipeline.Indicator, format string) xlsx.Cell {
	c := number(d, format)
	if places, cut := isCut(d, i); cut {
		printed := d.Truncate(places)
		c.Value, c.Formula = &printed, truncated(d.String(), places)
	}
	return c
}

// isCut tells whether the figure d of i stands printed with decimals cut off that
// are not zero, and with how many decimals it does.
func isCut(d *decimal.Decimal, i pipeline.Indicator) (places int32, cut bool) {
	places = int32(i.Decimals)
	if i.Kind == pipeline.KindRatio {
		places += 2
	}
	return places, d != nil && i.Rounding == pipeline.Truncate && !d.Equal(d.Truncate(places))
}

// truncated is the formula that cuts off what an expression has beyond places.
func truncated(expression string, places int32) string {
	return "TRUNC(" + expression + "," + strconv.Itoa(int(places)) + ")"
}

// A quotient is the expressions that a rate is one over the other of; without a
// numerator the rate is none of the cells beside it.
type quotient struct{ numerator, denominator string }

// rate is a cell with a rate of i, in the decimals that the other outputs print it
// with: a live formula wherever Excel can compute it.
func rate(d *decimal.Decimal, i pipeline.Indicator, q quotient) xlsx.Cell {
	if d == nil {
		return number(nil, rateFormat)
	}
	places, rounding := i.Rounding.Rate(*d, ratePlaces)
	c := number(d, "0."+strings.Repeat("0", places)+"%")
	if q.numerator != "" {
		c.Formula = q.numerator + "/" + q.denominator
	}
	if cut := d.Truncate(int32(places + 2)); rounding == pipeline.Truncate && (c.Formula != "" || !cut.Equal(*d)) {
		if c.Formula == "" {
			c.Formula = d.String()
		}
		c.Formula, c.Value = truncated(c.Formula, int32(places+2)), &cut
	}
	if q.numerator != "" {
		c.Formula = "IFERROR(" + c.Formula + `,"")`
	}
	return c
}

// quotientOf is what a rate of a against denominator, which stands in the cell
// below, is the quotient of: above is the cell with a's running figure.
func (wb *workbook) quotientOf(a *reports.Achievement, d, denominator *decimal.Decimal, above, below string) quotient {
	if !isQuotient(d, measured(a), denominator) {
		return quotient{}
	}
	i := wb.indicator(a.Indicator)
	if a.TargetUnits > 0 {
		above = a.TargetYTD.String()
	}
	return quotient{operand(measured(a), i, above), operand(denominator, i, below)}
}

// operand is what stands for the figure d in a formula: its cell, or its digits where
// the cell shows it cut.
func operand(d *decimal.Decimal, i pipeline.Indicator, cell string) string {
	if _, cut := isCut(d, i); cut {
		return d.String()
	}
	return cell
}

// measured is the figure that the rate is of: of a unit without a target of its
// own, the part that the units below it with a target have done.
func measured(a *reports.Achievement) *decimal.Decimal {
	if a.TargetUnits > 0 {
		return a.TargetYTD
	}
	return a.YTD
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
