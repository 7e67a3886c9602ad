package workbook

import "bytes"

// parseIndex reads a number counted from 1, up to most, as one counted from 0.
func parseIndex(b []byte, most int) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = n*10 + int(c-'0'); n > most {
			return 0, false
		}
	}
	return n - 1, n > 0
}

// parseName reads a cell's name, such as C12.
func parseName(b []byte) (row, col int, ok bool) {
	at := 0
	for ; at < len(b) && at < 4; at++ {
		letter := b[at] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			break
		}
		col = col*26 + int(letter-'A') + 1
	}
	if at == 0 || col > maxColumns {
		return 0, 0, false
	}
	row, ok = parseIndex(b[at:], maxRows)
	return row, col - 1, ok
}

// parseRange reads a range, such as A1:C12, or the name of one cell.
func parseRange(b []byte) (Range, bool) {
	first, last, two := bytes.Cut(b, []byte(":"))
	if !two {
		last = first
	}
	var r Range
	var ok, okLast bool
	r.FirstRow, r.FirstCol, ok = parseName(first)
	r.LastRow, r.LastCol, okLast = parseName(last)
	if r.LastRow < r.FirstRow {
		r.FirstRow, r.LastRow = r.LastRow, r.FirstRow
	}
	if r.LastCol < r.FirstCol {
		r.FirstCol, r.LastCol = r.LastCol, r.FirstCol
	}
	return r, ok && okLast
}
