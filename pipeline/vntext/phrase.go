package vntext

import (
	"strings"
	"unicode/utf8"

	"tonghop/pipeline"
)

// blankLine holds the signs of a line left empty to be filled in.
const blankLine = " .…_"

// nilWords are the folded words that declare nil, also with the unit of
// measure behind ("không có lớp"). Not among them: "/" (struck out, or as
// above), "x" (a tick, or not applicable), "chưa có" (not yet, or not known).
var nilWords = map[string]bool{
	"khong": true, "khong co": true, "khong phat sinh": true, "khong ps": true, "kps": true,
	"ko": true, "ko co": true, "ko ps": true, "k": true, "k co": true, "k ps": true, "chua phat sinh": true,
}

// qualifiers are the folded words and signs before a number. An upper bound
// such as "dưới 500" has no qualifier and is not read.
var qualifiers = map[string]pipeline.Qualifier{
	"": pipeline.Exact,

	"tren": pipeline.AtLeast, "hon": pipeline.AtLeast, "it nhat": pipeline.AtLeast, "toi thieu": pipeline.AtLeast,
	"khong duoi": pipeline.AtLeast, ">": pipeline.AtLeast, ">=": pipeline.AtLeast, "≥": pipeline.AtLeast,

	"gan": pipeline.About, "khoang": pipeline.About, "uoc": pipeline.About, "uoc dat": pipeline.About, "uoc tinh": pipeline.About,
	"uoc khoang": pipeline.About, "xap xi": pipeline.About, "chung": pipeline.About, "tren duoi": pipeline.About,
	"~": pipeline.About, "≈": pipeline.About,
}

// tidy is text in small letters, trimmed, with one kind of digit, dash and
// blank. Line breaks and tabs become line breaks: they group no digits. It
// refuses a text that is longer than a number can be.
func tidy(text string) (string, bool) {
	text = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return '\n'
		}
		return plainSign(r)
	}, strings.TrimSpace(normal(text)))
	text = strings.TrimSpace(text)
	return text, utf8.RuneCountInString(text) <= longestNumber
}

func declaresNil(text, measure string) bool {
	if strings.Trim(text, "- ") == "" {
		return true
	}
	if isDigit(text[0]) {
		return false
	}
	words := Fold(text)
	return nilWords[words] || nilWords[strings.TrimSuffix(words, " "+Fold(measure))]
}

// cutQualifier splits text at its first digit or sign.
func cutQualifier(text string) (q pipeline.Qualifier, number string, ok bool) {
	at := strings.IndexAny(text, "0123456789+-(")
	if at < 0 {
		return "", "", false
	}
	words := strings.Join(strings.Fields(withoutMarks(text[:at])), " ")
	q, ok = qualifiers[words]
	return q, text[at:], ok
}

// means tells whether word is the unit of measure or its first words: "lượt"
// for "lượt người". Its last words may be another unit: "đồng" is not "triệu
// đồng".
func means(word, measure string) bool {
	word, measure = Fold(word), Fold(measure)
	if word == "" || measure == "" {
		return false
	}
	if measure == "dong" && (word == "d" || word == "vnd") {
		return true
	}
	rest, ok := strings.CutPrefix(measure, word)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '/')
}

func isPercent(tail string) bool {
	return tail == "%" || strings.HasPrefix(tail, "ph") && Fold(tail) == "phan tram"
}
