package catalogue

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// numberTerm is a number in a sum: 0, 1.5 or 1,5. One mark with three digits
// behind it may be a group mark (1.000), so that form is not taken.
var (
	numberTerm = regexp.MustCompile(`^-?[0-9]{1,30}(?:[.,][0-9]{1,10})?$`)
	groupTerm  = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+$`)
)

func (l *loader) loadChecks(t *table) {
	var versions []version
	for _, r := range t.rows {
		c := l.check(r)
		l.cat.Checks = append(l.cat.Checks, c)
		versions = append(versions, version{key: c.Code, row: r})
	}
	reportOverlaps(versions, "code", "catalogue_duplicate_code")
}

func (l *loader) check(r row) pipeline.Check {
	r.need("operator")
	return pipeline.Check{
		Code:        r.code(listSigns),
		Left:        l.sum(r, "left"),
		Operator:    r.word("operator", ""),
		Right:       l.sum(r, "right"),
		Missing:     r.word("missing", "skip_any"),
		Severity:    pipeline.Severity(r.word("severity", string(pipeline.SeverityError))),
		Since:       r.period("since"),
		Instruction: r.text("instruction"),
		Origin:      r.origin(),
	}
}

// sum is the codes and numbers in the named column, joined with +. What is
// both an indicator's code and a number is the code.
func (l *loader) sum(r row, column string) pipeline.Sum {
	r.need(column)
	if c, ok := r.cell(column); ok && c.broken == "" && !l.indicators.codes[c.text] {
		if value, ok := c.numberCell(); ok {
			return pipeline.Sum{{Number: value}}
		}
	}
	var sum pipeline.Sum
	for _, part := range r.addends(column) {
		if term, ok := l.term(r, column, part); ok {
			sum = append(sum, term)
		}
	}
	return sum
}

func (l *loader) term(r row, column, text string) (pipeline.Term, bool) {
	switch {
	case l.indicators.codes[text]:
		return pipeline.Term{Indicator: text}, true
	case groupTerm.MatchString(text):
		whole := strings.NewReplacer(".", "", ",", "").Replace(text)
		r.report(column, pipeline.Finding{Code: "catalogue_ambiguous_number", Read: text, Expected: whole})
	case numberTerm.MatchString(text):
		value, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
		return pipeline.Term{Number: value}, err == nil
	default:
		l.indicators.check(r, column, text)
	}
	return pipeline.Term{}, false
}
