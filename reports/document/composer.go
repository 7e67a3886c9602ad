package document

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// The markers that a template may have: {{@unit}}, {{HT01:ytd}}, {{units/name}}.
var (
	fields = []string{
		"unit", "unit.upper", "unit.code", "parent", "parent.upper", "period", "period.upper", "period.lower", "period.code", "cutoff", "cutoff.long", "as_of", "as_of.long",
		"issued", "issued.long", "issue", "run", "sample", "due", "on_time", "late", "missing", "not_due", "met", "targets", "headline", "outstanding", "above",
	}
	measures   = []string{"", "ytd", "target", "rate", "previous", "name", "measure", "sentence"}
	listFields = map[string][]string{
		"body":       {"heading", "sentence"},
		"indicators": {"number", "name", "measure", "target", "ytd", "rate", "previous", "status"},
		"units":      {"number", "name", "reports", "met", "targets", "score", "grade", "rank"},
		"missing":    {"number", "unit", "form", "due"},
		// A sentence in the place of what is empty.
		"no_body": {"sentence"}, "no_indicators": {"sentence"}, "no_units": {"sentence"},
	}
)

// A composer words the figures of one root.
type composer struct {
	d       *reports.Dataset
	l       *lang.Language
	root    reports.Unit
	figures map[string]reports.Achievement // of the root, by indicator
	below   map[string][]pipeline.Indicator
}

func newComposer(d *reports.Dataset, l *lang.Language) *composer {
	c := &composer{d: d, l: l, below: map[string][]pipeline.Indicator{}}
	for _, root := range d.Roots() {
		c.root, c.figures = root, map[string]reports.Achievement{}
		for _, a := range d.Achievements {
			if a.Unit == root.Code && (a.YTD != nil || a.Target != nil) {
				c.figures[a.Indicator] = a
			}
		}
		if len(c.figures) > 0 {
			break
		}
	}
	for _, i := range d.Indicators {
		if i.Parent != "" {
			c.below[i.Parent] = append(c.below[i.Parent], i)
		}
	}
	return c
}

// field is the text of a marker that is no list's.
func (c *composer) field(marker string) (string, bool) {
	if name, ok := strings.CutPrefix(marker, "@"); ok {
		return c.about(name)
	}
	code, measure, _ := strings.Cut(marker, ":")
	for _, i := range c.d.Indicators {
		if i.Code == code {
			return c.figure(i, measure)
		}
	}
	return "", false
}

// about is a field of the report itself.
func (c *composer) about(name string) (string, bool) {
	name, form, _ := strings.Cut(name, ".")
	text, ok := c.plain(name)
	switch form {
	case "":
	case "upper":
		text = strings.ToUpper(text)
	case "lower":
		text = lowerFirst(text)
	case "code":
		text = map[string]string{"unit": c.root.Code, "period": c.d.Stamp.Period.String()}[name]
	case "long":
		day := map[string]string{"cutoff": c.l.LongDate(c.d.Stamp.Window.End), "as_of": c.l.LongDate(c.d.Stamp.DataDay()), "issued": c.l.LongDate(c.d.Stamp.AsOf)}
		text, ok = day[name]
	default:
		return "", false
	}
	return text, ok
}

func (c *composer) plain(name string) (string, bool) {
	stamp := c.d.Stamp
	switch name {
	case "unit":
		return c.root.Name, true
	case "parent":
		return c.d.ParentName(c.root), true
	case "period":
		return c.l.Period(stamp.Period), true
	case "cutoff":
		return c.l.Date(stamp.Window.End), true
	case "as_of":
		return c.l.Date(c.d.Stamp.DataDay()), true
	case "issued":
		return c.l.Date(stamp.AsOf), true
	case "issue":
		return strconv.Itoa(stamp.Issue), true
	case "run":
		return stamp.RunID, true
	case "sample":
		return stamp.Sample, true
	case "headline":
		return c.headline(), true
	case "above":
		if name := c.d.ParentName(c.root); name != "" {
			return c.l.Text("document.above", "name", name), true
		}
		return "", true
	case "outstanding":
		return c.outstanding(c.reports("")), true
	case "met":
		return strconv.Itoa(c.d.Score(c.root.Code).Met), true
	case "targets":
		return strconv.Itoa(c.d.Score(c.root.Code).Targets), true
	case "due", "on_time", "late", "missing", "not_due":
		return strconv.Itoa(c.reports("")[name]), true
	}
	return "", false
}

// reports counts the reports of the period, of one unit or of all, by how they
// stand; "due" are all of them, "not_due" those that still have time.
func (c *composer) reports(unit string) map[string]int {
	counts := map[string]int{}
	for _, r := range c.d.Reporting {
		if unit == "" || r.Unit == unit {
			counts["due"]++
			if r.HasTime(c.d.Stamp.AsOf) {
				counts["not_due"]++
			} else {
				counts[r.State]++
			}
		}
	}
	return counts
}

// figure is a printed figure of an indicator.
func (c *composer) figure(i pipeline.Indicator, measure string) (string, bool) {
	a := c.figures[i.Code]
	switch measure {
	case "", "ytd":
		return c.reached(a, i), true
	case "target":
		return c.optional(a.Target, i), true
	case "rate":
		if a.Rate == nil {
			return c.l.Text("document.none"), true
		}
		return c.l.Rate(*a.Rate, ratePlaces, i.Rounding), true
	case "previous":
		return c.optional(a.Previous, i), true
	case "name":
		return i.Name, true
	case "measure":
		return i.Measure, true
	case "sentence":
		return c.sentence(i, a), true
	}
	return "", false
}

// ratePlaces are the decimals of a printed rate: 61,23%.
const ratePlaces = 2

// reached is the figure since the start of the year, with its qualifier.
func (c *composer) reached(a reports.Achievement, i pipeline.Indicator) string {
	switch {
	case a.YTD == nil:
		return c.l.Text("document.none")
	case a.State == pipeline.StateNil && a.YTD.IsZero():
		return c.l.Text("document.nil")
	case a.Qualifier == pipeline.AtLeast || a.Qualifier == pipeline.About:
		return c.l.Text("stamp."+string(a.Qualifier), "figure", c.print(*a.YTD, i))
	}
	return c.print(*a.YTD, i)
}

func (c *composer) optional(d *decimal.Decimal, i pipeline.Indicator) string {
	if d == nil {
		return c.l.Text("document.none")
	}
	return c.print(*d, i)
}

func (c *composer) print(d decimal.Decimal, i pipeline.Indicator) string {
	if i.Kind == pipeline.KindRatio {
		return c.l.Percent(d, i.Decimals, i.Rounding)
	}
	return c.l.Number(d, i.Decimals, i.Rounding)
}
