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
