package published

import (
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
)

// Print writes a published figure of an indicator, whose row of the table of
// indicators is given, in the reader's writing; none where it is empty.
func Print(l *lang.Language, indicator map[string]string, digits, none string) string {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return none
	}
	if indicator["kind"] == string(pipeline.KindRatio) {
		return PrintRate(l, indicator, digits, none)
	}
	const most = 4 // decimals of a quotient that tell people anything
	return l.Number(d, min(most, max(0, int(-d.Exponent()))), pipeline.Rounding(indicator["rounding"]))
}

// PrintRate writes a published rate with two decimals.
func PrintRate(l *lang.Language, indicator map[string]string, digits, none string) string {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return none
	}
	return l.Percent(d, 2, pipeline.Rounding(indicator["rounding"]))
}

// Qualified is a printed figure with its qualifier, if it has one.
func Qualified(l *lang.Language, figure, qualifier string) string {
	if qualifier == "" {
		return figure
	}
	return l.Text("stamp."+qualifier, "figure", figure)
}
