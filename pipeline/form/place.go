package form

import (
	"slices"
	"strings"

	"tonghop/pipeline/vntext"
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
	p.placeRivals(b, found, rows)
}

// placeRivals looks for further columns of numbers without a header where the
// form has columns without one. Where those stand empty and as many others are
// filled in, they were shifted; else nothing tells which is which.
func (p *page) placeRivals(b *block, found *band, rows []int) {
	var bare []int // columns of the form
	empty := true
	for f, c := range b.columns {
		if c.input && len(c.path) == 0 {
			bare = append(bare, f)
			empty = empty && p.count(rows, found.spots[f].cols[0]) == 0
		}
	}
	if len(bare) == 0 {
		return
	}
	rivals := p.rivals(found, rows)
	if len(rivals) <= b.numbers {
		return
	}
	for i, f := range bare {
		s := &found.spots[f]
		switch {
		case empty && len(rivals) == len(bare)+b.numbers && b.numbers == 0:
			*s = spot{cols: rivals[i : i+1], byPlace: true, row: max(found.row, 0)}
		case !empty:
			s.row, s.cols = rows[0], append(s.cols, rivals...)
			slices.Sort(s.cols)
		}
	}
}

// rivals lists the columns right of the labels that have numbers in at least
// half of the rows, neither a header nor a place in the form.
func (p *page) rivals(found *band, rows []int) []int {
	taken := found.columns()
	numbers := map[int]int{}
	for _, row := range rows {
		from, to := p.grid.row(row)
		for i := from; i < to; i++ {
			if c := &p.grid.cells[i]; c.Type == workbook.Number && c.Col > p.main && c.Col < p.to && !taken[c.Col] {
				numbers[c.Col]++
			}
		}
	}
	var all []int
	for col, n := range numbers {
		if 2*n >= len(rows) && (found.row < 0 || !p.headed(found.row, col)) {
			all = append(all, col)
		}
	}
	slices.Sort(all)
	return all
}

func (p *page) headed(row, col int) bool {
	_, l := p.grid.textAt(row, col)
	return l.heads()
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
	if len(candidates) == 1 && !p.headsOther(found, candidates[0], &b.columns[f]) {
		found.spots[f] = spot{cols: candidates, byPlace: true, row: found.row}
	}
}

// otherFigures are words by which a header says that its column holds other
// figures than those of a column whose header lacks them.
var otherFigures = []string{
	"Lũy kế", "Cộng dồn", "Kỳ trước", "Năm trước", "Cùng kỳ", "Trong kỳ", "Kế hoạch", "Chỉ tiêu", "Tỷ lệ", "So với", "So sánh", "Ước", "Còn lại", "Riêng",
}

// headsOther tells whether the header over col speaks of other figures than
// those of column c: a renamed header may be read by its place, that of another
// column not.
func (p *page) headsOther(found *band, col int, c *column) bool {
	own := ""
	for _, e := range c.path {
		own += " " + e.key
	}
	for row := found.top; row <= found.row; row++ {
		_, l := p.grid.textAt(row, col)
		if slices.ContainsFunc(otherFigures, func(words string) bool {
			return hasWords(l.key, vntext.Fold(words)) && !hasWords(own, vntext.Fold(words))
		}) {
			return true
		}
	}
	return false
}

// hasWords tells whether words stand in text, whole.
func hasWords(text, words string) bool { return strings.Contains(" "+text+" ", " "+words+" ") }

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
