package workbook

import (
	"bytes"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// markup reads what begins with <. It is tokenNone for what is no part of the
// content, such as a comment.
func (x *scanner) markup() token {
	for x.end-x.pos < 2 {
		if !x.more() {
			x.fail("XML ends in markup")
			return tokenNone
		}
	}
	switch x.window[x.pos+1] {
	case '/':
		return x.endTag()
	case '?':
		x.pass("?>")
		return tokenNone
	case '!':
		return x.declaration()
	default:
		return x.startTag()
	}
}

// pass steps over markup that ends with the given text.
func (x *scanner) pass(end string) {
	at := x.seekText(2, end)
	if at < 0 {
		x.fail("XML ends in markup")
		return
	}
	x.pos += at + len(end)
}

// declaration reads a comment or a CDATA section.
func (x *scanner) declaration() token {
	for x.end-x.pos < len("<![CDATA[") && x.more() {
	}
	left := x.window[x.pos:x.end]
	switch {
	case bytes.HasPrefix(left, []byte("<!--")):
		x.pos += 2
		x.pass("-->")
		return tokenNone
	case bytes.HasPrefix(left, []byte("<![CDATA[")) && len(x.open.ends) > 0:
		at := x.seekText(len("<![CDATA["), "]]>")
		if at < 0 {
			x.fail("XML ends in a CDATA section")
			return tokenNone
		}
		x.text = x.window[x.pos+len("<![CDATA[") : x.pos+at]
		x.pos += at + len("]]>")
		return tokenText
	default:
		x.fail("document type declaration or unknown markup")
		return tokenNone
	}
}

// endTag reads an end tag, which must be that of the innermost open element.
func (x *scanner) endTag() token {
	if left := x.window[x.pos+2 : x.end]; len(x.open.ends) > 0 {
		name := x.open.top()
		if len(left) > len(name) && left[len(name)] == '>' && string(left[:len(name)]) == string(name) {
			x.pos += len("</") + len(name) + len(">")
			x.open.pop()
			return tokenEnd
		}
	}
	at := x.seek(2, '>')
	if at < 0 {
		x.fail("XML ends in an end tag")
		return tokenNone
	}
	name := x.window[x.pos+2 : x.pos+at]
	for len(name) > 0 && name[len(name)-1] <= ' ' {
		name = name[:len(name)-1]
	}
	x.pos += at + 1
	if len(x.open.ends) == 0 || !bytes.Equal(name, x.open.top()) {
		x.fail("end tag %q closes nothing", clip(name))
		return tokenNone
	}
	x.open.pop()
	return tokenEnd
}

// startTag reads a start tag.
func (x *scanner) startTag() token {
	for {
		length, state := x.parseTag(x.window[x.pos:x.end])
		if state == tagCut && x.more() {
			continue
		}
		if state != tagWhole {
			x.fail("broken tag %q", clip(x.window[x.pos:x.end]))
			return tokenNone
		}
		x.pos += length
		return x.opened()
	}
}

// opened enters the element whose start tag was read.
func (x *scanner) opened() token {
	if x.rooted && len(x.open.ends) == 0 {
		x.fail("second root element")
	}
	if len(x.open.ends) == maxDepth {
		x.fail("elements nested deeper than %d", maxDepth)
	}
	for i := range x.attributes {
		if x.attributes[i].escaped {
			x.unescapeAttribute(&x.attributes[i])
		}
	}
	if x.err != nil {
		return tokenNone
	}
	x.rooted = true
	x.open.push(x.name)
	x.name = localName(x.name)
	return tokenStart
}

func (x *scanner) unescapeAttribute(a *attribute) {
	var ok bool
	if a.value, ok = unescape(a.value); !ok {
		x.fail("broken entity in attribute %q", clip(a.name))
	}
}

// A tagState is what became of parsing a start tag.
type tagState int

const (
	tagWhole tagState = iota
	tagCut            // the window ends within it
	tagBroken
)

// parseTag parses the start tag at the beginning of b into x.name,
// x.attributes and x.empty, and is its length.
func (x *scanner) parseTag(b []byte) (int, tagState) {
	x.attributes = x.attributes[:0]
	at := nameEnd(b, 1)
	x.name = b[1:at]
	if at == 1 {
		return 0, tagBroken
	}
	for {
		blanks := at
		at = blankEnd(b, at)
		if at+1 >= len(b) && (at >= len(b) || b[at] != '>') {
			return 0, tagCut
		}
		switch {
		case b[at] == '>':
			x.empty = false
			return at + 1, tagWhole
		case b[at] == '/' && b[at+1] == '>':
			x.empty = true
			return at + 2, tagWhole
		case blanks == at || len(x.attributes) == maxAttributes:
			return 0, tagBroken
		}
		var state tagState
		if at, state = x.parseAttribute(b, at); state != tagWhole {
			return 0, state
		}
	}
}

// parseAttribute parses the attribute at b[at:] and is the offset of its end.
func (x *scanner) parseAttribute(b []byte, at int) (int, tagState) {
	end := nameEnd(b, at)
	name := b[at:end]
	at = blankEnd(b, end)
	if at == len(b) {
		return 0, tagCut
	}
	if len(name) == 0 || b[at] != '=' {
		return 0, tagBroken
	}
	at = blankEnd(b, at+1)
	if at == len(b) {
		return 0, tagCut
	}
	quote := b[at]
	if quote != '"' && quote != '\'' {
		return 0, tagBroken
	}
	value, escaped, state := quoted(b[at+1:], quote)
	if state != tagWhole {
		return 0, state
	}
	if x.repeats(name) {
		return 0, tagBroken
	}
	x.attributes = append(x.attributes, attribute{name, value, escaped})
	return at + len(value) + 2, tagWhole
}

// quoted is the value that b begins with, which ends before the given quote, and
// whether it has entities.
func quoted(b []byte, quote byte) (value []byte, escaped bool, state tagState) {
	for at, c := range b {
		switch c {
		case quote:
			return b[:at], escaped, tagWhole
		case '&':
			escaped = true
		case '<':
			return nil, false, tagBroken
		}
	}
	return nil, false, tagCut
}

// repeats tells whether the element already has an attribute of that name.
func (x *scanner) repeats(name []byte) bool {
	for i := range x.attributes {
		if bytes.Equal(x.attributes[i].name, name) {
			return true
		}
	}
	return false
}

// blankEnd is the offset in b where the blanks that begin at at end.
func blankEnd(b []byte, at int) int {
	for at < len(b) && (b[at] == ' ' || b[at] == '\t' || b[at] == '\r' || b[at] == '\n') {
		at++
	}
	return at
}

// clip shortens outside text for an error.
func clip(b []byte) []byte {
	return b[:min(len(b), 40)]
}

// skipEncoding steps over a byte-order mark and makes x read UTF-16 as UTF-8;
// what begins with < in UTF-16 needs no mark.
func (x *scanner) skipEncoding() {
	for x.end < 3 && x.more() {
	}
	head := x.window[x.pos:x.end]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		x.pos += 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		x.widen(head[2:], head[0] == 0xfe)
	case bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		x.widen(head, head[0] == 0)
	}
}

