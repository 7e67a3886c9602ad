package vntext

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A charset is a way of writing Vietnamese in single bytes that a font draws
// as Vietnamese letters. Workbooks keep the bytes as the Latin-1 characters
// they are.
type charset int

const (
	unicodeText charset = iota
	tcvn3               // ABC, fonts named .Vn…
	vni                 // VNI-Windows, fonts named VNI…
)

func (c charset) decode(text string) string {
	switch c {
	case tcvn3:
		return decodeTCVN3(text)
	case vni:
		return decodeVNI(text)
	}
	return text
}

// tcvn3Pairs lists each TCVN3 character beside its letter, as in TCVN
// 5712:1993, VN3. The character before "ư" is the soft hyphen U+00AD.
const tcvn3Pairs = "¸áµà¶ả·ã¹ạ¨ă¾ắ»ằ¼ẳ½ẵÆặ©âÊấÇầÈẩÉẫËậ®đÐéÌèÎẻÏẽÑẹªêÕếÒềÓểÔễÖệ" +
	"Ýí×ìØỉÜĩÞịãóßòáỏâõäọ«ôèốåồæổçỗéộ¬ơíớêờëởìỡîợóúïùñủòũôụ\u00adưøứõừöử÷ữùựýýúỳûỷüỹþỵ" +
	"¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư"

// tcvn3Marks are the TCVN3 characters that no other text has inside a word.
// The last three are what PDF copies and careless conversions make of µ, of
// the soft hyphen and of ·.
const tcvn3Marks = "µ¶·¸¹»¼½¾¨©ª«¬\u00ad®§" + "μ−∙"

var tcvn3Letters = tcvn3Table()

func tcvn3Table() [256]rune {
	var table [256]rune
	pairs := []rune(tcvn3Pairs)
	for i := 0; i < len(pairs); i += 2 {
		table[pairs[i]] = pairs[i+1]
	}
	return table
}

// tcvn3Letter is the letter that r stands for in TCVN3, or 0.
func tcvn3Letter(r rune) rune {
	switch r {
	case 'μ':
		return 'à'
	case '−':
		return 'ư'
	case '∙':
		return 'ã'
	}
	if r < 0 || int(r) >= len(tcvn3Letters) {
		return 0
	}
	return tcvn3Letters[r]
}

// decodeTCVN3 maps characters up to U+00FF and leaves others: in a mixed text
// they are letters already. Minus sign and bullet operator are letters only
// between letters.
func decodeTCVN3(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/4)
	previous := rune(0)
	for i, r := range text {
		l := tcvn3Letter(r)
		if l == 0 || (r == '−' || r == '∙') && !(inWord(previous) && inWord(runeAfter(text, i))) {
			l = r
		}
		b.WriteRune(l)
		previous = r
	}
	return b.String()
}

// vniPairs lists the letters that VNI writes as one character beside it.
const vniPairs = "ÑĐñđÔƠôơÖƯöưÆỈæỉÓĨóĩÒỊòịÎỴîỵ"

var vniLetters = runePairs(vniPairs)

// A vniMark is what a character that VNI writes after a vowel adds to it.
type vniMark struct {
	signs  string // combining characters
	takers string // the vowels it can follow
}

// vniMarks holds the marks by their character in small and capital form:
// capital vowels are often typed with small marks, "Uûy ban".
var vniMarks = vniTable(map[rune]string{
	'ù': acute, 'ø': grave, 'û': hook, 'õ': tilde, 'ï': dot,
	'â': circumflex, 'á': circumflex + acute, 'à': circumflex + grave, 'å': circumflex + hook, 'ã': circumflex + tilde, 'ä': circumflex + dot,
	'ê': breve, 'é': breve + acute, 'è': breve + grave, 'ú': breve + hook, 'ü': breve + tilde, 'ë': breve + dot,
})

func vniTable(signs map[rune]string) [256]vniMark {
	var table [256]vniMark
	for r, s := range signs {
		m := vniMark{s, "aeouyôöiAEOUYÔÖI"}
		switch {
		case strings.HasPrefix(s, circumflex):
			m.takers = "aeoAEO"
		case strings.HasPrefix(s, breve):
			m.takers = "aA"
		}
		table[r], table[unicode.ToUpper(r)] = m, m
	}
	return table
}

const (
	grave      = "\u0300"
	acute      = "\u0301"
	circumflex = "\u0302"
	tilde      = "\u0303"
	breve      = "\u0306"
	hook       = "\u0309"
	dot        = "\u0323"
)

func runePairs(list string) map[rune]rune {
	pairs := []rune(list)
	all := map[rune]rune{}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}

func decodeVNI(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/4)
	previous := rune(0)
	for _, r := range text {
		if signs := vniSigns(previous, r); signs != "" {
			b.WriteString(signs)
			previous = 0
			continue
		}
		previous = r
		if l, ok := vniLetters[r]; ok {
			r = l
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// vniSigns is what r adds in VNI to the character before it, or nothing.
func vniSigns(previous, r rune) string {
	if r < 0 || int(r) >= len(vniMarks) || vniMarks[r].signs == "" || previous == 0 {
		return ""
	}
	if !strings.ContainsRune(vniMarks[r].takers, previous) {
		return ""
	}
	return vniMarks[r].signs
}
