package form

import (
	"slices"

	"tonghop/pipeline/workbook"
)

// place settles what headers alone do not: a header that stands twice is that
// over the figures, and a column without one stands between its neighbours.
func (p *page) place(t *table, b *block, found *band, end int) {
	from, _ := slices.BinarySearch(p.known, found.row+1)
	to, _ := slices.BinarySearch(p.known, end)
	rows := p.known[from:to]
	for f := range b.columns {
		if s := &found.spots[f]; len(s.cols) > 1 && b.columns[f].input {
			filled := slices.DeleteFunc(slices.Clone(s.cols), func(col int) bool { return p.count(rows, col) == 0 })
			switch len(filled) {
			case 0:
				s.cols = s.cols[:1]
			default:
				s.cols = filled
			}
		}
	}
	for f := range b.columns {
		switch c := &b.columns[f]; {
		case len(c.path) == 0:
			p.placeBeside(t, b, found, f)
		case c.input && len(found.spots[f].cols) == 0:
			p.placeBetween(b, found, f, rows)
		}
	}
}

// count is the number of rows with something in column col.
func (p *page) count(rows []int, col int) int {
	n := 0
	for _, row := range rows {
		if p.something(row, col) {
			n++
		}
	}
	return n
}

// placeBeside puts a column that has no header in the form as far to the right
// of the nearest found column, or of the labels, as the form has it.
func (p *page) placeBeside(t *table, b *block, found *band, f int) {
	left, at := t.labelColumn(b), p.main
	for i := f - 1; i >= 0; i-- {
		if s := found.spots[i]; len(s.cols) == 1 && b.columns[i].col > left {
			left, at = b.columns[i].col, s.cols[0]
			break
		}
	}
	found.spots[f].cols = []int{at + b.columns[f].col - left}
}

// placeBetween puts a column whose header was not found where the only other
// column with figures stands between the neighbours that were found.
func (p *page) placeBetween(b *block, found *band, f int, rows []int) {
	low, high := -1, maxColumns
	neighbours := false
	for i := f - 1; i >= 0 && low < 0; i-- {
		low, neighbours = found.between(b, i, low, neighbours)
	}
	for i := f + 1; i < len(b.columns) && high == maxColumns; i++ {
		high, neighbours = found.between(b, i, high, neighbours)
	}
	if low > high {
		low, high = high, low
	}
	if !neighbours || found.missingBetween(b, f) {
		return
	}
	taken := found.columns()
	var candidates []int
	for col := max(low+1, p.from); col < min(high, p.to); col++ {
		if !taken[col] && p.numeric(rows, col) {
			candidates = append(candidates, col)
		}
	}
	if len(candidates) == 1 {
		found.spots[f] = spot{cols: candidates, byPlace: true, row: found.row}
	}
}

// between is the place of column i of the form if it was found, else bound.
func (b *band) between(block *block, i, bound int, found bool) (int, bool) {
	if s := b.spots[i]; len(s.cols) == 1 && !s.byPlace && len(block.columns[i].path) > 0 {
		return s.cols[0], true
	}
	return bound, found
}

// missingBetween tells whether another column that units fill in is missing
// between the found neighbours of column f.
func (b *band) missingBetween(block *block, f int) bool {
	for _, step := range []int{-1, 1} {
		for i := f + step; i >= 0 && i < len(block.columns) && len(b.spots[i].cols) == 0; i += step {
			if block.columns[i].input {
				return true
			}
		}
	}
	return false
}

// numeric tells whether column col has numbers in some of the rows.
func (p *page) numeric(rows []int, col int) bool {
	return slices.ContainsFunc(rows, func(row int) bool {
		i := p.grid.shown(row, col)
		return i >= 0 && (p.grid.cells[i].Type == workbook.Number || startsWithDigit(p.grid.cells[i].Value))
	})
}
