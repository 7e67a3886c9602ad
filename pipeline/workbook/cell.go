package workbook

import (
	"strconv"
	"strings"

	"tonghop/pipeline/vntext"
)

// A storedCell is what stands between the tags of a cell.
type storedCell struct {
	kind    string // the attribute t; n, s, str, inlineStr, b, e or d
	style   *style // nil for none
	value   []byte // the content of v
	formula bool
	text    string // the content of is
	runs    []vntext.Run
	inline  bool // there is an is
}

// kindOf is the type of a cell (ECMA-376 part 1, 18.18.11) by its attribute t;
// empty for one that is unknown.
func kindOf(t []byte) string {
	switch string(t) {
	case "", "n":
		return "n"
	case "s":
		return "s"
	case "str":
		return "str"
	case "inlineStr":
		return "inlineStr"
	case "b":
		return "b"
	case "e":
		return "e"
	case "d":
		return "d"
	}
	return ""
}

// readCell reads the cell that is the current element.
func (s *sheetReader) readCell() {
	x := &s.xml
	var stored storedCell
	if stored.kind = kindOf(x.attribute("t")); stored.kind == "" {
		x.fail("cell %s is of unknown type %q", s.cellName(), clip(x.attribute("t")))
	}
	style, _ := strconv.Atoi(string(x.attribute("s")))
	stored.style = s.styleAt(style)
	for x.child() {
		switch string(x.name) {
		case "v":
			stored.value = x.content()
		case "f":
			stored.formula = true
			x.skip()
		case "is":
			if stored.kind != "inlineStr" {
				x.skip()
				continue
			}
			stored.text, stored.runs = s.richText()
			stored.inline = true
		default:
			x.skip()
		}
	}
	if x.err == nil {
		s.addCell(&stored)
	}
}

func (s *sheetReader) cellName() string { return CellName(s.row, s.col) }

// styleAt is the style with the given index; nil for one that does not exist,
// which looks like none.
func (s *sheetReader) styleAt(index int) *style {
	if index < 0 || index >= len(s.styles) {
		return nil
	}
	return &s.styles[index]
}

// shown is what the style makes of a number.
func (s *style) shown() shows {
	if s == nil {
		return showsNumber
	}
	return s.shows
}

// addCell adds the cell to the sheet if it has content.
func (s *sheetReader) addCell(stored *storedCell) {
	cell := s.newCell(stored.style)
	cell.Formula = stored.formula
	if s.fill(cell, stored) {
		s.keepCell()
	}
}

// newCell is a cell without content yet, at the place of the one being read.
func (s *sheetReader) newCell(style *style) *Cell {
	cell := s.builder.slot(s.row, s.col)
	if style != nil {
		cell.Format, cell.Font = style.format, style.font
	}
	cell.Hidden = s.hidden
	return cell
}

// keepCell adds the cell begun last to the sheet.
func (s *sheetReader) keepCell() {
	if s.xml.err == nil {
		s.xml.err = s.builder.keep()
	}
}

// fill gives the cell its type and content. It is false for a cell without.
func (s *sheetReader) fill(cell *Cell, stored *storedCell) bool {
	if stored.kind == "str" || stored.kind == "inlineStr" {
		return s.fillText(cell, stored)
	}
	value := trimBlanks(stored.value)
	if len(value) == 0 {
		cell.Type, cell.Uncalculated = Number, true
		return stored.formula
	}
	switch stored.kind {
	case "s":
		return s.fillShared(cell, value)
	case "b":
		s.fillBool(cell, value)
	case "e":
		cell.Type = Error
		cell.Raw = s.intern(value)
		cell.Value = cell.Raw
	case "d":
		s.fillISO(cell, stored, value)
	default:
		s.fillNumber(cell, stored.style.shown(), value)
	}
	return true
}

func (s *sheetReader) fillBool(cell *Cell, value []byte) {
	cell.Type = Bool
	switch strings.ToLower(string(value)) {
	case "1", "true":
		cell.Raw = "TRUE"
	case "0", "false":
		cell.Raw = "FALSE"
	default:
		s.xml.fail("cell %s holds truth value %q", cell.Name(), clip(value))
	}
	cell.Value = cell.Raw
}

// fillISO fills in a date that is stored as text.
func (s *sheetReader) fillISO(cell *Cell, stored *storedCell, value []byte) {
	serial, ok := s.epoch.parseISO(string(value))
	if !ok {
		s.xml.fail("cell %s holds date %q", cell.Name(), clip(value))
		return
	}
	shown := stored.style.shown()
	if shown == showsNumber {
		shown = showsDate
	}
	s.fillNumber(cell, shown, appendDigits(nil, serial))
}

func (s *sheetReader) fillNumber(cell *Cell, shown shows, raw []byte) {
	if !s.epoch.fill(cell, shown, raw, &s.arena) {
		s.xml.fail("cell %s holds number %q", cell.Name(), clip(raw))
	}
}

// fillShared fills in a shared string, named by its index.
func (s *sheetReader) fillShared(cell *Cell, index []byte) bool {
	at, end := quickIndex(index, 0)
	if end < len(index) || !s.shared.fill(cell, at) {
		s.xml.fail("cell %s refers to shared string %q of %d", cell.Name(), clip(index), len(s.shared.all))
		return false
	}
	return cell.Raw != ""
}

// fillText fills in a text that stands in the sheet itself.
func (s *sheetReader) fillText(cell *Cell, stored *storedCell) bool {
	cell.Type = Text
	if !stored.inline {
		value, ok := storedText(stored.value)
		if !ok {
			s.xml.fail("cell %s is not UTF-8", cell.Name())
		}
		stored.text = s.arena.keep(value)
	}
	cell.Raw = stored.text
	cell.Value = s.shared.decoder.decode(stored.text, stored.runs, cell.Font)
	if len(stored.runs) > 0 {
		cell.Font = firstFont(stored.runs, cell.Font)
	}
	return cell.Raw != ""
}

// trimBlanks is b without blanks around it.
func trimBlanks(b []byte) []byte {
	for len(b) > 0 && b[0] <= ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}
