package vntext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostRepairs is how often one repair may make room for another.
const mostRepairs = 3

// mend repairs a text that no font explains. Repairs that do not come to an
// end are none: the text is then left as it is.
func mend(text string) string {
	if isASCII(text) || sound(text) {
		return text
	}
	text = normal(text)
	mended := text
	for range mostRepairs {
		before := mended
		if mended = normal(repair(before)); mended == before {
			return mended
		}
	}
	return text
}

// sound tells, in one look, whether text needs no mending: it is composed of
// Latin letters and usual signs, and where a VNI mark seems to follow a vowel
// (đoàn) the word is a syllable as it stands.
func sound(text string) bool {
	start, previous, doubtful := 0, rune(0), false
	for i, r := range text {
		switch {
		case latinLetter(r):
			if previous == 0 {
				start = i
			}
			doubtful = doubtful || r >= utf8.RuneSelf && vniSigns(previous, r) != ""
			previous = r
		case usualSign(r):
			if doubtful && !syllable(text[start:i]) {
				return false
			}
			previous, doubtful = 0, false
		default:
			return false
		}
	}
	return !doubtful || syllable(text[start:])
}

// latinLetter tells whether r is a letter that is no sign of another charset.
func latinLetter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	case r >= 'Ạ' && r <= 'ỹ':
		return true
	case r < 'À' || r > 'ſ':
		return r == 'ơ' || r == 'Ơ' || r == 'ư' || r == 'Ư'
	}
	return !strings.ContainsRune("×÷ÐðñÑöÖ", r)
}

// usualSign tells whether r is ASCII, or a blank, dash or quote that has one
// form only.
func usualSign(r rune) bool {
	switch {
	case r < utf8.RuneSelf, r == '\u00a0', r >= '‐' && r <= '‧', r >= '‰' && r <= '›':
		return true
	}
	return strings.ContainsRune("°²³±", r)
}

// normal is text as valid UTF-8 in composed form without invisible characters.
// The soft hyphen stays: it is a letter of TCVN3.
func normal(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, string(utf8.RuneError))
	}
	if strings.IndexFunc(text, invisible) >= 0 {
		text = strings.Map(func(r rune) rune {
			if invisible(r) {
				return -1
			}
			return r
		}, text)
	}
	return norm.NFC.String(text)
}

// invisible tells whether r shows nothing: joiners, direction marks, the
// byte-order mark.
func invisible(r rune) bool {
	switch {
	case r == '\u034f', r == '\u061c', r == '\u180e', r == '\ufeff':
		return true
	case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
		return true
	}
	return false
}

func repair(text string) string {
	switch {
	case hasOnlyUnicode(text):
		text = vni.decodeWords(tcvn3.decodeWords(text, false), false)
	case !fits(text):
		text = decodeUnlabelled(text)
	}
	return eachWord(text, latin)
}

// decodeUnlabelled decodes a text without Unicode's own letters if one charset
// explains it and the other does not.
func decodeUnlabelled(text string) string {
	var readings []string
	for _, c := range [...]charset{tcvn3, vni} {
		if !c.betrayed(text) {
			continue
		}
		if d := c.decode(text); d != text && fits(d) {
			readings = append(readings, d)
		}
	}
	if len(readings) != 1 {
		return text
	}
	return readings[0]
}

// betrayed tells whether a word of text that is no syllable has what only
// text of charset c has.
func (c charset) betrayed(text string) bool {
	for text != "" {
		var word string
		word, text = cutWord(text)
		if !isASCII(word) && !syllable(word) && c.signs(word) {
			return true
		}
	}
	return false
}

// signs tells whether word has a TCVN3 mark beside a letter, or a VNI mark
// behind a vowel or VNI's đ or ư.
func (c charset) signs(word string) bool {
	if c == tcvn3 {
		return utf8.RuneCountInString(word) > 1 && strings.ContainsAny(word, tcvn3Marks)
	}
	previous := rune(0)
	for _, r := range word {
		if strings.ContainsRune("ñÑöÖ", r) || vniSigns(previous, r) != "" {
			return true
		}
		previous = r
	}
	return false
}

// decodeWords decodes those words of a mixed text that only charset c makes
// syllables of: "§ồng bằng s«ng Hång". A word that is a syllable both ways is
// decoded only where the font says so too, and some other word proves it.
func (c charset) decodeWords(text string, labelled bool) string {
	if !c.proved(text, labelled) {
		return text
	}
	return eachWord(text, func(word string) string {
		d := c.decode(word)
		if d == word || !syllable(d) || syllable(word) && (!labelled || hasOnlyUnicode(word)) {
			return word
		}
		return d
	})
}

func (c charset) proved(text string, labelled bool) bool {
	for text != "" {
		var word string
		word, text = cutWord(text)
		if !isASCII(word) && !syllable(word) && (labelled || c.betrayed(word)) && syllable(c.decode(word)) {
			return true
		}
	}
	return false
}

// share is the least part of the words in percent that must be syllables.
const share = 95

// fits tells whether text reads as Vietnamese. Words in plain ASCII read the
// same in every charset and do not count, nor do signs that stand alone.
func fits(text string) bool {
	words, good := 0, 0
	for text != "" {
		var word string
		word, text = cutWord(text)
		if isASCII(word) || strings.IndexFunc(word, unicode.IsLetter) < 0 {
			continue
		}
		words++
		if syllable(word) {
			good++
		}
	}
	return good*100 >= words*share
}
