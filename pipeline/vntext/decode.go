package vntext

import (
	"strings"

	"tonghop/pipeline"
)

// A Run is a stretch of text in one font.
type Run struct {
	Text string
	Font string // its name; empty where unknown
}

// Decode joins the runs of one cell into Unicode text in composed form (NFC).
//
// The font of a run says how it is encoded: .Vn… means TCVN3, VNI… means VNI.
// Fonts lie, so the text has the last word: letters that only Unicode has are
// left alone, and a reading that fails the syllable test gives way to one that
// passes. Without a legacy font a text is decoded only if it has the letters
// of an encoding where Vietnamese cannot have them and the result passes the
// test. What Decode returns it returns unchanged when given it again without
// fonts.
func Decode(runs []Run) string { return DecodeAs(pipeline.EncodingTold, runs) }

// DecodeAs is Decode for text whose encoding somebody has told: every font then
// means it. Text in Unicode is never decoded, not even what would read better.
func DecodeAs(encoding pipeline.Encoding, runs []Run) string {
	if encoding == pipeline.EncodingUnicode {
		return eachWord(normal(joined(runs)), latin)
	}
	if len(runs) == 1 {
		return mend(fontNamed(runs[0].Font).meaning(encoding).decode(runs[0].Text))
	}
	var b strings.Builder
	for len(runs) > 0 {
		f := fontNamed(runs[0].Font).meaning(encoding)
		same := 1
		for same < len(runs) && fontNamed(runs[same].Font).meaning(encoding) == f {
			same++
		}
		b.WriteString(f.decode(joined(runs[:same])))
		runs = runs[same:]
	}
	return mend(b.String())
}

func joined(runs []Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	var b strings.Builder
	for _, run := range runs {
		b.WriteString(run.Text)
	}
	return b.String()
}

// A font is what a font's name tells about the text in it.
type font struct {
	charset  charset
	capitals bool // draws small letters as capitals: .VnTimeH
}

func fontNamed(name string) font {
	switch {
	case len(name) > 3 && strings.EqualFold(name[:3], ".vn"):
		last := name[len(name)-1]
		return font{tcvn3, last == 'H' || last == 'h'}
	case len(name) >= 3 && strings.EqualFold(name[:3], "vni"):
		return font{charset: vni}
	}
	return font{}
}

// meaning is f in a workbook that is in the given encoding throughout.
func (f font) meaning(encoding pipeline.Encoding) font {
	switch encoding {
	case pipeline.EncodingTCVN3:
		f.charset = tcvn3
	case pipeline.EncodingVNI:
		f.charset = vni
	}
	return f
}

func (f font) decode(text string) string {
	if f.charset == unicodeText {
		return text
	}
	decoded := f.charset.read(text)
	if f.capitals && (decoded != text || isASCII(text)) {
		return strings.ToUpper(decoded)
	}
	return decoded
}

// read decodes text that stands in a font of charset c.
func (c charset) read(text string) string {
	if isASCII(text) {
		return text
	}
	if hasOnlyUnicode(text) {
		return c.decodeWords(text, true)
	}
	decoded := c.decode(text)
	if fits(decoded) {
		return decoded
	}
	if fits(text) {
		return text
	}
	if other := tcvn3 + vni - c; other.betrayed(text) {
		if d := other.decode(text); fits(d) {
			return d
		}
	}
	return decoded
}
