package workbook

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// A decoder decodes the text of cells from legacy fonts. All text of a workbook
// passes through it.
type decoder struct {
	encoding pipeline.Encoding
	runs     []vntext.Run // reused
}

// decode decodes the text of a cell in the given font. runs are its stretches
// in one font each, nil for a text that is all in the cell's; a run without a
// font is in the cell's too.
func (d *decoder) decode(text string, runs []vntext.Run, font string) string {
	d.runs = append(d.runs[:0], runs...)
	if len(runs) == 0 {
		d.runs = append(d.runs, vntext.Run{Text: text})
	}
	for i := range d.runs {
		if d.runs[i].Font == "" {
			d.runs[i].Font = font
		}
	}
	return vntext.DecodeAs(d.encoding, d.runs)
}

// storedText turns the text of an XML element into what it stands for, in
// place: _xHHHH_ is the UTF-16 code unit HHHH (ECMA-376 part 1, 22.9.2.19), and
// an end of line is a line feed. It is false for text that is not UTF-8.
func storedText(b []byte) ([]byte, bool) {
	if !utf8.Valid(b) {
		return nil, false
	}
	if bytes.Contains(b, []byte("_x")) {
		b = unescapeUnits(b)
	}
	if bytes.IndexByte(b, '\r') >= 0 {
		b = unixLines(b)
	}
	return b, true
}

// escapeBytes is the length of _xHHHH_.
const escapeBytes = 7

// unescapeUnits replaces every _xHHHH_ in b, in place.
func unescapeUnits(b []byte) []byte {
	out := b[:0]
	for at := 0; at < len(b); {
		unit, ok := escapedUnit(b[at:])
		if !ok {
			out = append(out, b[at])
			at++
			continue
		}
		at += escapeBytes
		if utf16.IsSurrogate(unit) {
			if low, ok := escapedUnit(b[at:]); ok && utf16.DecodeRune(unit, low) != utf8.RuneError {
				unit = utf16.DecodeRune(unit, low)
				at += escapeBytes
			}
		}
		out = utf8.AppendRune(out, unit)
	}
	return out
}

// escapedUnit reads the _xHHHH_ at the beginning of b.
func escapedUnit(b []byte) (rune, bool) {
	if len(b) < escapeBytes || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	var unit rune
	for _, c := range b[2:6] {
		digit, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		unit = unit<<4 | digit
	}
	return unit, true
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0'), true
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10, true
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}
