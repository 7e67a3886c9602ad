package workbook

import "slices"

// fillLabel fills in a text that stands in the cell itself, in several fonts in
// an RSTRING record.
func (s *biffSheet) fillLabel(cell *Cell) {
	f := fieldReader{records: s.records}
	rich := s.id == recordRString
	f.begin(6)
	if !s.wide() {
		s.fillBytes(cell, &f, rich)
		return
	}
	f.text(2)
	var cuts []cut
	if rich {
		for range f.number(2) {
			cuts = append(cuts, cut{f.number(2), f.number(2)})
		}
	}
	raw, runs := s.text(f.units, cuts)
	s.fillText(cell, raw, runs)
}

// fillBytes fills in a text of Excel 5 or 95.
func (s *biffSheet) fillBytes(cell *Cell, f *fieldReader, rich bool) {
	count := f.number(2)
	if len(f.left) < count {
		s.fail("text of cell %s is cut", cell.Name())
		return
	}
	text := f.left[:count]
	f.left = f.left[count:]
	var cuts []cut
	if rich {
		for range f.number(1) {
			cuts = append(cuts, cut{f.number(1), f.number(1)})
		}
	}
	raw, runs := s.byteRuns(text, cuts)
	s.fillText(cell, raw, runs)
}

// fillBoolErr fills in a truth value or an error.
func (s *biffSheet) fillBoolErr(cell *Cell) {
	if s.u8(7) != 0 {
		s.fillError(cell, s.u8(6))
		return
	}
	fillBool(cell, s.u8(6) != 0)
}

func fillBool(cell *Cell, is bool) {
	cell.Type, cell.Raw = Bool, "FALSE"
	if is {
		cell.Raw = "TRUE"
	}
	cell.Value = cell.Raw
}

// fillError fills in an error ([MS-XLS] 2.5.10).
func (s *biffSheet) fillError(cell *Cell, code int) {
	cell.Type = Error
	switch code {
	case 0x00:
		cell.Raw = "#NULL!"
	case 0x07:
		cell.Raw = "#DIV/0!"
	case 0x0f:
		cell.Raw = "#VALUE!"
	case 0x17:
		cell.Raw = "#REF!"
	case 0x1d:
		cell.Raw = "#NAME?"
	case 0x24:
		cell.Raw = "#NUM!"
	case 0x2a:
		cell.Raw = "#N/A"
	case 0x2b:
		cell.Raw = "#GETTING_DATA"
	default:
		s.fail("cell %s holds error %02x", cell.Name(), code)
	}
	cell.Value = cell.Raw
}

// The kinds of stored results of formulas that are no numbers ([MS-XLS] 2.5.133).
const (
	resultText  = 0
	resultBool  = 1
	resultError = 2
	resultEmpty = 3
)

// fillFormula fills in the stored result of a formula.
func (s *biffSheet) fillFormula(cell *Cell) {
	cell.Formula = true
	if s.u16(12) != 0xffff {
		s.fillFloat(cell, s.u16(4), s.float(6))
		return
	}
	switch s.u8(6) {
	case resultText:
		s.fillResult(cell)
	case resultBool:
		fillBool(cell, s.u8(8) != 0)
	case resultError:
		s.fillError(cell, s.u8(8))
	case resultEmpty:
		cell.Type = Text
	default:
		s.fail("formula in cell %s has a result of kind %d", cell.Name(), s.u8(6))
	}
}

// sharedByFormulas are the records that may stand between a formula and its text:
// arrays, tables and shared formulas, as Excel writes them and by the ids they had
// before Excel 5, which others still use, and what goes on with them.
var sharedByFormulas = []int{0x0221, 0x0021, 0x0236, 0x0036, 0x0037, 0x04bc, 0x00bc, recordContinue}

// fillResult fills in a text result, which the STRING record after the formula
// holds; between the two may stand what several formulas share.
func (s *biffSheet) fillResult(cell *Cell) {
	cell.Type = Text
	for slices.ContainsFunc(sharedByFormulas, s.nextIs) {
		if !s.next() {
			return
		}
	}
	if !s.nextIs(recordString) || !s.next() {
		s.fail("text of the formula in cell %s is missing", cell.Name())
		return
	}
	f := fieldReader{records: s.records}
	f.begin(0)
	if !s.wide() {
		s.fillBytes(cell, &f, false)
		return
	}
	f.text(2)
	raw, _ := s.text(f.units, nil)
	s.fillText(cell, raw, nil)
}
