package form

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/vntext"
)

// maxLabel is how much of a text counts as a label, in bytes. The longest
// labels of the official forms have about 250.
const maxLabel = 1000

// A level is what the ordinal or bullet before a label says of its place in
// the outline, uppermost first.
type level int

const (
	noLevel level = iota
	letter        // A.
	roman         // I.
	number        // 1. or 1.1
	small         // a)
	dash          // -
	plus          // +
)

// A label is a text as comparing needs it.
type label struct {
	key    string // folded, without ordinals and bullets; empty for a bare ordinal
	level  level  // of its last ordinal or its bullet
	depth  int    // of a number, how many parts it has: 2 for 1.1
	indent int    // blanks before it
}

// stands tells whether there is a label: it says something.
func (l label) stands() bool { return l.key != "" || l.level != noLevel }

// readLabel reads a text cell as a label.
func readLabel(text string) label { return labels.Of(text) }

var labels = vntext.NewMemo(parseLabel)

func parseLabel(text string) label {
	if len(text) > maxLabel {
		text = strings.ToValidUTF8(text[:maxLabel], "")
	}
	rest := strings.TrimLeftFunc(text, blank)
	l := label{indent: utf8.RuneCountInString(text) - utf8.RuneCountInString(rest)}
	for range 4 {
		found, depth, after := cutOrdinal(rest)
		if found == noLevel {
			break
		}
		if l.level < dash {
			l.level, l.depth = found, depth
		}
		rest = strings.TrimLeftFunc(after, blank)
	}
	l.key = tighten(vntext.Fold(rest))
	return l
}

// heads tells whether the label can head a column or a table: it is a year or
// has at least two letters, unlike the column numbers and letters below a
// header.
func (l label) heads() bool {
	if year(l.key) {
		return true
	}
	letters := 0
	for _, r := range l.key {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2
}

// measures tells whether the label is the line above a table that says what
// its figures are counted in: "Đơn vị tính: triệu đồng".
func (l label) measures() bool {
	return strings.HasPrefix(l.key, vntext.Fold("Đơn vị tính")) || strings.HasPrefix(l.key, vntext.Fold("ĐVT"))
}

// blank tells whether r is white space or an invisible character.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
}

// tighten takes the blanks around punctuation out of a folded text: people set
// "Trong đó :  nữ" and "Trong đó: nữ" alike.
func tighten(folded string) string {
	if !strings.ContainsAny(folded, ":;,.()/") {
		return folded
	}
	var b strings.Builder
	held := false // a blank that waits for what follows
	last := ' '
	for _, r := range folded {
		if r == ' ' {
			held = true
			continue
		}
		if held && !strings.ContainsRune(":;,.)(/", r) && !strings.ContainsRune(":;,.(/)", last) {
			b.WriteByte(' ')
		}
		held, last = false, r
		b.WriteRune(r)
	}
	return b.String()
}

// cutOrdinal cuts one bullet or ordinal off the start of s. Without one the
// level is noLevel.
func cutOrdinal(s string) (found level, depth int, rest string) {
	first, size := utf8.DecodeRuneInString(s)
	after := s[size:]
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case s == "" || unicode.IsDigit(next) && strings.ContainsRune("-–—−+", first):
		return noLevel, 0, s
	case first == '+':
		return plus, 1, after
	case strings.ContainsRune("-–—−*•·_▪●○■►", first):
		return dash, 1, after
	case first == '(':
		if token, tail, ok := strings.Cut(after, ")"); ok && len(token) <= 5 {
			if found, depth = ordinalLevel(token); found != noLevel {
				return found, depth, tail
			}
		}
		return noLevel, 0, s
	}
	return cutNumbering(s)
}

// cutNumbering cuts an ordinal such as "I.", "1/", "a)", "1.1" off s.
func cutNumbering(s string) (found level, depth int, rest string) {
	token := ordinalToken(s)
	rest = s[len(token):]
	found, depth = ordinalLevel(token)
	trimmed := strings.TrimLeftFunc(rest, blank)
	switch {
	case found == noLevel:
	case rest != "" && strings.ContainsRune(".):/", rune(rest[0])) && !startsWithDigit(rest[1:]):
		return found, depth, rest[1:]
	case hyphened(trimmed):
		_, size := utf8.DecodeRuneInString(trimmed)
		return found, depth, trimmed[size:]
	case trimmed == "": // a bare ordinal
		return found, depth, ""
	case len(trimmed) < len(rest) && (depth > 1 || found == roman && token != "V"): // "II Lao động"
		return found, depth, rest
	}
	return noLevel, 0, s
}

// ordinalToken is the letters, or the digits with dots between them, that s
// starts with.
func ordinalToken(s string) string {
	if !startsWithDigit(s) {
		end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			return s
		}
		return s[:end]
	}
	end := 0
	for startsWithDigit(s[end:]) || end < len(s) && s[end] == '.' && startsWithDigit(s[end+1:]) {
		end++
	}
	return s[:end]
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// hyphened tells whether s goes on with a hyphen and a blank, as in "A- Số
// liệu" and "1 - Lao động".
func hyphened(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[size:])
	return (r == '-' || r == '–') && blank(next)
}

// ordinalLevel is the level of a bare ordinal: 1, 1.1, II, a, B. Letters that
// abbreviate (H. for huyện, P. for phường, X. for xã) are no ordinals.
func ordinalLevel(token string) (found level, depth int) {
	switch {
	case token == "" || len(token) > 11:
		return noLevel, 0
	case startsWithDigit(token):
		return numberLevel(token)
	case token != "X" && strings.Trim(token, "IVX") == "" && len(token) <= 5:
		return roman, 1
	case len(token) == 1 && token[0] >= 'A' && token[0] <= 'G':
		return letter, 1
	case len(token) == 1 && token[0] >= 'a' && token[0] <= 'k', token == "đ":
		return small, 1
	}
	return noLevel, 0
}

// numberLevel reads 1, 12, 1.1, 1.1.1; groups of thousands are no ordinals.
func numberLevel(token string) (found level, depth int) {
	for part := range strings.SplitSeq(token, ".") {
		if part == "" || len(part) > 2 || strings.Trim(part, "0123456789") != "" {
			return noLevel, 0
		}
		depth++
	}
	return number, depth
}
