package workbook

import (
	"bytes"
	"errors"
	"io"
)

// maxDepth is how deep elements may nest; Excel's own parts need about 20.
const maxDepth = 256

// maxAttributes is how many attributes an element may have; Excel's own need
// about 40.
const maxAttributes = 256

// windowBytes is how much of a part is in memory at once, unless a token needs
// more.
const windowBytes = 64 << 10

// A scanner reads the XML of one part through a sliding window. It checks that
// the XML is well formed as it goes, but knows no entities beyond the five of
// XML itself and refuses document type declarations.
//
// It is read by descent: child steps to the next child element of the current
// one and is false at its end; each child is then descended into, read by
// content, or skipped. The first error ends everything and stays in err.
type scanner struct {
	part   string
	source io.Reader
	limit  int // the longest token, in bytes

	window   []byte
	pos, end int   // what is left in the window
	drained  bool  // source is at its end
	taken    int64 // bytes read from source
	size     int64 // how many source is said to have

	name       []byte // local name of the current element
	attributes []attribute
	text       []byte // of the last text token
	value      []byte // of the last content
	empty      bool   // the current element is written <name/>
	rooted     bool   // the root element has begun
	open       nameStack
	err        error
}

// An attribute is one attribute of an element. name has its prefix.
type attribute struct {
	name, value []byte
	escaped     bool // value has entities
}

// reset makes x read another part, keeping its buffers.
func (x *scanner) reset(part string, source io.Reader, size int64, limit int) {
	window := x.window
	if window == nil {
		window = make([]byte, windowBytes)
	}
	*x = scanner{
		part: part, source: source, size: size, limit: limit, window: window,
		attributes: x.attributes[:0], value: x.value[:0],
		open: nameStack{bytes: x.open.bytes[:0], ends: x.open.ends[:0]},
	}
	x.skipEncoding()
}

// A token is one step of the scanner.
type token int

const (
	tokenNone token = iota // nothing more, or an error
	tokenStart
	tokenEnd
	tokenText
)

// next steps to the next token. What x.name, x.attributes and x.text hold is
// gone with the step after.
func (x *scanner) next() token {
	if x.err != nil {
		return tokenNone
	}
	if x.empty {
		x.empty = false
		x.open.pop()
		return tokenEnd
	}
	for x.err == nil {
		if x.pos == x.end && !x.more() {
			return x.finish()
		}
		var t token
		if x.window[x.pos] == '<' {
			t = x.markup()
		} else {
			t = x.characters()
		}
		if t != tokenNone {
			return t
		}
	}
	return tokenNone
}

// finish ends the part.
func (x *scanner) finish() token {
	if x.err == nil && (!x.rooted || len(x.open.ends) > 0) {
		x.fail("XML ends early")
	}
	return tokenNone
}

