package workbook

import "bytes"

// A rowTail is how the tag of a row goes on behind its number, such as
// ` spans="1:9" ht="15">`. Most rows have the one of the row before, so that it
// need not be parsed again.
type rowTail struct {
	bytes  []byte // none if it is unknown
	hidden bool
	empty  bool
}

const quickRowStart = `<row r="`

// quickRow reads the row's tag at the scanner's position if it is written like the
// last one that was learnt. It is false, and nothing is read, for every other
// one. It exists for speed only.
func (s *sheetReader) quickRow() bool {
	x := &s.xml
	left := x.window[x.pos:x.end]
	row, at, ok := rowNumber(left)
	if !ok || x.err != nil || x.empty || len(s.tail.bytes) == 0 || !bytes.HasPrefix(left[at:], s.tail.bytes) {
		return false
	}
	x.pos += at + len(s.tail.bytes)
	x.open.push(quickRowName)
	x.empty = s.tail.empty
	s.row = row
	s.enterRow(s.tail.hidden)
	return true
}

var quickRowName = []byte("row")

// rowNumber reads the number, counted from 0, of the row whose tag b begins with,
// and is the offset behind it and its quote.
func rowNumber(b []byte) (row, at int, ok bool) {
	if !begins(b, quickRowStart) {
		return 0, 0, false
	}
	number, at := quickIndex(b, len(quickRowStart))
	if number < 1 || number > maxRows || at == len(b) || b[at] != '"' {
		return 0, 0, false
	}
	return number - 1, at + 1, true
}

// learnRow learns the tag of the row just entered, the last so many bytes before
// the scanner's position. One with entities is not learnt: it no longer stands
// there as it was written.
func (s *sheetReader) learnRow(length int) {
	x := &s.xml
	if x.err != nil || length > x.pos {
		return
	}
	tag := x.window[x.pos-length : x.pos]
	_, at, ok := rowNumber(tag)
	for i := range x.attributes {
		ok = ok && !x.attributes[i].escaped
	}
	if ok {
		s.tail = rowTail{bytes: append(s.tail.bytes[:0], tag[at:]...), hidden: s.hidden, empty: x.empty}
	}
}
