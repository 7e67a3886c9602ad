package workbook

import (
	"math"
	"strconv"
	"strings"
)

const (
	// excelDigits is how many significant digits Excel calculates with and shows.
	excelDigits = 15
	// maxNumberBytes is the longest number as stored; Excel's own need 24.
	maxNumberBytes = 400
	// maxExponent bounds how long plain digits get; a double's reach 308.
	maxExponent = 400
)

// A decimalText is a number taken apart: sign, digits, and where its point is.
type decimalText struct {
	negative bool
	digits   string // without leading zeros
	point    int    // how many digits stand before the point; may be outside digits
}

// plainNumber is the stored number raw in plain digits, without exponent. More
// than 15 digits with a fraction are noise of binary floating point and rounded
// to 15; whole numbers are exact. It is false for what is no number.
func plainNumber(raw string) (string, bool) {
	if isPlain(raw) {
		return raw, true
	}
	d, ok := parseDecimal(raw)
	if !ok {
		return "", false
	}
	if len(d.digits) > excelDigits && d.point < len(d.digits) {
		d.round(excelDigits)
	}
	return d.String(), true
}

// isPlain tells whether raw is already as plainNumber writes it. Most are.
func isPlain(raw string) bool {
	if len(raw) == 0 || len(raw) > excelDigits {
		return false
	}
	for i := range len(raw) {
		if raw[i] < '0' || raw[i] > '9' {
			return i > 0 && isFraction(raw, i)
		}
	}
	return raw[0] != '0' || len(raw) == 1
}

// isFraction tells whether raw, digits up to point, goes on with a point and
// digits that do not end in 0.
func isFraction(raw string, point int) bool {
	if raw[point] != '.' || point+1 == len(raw) || raw[len(raw)-1] == '0' || raw[0] == '0' && point > 1 {
		return false
	}
	for i := point + 1; i < len(raw); i++ {
		if raw[i] < '0' || raw[i] > '9' {
			return false
		}
	}
	return true
}

// parseDecimal takes a number as XML Schema writes doubles apart; INF and NaN
// are none.
func parseDecimal(raw string) (decimalText, bool) {
	var d decimalText
	if len(raw) > maxNumberBytes {
		return d, false
	}
	mantissa, exponent := raw, 0
	if at := strings.IndexAny(raw, "eE"); at >= 0 {
		power, err := strconv.Atoi(raw[at+1:])
		if err != nil || power > maxExponent || power < -maxExponent {
			return d, false
		}
		mantissa, exponent = raw[:at], power
	}
	if mantissa != "" && (mantissa[0] == '-' || mantissa[0] == '+') {
		d.negative, mantissa = mantissa[0] == '-', mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	all := whole + fraction
	if all == "" || strings.Trim(all, "0123456789") != "" {
		return d, false
	}
	d.digits = strings.TrimLeft(all, "0")
	d.point = len(whole) + exponent - (len(all) - len(d.digits))
	d.digits = strings.TrimRight(d.digits, "0")
	return d, true
}

// round keeps so many digits, the last one rounded half up.
func (d *decimalText) round(digits int) {
	up := d.digits[digits] >= '5'
	kept := []byte(d.digits[:digits])
	for i := len(kept) - 1; up && i >= 0; i-- {
		if up = kept[i] == '9'; up {
			kept[i] = '0'
		} else {
			kept[i]++
		}
	}
	d.digits = string(kept)
	if up {
		d.digits = "1" + d.digits
		d.point++
	}
	d.digits = strings.TrimRight(d.digits, "0")
}

// String is d in plain digits.
func (d *decimalText) String() string {
	if d.digits == "" {
		return "0"
	}
	var b strings.Builder
	if d.negative {
		b.WriteByte('-')
	}
	switch {
	case d.point <= 0:
		b.WriteString("0." + strings.Repeat("0", -d.point) + d.digits)
	case d.point >= len(d.digits):
		b.WriteString(d.digits + strings.Repeat("0", d.point-len(d.digits)))
	default:
		b.WriteString(d.digits[:d.point] + "." + d.digits[d.point:])
	}
	return b.String()
}

// fill gives cell the stored number raw, or the date that it is shown as. It is
// false for what is no number.
func (e epoch) fill(cell *Cell, shown shows, raw string) bool {
	plain, ok := plainNumber(raw)
	if !ok {
		return false
	}
	cell.Type, cell.Raw, cell.Value = Number, raw, plain
	if shown == showsNumber {
		return true
	}
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return true
	}
	text, ok := e.date(serial)
	if shown == showsSpan {
		text, ok = clock(serial)
	}
	if ok {
		cell.Type, cell.Value = Date, text
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
