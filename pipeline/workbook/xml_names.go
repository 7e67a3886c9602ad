package workbook

import "bytes"

// A nameStack holds the full names of the open elements.
type nameStack struct {
	bytes []byte
	ends  []int
}

func (s *nameStack) push(name []byte) {
	s.bytes = append(s.bytes, name...)
	s.ends = append(s.ends, len(s.bytes))
}

// pop removes the innermost name.
func (s *nameStack) pop() {
	s.ends = s.ends[:len(s.ends)-1]
	s.bytes = s.bytes[:s.start(len(s.ends))]
}

func (s *nameStack) start(at int) int {
	if at == 0 {
		return 0
	}
	return s.ends[at-1]
}

// top is the innermost name.
func (s *nameStack) top() []byte {
	return s.bytes[s.start(len(s.ends)-1):]
}

// nameEnd is the offset in b where the name that begins at at ends.
func nameEnd(b []byte, at int) int {
	for at < len(b) && inNames[b[at]] {
		at++
	}
	return at
}

// inNames tells which bytes may stand in a name.
var inNames = func() (in [256]bool) {
	for c := range in {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		in[c] = letter || c >= '0' && c <= '9' || c == ':' || c == '_' || c == '-' || c == '.' || c >= 0x80
	}
	return in
}()

// localName is name without its prefix.
func localName(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}
