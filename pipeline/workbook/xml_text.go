package workbook

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// unescape replaces the entities and ends of line in b, in place: what stands
// for a character in XML is never shorter than the character. It is false for
// an entity that XML does not know.
func unescape(b []byte) ([]byte, bool) {
	if bytes.IndexByte(b, '\r') >= 0 {
		b = unixLines(b)
	}
	at := bytes.IndexByte(b, '&')
	if at < 0 {
		return b, true
	}
	out := b[:at]
	for at < len(b) {
		if b[at] != '&' {
			out = append(out, b[at])
			at++
			continue
		}
		length := bytes.IndexByte(b[at:min(len(b), at+maxEntity)], ';')
		if length < 0 {
			return nil, false
		}
		r, ok := entity(b[at+1 : at+length])
		if !ok {
			return nil, false
		}
		out = utf8.AppendRune(out, r)
		at += length + 1
	}
	return out, true
}

// maxEntity is the longest entity, &#x0010FFFF; with some zeros before it.
const maxEntity = 16

// entity is the character that the entity of the given name stands for.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := string(bytes.TrimPrefix(name, []byte("#"))), 10
	if len(digits) == len(name) {
		return 0, false
	}
	if len(digits) > 0 && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	code, err := strconv.ParseUint(digits, base, 32)
	return rune(code), err == nil && code > 0 && code <= utf8.MaxRune
}

// unixLines makes every end of line in b a line feed, in place.
func unixLines(b []byte) []byte {
	out := b[:0]
	for i, c := range b {
		switch {
		case c != '\r':
			out = append(out, c)
		case i+1 == len(b) || b[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}
