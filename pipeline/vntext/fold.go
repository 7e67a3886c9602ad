package vntext

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a label or a name to what comparing needs: small letters
// without diacritics (đ is d), i for y where both are in use, one kind of
// blank, dash and quote, no bullets in front, no colons and dots behind. So
// "- Trong đó :  nữ" and "Trong đó: Nữ" are equal. Ordinals such as "1." or
// "I." stay. Folding twice changes nothing.
func Fold(s string) string { return folded.Of(s) }

var folded = NewMemo(fold)

func fold(s string) string {
	text := []rune(norm.NFC.String(withoutMarks(plain(s))))
	return trimmed(spaced(alikeY(text)))
}

// FoldAccents folds like Fold but keeps the diacritics, with the tone mark
// where linguists put it: Hòa and Hoà are equal, Thạnh Trị and Thanh Trì are
// not. It serves names of units.
func FoldAccents(s string) string {
	return trimmed(spaced(alikeY(seatTones([]rune(plain(s))))))
}

// plain is s in small letters and composed form, with one sign for every kind
// of blank, dash, quote and Đ.
func plain(s string) string {
	return normal(strings.Map(plainSign, normal(s)))
}

func plainSign(r rune) rune {
	if r >= '！' && r <= '～' { // full-width forms of ASCII
		r -= '！' - '!'
	}
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case '“', '”', '„', '«', '»':
		return '"'
	case '‘', '’', '‚':
		return '\''
	case 'Ð', 'ð', 'Ɖ':
		return 'đ'
	case '\u00ad':
		return -1
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		return ' '
	}
	return unicode.ToLower(r)
}

func withoutMarks(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'đ':
			return 'd'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, norm.NFD.String(text))
}

// seatTones moves the tone mark of an open oa, oe or uy to its second letter
// (hòa, hoà), and one typed on the u of qu or the i of gi to the vowel behind.
// Going backwards, it leaves nothing to move behind it.
func seatTones(text []rune) []rune {
	for i := len(text) - 2; i >= 0; i-- {
		for at := i; misplaced(text, at); at++ {
			v, next := vowelOf(text[at]), vowelOf(text[at+1])
			text[at], text[at+1] = v.base, vowelIn[vowel{next.base, v.tone}]
		}
	}
	return text
}

// misplaced tells whether the letter at bears a tone that belongs to the next.
func misplaced(text []rune, at int) bool {
	if at+1 >= len(text) {
		return false
	}
	v, next := vowelOf(text[at]), vowelOf(text[at+1])
	if v.tone == level || next.base == 0 || next.tone != level {
		return false
	}
	before := rune(0)
	if at > 0 {
		before = text[at-1]
	}
	switch v.base {
	case 'o':
		return next.base == 'a' || next.base == 'e'
	case 'u':
		return next.base == 'y' || before == 'q'
	case 'i':
		return before == 'g'
	}
	return false
}

// alikeY writes i for y where both spellings are in use: at the end of a word
// after a consonant (kỹ, kĩ) and after qu (quý, quí).
func alikeY(text []rune) []rune {
	for i := 1; i < len(text); i++ {
		y := vowelOf(text[i])
		if y.base != 'y' {
			continue
		}
		last := i+1 == len(text) || !unicode.IsLetter(text[i+1])
		consonant := strings.ContainsRune("bcdđghklmnprstvx", text[i-1])
		if last && consonant || i > 1 && text[i-1] == 'u' && text[i-2] == 'q' {
			text[i] = vowelIn[vowel{'i', y.tone}]
		}
	}
	return text
}

// spaced collapses blanks, and sets them around punctuation as printers do:
// none before a comma, one behind it if a letter follows.
func spaced(text []rune) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	blank, last := false, rune(0)
	for _, r := range text {
		if r == ' ' {
			blank = true
			continue
		}
		switch {
		case blank && !strings.ContainsRune(",;:.)/", r) && last != '(' && last != '/',
			!blank && strings.ContainsRune(",;:", last) && unicode.IsLetter(r):
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		blank, last = false, r
	}
	return b.String()
}

// bullets are the signs that people type before an item, fillers those that
// they leave room with behind a label.
const (
	bullets = " -+_*•·∙‣◦●○▪▫■□►➢"
	fillers = " :._…"
)

func trimmed(label string) string {
	return strings.TrimRight(strings.TrimLeft(norm.NFC.String(label), bullets), fillers)
}