// widen makes x read UTF-16, of which head was fetched.
func (x *scanner) widen(head []byte, big bool) {
	x.source = &wideReader{source: io.MultiReader(bytes.NewReader(bytes.Clone(head)), x.source), big: big}
	x.pos, x.end, x.drained = 0, 0, false
}

// A wideReader turns UTF-16 into UTF-8.
type wideReader struct {
	source io.Reader
	big    bool
	in     [4]byte
	ready  []byte // UTF-8 that is not yet fetched
}

// Read implements io.Reader.
func (w *wideReader) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		if len(w.ready) == 0 {
			if err := w.decode(); err != nil {
				return n, err
			}
		}
		copied := copy(b[n:], w.ready)
		w.ready = w.ready[copied:]
		n += copied
	}
	return n, nil
}

// decode reads one character.
func (w *wideReader) decode() error {
	if _, err := io.ReadFull(w.source, w.in[:2]); err != nil {
		return eof(err)
	}
	r := rune(unit16(w.in[:], w.big))
	if utf16.IsSurrogate(r) {
		if _, err := io.ReadFull(w.source, w.in[2:]); err != nil {
			return eof(err)
		}
		r = utf16.DecodeRune(r, rune(unit16(w.in[2:], w.big)))
	}
	w.ready = utf8.AppendRune(w.ready[:0], r)
	return nil
}

// eof is err, or io.EOF for an end within a character.
func eof(err error) error {
	if err == io.ErrUnexpectedEOF {
		return io.EOF
	}
	return err
}
