package form

import (
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/vntext"
)

// A pattern is a text of the form with @fields in it. In a submission the
// fields stand filled in, so that only the words around them can be compared.
type pattern struct {
	fields   []string
	literals []literal // before, between and after the fields: one more than fields
}

// A literal is what stands beside a field.
type literal struct {
	words      []string // folded
	head, tail string   // the punctuation before the first word and after the last
	text       string   // as it is typed
}

// newPattern makes a pattern of the pieces of a text with fields. A field
// alone in its cell borrows the words of the label to its left.
func newPattern(left string, pieces []piece) *pattern {
	p := &pattern{}
	text := left
	for _, piece := range pieces {
		if !piece.marked {
			text += piece.literal
			continue
		}
		p.add(text)
		p.fields = append(p.fields, piece.marker.Field)
		text = ""
	}
	p.add(text)
	return p
}

func (p *pattern) add(text string) {
	words := wordsOf(text)
	l := literal{words: keys(words), head: text, tail: text, text: printed(text)}
	if len(words) > 0 {
		l.head, l.tail = text[:words[0].start], text[words[len(words)-1].end:]
	}
	l.head, l.tail = strings.TrimFunc(l.head, blank), strings.TrimFunc(l.tail, blank)
	p.literals = append(p.literals, l)
}

// lone tells whether the pattern has no words at all to be known by.
func (p *pattern) lone() bool {
	return !slices.ContainsFunc(p.literals, func(l literal) bool { return len(l.words) > 0 })
}

// match reads the fields of p out of text. Words before the first field start
// the text and words after the last end it.
func (p *pattern) match(text string) (values []string, ok bool) {
	if p.lone() || len(text) > maxLabel {
		return nil, false
	}
	words := wordsOf(text)
	at := len(p.literals[0].words)
	if at > len(words) || !slices.Equal(keys(words[:at]), p.literals[0].words) {
		return nil, false
	}
	start := endOf(words, at)
	for i := range p.fields {
		next, after := p.literals[i+1], len(words)
		stop := len(text)
		if n := len(next.words); n > 0 {
			from := indexWords(words, next.words, at, i == len(p.fields)-1)
			if from < 0 {
				return nil, false
			}
			stop, after = words[from].start, from+n
		}
		values = append(values, trimValue(text[start:stop], p.literals[i], next))
		at, start = after, endOf(words, after)
		if len(next.words) == 0 {
			start = stop
		}
	}
	return values, true
}

// indexWords finds the words want at or after from; as the last literal, at
// the end.
func indexWords(words []word, want []string, from int, last bool) int {
	if last {
		from = max(from, len(words)-len(want))
	}
	for ; from+len(want) <= len(words); from++ {
		if slices.Equal(keys(words[from:from+len(want)]), want) {
			return from
		}
	}
	return -1
}

// trimValue takes off what belongs to the form: colons and the dots of a
// dotted line, the brackets of the neighbouring literals, further lines.
func trimValue(s string, before, after literal) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return blank(r) || strings.ContainsRune(":.…_", r) })
	if len(after.words) == 0 {
		s, _, _ = strings.Cut(s, "\n")
	}
	s = strings.TrimRightFunc(s, func(r rune) bool { return blank(r) || strings.ContainsRune(":;,.…_", r) })
	s = strings.TrimPrefix(s, before.tail)
	s = strings.TrimSuffix(s, after.head)
	return strings.TrimFunc(s, func(r rune) bool { return blank(r) || strings.ContainsRune(":.…_", r) })
}

// A word is a run of letters and digits of a text.
type word struct {
	key        string // folded
	start, end int
}

func wordsOf(text string) []word {
	var words []word
	start := -1
	for i, r := range text + " " {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			words = append(words, word{vntext.Fold(text[start:i]), start, i})
			start = -1
		}
	}
	return words
}

func keys(words []word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.key
	}
	return all
}

// endOf is where the text goes on after its first n words.
func endOf(words []word, n int) int {
	if n == 0 {
		return 0
	}
	return words[n-1].end
}
