package page

import (
	"fmt"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A figure is a printed figure, or what stands in its place.
type figure struct {
	Text    string
	Absent  bool   // there is no such figure; Text says why
	Part    string // a ratio's numerator over its denominator
	Against string // the gap of a ratio to its target
}

// value prints a figure of the indicator by its decimals and rounding.
func (c *composer) value(d decimal.Decimal, i pipeline.Indicator) string {
	if i.Kind == pipeline.KindRatio {
		return c.l.Percent(d, i.Decimals, i.Rounding)
	}
	return c.l.Number(d, i.Decimals, i.Rounding)
}

// quantity is a printed figure with its unit of measure; a ratio bears its own.
func (c *composer) quantity(text string, i pipeline.Indicator) string {
	if i.Kind == pipeline.KindRatio || i.Measure == "" {
		return text
	}
	return text + " " + i.Measure
}

// optional prints a figure that may be missing.
func (c *composer) optional(d *decimal.Decimal, i pipeline.Indicator, missing string) figure {
	if d == nil {
		return figure{Text: missing, Absent: true}
	}
	return figure{Text: c.value(*d, i)}
}

// reported prints a figure that units reported: a declared nil stays a nil, and
// a qualifier is carried.
func (c *composer) reported(d *decimal.Decimal, a reports.Achievement, i pipeline.Indicator) figure {
	if a.State == pipeline.StateNil && (d == nil || d.IsZero()) {
		return figure{Text: c.l.Text("page.state.nil")}
	}
	f := c.optional(d, i, c.l.Text("page.state.blank"))
	if !f.Absent {
		f.Text = c.qualified(f.Text, a.Qualifier)
		f.Part = c.fraction(*d, a, i)
	}
	return f
}

func (c *composer) qualified(text string, q pipeline.Qualifier) string {
	if q == pipeline.AtLeast || q == pipeline.About {
		return c.l.Text("page.state."+string(q), "value", text)
	}
	return text
}

// rate prints a rate to the given places, and to more where fewer would print
// 100% of a rate that is not: what is nearly met is not met.
func (c *composer) rate(d *decimal.Decimal, places int, i pipeline.Indicator) string {
	if d == nil {
		return ""
	}
	full := decimal.NewFromInt(100)
	for more := places; more < places+4; more++ {
		printed := i.Rounding.Print(d.Shift(2), more)
		if d.Equal(one) || !printed.Equal(full) {
			return c.l.Percent(*d, more, i.Rounding)
		}
	}
	return c.l.Percent(*d, places, pipeline.Truncate)
}

// fraction prints numerator over denominator of a ratio, where the parts on
// record give exactly the figure d.
func (c *composer) fraction(d decimal.Decimal, a reports.Achievement, i pipeline.Indicator) string {
	if i.Kind != pipeline.KindRatio {
		return ""
	}
	sums := map[string]decimal.Decimal{}
	places := map[string]int{}
	for _, p := range c.parts[place{a.Unit, a.Indicator}] {
		if p.Value != nil && (p.PartUnit == a.Unit || p.PartUnit == "") {
			sums[p.Role] = sums[p.Role].Add(*p.Value)
			places[p.Role] = c.indicatorOf(p.PartIndicator).Decimals
		}
	}
	numerator, denominator := sums["numerator"], sums["denominator"]
	if denominator.IsZero() || !near(numerator.Div(denominator), d) {
		return ""
	}
	return c.l.Text("page.indicators.fraction",
		"numerator", c.l.Number(numerator, places["numerator"], i.Rounding),
		"denominator", c.l.Number(denominator, places["denominator"], i.Rounding))
}

// near allows for the digits that a division leaves out.
func near(a, b decimal.Decimal) bool {
	return a.Sub(b).Abs().LessThan(decimal.New(1, -9))
}

// gap words how far a ratio is from its target, in percentage points.
func (c *composer) gap(a reports.Achievement, i pipeline.Indicator) string {
	if i.Kind != pipeline.KindRatio || a.YTD == nil || !targeted(a) {
		return ""
	}
	points := a.YTD.Sub(*a.Target).Shift(2)
	printed := c.l.Number(points.Abs(), max(i.Decimals, 1), i.Rounding)
	switch points.Sign() {
	case 1:
		return c.l.Text("page.achievement.gap_over", "points", printed)
	case -1:
		return c.l.Text("page.achievement.gap_under", "points", printed)
	}
	return ""
}

// coverage prints units counted over units due; empty where none is due.
func (c *composer) coverage(a reports.Achievement) string {
	if a.Due == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", a.Reported, a.Due)
}
