package workbook

import "strconv"

const (
	maxRows    = 1 << 20 // rows of a sheet in Excel
	maxColumns = 1 << 14 // columns of a sheet in Excel
)

// A sheetReader reads one worksheet part.
type sheetReader struct {
	*xlsxReader
	builder  sheetBuilder
	part     string
	row, col int    // of the cell being read
	rowName  []byte // how the names of cells in the row end, with the quote behind them
	hidden   bool   // the row is
	tail     rowTail
}

// sheet reads the worksheet in the part of the given name.
func (r *xlsxReader) sheet(listed listedSheet, part string) (*Sheet, error) {
	if err := r.archive.scan(part, &r.xml); err != nil {
		return nil, err
	}
	s := &sheetReader{
		xlsxReader: r, part: part, row: -1,
		builder: sheetBuilder{part: part, counters: &r.counters, head: Sheet{Name: listed.name, Hidden: listed.hidden}},
	}
	s.builder.sheet = s.builder.head
	s.builder.progress = s.progress
	if r.each != nil {
		s.builder.progress = func() float64 { return 0 } // there is one row at a time
	}
	s.builder.sheet.Cells = r.room.free
	x := &r.xml
	for x.root("worksheet"); x.child(); {
		switch string(x.name) {
		case "cols":
			s.readColumns()
		case "sheetData":
			s.readRows()
		case "mergeCells":
			s.readMerges()
		default:
			x.skip()
		}
	}
	if err := x.drain(); err != nil {
		return nil, err
	}
	finished, err := s.builder.finish()
	r.room.taken(s.builder.sheet.Cells)
	return finished, err
}

// progress is how much of the part is read, if its declared size is true.
func (s *sheetReader) progress() float64 {
	return float64(s.xml.offset()) / float64(max(s.xml.size, 1))
}

// readColumns reads which columns are hidden.
func (s *sheetReader) readColumns() {
	for x := &s.xml; x.child(); x.skip() {
		first, _ := strconv.Atoi(string(x.attribute("min")))
		last, _ := strconv.Atoi(string(x.attribute("max")))
		if x.flag("hidden") {
			s.builder.hideColumns(first-1, last-1)
		}
	}
}

// readMerges reads the merged ranges; what is no range merges nothing.
func (s *sheetReader) readMerges() {
	for x := &s.xml; x.child(); x.skip() {
		merged, ok := parseRange(x.attribute("ref"))
		if !ok {
			continue
		}
		if err := s.builder.merge(merged); err != nil {
			x.err = err
		}
	}
}

// readRows reads the rows of the current element.
func (s *sheetReader) readRows() {
	for x := &s.xml; ; {
		if !s.quickRow() {
			start := x.offset()
			if !x.child() {
				return
			}
			if string(x.name) != "row" {
				x.skip()
				continue
			}
			s.startRow()
			s.learnRow(int(x.offset() - start))
		}
		s.endRow(s.readCells())
	}
}

// startRow takes the row's number, which is the next one if it bears none.
func (s *sheetReader) startRow() {
	x := &s.xml
	s.row++
	if number := x.attribute("r"); number != nil {
		row, ok := parseIndex(number, maxRows)
		if !ok {
			x.fail("row number %q", clip(number))
			return
		}
		s.row = row
	}
	if s.row >= maxRows {
		x.fail("more than %d rows", maxRows)
	}
	s.enterRow(x.flag("hidden"))
}

// enterRow makes the row of number s.row the one being read.
func (s *sheetReader) enterRow(hidden bool) {
	s.rowName = append(strconv.AppendInt(s.rowName[:0], int64(s.row)+1, 10), '"')
	s.hidden = hidden
	s.col = -1
}

// endRow ends a row that is so many columns wide.
func (s *sheetReader) endRow(width int) {
	if x := &s.xml; x.err == nil {
		x.err = s.counters.row(s.part, width)
	}
	if x := &s.xml; x.err == nil && s.each != nil {
		x.err = s.builder.handOver(s.each)
	}
}

// readCells reads the cells of a row and is how many columns wide it is.
func (s *sheetReader) readCells() int {
	width := 0
	for x := &s.xml; ; {
		for s.quickCell() {
			width = max(width, s.col+1)
		}
		if !x.child() {
			return width
		}
		if string(x.name) != "c" {
			x.skip()
			continue
		}
		s.startCell()
		width = max(width, s.col+1)
		s.readCell()
	}
}

// startCell takes the cell's place, which is the next one if it bears none.
func (s *sheetReader) startCell() {
	x := &s.xml
	s.col++
	if name := x.attribute("r"); name != nil {
		row, col, ok := parseName(name)
		if !ok {
			x.fail("cell name %q", clip(name))
			return
		}
		if row != s.row {
			x.fail("cell %q in row %d", clip(name), s.row+1)
			return
		}
		s.col = col
	}
	if s.col >= maxColumns {
		x.fail("more than %d columns", maxColumns)
	}
}
