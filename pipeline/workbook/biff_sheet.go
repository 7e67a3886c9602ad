package workbook

import (
	"math"

	"tonghop/pipeline/vntext"
)

// A biffSheet reads the substream of one sheet.
type biffSheet struct {
	*biffReader
	*records
	builder sheetBuilder
}

// readSheet reads a listed sheet; nil if it is no worksheet.
func (b *biffReader) readSheet(listed boundSheet) (*Sheet, error) {
	if listed.start >= len(b.stream) {
		return nil, damaged(b.part, "sheet %q lies beyond the stream", listed.name)
	}
	s := &biffSheet{
		biffReader: b, records: b.from(listed.start),
		builder: sheetBuilder{part: b.part, counters: &b.counters, sheet: Sheet{Name: listed.name, Hidden: listed.hidden}},
	}
	s.builder.progress = func() float64 { return 0 }
	kind, err := b.begin(s.records)
	if err != nil || kind != substreamSheet {
		return nil, err
	}
	for s.next() {
		if s.id == recordEOF {
			return s.builder.finish()
		}
		s.readRecord()
	}
	s.fail("sheet %q ends early", listed.name)
	return nil, s.err
}

// readRecord takes what the current record says.
func (s *biffSheet) readRecord() {
	switch s.id {
	case recordBOF:
		s.skipSubstream()
	case recordRow:
		if s.u16(12)&0x20 != 0 {
			s.hideRow(s.u16(0))
		}
	case recordColInfo:
		if s.u16(8)&1 != 0 {
			s.builder.hideColumns(s.u16(0), s.u16(2))
		}
	case recordMerged:
		s.readMerged()
	case recordMulRK:
		s.readMulRK()
	default:
		s.readCell()
	}
}

// skipSubstream leaves a substream within the sheet, such as a chart.
func (s *biffSheet) skipSubstream() {
	for depth := 1; depth > 0 && s.next(); {
		switch s.id {
		case recordBOF:
			depth++
		case recordEOF:
			depth--
		}
	}
}

func (s *biffSheet) hideRow(row int) {
	if s.builder.rows == nil {
		s.builder.rows = map[int]bool{}
	}
	s.builder.rows[row] = true
}

func (s *biffSheet) readMerged() {
	for at := 2; at+8 <= len(s.data) && at < 2+8*s.u16(0); at += 8 {
		merged := Range{FirstRow: s.u16(at), LastRow: s.u16(at + 2), FirstCol: s.u16(at + 4), LastCol: s.u16(at + 6)}
		if merged.LastRow < merged.FirstRow || merged.LastCol < merged.FirstCol {
			continue
		}
		if err := s.builder.merge(merged); err != nil {
			s.records.err = err
		}
	}
}

// cell is an empty cell at row and col in the given format.
func (s *biffSheet) cell(row, col, xf int) *Cell {
	cell := s.builder.slot(row, col)
	if xf < len(s.styles) {
		cell.Format, cell.Font = s.styles[xf].format, s.styles[xf].font
	}
	return cell
}

// readCell reads a record of one cell, if the current one is.
func (s *biffSheet) readCell() {
	var fill func(*Cell)
	least := 6
	switch s.id {
	case recordNumber:
		fill, least = s.fillNumber, 14
	case recordRK:
		fill, least = s.fillRK, 10
	case recordLabelSST:
		fill, least = s.fillShared, 10
	case recordLabel, recordRString:
		fill, least = s.fillLabel, 8
	case recordBoolErr:
		fill, least = s.fillBoolErr, 8
	case recordFormula, recordFormula3, recordFormula4:
		fill, least = s.fillFormula, 14
	default:
		return
	}
	if !s.want(least) {
		return
	}
	cell := s.cell(s.u16(0), s.u16(2), s.u16(4))
	fill(cell)
	s.add(cell)
}

// add adds the cell to the sheet, if it has content.
func (s *biffSheet) add(cell *Cell) {
	if s.records.err != nil || cell.Type == Text && cell.Raw == "" {
		return
	}
	if cell.Col >= maxColumns {
		s.fail("cell in column %d", cell.Col)
		return
	}
	if err := s.builder.keep(); err != nil {
		s.records.err = err
	}
}

// readMulRK reads a row of numbers.
func (s *biffSheet) readMulRK() {
	if !s.want(6) {
		return
	}
	row, col := s.u16(0), s.u16(2)
	for at := 4; at+6 <= len(s.data)-2; at += 6 {
		cell := s.cell(row, col, s.u16(at))
		s.fillFloat(cell, s.u16(at), rkNumber(uint32(s.u32(at+2))))
		s.add(cell)
		col++
	}
}

// rkNumber is a number in 30 bits ([MS-XLS] 2.5.217).
func rkNumber(rk uint32) float64 {
	var n float64
	if rk&2 != 0 {
		n = float64(int32(rk) >> 2)
	} else {
		n = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		n /= 100
	}
	return n
}

func (s *biffSheet) fillNumber(cell *Cell) {
	s.fillFloat(cell, s.u16(4), s.float(6))
}

// float is the number at the given offset of the record.
func (s *biffSheet) float(at int) float64 {
	return math.Float64frombits(uint64(s.u32(at)) | uint64(s.u32(at+4))<<32)
}

func (s *biffSheet) fillRK(cell *Cell) {
	s.fillFloat(cell, s.u16(4), rkNumber(uint32(s.u32(6))))
}

// fillFloat fills in a number that is shown by the given format.
func (s *biffSheet) fillFloat(cell *Cell, xf int, n float64) {
	shown := showsNumber
	if xf < len(s.styles) {
		shown = s.styles[xf].shows
	}
	if !s.epoch.fill(cell, shown, appendDigits(s.whole[:0], n), &s.arena) {
		s.fail("cell %s holds number %v", cell.Name(), n)
	}
}

func (s *biffSheet) fillShared(cell *Cell) {
	if !s.shared.fill(cell, s.u32(6)) {
		s.fail("cell %s refers to shared string %d of %d", cell.Name(), s.u32(6), len(s.shared.all))
	}
}

// fillText fills in a text with its runs, if it has several fonts.
func (s *biffSheet) fillText(cell *Cell, raw string, runs []vntext.Run) {
	cell.Type, cell.Raw = Text, raw
	cell.Value = s.shared.decoder.decode(raw, runs, cell.Font)
	if len(runs) > 0 {
		cell.Font = firstFont(runs, cell.Font)
	}
}
