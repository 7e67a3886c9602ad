package workbook

import (
	"unicode/utf16"
	"unicode/utf8"

	"tonghop/pipeline/vntext"
)

// A field reader reads the fields of a record that may go on in CONTINUE
// records ([MS-XLS] 2.1.4).
type fieldReader struct {
	*records
	left  []byte   // of the current record
	units []uint16 // of the text read last
}

// begin starts reading the current record at the given offset.
func (f *fieldReader) begin(at int) {
	if f.want(at) {
		f.left = f.data[at:]
	}
}

// more goes on with the next CONTINUE record.
func (f *fieldReader) more() bool {
	if f.err != nil || !f.nextIs(recordContinue) || !f.next() {
		f.fail("record before %d ends early", f.pos)
		return false
	}
	f.left = f.data
	return true
}

// number reads an unsigned number of so many bytes.
func (f *fieldReader) number(bytes int) int {
	n := 0
	for i := range bytes {
		for len(f.left) == 0 {
			if !f.more() {
				return 0
			}
		}
		n |= int(f.left[0]) << (8 * i)
		f.left = f.left[1:]
	}
	return n
}

// skip steps over so many bytes.
func (f *fieldReader) skip(bytes int) {
	for bytes > len(f.left) {
		bytes -= len(f.left)
		if !f.more() {
			return
		}
	}
	f.left = f.left[bytes:]
}

// characters reads so many characters into f.units: of one byte, which are
// U+0000 to U+00FF, or of two. A CONTINUE record begins by saying which.
func (f *fieldReader) characters(count int, wide bool) {
	f.units = f.units[:0]
	for count > 0 {
		if len(f.left) == 0 {
			if !f.more() {
				return
			}
			wide = f.number(1)&1 != 0
		}
		switch {
		case !wide:
			n := min(count, len(f.left))
			for _, c := range f.left[:n] {
				f.units = append(f.units, uint16(c))
			}
			f.left = f.left[n:]
			count -= n
		case len(f.left) == 1:
			f.fail("character before %d is cut", f.pos)
			return
		default:
			n := min(count, len(f.left)/2)
			for i := range n {
				f.units = append(f.units, unit16(f.left[2*i:], false))
			}
			f.left = f.left[2*n:]
			count -= n
		}
	}
}

// text reads a text that begins with its length in so many bytes into f.units.
// Some writers leave out the flags of an empty text.
func (f *fieldReader) text(lengthBytes int) {
	count := f.number(lengthBytes)
	f.units = f.units[:0]
	if count > 0 || len(f.left) > 0 {
		flags := f.number(1)
		f.characters(count, flags&1 != 0)
	}
}

// A cut is where a run of a text begins, and its font.
type cut struct{ start, font int }

// richText reads a text with its runs and what follows them, an
// XLUnicodeRichExtendedString ([MS-XLS] 2.5.293).
func (f *fieldReader) richText() []cut {
	count, flags := f.number(2), f.number(1)
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs = f.number(2)
	}
	if flags&4 != 0 {
		extra = f.number(4)
	}
	f.characters(count, flags&1 != 0)
	var cuts []cut
	for range runs {
		cuts = append(cuts, cut{f.number(2), f.number(2)})
		if f.err != nil {
			return nil
		}
	}
	f.skip(extra)
	return cuts
}

// text is the units read last as a string, and its runs if it has several fonts.
func (b *biffReader) text(units []uint16, cuts []cut) (raw string, runs []vntext.Run) {
	b.whole, b.spans = b.whole[:0], b.spans[:0]
	start, font := 0, ""
	for _, c := range cuts {
		if c.start < start || c.start > len(units) {
			continue
		}
		b.addSpan(units[start:c.start], font)
		start, font = c.start, b.fontName(c.font)
	}
	b.addSpan(units[start:], font)
	raw = b.arena.keep(b.whole)
	if len(b.spans) == 0 || len(b.spans) == 1 && b.spans[0].font == "" {
		return raw, nil
	}
	from := 0
	for _, s := range b.spans {
		runs = append(runs, vntext.Run{Text: raw[from:s.end], Font: s.font})
		from = s.end
	}
	return raw, runs
}

// addSpan adds a stretch in one font to the text being read.
func (b *biffReader) addSpan(units []uint16, font string) {
	if len(units) == 0 {
		return
	}
	start := len(b.whole)
	for at := 0; at < len(units); at++ {
		r := rune(units[at])
		if utf16.IsSurrogate(r) && at+1 < len(units) {
			if pair := utf16.DecodeRune(r, rune(units[at+1])); pair != utf8.RuneError {
				r = pair
				at++
			}
		}
		b.whole = utf8.AppendRune(b.whole, r)
	}
	b.whole = b.whole[:start+len(unixLines(b.whole[start:]))]
	b.spans = append(b.spans, span{font: font, end: len(b.whole)})
}
