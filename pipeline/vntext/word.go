package vntext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inWord tells whether r can be part of a word in some charset.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || tcvn3Letter(r) != 0
}

// cutWord returns the first word of text and what follows it.
func cutWord(text string) (word, rest string) {
	start := strings.IndexFunc(text, inWord)
	if start < 0 {
		return "", ""
	}
	text = text[start:]
	end := strings.IndexFunc(text, func(r rune) bool { return !inWord(r) })
	if end < 0 {
		return text, ""
	}
	return text[:end], text[end:]
}

// runeAfter is the character after the one at byte at, or 0.
func runeAfter(text string, at int) rune {
	_, size := utf8.DecodeRuneInString(text[at:])
	if at+size >= len(text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[at+size:])
	return r
}

// eachWord replaces every word of text that change changes.
func eachWord(text string, change func(string) string) string {
	var b strings.Builder
	done, rest := 0, text
	for rest != "" {
		var word string
		word, rest = cutWord(rest)
		if changed := change(word); changed != word {
			at := len(text) - len(rest) - len(word)
			b.WriteString(text[done:at])
			b.WriteString(changed)
			done = at + len(word)
		}
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
