package form

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// maxPlaces bounds the comparison of ratios: Excel keeps 15 digits.
const maxPlaces = 12

// checkRatios compares the ratios that a unit prints with those recomputed
// from its own figures. They are printed rounded or cut, both are right.
func (x *extraction) checkRatios() {
	for i := range x.facts {
		f, indicator := &x.facts[i], x.of[i]
		if indicator.Kind != pipeline.KindRatio || f.State != pipeline.StateNumber && f.State != pipeline.StateZero || f.Qualifier != pipeline.Exact {
			continue
		}
		above, ok := x.sum(indicator.Numerator, f.Measure)
		below, both := x.sum(indicator.Denominator, f.Measure)
		if !ok || !both || below.IsZero() {
			continue
		}
		exact := above.DivRound(below, maxPlaces+8)
		places := printedPlaces(x.cells[i], indicator)
		if !agrees(f.Value, exact, places) {
			x.report(pipeline.Finding{
				Code: "ratio_mismatch", Severity: pipeline.SeverityWarning, Sheet: f.Sheet, Cell: f.Cell,
				Read: shownRatio(x.cells[i]), Expected: expectedRatio(exact, places, indicator),
				Args: []pipeline.Arg{arg("name", indicator.Name)},
			})
		}
	}
}

// sum adds up the figures of the codes; ok is false where one is missing or
// not exact.
func (x *extraction) sum(codes []string, measure pipeline.Measure) (total decimal.Decimal, ok bool) {
	for _, code := range codes {
		found := false
		for _, f := range x.facts {
			if f.Indicator == code && f.Measure == measure && f.State != pipeline.StateBlank && f.Qualifier == pipeline.Exact {
				total, found = total.Add(f.Value), true
			}
		}
		if !found {
			return decimal.Zero, false
		}
	}
	return total, len(codes) > 0
}

// agrees tells whether printed is the exact ratio rounded or cut at places
// decimals or, where the cell stores more than it shows, at the stored ones.
func agrees(printed, exact decimal.Decimal, places int32) bool {
	stored := min(max(-printed.Exponent(), 0), maxPlaces)
	for _, n := range []int32{places, stored} {
		shown := printed.Round(n)
		if shown.Equal(exact.Round(n)) || shown.Equal(exact.Truncate(n)) {
			return true
		}
	}
	return false
}

// printedPlaces is the number of decimals of the ratio that the cell prints:
// 4 for 61,23%.
func printedPlaces(c *workbook.Cell, indicator *pipeline.Indicator) int32 {
	if c == nil {
		return 0
	}
	if c.Type == workbook.Text {
		reading := vntext.ReadNumber(c.Value, vntext.Expected{Kind: indicator.Kind, Decimals: indicator.Decimals, Measure: indicator.Measure})
		return typedPlaces(c.Value) + percentPlaces(reading.Percent || !ratio(reading.Value, indicator).Equal(reading.Value))
	}
	if places, ok := formatPlaces(c.Format); ok {
		value, err := decimal.NewFromString(c.Value)
		plain := err == nil && !percentFormat(c.Format) && !ratio(value, indicator).Equal(value)
		return min(places+percentPlaces(percentFormat(c.Format) || plain), maxPlaces)
	}
	value, err := decimal.NewFromString(c.Value)
	if err != nil {
		return 0
	}
	stored := max(-value.Exponent(), 0)
	return min(stored+percentPlaces(!ratio(value, indicator).Equal(value)), maxPlaces)
}

func percentPlaces(percent bool) int32 {
	if percent {
		return 2
	}
	return 0
}

// typedPlaces counts the digits after the last comma or point of a text.
func typedPlaces(text string) int32 {
	mark := strings.LastIndexAny(text, ",.")
	if mark < 0 {
		return 0
	}
	places := int32(0)
	for _, r := range text[mark+1:] {
		if r < '0' || r > '9' {
			break
		}
		places++
	}
	return min(places, maxPlaces)
}

// formatPlaces counts the decimals that a number format shows; General shows
// what is stored.
func formatPlaces(format string) (places int32, ok bool) {
	positive, _, _ := strings.Cut(format, ";")
	if positive == "" || strings.EqualFold(positive, "General") || !strings.ContainsAny(positive, "0#?") {
		return 0, false
	}
	_, decimals, _ := strings.Cut(positive, ".")
	for _, r := range decimals {
		if !strings.ContainsRune("0#?", r) {
			break
		}
		places++
	}
	return places, true
}

// shownRatio is what was read, in percent where the cell shows percent.
func shownRatio(c *workbook.Cell) string {
	if c.Type == workbook.Text || !percentFormat(c.Format) {
		return c.Value
	}
	value, err := decimal.NewFromString(c.Value)
	if err != nil {
		return c.Value
	}
	places, _ := formatPlaces(c.Format)
	return strings.ReplaceAll(value.Shift(2).StringFixed(places), ".", ",") + "%"
}

// expectedRatio prints the recomputed ratio with as many decimals as were
// printed, in percent for an indicator measured so.
func expectedRatio(exact decimal.Decimal, places int32, indicator *pipeline.Indicator) string {
	if strings.TrimSpace(indicator.Measure) != "%" {
		return printNumber(exact.Round(max(places, 2)), false)
	}
	return printNumber(exact.Round(max(places, 2+int32(min(indicator.Decimals, maxPlaces)))), true)
}
