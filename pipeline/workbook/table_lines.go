package workbook

import "strings"

// lines splits a text table into lines of fields. A field in quotes may hold
// separators and ends of line, and quotes written twice.
type lines struct {
	text      string
	pos       int
	separator byte
	fields    []string // of the last line; valid up to the next
	open      bool     // the text ended within quotes
}

const (
	probedLines = 200 // how many lines tell the separator
	// usualShare is how many of three lines must have the same number of cells:
	// all are as long in tables, hardly two in prose.
	usualShare = 2
)

// newLines finds out what separates the cells of text, and refuses a text where
// nothing does.
func newLines(text string) (*lines, error) {
	if named, rest, ok := strings.Cut(text, "\n"); ok && len(strings.TrimSpace(named)) <= 5 {
		if separator, ok := strings.CutPrefix(strings.TrimRight(named, "\r"), "sep="); ok && len(separator) == 1 {
			return &lines{text: rest, separator: separator[0]}, nil
		}
	}
	for _, separator := range [...]byte{'\t', ';', ','} {
		if l := (lines{text: text, separator: separator}); l.isTable() {
			return &lines{text: text, separator: separator}, nil
		}
	}
	return nil, notTable("text without columns")
}

// isTable tells whether the first lines are those of a table: several, most of
// them with the same number of cells.
func (l *lines) isTable() bool {
	counts, total := map[int]int{}, 0
	for l.next() && total < probedLines {
		if len(l.fields) == 1 && strings.TrimSpace(l.fields[0]) == "" {
			continue
		}
		counts[len(l.fields)]++
		total++
	}
	for cells, count := range counts {
		if cells > 1 && total > 1 && count*3 >= total*usualShare {
			return true
		}
	}
	return false
}

// progress is how much of the text is split.
func (l *lines) progress() float64 { return float64(l.pos) / float64(max(len(l.text), 1)) }

// next splits the next line; false at the end.
func (l *lines) next() bool {
	l.fields = l.fields[:0]
	if l.pos >= len(l.text) || l.open {
		return false
	}
	for {
		l.fields = append(l.fields, l.field())
		if l.pos >= len(l.text) {
			return !l.open
		}
		end := l.text[l.pos]
		l.pos++
		if end == l.separator {
			continue
		}
		if end == '\r' && l.pos < len(l.text) && l.text[l.pos] == '\n' {
			l.pos++
		}
		return true
	}
}

// field reads a cell up to the separator or end of line behind it.
func (l *lines) field() string {
	quoted := ""
	if l.pos < len(l.text) && l.text[l.pos] == '"' {
		quoted = l.quoted()
	}
	start := l.pos
	for l.pos < len(l.text) && l.text[l.pos] != l.separator && l.text[l.pos] != '\n' && l.text[l.pos] != '\r' {
		l.pos++
	}
	if quoted == "" {
		return l.text[start:l.pos]
	}
	return quoted + l.text[start:l.pos]
}

// quoted reads what stands in quotes, with ends of line as line feeds.
func (l *lines) quoted() string {
	start := l.pos + 1
	for at := start; at < len(l.text); at++ {
		if l.text[at] != '"' {
			continue
		}
		if at+1 < len(l.text) && l.text[at+1] == '"' {
			at++
			continue
		}
		l.pos = at + 1
		return strings.NewReplacer(`""`, `"`, "\r\n", "\n").Replace(l.text[start:at])
	}
	l.pos, l.open = len(l.text), true
	return ""
}
