package workbook

// quickCell reads the cell at the scanner's position if it is written the way
// nearly all are, <c r="B7" s="3" t="s"><v>12</v></c> or <c r="B7" s="3"/>, and
// lies in the window as a whole. It is false, and nothing is read, for every
// other spelling, which is left to readCell. It exists for speed only.
func (s *sheetReader) quickCell() bool {
	x := &s.xml
	left := x.window[x.pos:x.end]
	if x.err != nil || x.empty || !begins(left, quickStart) {
		return false
	}
	var tag quickTag
	at := tag.parse(left)
	if at < 0 {
		return false
	}
	var value []byte
	if left[at] == '/' {
		at += len("/>")
	} else if value, at = quickValue(left, at); at < 0 {
		return false
	}
	row, col, ok := parseName(tag.name)
	if !ok || row != s.row {
		return false
	}
	s.col = col
	x.pos += at
	if len(value) > 0 {
		s.addQuick(&tag, value)
	}
	return true
}

// addQuick adds a number or a shared string to the sheet.
func (s *sheetReader) addQuick(tag *quickTag, value []byte) {
	style := s.style(tag.style)
	cell := s.newCell(style)
	if !tag.shared {
		s.fillNumber(cell, style.shown(), s.arena.keep(value))
	} else if !s.fillShared(cell, value) {
		return
	}
	s.keepCell()
}

const (
	quickStart = `<c r="`
	quickOpen  = `><v>`
	quickClose = `/v></c>`
)

// begins tells whether b begins with prefix.
func begins(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// A quickTag is what quickCell needs of a start tag.
type quickTag struct {
	name, style []byte
	typed       bool // there is an attribute t
	shared      bool // it says that the value is the index of a shared string
}

// parse parses the tag that b begins with and is the offset of its > or />; -1
// for any tag that is not of the usual form.
func (q *quickTag) parse(b []byte) int {
	at := len("<c")
	for at+4 < len(b) && b[at] == ' ' && b[at+2] == '=' && b[at+3] == '"' {
		letter := b[at+1]
		start := at + 4
		for at = start; at < len(b) && b[at] > '&' && b[at] != '<'; at++ {
		}
		if at == len(b) || b[at] != '"' || !q.set(letter, b[start:at]) {
			return -1
		}
		at++
	}
	if at+1 >= len(b) || b[at] != '>' && (b[at] != '/' || b[at+1] != '>') {
		return -1
	}
	return at
}

// set takes an attribute; false for one that is unknown or stands twice.
func (q *quickTag) set(letter byte, value []byte) bool {
	switch {
	case letter == 'r' && q.name == nil:
		q.name = value
	case letter == 's' && q.style == nil:
		q.style = value
	case letter == 't' && !q.typed && len(value) == 1 && (value[0] == 's' || value[0] == 'n'):
		q.typed, q.shared = true, value[0] == 's'
	default:
		return false
	}
	return true
}

// quickValue is the content of the v that follows the tag ending at b[at], and
// the offset behind the end of the cell; -1 if there is anything else.
func quickValue(b []byte, at int) (value []byte, end int) {
	if !begins(b[at:], quickOpen) {
		return nil, -1
	}
	start := at + len(quickOpen)
	for at = start; at < len(b) && b[at] > '&' && b[at] != '<'; at++ {
	}
	if at+1 >= len(b) || b[at] != '<' || !begins(b[at+1:], quickClose) {
		return nil, -1
	}
	return b[start:at], at + 1 + len(quickClose)
}
