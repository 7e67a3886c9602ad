package lang

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// Message says in one sentence what is wrong, with what was read.
func (l *Language) Message(f pipeline.Finding) string {
	return l.finding(f, "message")
}

// Remedy says how to mend it.
func (l *Language) Remedy(f pipeline.Finding) string {
	return l.finding(f, "remedy")
}

// Expected says what should stand in its place: in words where the finding has
// some for that, else as it is known.
func (l *Language) Expected(f pipeline.Finding) string {
	if l.Has("finding." + f.Code + ".expected") {
		return l.finding(f, "expected")
	}
	return f.Expected
}

func (l *Language) finding(f pipeline.Finding, part string) string {
	pairs := []any{
		"read", f.Read, "expected", f.Expected, "sheet", f.Sheet, "cell", f.Cell, "expected_number", l.number(f.Expected),
	}
	for _, arg := range f.Args {
		pairs = append(pairs, arg.Name, l.value(arg))
	}
	return strings.TrimSpace(l.Text("finding."+f.Code+"."+part, pairs...))
}

// value is the value of an argument as people read it: a period by its name, an
// operator in words.
func (l *Language) value(arg pipeline.Arg) string {
	switch arg.Name {
	case "operator":
		if name, ok := operators[arg.Value]; ok {
			return l.Text("operator." + name)
		}
	case "left_value", "right_value":
		return l.number(arg.Value)
	case "day":
		if day, err := time.Parse(time.DateOnly, arg.Value); err == nil {
			return l.Date(day)
		}
	case "period", "one", "other":
		if p, err := pipeline.ParsePeriod(arg.Value); err == nil {
			return l.Period(p)
		}
	}
	return arg.Value
}

// number prints a plain number by the conventions of the language; another
// text stays as it is.
func (l *Language) number(text string) string {
	d, err := decimal.NewFromString(text)
	if err != nil || strings.ContainsAny(text, "eE") {
		return text
	}
	return l.Number(d, max(int(-d.Exponent()), 0), pipeline.HalfUp)
}

// operators names the operators of checks for their texts.
var operators = map[string]string{
	"=": "equal", "<>": "unequal", ">": "more", ">=": "at_least", "<": "less", "<=": "at_most",
}
