package workbook

import (
	"cmp"
	"slices"
)

// A sheetBuilder collects the cells of one sheet, in whatever order they stand
// in the file.
type sheetBuilder struct {
	part     string
	sheet    Sheet
	counters *counters
	columns  []bool       // whether a column is hidden, by its number
	ranges   int          // of hidden columns so far
	rows     map[int]bool // hidden rows that are known apart from their cells
	unsorted bool
	head     Sheet          // the sheet without cells, which goes with rows handed over
	seen     seenRows       // handed over
	progress func() float64 // how much of the sheet is read, from 0 to 1
}

// slot is an empty cell at row and col to fill in. It joins the sheet by keep;
// without, the next slot takes its place.
func (b *sheetBuilder) slot(row, col int) *Cell {
	have := len(b.sheet.Cells)
	if have == cap(b.sheet.Cells) {
		b.grow()
	}
	cell := &b.sheet.Cells[:have+1][have]
	*cell = Cell{Row: row, Col: col}
	return cell
}

// keep adds the cell in the last slot to the sheet.
func (b *sheetBuilder) keep() error {
	have := len(b.sheet.Cells)
	cells := b.sheet.Cells[:have+1]
	if err := b.counters.cell(b.part, len(cells[have].Raw)); err != nil {
		return err
	}
	if have > 0 && !before(&cells[have-1], &cells[have]) {
		b.unsorted = true
	}
	b.sheet.Cells = cells
	return nil
}

// grow makes room for as many cells as the sheet will have if it goes on as it
// began, but beyond the first few thousand never for more than four times those
// it has.
func (b *sheetBuilder) grow() {
	have := len(b.sheet.Cells)
	expected := 2 * have
	if done := b.progress(); done > 0 {
		expected = int(float64(have)/done*1.1) + 16
	}
	expected = min(max(expected, have+have/4), max(4*have, manyCells), b.counters.limits.Cells)
	b.sheet.Cells = slices.Grow(b.sheet.Cells, max(expected, have+leastCells)-have)
}

const (
	leastCells = 64   // how many cells there is room for at first
	manyCells  = 4096 // up to how many cells the first guess is trusted
)

// merge adds a merged range, unless it is a single cell.
func (b *sheetBuilder) merge(merged Range) error {
	if merged.FirstRow == merged.LastRow && merged.FirstCol == merged.LastCol {
		return nil
	}
	if err := b.counters.merge(b.part); err != nil {
		return err
	}
	b.sheet.Merges = append(b.sheet.Merges, merged)
	return nil
}

// hideColumns tells that columns are hidden, both ends included.
func (b *sheetBuilder) hideColumns(first, last int) {
	if b.ranges++; b.ranges > maxColumns {
		return
	}
	if b.columns == nil {
		b.columns = make([]bool, maxColumns)
	}
	for col := max(first, 0); col <= min(last, maxColumns-1); col++ {
		b.columns[col] = true
	}
}

// finish is the sheet with its cells in order.
func (b *sheetBuilder) finish() (*Sheet, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	sheet := b.sheet
	if sheet.Cells = nil; len(b.sheet.Cells) > 0 {
		sheet.Cells = slices.Clip(b.sheet.Cells)
	}
	return &sheet, nil
}

// settle brings the cells in order and tells those that are hidden.
func (b *sheetBuilder) settle() error {
	cells := b.sheet.Cells
	if b.unsorted {
		slices.SortStableFunc(cells, func(x, y Cell) int { return compareCells(&x, &y) })
	}
	for i := 1; b.unsorted && i < len(cells); i++ {
		if compareCells(&cells[i-1], &cells[i]) == 0 {
			return damaged(b.part, "cell %s stands twice", cells[i].Name())
		}
	}
	if b.sheet.Hidden || b.rows != nil || b.columns != nil {
		b.hide(cells)
	}
	return nil
}

// hide marks the cells that are hidden with their sheet, row or column.
func (b *sheetBuilder) hide(cells []Cell) {
	for i := range cells {
		cell := &cells[i]
		cell.Hidden = cell.Hidden || b.sheet.Hidden || b.rows[cell.Row] || b.columns != nil && b.columns[cell.Col]
	}
}

// compareCells orders cells by row, then column.
func compareCells(a, b *Cell) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
}

// before tells whether a stands before b.
func before(a, b *Cell) bool {
	return a.Row < b.Row || a.Row == b.Row && a.Col < b.Col
}
