package workbook

import "bytes"

// quickCell reads the cell at the scanner's position if it is written the way
// nearly all are, <c r="B7" s="3" t="s"><v>12</v></c> or <c r="B7" s="3"/>, with
// a formula or without, and lies in the window as a whole. It is false, and
// nothing is read, for every other spelling, which is left to readCell. It exists
// for speed only.
func (s *sheetReader) quickCell() bool {
	x := &s.xml
	left := x.window[x.pos:x.end]
	if x.err != nil || x.empty || !begins(left, quickStart) {
		return false
	}
	col, at := quickColumn(left)
	if !bytes.HasPrefix(left[at:], s.rowName) {
		return false
	}
	at += len(s.rowName)
	style := 0
	if begins(left[at:], quickStyle) {
		if style, at = quickIndex(left, at+len(quickStyle)); style < 0 || at == len(left) || left[at] != '"' {
			return false
		}
		at++
	}
	shared := begins(left[at:], quickShared)
	if shared || begins(left[at:], quickNumber) {
		at += len(quickShared)
	}
	if begins(left[at:], "/>") {
		s.col = col
		x.pos += at + len("/>")
		return true
	}
	return s.quickContent(left, at, col, s.styleAt(style), shared)
}

// quickContent reads the content of the cell in col whose start tag ends at
// left[at].
func (s *sheetReader) quickContent(left []byte, at, col int, style *style, shared bool) bool {
	formula := begins(left[at:], quickFormula)
	if formula {
		end := textEnd(left, at+len(quickFormula))
		if !begins(left[end:], quickFormulaEnd) {
			return false
		}
		at = end + len(quickFormulaEnd) - len(">")
	}
	if !begins(left[at:], quickOpen) {
		return false
	}
	start := at + len(quickOpen)
	end := valueEnd(left, start)
	if end == start || !begins(left[end:], quickClose) {
		return false
	}
	s.col = col
	s.xml.pos += end + len(quickClose)
	cell := s.newCell(style)
	cell.Formula = formula
	if !shared {
		s.fillNumber(cell, style.shown(), left[start:end])
	} else if !s.fillShared(cell, left[start:end]) {
		return true
	}
	s.keepCell()
	return true
}

const (
	quickStart      = `<c r="`
	quickStyle      = ` s="`
	quickShared     = ` t="s"`
	quickNumber     = ` t="n"`
	quickFormula    = `><f>`
	quickFormulaEnd = `</f>`
	quickOpen       = `><v>`
	quickClose      = `</v></c>`
)

// begins tells whether b begins with prefix.
func begins(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// quickColumn reads the letters of the name of the cell that b begins with, and
// is the offset behind them; -1 for a name without.
func quickColumn(b []byte) (col, at int) {
	at = len(quickStart)
	for at < len(b) && at < len(quickStart)+3 && b[at] >= 'A' && b[at] <= 'Z' {
		col = col*26 + int(b[at]-'A') + 1
		at++
	}
	if col > maxColumns {
		return -1, len(b)
	}
	return col - 1, at
}

// quickIndex reads the digits at b[at:] and is the offset behind them; -1 for
// none or too many.
func quickIndex(b []byte, at int) (index, end int) {
	for end = at; end < len(b) && end < at+8 && b[end] >= '0' && b[end] <= '9'; end++ {
		index = index*10 + int(b[end]-'0')
	}
	if end == at {
		return -1, end
	}
	return index, end
}

// textEnd is where the text at b[at:] ends that has no entities.
func textEnd(b []byte, at int) int {
	for at < len(b) && b[at] != '<' && b[at] != '&' && b[at] != '\r' {
		at++
	}
	return at
}

// valueEnd is where the text at b[at:] ends that has neither entities nor blanks.
func valueEnd(b []byte, at int) int {
	for at < len(b) && b[at] > '&' && b[at] != '<' {
		at++
	}
	return at
}
