package sample

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The letters of the two encodings that Vietnamese offices used before Unicode,
// and the Latin-1 letters that stand for them. TCVN3 has no capitals with tone
// marks: a second font draws small letters as capitals. VNI writes a base
// letter and a mark.
const (
	tcvn3Letters = "áàảãạÂâấầẩẫậĂăắằẳẵặĐđéèẻẽẹÊêếềểễệíìỉĩịóòỏõọÔôốồổỗộƠơớờởỡợúùủũụƯưứừửữựýỳỷỹỵ"
	tcvn3Codes   = "\xb8\xb5\xb6\xb7\xb9\xa2\xa9\xca\xc7\xc8\xc9\xcb\xa1\xa8\xbe\xbb\xbc\xbd\xc6\xa7\xae\xd0\xcc\xce\xcf\xd1" +
		"\xa3\xaa\xd5\xd2\xd3\xd4\xd6\xdd\xd7\xd8\xdc\xde\xe3\xdf\xe1\xe2\xe4\xa4\xab\xe8\xe5\xe6\xe7\xe9\xa5\xac\xed\xea\xeb\xec\xee" +
		"\xf3\xef\xf1\xf2\xf4\xa6\xad\xf8\xf5\xf6\xf7\xf9\xfd\xfa\xfb\xfc\xfe"
	vniLetters = "áàảãạâấầẩẫậăắằẳẵặđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
	vniCodes   = "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë ñ eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò " +
		"où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î"
)

// A charset writes Unicode text in a legacy encoding.
type charset struct {
	font, capitals string // the fonts of text and of text in capitals
	codes          map[rune]string
}

// tcvn3 is the encoding of the fonts .Vn…
func tcvn3() charset {
	c := charset{font: ".VnTime", capitals: ".VnTimeH", codes: make(map[rune]string)}
	for i, letter := range []rune(tcvn3Letters) {
		c.codes[letter] = string(rune(tcvn3Codes[i]))
	}
	return c
}

// vni is the encoding of the fonts VNI-…
func vni() charset {
	c := charset{font: "VNI-Times", capitals: "VNI-Times", codes: make(map[rune]string)}
	codes := strings.Fields(vniCodes)
	for i, letter := range []rune(vniLetters) {
		c.codes[letter] = codes[i]
		c.codes[unicode.ToUpper(letter)] = strings.ToUpper(codes[i])
	}
	return c
}

// encode writes text and names the font that shows it right.
func (c charset) encode(text string) (encoded, font string) {
	text, font = norm.NFC.String(text), c.font
	if text == strings.ToUpper(text) && text != strings.ToLower(text) {
		font = c.capitals
	}
	if font != c.font {
		text = strings.ToLower(text)
	}
	var b strings.Builder
	for _, letter := range text {
		code, known := c.codes[letter]
		if !known {
			code, known = c.codes[unicode.ToLower(letter)]
		}
		if !known {
			code = string(letter)
		}
		b.WriteString(code)
	}
	return b.String(), font
}
