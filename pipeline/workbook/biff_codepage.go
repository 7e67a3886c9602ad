package workbook

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"tonghop/pipeline/vntext"
)

// A pageDecoder decodes a text in a code page. It is false for what the page does
// not have.
type pageDecoder func(text []byte) ([]byte, bool)

// codePage decodes the texts of Excel 5 and 95, which are in the code page that
// the CODEPAGE record names. Of a page that is not known only ASCII is.
func codePage(number int) pageDecoder {
	switch number {
	case 437:
		return page(charmap.CodePage437)
	case 850:
		return page(charmap.CodePage850)
	case 852:
		return page(charmap.CodePage852)
	case 866:
		return page(charmap.CodePage866)
	case 874:
		return page(charmap.Windows874)
	case 932:
		return page(japanese.ShiftJIS)
	case 936:
		return page(simplifiedchinese.GBK)
	case 949:
		return page(korean.EUCKR)
	case 950:
		return page(traditionalchinese.Big5)
	case 10000, 32768:
		return page(charmap.Macintosh)
	case 10007:
		return page(charmap.MacintoshCyrillic)
	case 10029:
		return upperHalf([]rune(macCentralEurope))
	case 32769:
		return page(charmap.Windows1252)
	}
	if number >= 1250 && number < 1250+len(windowsPages) {
		return page(windowsPages[number-1250])
	}
	return upperHalf(nil)
}

// page decodes a code page of the library.
func page(e encoding.Encoding) pageDecoder {
	decoder := e.NewDecoder()
	return func(text []byte) ([]byte, bool) {
		decoded, err := decoder.Bytes(text)
		return decoded, err == nil
	}
}

// upperHalf decodes a code page of ASCII and the given characters from 128 on.
func upperHalf(upper []rune) pageDecoder {
	return func(text []byte) ([]byte, bool) {
		decoded := make([]byte, 0, 2*len(text))
		for _, c := range text {
			switch {
			case c < 0x80:
				decoded = append(decoded, c)
			case int(c)-0x80 < len(upper):
				decoded = utf8.AppendRune(decoded, upper[c-0x80])
			default:
				return nil, false
			}
		}
		return decoded, true
	}
}

// macCentralEurope are the characters of Macintosh's code page 10029 from 128 on.
const macCentralEurope = "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü" +
	"†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅ" +
	"ņŃ¬√ńŇ∆«»…\u00a0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖ" +
	"ŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ"

// windowsPages are the Windows code pages from 1250 on.
var windowsPages = [...]*charmap.Charmap{
	charmap.Windows1250, charmap.Windows1251, charmap.Windows1252, charmap.Windows1253, charmap.Windows1254,
	charmap.Windows1255, charmap.Windows1256, charmap.Windows1257, charmap.Windows1258,
}

// bytesText is a text in the workbook's code page as a string.
func (b *biffReader) bytesText(text []byte) string {
	if b.decode == nil {
		b.decode = codePage(1252)
	}
	decoded, ok := b.decode(text)
	b.undecoded = b.undecoded || !ok
	return b.arena.keep(unixLines(decoded))
}

// byteRuns is a text in the workbook's code page as a string, and its runs if it
// has several fonts.
func (b *biffReader) byteRuns(text []byte, cuts []cut) (raw string, runs []vntext.Run) {
	start, font := 0, ""
	for _, c := range append(cuts, cut{start: len(text)}) {
		if c.start < start || c.start > len(text) {
			continue
		}
		if c.start > start {
			runs = append(runs, vntext.Run{Text: b.bytesText(text[start:c.start]), Font: font})
		}
		start, font = c.start, b.fontName(c.font)
	}
	for _, run := range runs {
		raw += run.Text
	}
	if len(cuts) == 0 {
		return raw, nil
	}
	return raw, runs
}
