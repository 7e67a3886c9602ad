package document

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/reports"
)

// headline says in one sentence how the targets and the reports stand.
func (c *composer) headline() string {
	score, counts := c.d.Score(c.root.Code), c.reports("")
	targets := c.l.Text("document.headline.targets", "met", score.Met, "targets", score.Targets, "plan", c.plan())
	if score.Targets == 0 {
		targets = c.l.Text("document.headline.no_targets")
	}
	received := c.l.Text("document.headline.received", "received", counts["on_time"]+counts["late"], "due", counts["due"])
	if counts["late"] > 0 {
		received += c.l.Text("document.headline.late", "late", c.few(counts["late"]))
	}
	return c.l.Text("document.headline.sentence", "as_of", c.l.Date(c.d.Stamp.DataDay()), "targets", targets, "received", received) + " " + c.outstanding(counts)
}

// outstanding says in one sentence how many reports have not come.
func (c *composer) outstanding(counts map[string]int) string {
	key := "none"
	switch {
	case counts["missing"] > 0 && counts["not_due"] > 0:
		key = "missing_and_not_due"
	case counts["missing"] > 0:
		key = "missing"
	case counts["not_due"] > 0:
		key = "not_due"
	}
	return c.l.Text("document.outstanding."+key, "missing", c.few(counts["missing"]), "not_due", c.few(counts["not_due"]))
}

// plan names the targets of the period: those of its year, or of all its years.
func (c *composer) plan() string {
	if c.d.Stamp.Period.Kind == pipeline.Span {
		return c.l.Text("document.plan.span")
	}
	return c.l.Text("document.plan.year")
}

// sentence words what was reached with an indicator: "Số người …: 23.339 người,
// đạt 93,36% kế hoạch năm (25.000 người); tăng 1.250 người (tăng 5,66%) so với
// cùng kỳ năm trước; trong đó: …".
func (c *composer) sentence(i pipeline.Indicator, a reports.Achievement) string {
	clauses := []string{c.l.Text("document.sentence.reached", "name", i.Name, "figure", c.quantity(c.prose(c.reached(a, i), i), i)) + c.parts(i) + c.against(i, a)}
	for _, clause := range []string{c.slice(i, a), c.compared(i, a), c.subsets(i)} {
		if clause != "" {
			clauses = append(clauses, clause)
		}
	}
	return strings.Join(clauses, "; ") + "."
}

// quantity is a figure with its unit of measure; a ratio bears its own.
func (c *composer) quantity(figure string, i pipeline.Indicator) string {
	if i.Kind == pipeline.KindRatio || i.Measure == "" || figure == c.l.Text("document.none") || figure == c.l.Text("document.nil") {
		return figure
	}
	return figure + " " + i.Measure
}

// prose is a printed figure as sentences write it: a count below ten with a zero
// before it, as in 05 lớp, which offices do so that no digit is put in later.
func (c *composer) prose(figure string, i pipeline.Indicator) string {
	if c.l.Code == "vi" && i.Kind.Whole() && len(figure) == 1 && figure >= "1" && figure <= "9" {
		return "0" + figure
	}
	return figure
}

// few is prose for a number of reports.
func (c *composer) few(n int) string {
	return c.prose(strconv.Itoa(n), pipeline.Indicator{Kind: pipeline.KindCount})
}

// parts shows a ratio's numerator over its denominator, where each is one
// indicator: " (32.775/53.527)".
func (c *composer) parts(i pipeline.Indicator) string {
	if i.Kind != pipeline.KindRatio || len(i.Numerator) != 1 || len(i.Denominator) != 1 {
		return ""
	}
	over, under := c.figures[i.Numerator[0]].YTD, c.figures[i.Denominator[0]].YTD
	if over == nil || under == nil {
		return ""
	}
	return " (" + c.l.Number(*over, 0, pipeline.HalfUp) + "/" + c.l.Number(*under, 0, pipeline.HalfUp) + ")"
}

