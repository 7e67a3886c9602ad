package vntext

import (
	"bytes"
	"strings"
	"unicode"
)

// Turns tells whether r turns the direction of writing. No Vietnamese text has
// such a mark; it can show a file's name or a figure backwards.
func Turns(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }

// Upright is text without the marks that turn the direction of writing.
func Upright(text string) string { return strings.Map(upright, text) }

// UprightBytes is Upright for a whole page.
func UprightBytes(page []byte) []byte { return bytes.Map(upright, page) }

func upright(r rune) rune {
	if Turns(r) {
		return -1
	}
	return r
}

// Printable is text with a blank for each control character and each mark that
// turns the direction of writing: what outside text could drive a terminal with.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || Turns(r) {
			return ' '
		}
		return r
	}, text)
}
