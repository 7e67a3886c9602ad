package vntext

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// The finding codes of numbers that cannot be taken as they stand.
const (
	NotANumber      = "not_a_number"      // no number, or one in no known writing
	AmbiguousNumber = "ambiguous_number"  // two values are possible
	FractionInCount = "fraction_in_count" // what is counted comes in whole numbers
	NegativeCount   = "negative_count"
	NumberTooLarge  = "number_too_large" // 10^15 or more
)

// A Reading is what stands in a cell for a number.
type Reading struct {
	State     pipeline.State  // blank where there is a problem
	Value     decimal.Decimal // of a percentage, the ratio: 0.6123; zero unless State is number
	Percent   bool            // written with a percent sign
	Qualifier pipeline.Qualifier
	Problem   string           // a finding code; empty if the reading is certain
	Proposal  *decimal.Decimal // the likely value beside a problem, where there is one
}

// Expected says what may stand in the cell.
type Expected struct {
	Kind     pipeline.Kind
	Decimals int    // printed
	Measure  string // the unit of measure (đơn vị tính), which may follow the number
}

const (
	longestNumber = 40  // characters; what is longer is no number
	mostDigits    = 15  // before the decimal mark, as many as Excel keeps
	finest        = -40 // the power of ten below which a fraction is none
)

// ReadNumber reads text by the rules of Vietnamese writing: dots or blanks
// between groups of three digits, a comma before decimals, perhaps a word such
// as "trên" or "khoảng" before and the unit of measure or a percent sign
// behind. A dash and words such as "không phát sinh" declare nil; dots alone
// are a line left empty.
func ReadNumber(text string, want Expected) Reading {
	text, ok := tidy(text)
	switch {
	case !ok:
		return problem(NotANumber, nil)
	case strings.Trim(text, blankLine) == "":
		return Reading{State: pipeline.StateBlank, Qualifier: pipeline.Exact}
	case declaresNil(text, want.Measure):
		return Reading{State: pipeline.StateNil, Qualifier: pipeline.Exact}
	}
	qualifier, text, ok := cutQualifier(text)
	if !ok {
		return problem(NotANumber, nil)
	}
	n, tail := scan(text)
	switch {
	case isPercent(tail) && (want.Kind.Whole() || want.Kind == pipeline.KindMoney):
		return problem(NotANumber, nil)
	case isPercent(tail):
		return n.judge(want, qualifier, true)
	case tail == "" || means(tail, want.Measure):
		return n.judge(want, qualifier, false)
	case tail == "." || tail == ",":
		return n.doubted().judge(want, qualifier, false)
	case strings.HasPrefix(tail, "/") && want.Kind == pipeline.KindRatio:
		return n.over(tail[1:]).judge(want, qualifier, false)
	}
	return problem(NotANumber, nil)
}

// CheckNumber judges the number in a numeric cell. In a count, 12.066 is what
// an English Excel makes of "12.066" typed: the proposal is then 12066.
func CheckNumber(value decimal.Decimal, want Expected) Reading {
	if wholeDigits(value) < finest {
		value = decimal.Zero
	}
	r := numeral{style: certain, value: value}.judge(want, pipeline.Exact, false)
	if r.Problem != FractionInCount || !isGroup(value) {
		return r
	}
	if grouped := value.Shift(3); grouped.IsInteger() {
		r.Proposal = &grouped
	}
	return r
}

// isGroup tells whether the whole part of value is one to three digits that do
// not start with zero.
func isGroup(value decimal.Decimal) bool {
	whole := value.IntPart()
	return whole >= 1 && whole <= 999
}

func problem(code string, proposal *decimal.Decimal) Reading {
	return Reading{State: pipeline.StateBlank, Qualifier: pipeline.Exact, Problem: code, Proposal: proposal}
}

// judge decides what the numeral n says in a cell for want.
func (n numeral) judge(want Expected, qualifier pipeline.Qualifier, percent bool) Reading {
	code, likely := n.doubt(want)
	if code != "" && code != AmbiguousNumber {
		return problem(code, nil)
	}
	if percent {
		likely = likely.Shift(-2)
	}
	switch {
	case code != "":
		return problem(code, &likely)
	case likely.IsZero():
		return Reading{State: pipeline.StateZero, Percent: percent, Qualifier: qualifier}
	}
	return Reading{State: pipeline.StateNumber, Value: likely, Percent: percent, Qualifier: qualifier}
}

// doubt says why n is not certain in a cell for want, and what it most likely
// means.
func (n numeral) doubt(want Expected) (code string, likely decimal.Decimal) {
	whole := want.Kind.Whole()
	switch {
	case n.style == malformed:
		return NotANumber, n.value
	case tooLarge(n.value):
		return NumberTooLarge, n.value
	case n.value.IsZero():
		return "", n.value
	case whole && n.value.IsNegative():
		return NegativeCount, n.value
	case n.style == undecided && (whole || want.Decimals == 0):
		return AmbiguousNumber, n.value.Shift(3)
	case whole && !n.value.IsInteger():
		return FractionInCount, n.value
	case n.style == foreign:
		return AmbiguousNumber, n.value
	case n.style == dotted && want.Kind == pipeline.KindRatio:
		return AmbiguousNumber, n.value.Shift(-3) // no rate is 61234 %
	}
	return "", n.value
}

func tooLarge(d decimal.Decimal) bool {
	return !d.IsZero() && wholeDigits(d) > mostDigits
}

// wholeDigits is the number of digits before the decimal mark; below zero, of
// zeros behind it. It is known without writing the number out, which for
// 1e1000000000 would fill the memory.
func wholeDigits(d decimal.Decimal) int64 {
	return int64(d.NumDigits()) + int64(d.Exponent())
}
