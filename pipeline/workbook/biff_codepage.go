package workbook

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"tonghop/pipeline/vntext"
)

// codePage decodes the texts of Excel 5 and 95, which are in the code page that
// the CODEPAGE record names. A page that is not known is read as Western.
func codePage(number int) *encoding.Decoder {
	switch number {
	case 437:
		return charmap.CodePage437.NewDecoder()
	case 850:
		return charmap.CodePage850.NewDecoder()
	case 852:
		return charmap.CodePage852.NewDecoder()
	case 866:
		return charmap.CodePage866.NewDecoder()
	case 874:
		return charmap.Windows874.NewDecoder()
	case 932:
		return japanese.ShiftJIS.NewDecoder()
	case 936:
		return simplifiedchinese.GBK.NewDecoder()
	case 949:
		return korean.EUCKR.NewDecoder()
	case 950:
		return traditionalchinese.Big5.NewDecoder()
	case 10000, 32768:
		return charmap.Macintosh.NewDecoder()
	case 10007:
		return charmap.MacintoshCyrillic.NewDecoder()
	}
	if number >= 1250 && number < 1250+len(windowsPages) {
		return windowsPages[number-1250].NewDecoder()
	}
	return charmap.Windows1252.NewDecoder()
}

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
	decoded, err := b.decode.Bytes(text)
	if err != nil {
		decoded = text
	}
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
