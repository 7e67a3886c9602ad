package vntext

import (
	"strings"

	"github.com/shopspring/decimal"
)

// A style is the writing of a numeral.
type style int

const (
	malformed style = iota
	certain         // 1250, 1.234.567,891, 12 066, 61,23
	dotted          // 12.066: certain, except in a ratio
	undecided       // 1,250: a decimal fraction, or an English group
	foreign         // 1,234.56, 1.5: English, if anything
)

// A numeral is digits with marks between them. The value keeps as many
// decimals as were written; of an undecided one it takes the comma for a
// decimal mark.
type numeral struct {
	style style
	value decimal.Decimal
}

// scan reads the numeral at the start of text and returns what follows it,
// without blanks. A minus sign or brackets make it negative.
func scan(text string) (numeral, string) {
	text, bracket := strings.CutPrefix(text, "(")
	minus := !bracket && strings.HasPrefix(text, "-")
	if minus || strings.HasPrefix(text, "+") && !bracket {
		text = text[1:]
	}
	groups, marks, rest := cutGroups(text)
	n := compose(groups, marks)
	if bracket {
		if !strings.HasPrefix(rest, ")") {
			return numeral{}, ""
		}
		rest = rest[1:]
	}
	if minus || bracket {
		n.value = n.value.Neg()
	}
	return n, strings.TrimSpace(rest)
}

// cutGroups splits the digits at the start of text at the marks between them:
// "12.066,5 %" gives 12 066 5, ".," and " %".
func cutGroups(text string) (groups []string, marks, rest string) {
	for {
		end := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if end < 0 {
			return append(groups, text), marks, ""
		}
		groups = append(groups, text[:end])
		if end == 0 || end+1 == len(text) || !strings.ContainsRune("., ", rune(text[end])) || !isDigit(text[end+1]) {
			return groups, marks, text[end:]
		}
		marks += text[end : end+1]
		text = text[end+1:]
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// compose gives groups of digits their value. A group mark has exactly three
// digits after it; a comma before the last group is the decimal mark.
func compose(groups []string, marks string) numeral {
	last := len(marks) - 1
	whole, fraction := groups, ""
	s := malformed
	switch {
	case groups[0] == "":
		return numeral{}
	case marks == "":
		s = certain
	case marks == "." && inGroups(groups, marks):
		s = dotted
	case marks[0] != ',' && inGroups(groups, marks):
		s = certain
	case last > 0 && inGroups(groups, marks): // 1,250,000
		s = foreign
	case marks[last] == ',' && inGroups(groups[:last+1], marks[:last]) && (last == 0 || marks[0] != ','):
		whole, fraction, s = groups[:last+1], groups[last+1], certain
		if last == 0 && inGroups(groups, marks) {
			s = undecided
		}
	case marks[last] == '.' && inGroups(groups[:last+1], marks[:last]) && (last == 0 || marks[0] == ','):
		whole, fraction, s = groups[:last+1], groups[last+1], foreign
	}
	digits := strings.Join(whole, "")
	if fraction != "" {
		digits += "." + fraction
	}
	value, err := decimal.NewFromString(digits)
	if err != nil {
		return numeral{}
	}
	return numeral{s, value}
}

// inGroups tells whether groups are groups of three with one kind of mark
// between them; the first has one to three digits and no leading zero.
func inGroups(groups []string, marks string) bool {
	if strings.Trim(marks, marks[:min(1, len(marks))]) != "" {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return len(groups) == 1 || len(groups[0]) <= 3 && groups[0][0] != '0'
}

// doubted is n with a mark behind it that has no business there.
func (n numeral) doubted() numeral {
	if n.style != malformed {
		n.style = foreign
	}
	return n
}

// over is the quotient of n and the numeral in text: 32.775/53.527. Both must
// be certain whole numbers, the second the larger.
func (n numeral) over(text string) numeral {
	d, rest := scan(strings.TrimSpace(text))
	if rest != "" || !n.plainWhole() || !d.plainWhole() || !d.value.IsPositive() || n.value.GreaterThan(d.value) {
		return numeral{}
	}
	return numeral{certain, n.value.DivRound(d.value, quotientPlaces)}
}

const quotientPlaces = 18

func (n numeral) plainWhole() bool {
	return (n.style == certain || n.style == dotted) && n.value.IsInteger() && !n.value.IsNegative()
}
