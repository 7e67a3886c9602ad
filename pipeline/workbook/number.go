package workbook

import (
	"bytes"
	"math"
	"strconv"
)

const (
	// excelDigits is how many significant digits Excel calculates with and shows.
	excelDigits = 15
	// maxNumberBytes is the longest number as stored; Excel's own need 24.
	maxNumberBytes = 400
	// shortNumber is how long numbers in plain digits are but for rare ones.
	shortNumber = 40
	// maxExponent bounds how long plain digits get; a double's reach 308.
	maxExponent = 400
)

// A decimalText is a number taken apart: sign, digits, and where its point is.
type decimalText struct {
	negative bool
	digits   []byte // without zeros at either end
	point    int    // how many digits stand before the point; may be outside digits
}

// plainNumber is the stored number raw in plain digits, without exponent, in the
// memory of b if it differs. More than 15 digits with a fraction are noise of
// binary floating point and rounded to 15; whole numbers are exact. It is false
// for what is no number.
func plainNumber(b, raw []byte) ([]byte, bool) {
	if isPlain(raw) {
		return raw, true
	}
	var digits [shortNumber]byte
	d, ok := parseDecimal(digits[:0], raw)
	if !ok {
		return nil, false
	}
	if len(d.digits) > excelDigits && d.point < len(d.digits) {
		var longer bool
		if d.digits, longer = rounded(d.digits, excelDigits); longer {
			d.point++
		}
	}
	return d.append(b), true
}

// isPlain tells whether raw is already as plainNumber writes it. Most are.
func isPlain(raw []byte) bool {
	if len(raw) == 0 || len(raw) > excelDigits {
		return false
	}
	for i, c := range raw {
		if c < '0' || c > '9' {
			return i > 0 && isFraction(raw, i)
		}
	}
	return raw[0] != '0' || len(raw) == 1
}

// isFraction tells whether raw, digits up to point, goes on with a point and
// digits that do not end in 0.
func isFraction(raw []byte, point int) bool {
	if raw[point] != '.' || point+1 == len(raw) || raw[len(raw)-1] == '0' || raw[0] == '0' && point > 1 {
		return false
	}
	return areDigits(raw[point+1:])
}

func areDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// parseDecimal takes a number as XML Schema writes doubles apart, its digits in
// the memory of b; INF and NaN are none.
func parseDecimal(b, raw []byte) (decimalText, bool) {
	var d decimalText
	if len(raw) > maxNumberBytes {
		return d, false
	}
	mantissa, exponent := raw, 0
	if at := bytes.IndexAny(raw, "eE"); at >= 0 {
		power, err := strconv.Atoi(string(raw[at+1:]))
		if err != nil || power > maxExponent || power < -maxExponent {
			return d, false
		}
		mantissa, exponent = raw[:at], power
	}
	if len(mantissa) > 0 && (mantissa[0] == '-' || mantissa[0] == '+') {
		d.negative, mantissa = mantissa[0] == '-', mantissa[1:]
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte("."))
	all := append(append(b, whole...), fraction...)
	if len(all) == 0 || !areDigits(all) {
		return d, false
	}
	d.digits = bytes.TrimLeft(all, "0")
	d.point = len(whole) + exponent - (len(all) - len(d.digits))
	d.digits = bytes.TrimRight(d.digits, "0")
	return d, true
}

// rounded is the first so many of digits, the last one rounded half up, and
// whether that made the number one digit longer.
func rounded(digits []byte, count int) (kept []byte, longer bool) {
	up := digits[count] >= '5'
	kept = digits[:count]
	for i := count - 1; up && i >= 0; i-- {
		if up = kept[i] == '9'; up {
			kept[i] = '0'
		} else {
			kept[i]++
		}
	}
	if up {
		kept[0] = '1'
	}
	return bytes.TrimRight(kept, "0"), up
}

// append appends d in plain digits.
func (d *decimalText) append(b []byte) []byte {
	if len(d.digits) == 0 {
		return append(b, '0')
	}
	if d.negative {
		b = append(b, '-')
	}
	switch {
	case d.point <= 0:
		b = appendZeros(append(b, "0."...), -d.point)
		return append(b, d.digits...)
	case d.point >= len(d.digits):
		return appendZeros(append(b, d.digits...), d.point-len(d.digits))
	default:
		b = append(append(b, d.digits[:d.point]...), '.')
		return append(b, d.digits[d.point:]...)
	}
}

func appendZeros(b []byte, count int) []byte {
	for range count {
		b = append(b, '0')
	}
	return b
}

// fill gives cell the stored number raw, or the date that it is shown as. It is
// false for what is no number.
func (e epoch) fill(cell *Cell, shown shows, raw []byte, texts *arena) bool {
	if shown == showsNumber && isPlain(raw) {
		text := texts.keep(raw)
		cell.Type, cell.Raw, cell.Value = Number, text, text
		return true
	}
	return e.fillOther(cell, shown, raw, texts)
}

// fillOther is fill for what is not its own digits.
func (e epoch) fillOther(cell *Cell, shown shows, raw []byte, texts *arena) bool {
	var room [shortNumber]byte
	plain, ok := plainNumber(room[:0], raw)
	if !ok {
		return false
	}
	cell.Type, cell.Raw = Number, texts.keep(raw)
	cell.Value = cell.Raw
	if len(plain) != len(raw) || string(plain) != cell.Raw {
		cell.Value = texts.keep(plain)
	}
	if shown == showsNumber {
		return true
	}
	serial, err := strconv.ParseFloat(cell.Raw, 64)
	if err != nil {
		return true
	}
	text, ok := e.date(room[:0], serial)
	if shown == showsSpan {
		text, ok = clock(room[:0], serial)
	}
	if ok {
		cell.Type, cell.Value = Date, texts.keep(text)
	}
	return true
}

// appendDigits appends the shortest digits that mean n, with an exponent for
// very large and very small numbers.
func appendDigits(b []byte, n float64) []byte {
	form := byte('f')
	if size := math.Abs(n); size >= 1e21 || size != 0 && size < 1e-7 {
		form = 'e'
	}
	return strconv.AppendFloat(b, n, form, -1, 64)
}
