package workbook

import (
	"unicode/utf8"

	"tonghop/pipeline/vntext"
)

// A span is a stretch in one font of the text being read; font is empty for the
// cell's own.
type span struct {
	font string
	end  int // offset in the text
}

// readStrings reads the shared strings.
func (r *xlsxReader) readStrings(name string) error {
	x := &r.xml
	if err := r.archive.scan(name, x); err != nil {
		return err
	}
	for x.root("sst"); r.quickStrings(name) && x.child(); {
		if string(x.name) != "si" {
			x.skip()
			continue
		}
		raw, runs := r.richText()
		if x.err == nil {
			x.err = r.shared.add(name, raw, runs, &r.limits)
		}
	}
	return x.drain()
}

const (
	quickText    = "<si><t>"
	quickSpaced  = `<si><t xml:space="preserve">`
	quickTextEnd = "/t></si>"
)

// quickStrings reads the shared strings at the scanner's position up to the first
// that is not written the way nearly all are, <si><t>text</t></si>, without
// entities, or that does not lie in the window as a whole. It is false on errors.
// It exists for speed only.
func (r *xlsxReader) quickStrings(name string) bool {
	for x := &r.xml; x.err == nil && !x.empty; {
		left := x.window[x.pos:x.end]
		start := len(quickText)
		if !begins(left, quickText) {
			if start = len(quickSpaced); !begins(left, quickSpaced) {
				return true
			}
		}
		end := start
		for end < len(left) && left[end] != '<' && left[end] != '&' && left[end] != '\r' && left[end] != '_' {
			end++
		}
		if end == len(left) || left[end] != '<' || !begins(left[end+1:], quickTextEnd) {
			return true
		}
		raw := left[start:end]
		known, ok := r.shared.known[string(raw)]
		if !ok && !utf8.Valid(raw) {
			return true
		}
		x.pos += end + 1 + len(quickTextEnd)
		if !ok {
			known.raw = r.arena.keep(raw)
		}
		x.err = r.shared.addKnown(name, known, &r.limits)
	}
	return r.xml.err == nil
}

// richText reads the text of the current element, a CT_Rst: plain, or in runs
// of several fonts. What only helps pronunciation is left out.
func (r *xlsxReader) richText() (raw string, runs []vntext.Run) {
	x := &r.xml
	r.whole, r.spans = r.whole[:0], r.spans[:0]
	for x.child() {
		switch string(x.name) {
		case "t":
			r.addText("")
		case "r":
			r.readRun()
		default:
			x.skip()
		}
		if len(r.whole) > r.limits.TokenBytes && x.err == nil {
			x.err = tooLarge(x.part, "text longer than %d bytes", r.limits.TokenBytes)
		}
	}
	raw = r.arena.keep(r.whole)
	if x.err != nil || len(r.spans) == 0 || len(r.spans) == 1 && r.spans[0].font == "" {
		return raw, nil
	}
	start := 0
	runs = make([]vntext.Run, 0, len(r.spans))
	for _, span := range r.spans {
		runs = append(runs, vntext.Run{Text: raw[start:span.end], Font: span.font})
		start = span.end
	}
	return raw, runs
}

// readRun reads one run of a rich text, the current element.
func (r *xlsxReader) readRun() {
	x := &r.xml
	font := ""
	for x.child() {
		switch string(x.name) {
		case "t":
			r.addText(font)
		case "rPr":
			font = r.runFont()
		default:
			x.skip()
		}
	}
}

// runFont reads the font's name from the current element, the properties of a run.
func (r *xlsxReader) runFont() string {
	font := ""
	for x := &r.xml; x.child(); x.skip() {
		if string(x.name) == "rFont" {
			font = r.intern(x.attribute("val"))
		}
	}
	return font
}

// intern is b as a string, the same one for the same bytes.
func (r *xlsxReader) intern(b []byte) string {
	s, ok := r.names.intern(b)
	if !ok {
		r.xml.err = tooLarge(r.xml.part, "too many names of fonts and formats")
	}
	return s
}

// addText adds the content of the current element to the text being read.
func (r *xlsxReader) addText(font string) {
	text, ok := storedText(r.xml.content())
	if !ok {
		r.xml.fail("text is not UTF-8")
		return
	}
	if len(text) == 0 {
		return
	}
	r.whole = append(r.whole, text...)
	if last := len(r.spans) - 1; last >= 0 && r.spans[last].font == font {
		r.spans[last].end = len(r.whole)
		return
	}
	r.spans = append(r.spans, span{font: font, end: len(r.whole)})
}