// more reads more of the part into the window behind what is left in it. It is
// false at the end of the part and on errors.
func (x *scanner) more() bool {
	if x.drained || x.err != nil {
		return false
	}
	if x.pos > 0 {
		copy(x.window, x.window[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.window) {
		if x.end >= x.limit {
			x.err = tooLarge(x.part, "XML token longer than %d bytes", x.limit)
			return false
		}
		x.window = append(x.window, make([]byte, len(x.window))...)
	}
	before := x.end
	for x.end < len(x.window) && !x.drained {
		n, err := x.source.Read(x.window[x.end:])
		x.end += n
		x.taken += int64(n)
		if errors.Is(err, io.EOF) {
			x.drained = true
		} else if err != nil {
			x.err = err
			return false
		}
	}
	return x.end > before
}

// seek finds the first c at or after the offset from, counted from x.pos; -1 if
// the part ends before.
func (x *scanner) seek(from int, c byte) int {
	for {
		if at := bytes.IndexByte(x.window[x.pos+from:x.end], c); at >= 0 {
			return from + at
		}
		from = x.end - x.pos
		if !x.more() {
			return -1
		}
	}
}

// seekText finds a text like seek.
func (x *scanner) seekText(from int, text string) int {
	for {
		if at := bytes.Index(x.window[x.pos+from:x.end], []byte(text)); at >= 0 {
			return from + at
		}
		from = max(from, x.end-x.pos-len(text)+1)
		if !x.more() {
			return -1
		}
	}
}

// characters reads text up to the next markup.
func (x *scanner) characters() token {
	at := x.seek(0, '<')
	if at < 0 {
		at = x.end - x.pos
	}
	if x.err != nil {
		return tokenNone
	}
	text := x.window[x.pos : x.pos+at]
	x.pos += at
	if len(x.open.ends) == 0 {
		if len(bytes.Trim(text, " \t\r\n")) > 0 {
			x.fail("text outside the root element")
		}
		return tokenNone
	}
	var ok bool
	if x.text, ok = unescape(text); !ok {
		x.fail("broken entity in text")
	}
	return tokenText
}

func (x *scanner) fail(format string, args ...any) {
	if x.err == nil {
		x.err = damaged(x.part, format, args...)
	}
}

// child steps to the next child of the current element, whose name and
// attributes x then holds. It is false at the end of the current element.
func (x *scanner) child() bool {
	for {
		switch x.next() {
		case tokenStart:
			return true
		case tokenEnd, tokenNone:
			return false
		}
	}
}

// root steps to the root element and tells whether it has the given name.
func (x *scanner) root(name string) bool {
	if !x.child() {
		return false
	}
	if string(x.name) != name {
		x.fail("root element %q, want %q", x.name, name)
	}
	return x.err == nil
}

// skip leaves the current element.
func (x *scanner) skip() {
	for depth := 1; depth > 0; {
		switch x.next() {
		case tokenStart:
			depth++
		case tokenEnd:
			depth--
		case tokenNone:
			return
		}
	}
}

// content leaves the current element and is its text, without that of its
// children. It is valid up to the next call of content.
func (x *scanner) content() []byte {
	x.value = x.value[:0]
	if x.plainContent() {
		return x.value
	}
	for {
		switch x.next() {
		case tokenText:
			x.value = append(x.value, x.text...)
			if len(x.value) > x.limit {
				x.err = tooLarge(x.part, "text longer than %d bytes", x.limit)
			}
		case tokenStart:
			x.skip()
		default:
			return x.value
		}
	}
}

// plainContent is content for the commonest case: text without entities, all in
// the window with its end tag.
func (x *scanner) plainContent() bool {
	if x.empty || x.err != nil {
		return false
	}
	left := x.window[x.pos:x.end]
	length := 0
	for length < len(left) && left[length] != '<' {
		if left[length] == '&' || left[length] == '\r' {
			return false
		}
		length++
	}
	name := x.open.top()
	end := length + len("</") + len(name)
	if end >= len(left) || left[length+1] != '/' || left[end] != '>' || !bytes.Equal(left[length+2:end], name) {
		return false
	}
	x.value = append(x.value, left[:length]...)
	x.pos += end + 1
	x.open.pop()
	return true
}

// offset is how many bytes of the part stand before the scanner's position.
func (x *scanner) offset() int64 { return x.taken - int64(x.end-x.pos) }

// drain reads the part to its end.
func (x *scanner) drain() error {
	for x.next() != tokenNone {
	}
	return x.err
}

// attribute is the value of the attribute of the current element with the given
// full name, nil if there is none.
func (x *scanner) attribute(name string) []byte {
	for i := range x.attributes {
		if string(x.attributes[i].name) == name {
			return x.attributes[i].value
		}
	}
	return nil
}

// qualified is the value of the current element's attribute with the given
// local name and any prefix.
func (x *scanner) qualified(local string) []byte {
	for i := range x.attributes {
		if name := x.attributes[i].name; bytes.IndexByte(name, ':') >= 0 && string(localName(name)) == local {
			return x.attributes[i].value
		}
	}
	return nil
}

// flag tells whether the attribute with the given full name is true.
func (x *scanner) flag(name string) bool {
	switch string(x.attribute(name)) {
	case "1", "true", "on", "True", "TRUE":
		return true
	}
	return false
}

// namespace is the namespace of the current element, if the element itself
// declares it, as root elements do.
func (x *scanner) namespace() string {
	full := x.open.top()
	declaration := "xmlns"
	if prefix := len(full) - len(x.name) - 1; prefix > 0 {
		declaration += ":" + string(full[:prefix])
	}
	return string(x.attribute(declaration))
}
