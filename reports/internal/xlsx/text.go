package xlsx

import (
	"strings"
	"unicode/utf8"

	"tonghop/pipeline/vntext"
)

// MaxText is how many UTF-16 units a cell holds.
const MaxText = 32767

// Text makes s fit for a cell: without what XML forbids, and cut to what a
// cell holds.
func Text(s string) string { return Cut(s, MaxText) }

// Cut is Text for places that hold only limit UTF-16 units. What is cut off is
// marked by an ellipsis.
func Cut(s string, limit int) string {
	clean := strings.Map(legal, s)
	units, end := 0, 0 // end is where the text would be cut, leaving room for the ellipsis
	for at, r := range clean {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > limit {
			return clean[:end] + "…"
		}
		if units < limit {
			end = at + utf8.RuneLen(r)
		}
	}
	return clean
}

// legal drops the characters that XML 1.0 forbids, carriage returns and
// what turns the direction of writing.
func legal(r rune) rune {
	switch {
	case r == '\t' || r == '\n':
		return r
	case r < 0x20 || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError:
		return -1
	case vntext.Turns(r):
		return -1
	}
	return r
}

// footerLimit keeps the three parts of a footer with their fonts within the 255
// characters that Excel allows for all of them.
const footerLimit = 50

// Footer is s as a part of a page footer, where an ampersand would start a
// code: a plus stands in for it.
func Footer(s string) string {
	return strings.NewReplacer("\n", " ", "&", "+").Replace(Cut(s, footerLimit))
}

// Lines estimates how many lines s takes in a column width characters wide,
// broken between words where it can be.
func Lines(s string, width float64) int {
	limit, lines := max(int(width), 1), 0
	if len(s) <= limit && !strings.Contains(s, "\n") {
		return 1
	}
	for paragraph := range strings.SplitSeq(s, "\n") {
		used := 0
		lines++
		for word := range strings.FieldsSeq(paragraph) {
			n := utf8.RuneCountInString(word)
			if used > 0 && used+1+n > limit {
				lines, used = lines+1, 0
			}
			if used > 0 {
				used++
			}
			lines += (n - 1) / limit
			used += min(n, limit)
		}
	}
	return lines
}