// against compares with the target.
func (c *composer) against(i pipeline.Indicator, a reports.Achievement) string {
	if a.Target == nil || a.Rate == nil || a.YTD == nil {
		return ""
	}
	target := c.quantity(c.prose(c.print(*a.Target, i), i), i)
	switch {
	case a.TargetUnits > 0:
		return c.l.Text("document.sentence.rate_of_units", "rate", c.l.Rate(*a.Rate, ratePlaces, i.Rounding), "target", target, "units", a.TargetUnits,
			"part", c.prose(c.optional(a.TargetYTD, i), i))
	case i.Better == pipeline.BetterDown:
		return c.l.Text("document.sentence.limit_"+a.Status, "target", target)
	case i.Kind == pipeline.KindRatio:
		gap := a.YTD.Sub(*a.Target).Shift(2)
		return c.l.Text("document.sentence.points_"+direction(gap), "target", target, "points", c.l.Number(gap.Abs(), max(i.Decimals, 1), i.Rounding))
	}
	text := c.l.Text("document.sentence.rate", "rate", c.l.Rate(*a.Rate, ratePlaces, i.Rounding), "target", target, "plan", c.plan())
	if over := a.Rate.Sub(decimal.NewFromInt(1)); over.IsPositive() {
		text += c.l.Text("document.sentence.over", "over", c.l.Percent(over, ratePlaces, i.Rounding))
	}
	return text
}

// slice tells what of it belongs to the period, where that is not all.
func (c *composer) slice(i pipeline.Indicator, a reports.Achievement) string {
	if i.Time != pipeline.Flow || i.Kind == pipeline.KindRatio || a.Actual == nil || a.YTD == nil || a.Actual.Equal(*a.YTD) {
		return ""
	}
	return c.l.Text("document.sentence.slice", "figure", c.quantity(c.prose(c.print(*a.Actual, i), i), i))
}

// compared compares the period with the same one last year.
func (c *composer) compared(i pipeline.Indicator, a reports.Achievement) string {
	if a.Previous == nil || a.Actual == nil {
		return ""
	}
	change := a.Actual.Sub(*a.Previous)
	if i.Kind == pipeline.KindRatio {
		points := i.Rounding.Print(change.Shift(2).Abs(), max(i.Decimals, 1))
		return c.l.Text("document.sentence.change_points_"+direction(change), "points", c.l.Number(points, max(i.Decimals, 1), i.Rounding))
	}
	by := c.quantity(c.prose(c.print(change.Abs(), i), i), i)
	if a.Previous.IsZero() || change.IsZero() {
		return c.l.Text("document.sentence.change_"+direction(change), "figure", by)
	}
	return c.l.Text("document.sentence.change_share_"+direction(change), "figure", by,
		"share", c.l.Percent(change.Div(*a.Previous).Abs(), ratePlaces, i.Rounding))
}

// direction is up, down or same.
func direction(change decimal.Decimal) string {
	return [...]string{"down", "same", "up"}[change.Sign()+1]
}

// subsets lists the indicators that are a part of i: "trong đó: đại học 12.066".
func (c *composer) subsets(i pipeline.Indicator) string {
	var all []string
	for _, part := range c.below[i.Code] {
		if a, ok := c.figures[part.Code]; ok && a.YTD != nil {
			all = append(all, c.l.Text("document.sentence.part", "name", lowerFirst(withoutOfWhich(part.Name)), "figure", c.quantity(c.prose(c.reached(a, part), part), part)))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return c.l.Text("document.sentence.parts", "parts", strings.Join(all, "; "))
}

// withoutOfWhich drops the words that a form puts before a part.
func withoutOfWhich(name string) string {
	for _, words := range []string{"trong đó", "of which"} {
		if len(name) > len(words) && strings.EqualFold(name[:len(words)], words) {
			return strings.TrimLeft(name[len(words):], ": -")
		}
	}
	return name
}

// lowerFirst makes the first letter small, but for an abbreviation.
func lowerFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	if unicode.IsUpper(second) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}
