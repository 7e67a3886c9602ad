package page

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A figure is a printed figure, or what stands in its place.
type figure struct {
	Text   string
	Absent bool   // there is no such figure; Text says why
	Part   string // a ratio's numerator over its denominator
	Note   string // what must be told with it: the last known value, missing reports, a break
	Link   string // to what it rests on
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

// rate prints a rate that may be missing.
func (c *composer) rate(d *decimal.Decimal, places int, i pipeline.Indicator) string {
	if d == nil {
		return ""
	}
	return c.l.Rate(*d, places, i.Rounding)
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

// gap words how far a ratio is from its target, in percentage points; of an
// indicator that should stay low, from its maximum.
func (c *composer) gap(a reports.Achievement, i pipeline.Indicator) string {
	if a.GapPoints == nil {
		return ""
	}
	points := *a.GapPoints
	key := "page.achievement.gap_"
	if i.Better == pipeline.BetterDown {
		key = "page.achievement.limit_"
	}
	switch points.Sign() {
	case 1:
		return c.l.Text(key+"over", "points", c.points(points, i))
	case -1:
		return c.l.Text(key+"under", "points", c.points(points.Neg(), i))
	}
	return ""
}

// points prints percentage points by the indicator's decimals, and by more
// where those would print a gap as none.
func (c *composer) points(d decimal.Decimal, i pipeline.Indicator) string {
	places := max(i.Decimals, 1)
	for more := places; more < places+4; more++ {
		if !i.Rounding.Print(d, more).IsZero() {
			return c.l.Number(d, more, i.Rounding)
		}
	}
	return c.l.Number(d, places, i.Rounding)
}

// measured is the figure that a rate is of: the part that the target speaks of.
func measured(a reports.Achievement) *decimal.Decimal {
	if a.TargetUnits > 0 {
		return a.TargetYTD
	}
	return a.YTD
}

// basis words what a rate rests on where that is not the whole figure: a unit
// without a target of its own is measured by the units below it that have one.
func (c *composer) basis(a reports.Achievement, i pipeline.Indicator) string {
	switch {
	case a.TargetUnits == 0 || !targeted(a):
		return ""
	case a.TargetYTD == nil:
		return c.l.Text("page.achievement.basis_blank", "units", a.TargetUnits)
	}
	return c.l.Text("page.achievement.basis", "units", a.TargetUnits,
		"ytd", c.value(*a.TargetYTD, i), "target", c.value(*a.Target, i))
}

// aside words what a missing figure leaves to tell: which running reports it
// wants, and the last earlier value with its age, which is never added.
func (c *composer) aside(a reports.Achievement, i pipeline.Indicator) string {
	var notes []string
	if a.MissingSpanUnits > 0 && a.MissingSpans != "" {
		var spans []string
		for _, code := range strings.Split(a.MissingSpans, ";") {
			spans = append(spans, c.periodName(strings.TrimSpace(code)))
		}
		notes = append(notes, c.l.Text("page.state.missing_spans", "spans", strings.Join(spans, ", "), "units", a.MissingSpanUnits))
	}
	if a.YTD == nil && a.LastValue != nil {
		notes = append(notes, c.l.Text("page.state.last", "value", c.value(*a.LastValue, i), "date", c.l.Date(a.LastCutOff), "age", c.age(a.LastAgeDays)))
	}
	return strings.Join(notes, "; ")
}

// age words a number of days as days, months or years.
func (c *composer) age(days int) string {
	switch {
	case days < 60:
		return c.l.Text("page.state.days", "count", days)
	case days < 700:
		return c.l.Text("page.state.months", "count", (days*2+30)/61)
	}
	return c.l.Text("page.state.years", "count", (days+182)/365)
}

// previous prints the figure of the same period last year, and refuses it where
// other units stand behind it.
func (c *composer) previous(a reports.Achievement, i pipeline.Indicator) figure {
	if a.Break == breakSplit {
		return figure{Text: c.l.Text("page.break.no_comparison"), Absent: true, Note: c.l.Text("page.break.since", "date", c.l.Date(a.BreakOn))}
	}
	f := c.optional(a.Previous, i, "")
	if a.Break != "" && !f.Absent {
		f.Note = c.l.Text("page.break.members", "date", c.l.Date(a.BreakOn))
	}
	return f
}

// breakSplit is the break across which nothing is compared.
const breakSplit = "split"

// A coverage says how many units a figure counts of those due, and how many
// of these have sent every report that is due inside the period.
type coverage struct {
	Units string // 38/54; empty where none is due
	Whole string // "7 with all reports", where others have sent but some; else empty
	both  string // both with their unit, as stands in brackets
}

func (c *composer) coverage(a reports.Achievement) coverage {
	if a.Due == 0 {
		return coverage{}
	}
	cover := coverage{Units: fmt.Sprintf("%d/%d", a.Reported, a.Due)}
	cover.both = c.l.Text("page.coverage.units", "units", cover.Units)
	if a.Complete < a.Reported {
		cover.Whole = c.l.Text("page.coverage.whole", "count", a.Complete)
		cover.both += ", " + cover.Whole
	}
	return cover
}
