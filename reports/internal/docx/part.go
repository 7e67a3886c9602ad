package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// A part is the XML of one part of a document with the places of its elements.
type part struct {
	data []byte
	root *element
}

// An element is a stretch of a part: from the beginning of its start tag to the
// end of its end tag.
type element struct {
	name       string // without the prefix: p, tr, t
	start, end int
	inside     int // behind the start tag
	children   []*element
	text       string // of a t, what it says
	bearsText  bool   // is a t
}

// maxDepth is how deep elements may nest; Word's own need about 30. What fills them
// in goes down by calling itself.
const maxDepth = 1000

// parse finds the elements of a part.
func parse(data []byte) (*part, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	root := &element{end: len(data)}
	open := []*element{root}
	for {
		before := int(decoder.InputOffset())
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		after, top := int(decoder.InputOffset()), open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, fmt.Errorf("elements nested deeper than %d", maxDepth)
			}
			e := &element{name: t.Name.Local, start: before, inside: after, bearsText: t.Name.Local == "t"}
			top.children = append(top.children, e)
			open = append(open, e)
		case xml.EndElement:
			if len(open) == 1 || top.name != t.Name.Local {
				return nil, errors.New("elements are not nested")
			}
			top.end = after
			open = open[:len(open)-1]
		case xml.CharData:
			if top.bearsText {
				top.text += string(t)
			}
		}
	}
	if len(open) != 1 {
		return nil, errors.New("elements are not closed")
	}
	return &part{data: data, root: root}, nil
}

// texts are the elements below e that bear text, in their order. The text of a
// paragraph lies in many of them: Word cuts it wherever somebody corrected it.
func (e *element) texts() []*element {
	if e.bearsText {
		return []*element{e}
	}
	var all []*element
	for _, c := range e.children {
		all = append(all, c.texts()...)
	}
	return all
}

// paragraphs are the elements below e, or e itself, that are paragraphs.
func (e *element) paragraphs() []*element {
	if e.name == "p" {
		return []*element{e}
	}
	var all []*element
	for _, c := range e.children {
		all = append(all, c.paragraphs()...)
	}
	return all
}
