package form

import (
	"maps"
	"slices"
)

// maxBands is how many rows of a sheet are looked at as headers of one table.
const maxBands = 300

// headerRows is how many rows a header may have.
const headerRows = 6

// A band is a header of a submission: the rows of text above the columns of
// one block.
type band struct {
	top, row int    // its first and last row; row is -1 where the block has no header
	spots    []spot // by column of the block
	score    int    // how many columns have a spot
}

// A spot is where a column of the form stands in a submission.
type spot struct {
	cols    []int // more than one where the header stands twice
	byPlace bool
	row     int // of the header text
}

// bandAt is the header that counts for a row: the nearest above.
func (p *page) bandAt(block, row int) *band {
	bands := p.bands[block]
	for i := len(bands) - 1; i >= 0; i-- {
		if bands[i].row < row {
			return &bands[i]
		}
	}
	return nil
}

// findBands finds the headers of the table's block on the page, downwards.
func (p *page) findBands(t *table, block int) []band {
	b := &t.blocks[block]
	if b.bottom < 0 {
		all := []band{{row: -1, spots: make([]spot, len(b.columns))}}
		p.place(t, b, &all[0], p.grid.lastRow()+1)
		return all
	}
	var all []band
	best := 0
	for _, row := range p.leafRows(b) {
		if found := p.readBand(b, row); found.score > 0 {
			all = append(all, found)
			best = max(best, found.score)
		}
	}
	all = slices.DeleteFunc(all, func(x band) bool {
		return 10*x.score < 6*best || slices.ContainsFunc(all, func(y band) bool {
			same := p.floor(max(x.row, y.row)) <= min(x.row, y.row)
			return same && (y.score > x.score || y.score == x.score && y.row > x.row)
		})
	})
	for i := range all {
		end := p.grid.lastRow() + 1
		if i+1 < len(all) {
			end = all[i+1].top
		}
		p.place(t, b, &all[i], end)
	}
	return all
}

// leafRows lists the rows in which the lowest header text of a column ends.
func (p *page) leafRows(b *block) []int {
	rows := map[int]bool{}
	for i, l := range p.grid.labels {
		c := &p.grid.cells[i]
		if !l.stands() || c.Col < p.from || c.Col >= p.to {
			continue
		}
		if slices.ContainsFunc(b.columns, func(f column) bool {
			return len(f.path) > 0 && f.path[len(f.path)-1].matches(l, c.Value)
		}) {
			rows[p.grid.span(c.Row, c.Col).LastRow] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(rows))
	return sorted[:min(len(sorted), maxBands)]
}

// A header is the texts above a column of a submission, lowest first.
type header struct {
	col   int
	cells []int // indexes in the grid's cells
}

// readBand reads the rows that end in row as the block's header.
func (p *page) readBand(b *block, row int) band {
	headers := p.headers(row)
	found := band{top: row, row: row, spots: make([]spot, len(b.columns))}
	for f := range b.columns {
		for _, h := range headers {
			if top := p.fits(h, b.columns[f].path); top >= 0 && p.heads(h, &b.columns[f]) {
				found.spots[f].cols = append(found.spots[f].cols, h.col)
				found.spots[f].row = p.grid.cells[h.cells[0]].Row
				found.top = min(found.top, top)
			}
		}
	}
	for f := range b.columns {
		if len(found.spots[f].cols) > 1 {
			p.exactOnly(&found.spots[f], headers, found.top, len(b.columns[f].path))
		}
	}
	p.fitLeaves(b, headers, &found)
	for _, s := range found.spots {
		if len(s.cols) > 0 {
			found.score++
		}
	}
	return found
}

// floor is the first row that a header ending in row may have: it reaches
// neither into the rows of the table before nor too far.
func (p *page) floor(row int) int {
	floor := max(row-headerRows+1, 0)
	if at, _ := slices.BinarySearch(p.known, row); at > 0 {
		floor = max(floor, p.known[at-1]+1)
	}
	return floor
}

// headers reads upwards from row what stands above each column.
func (p *page) headers(row int) []header {
	columns := map[int]bool{}
	floor := p.floor(row)
	for r := floor; r <= row; r++ {
		from, to := p.grid.row(r)
		for i := from; i < to; i++ {
			if p.grid.labels[i].key == "" {
				continue
			}
			m := p.grid.span(r, p.grid.cells[i].Col)
			for col := max(m.FirstCol, p.from); col <= min(m.LastCol, p.to-1, maxColumns); col++ {
				columns[col] = true
			}
		}
	}
	var all []header
	for _, col := range slices.Sorted(maps.Keys(columns)) {
		h := header{col: col}
		for r := row; r >= floor; r-- {
			if i, l := p.grid.textAt(r, col); l.key != "" && !slices.Contains(h.cells, i) {
				h.cells = append(h.cells, i)
			}
		}
		if len(h.cells) > 0 {
			all = append(all, h)
		}
	}
	return all
}

// fits tells whether the header ends in the path, other texts between its
// parts allowed. It gives the row of the uppermost part, or -1.
func (p *page) fits(h header, path []element) int {
	top, at := -1, 0
	for i := len(path) - 1; i >= 0; i-- {
		for at < len(h.cells) && !p.is(h.cells[at], path[i]) {
			if at++; i == len(path)-1 {
				return -1 // the lowest part is the header's lowest text
			}
		}
		if at == len(h.cells) {
			return -1
		}
		top = p.grid.cells[h.cells[at]].Row
		at++
	}
	return top
}

// heads tells whether column c stands at h below a header that is merged over
// several columns.
func (p *page) heads(h header, c *column) bool {
	leaf := &p.grid.cells[h.cells[0]]
	m := p.grid.span(leaf.Row, leaf.Col)
	return h.col == min(m.FirstCol+c.offset, m.LastCol)
}

func (p *page) is(cell int, e element) bool {
	return e.matches(p.grid.labels[cell], p.grid.cells[cell].Value)
}

// exactOnly keeps the columns whose header has no more parts than the path,
// where there are such.
func (p *page) exactOnly(s *spot, headers []header, top, parts int) {
	var exact []int
	for _, h := range headers {
		n := 0
		for _, i := range h.cells {
			if p.grid.cells[i].Row >= top {
				n++
			}
		}
		if n == parts && slices.Contains(s.cols, h.col) {
			exact = append(exact, h.col)
		}
	}
	if len(exact) > 0 {
		s.cols = exact
	}
}

// fitLeaves finds columns by their lowest header text alone, where no other
// column of the form has the same and no other column has taken it.
func (p *page) fitLeaves(b *block, headers []header, found *band) {
	taken := found.columns()
	for f := range b.columns {
		path := b.columns[f].path
		if len(path) < 2 || len(found.spots[f].cols) > 0 || b.leaves(path[len(path)-1].key) > 1 {
			continue
		}
		for _, h := range headers {
			if !taken[h.col] && p.is(h.cells[0], path[len(path)-1]) && p.heads(h, &b.columns[f]) {
				found.spots[f].cols = append(found.spots[f].cols, h.col)
				found.spots[f].row = p.grid.cells[h.cells[0]].Row
			}
		}
	}
}

// columns is the set of the submission's columns that have been found.
func (b *band) columns() map[int]bool {
	all := map[int]bool{}
	for _, s := range b.spots {
		for _, col := range s.cols {
			all[col] = true
		}
	}
	return all
}

// leaves counts the block's columns whose lowest header text is key.
func (b *block) leaves(key string) int {
	n := 0
	for _, c := range b.columns {
		if len(c.path) > 0 && c.path[len(c.path)-1].key == key {
			n++
		}
	}
	return n
}
