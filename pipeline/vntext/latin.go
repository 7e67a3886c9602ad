package vntext

import (
	"strings"
	"unicode"
)

// lookAlikes lists letters of other alphabets beside the Latin letters that
// they look like: Icelandic and African Đ, then Cyrillic and Greek from copies
// of PDF files.
var lookAlikes = runePairs("ÐĐðđƉĐɖđ" +
	"АAВBЕEІIКKМMНHОOРPСCТTУYХXаaеeіiоoрpсcуyхx" +
	"ΑAΒBΕEΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοo")

// latin replaces look-alikes in a word if that makes it a syllable ("Ðoàn") or
// an abbreviation ("LÐLÐ").
func latin(word string) string {
	if isASCII(word) || strings.IndexFunc(word, lookAlike) < 0 {
		return word
	}
	replaced := normal(strings.Map(func(r rune) rune {
		if l, ok := lookAlikes[r]; ok {
			return l
		}
		return r
	}, word))
	if syllable(replaced) || abbreviation(replaced) && strings.IndexFunc(word, capital) >= 0 {
		return replaced
	}
	return word
}

func lookAlike(r rune) bool {
	_, ok := lookAlikes[r]
	return ok
}

func abbreviation(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r != 'Đ' && !capital(r) }) < 0
}

func capital(r rune) bool { return r < unicode.MaxASCII && unicode.IsUpper(r) }
