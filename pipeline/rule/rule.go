// Package rule judges the figures of one submission by the catalogue's checks.
//
// A check compares two sums of reported figures. The verdict depends on the one
// submission alone; what compares it with others is not here. It is called by
// package assess.
package rule

import (
	"cmp"
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// A Run judges submissions of one catalogue.
type Run struct {
	Checks     []pipeline.Check
	Calendar   pipeline.Calendar
	Indicators map[string]pipeline.Indicator

	numbers map[string]int // of the indicators that checks add
}

// values are the facts of a submission by the numbers of their indicators; nil
// where the form does not collect one.
type values struct {
	numbers map[string]int
	facts   []*pipeline.Fact
}

func (v values) of(indicator string) *pipeline.Fact {
	if n, ok := v.numbers[indicator]; ok {
		return v.facts[n]
	}
	return nil
}

// New prepares the checks of a catalogue.
func New(cat *pipeline.Catalogue) *Run {
	r := &Run{Checks: cat.Checks, Calendar: cat.Calendar, Indicators: map[string]pipeline.Indicator{}, numbers: map[string]int{}}
	for _, i := range cat.Indicators {
		r.Indicators[i.Code] = i
	}
	for _, c := range cat.Checks {
		for t := range terms(c) {
			if _, known := r.numbers[t.Indicator]; !known {
				r.numbers[t.Indicator] = len(r.numbers)
			}
		}
	}
	return r
}

// terms are those of both sides of a check.
func terms(c pipeline.Check) iter.Seq[pipeline.Term] {
	return func(yield func(pipeline.Term) bool) {
		for _, side := range []pipeline.Sum{c.Left, c.Right} {
			for _, t := range side {
				if !yield(t) {
					return
				}
			}
		}
	}
}

// Check applies every check that concerns the facts, for a submission of the
// given period. A check concerns them if the form collects an indicator of
// each of its sides that has one; a check since a later period does not apply,
// nor does one over an unreadable cell: mending the cell comes first.
func (r *Run) Check(facts []pipeline.Fact, unreadable map[string]bool, period pipeline.Period) []pipeline.Finding {
	v := values{r.numbers, make([]*pipeline.Fact, len(r.numbers))}
	for i := range facts {
		if n, ok := r.numbers[facts[i].Indicator]; ok && facts[i].Measure == pipeline.MeasureValue {
			v.facts[n] = &facts[i]
		}
	}
	var all []pipeline.Finding
	for _, c := range r.Checks {
		if r.applies(c, v, period) && !touches(c, unreadable) && r.violated(c, v) {
			all = append(all, r.finding(c, v))
		}
	}
	return all
}

func (r *Run) applies(c pipeline.Check, v values, period pipeline.Period) bool {
	if !c.Since.IsZero() && r.Calendar.Window(period).Start.Before(r.Calendar.Window(c.Since).Start) {
		return false
	}
	return collected(c.Left, v) && collected(c.Right, v)
}

// touches tells whether the check adds one of the indicators.
func touches(c pipeline.Check, indicators map[string]bool) bool {
	if len(indicators) == 0 {
		return false
	}
	for t := range terms(c) {
		if indicators[t.Indicator] {
			return true
		}
	}
	return false
}

// collected tells whether the form collects an indicator of the sum, or the
// sum is of numbers alone.
func collected(s pipeline.Sum, v values) bool {
	constant := true
	for _, t := range s {
		if t.Indicator == "" {
			continue
		}
		constant = false
		if v.of(t.Indicator) != nil {
			return true
		}
	}
	return constant
}

func (r *Run) violated(c pipeline.Check, v values) bool {
	left, right := total(c.Left, v), total(c.Right, v)
	switch c.Operator {
	case "both_or_neither":
		return (left.present > 0) != (right.present > 0)
	case "not_both":
		return left.present > 0 && right.present > 0
	}
	missing, present := left.missing+right.missing, left.present+right.present
	switch c.Missing {
	case "skip_all":
		if present == 0 {
			return false
		}
	case "zero":
	default: // skip_any
		if missing > 0 {
			return false
		}
	}
	return !holds(left.value.Cmp(right.value), c.Operator)
}

// A sum is the value of a side, with how many of its indicators are reported
// and how many are blank or not on the form.
type sum struct {
	value            decimal.Decimal
	present, missing int
}

func total(s pipeline.Sum, v values) sum {
	var all sum
	for i, t := range s {
		value := t.Number
		if t.Indicator != "" {
			f := v.of(t.Indicator)
			if f == nil || f.State == pipeline.StateBlank {
				all.missing++
				continue
			}
			all.present++
			value = f.Value
		}
		if i == 0 {
			all.value = value
		} else {
			all.value = all.value.Add(value)
		}
	}
	return all
}

func holds(order int, operator string) bool {
	switch operator {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	}
	return false
}

// finding places the violation at the first reported cell of the left side,
// else of the right.
func (r *Run) finding(c pipeline.Check, v values) pipeline.Finding {
	left, right := total(c.Left, v), total(c.Right, v)
	f := pipeline.Finding{
		Code: "check_failed", Severity: c.Severity,
		Read: left.value.String(),
		Args: []pipeline.Arg{
			{Name: "check", Value: c.Code},
			{Name: "left", Value: r.words(c.Left, v)},
			{Name: "operator", Value: c.Operator},
			{Name: "right", Value: r.words(c.Right, v)},
			{Name: "right_value", Value: right.value.String()},
			{Name: "instruction", Value: c.Instruction},
		},
	}
	if c.Operator == "both_or_neither" || c.Operator == "not_both" {
		f.Code, f.Read = "check_"+c.Operator, ""
	}
	for t := range terms(c) {
		if fact := v.of(t.Indicator); fact != nil && fact.Cell != "" {
			f.Sheet, f.Cell = fact.Sheet, fact.Cell
			break
		}
	}
	return f
}

// fewTerms is how many indicators of a sum are named; of more, cells and values
// tell all that a person can follow.
const fewTerms = 3

// words writes a sum out as its reader checks it: each indicator with its cell
// and what was read there, and what they come to where there are several.
func (r *Run) words(s pipeline.Sum, v values) string {
	var parts []string
	for _, t := range s {
		if t.Indicator == "" {
			parts = append(parts, t.Number.String())
			continue
		}
		i, fact := r.Indicators[t.Indicator], v.of(t.Indicator)
		if fact == nil {
			fact = &pipeline.Fact{}
		}
		name, value := "«"+cmp.Or(i.Name, t.Indicator)+"»", shown(fact, i.Kind)
		switch {
		case fact.Cell == "":
			parts = append(parts, name+" ("+value+")")
		case len(s) > fewTerms:
			parts = append(parts, fact.Cell+" ("+value+")")
		default:
			parts = append(parts, name+" ("+fact.Cell+": "+value+")")
		}
	}
	words := strings.Join(parts, " + ")
	if all := total(s, v); len(s) > 1 && all.present > 0 {
		words += " = " + all.value.String()
	}
	return words
}

// shown is what a check takes from a cell.
func shown(f *pipeline.Fact, kind pipeline.Kind) string {
	switch {
	case f.State == "" || f.State == pipeline.StateBlank:
		return "–"
	case kind == pipeline.KindRatio:
		return f.Value.Shift(2).String() + "%"
	}
	return f.Value.String()
}
