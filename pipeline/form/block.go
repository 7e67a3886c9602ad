package form

import (
	"slices"

	"tonghop/pipeline/workbook"
)

// A block is the rows of a table below one header.
type block struct {
	top, bottom int // the rows of the header; bottom is -1 without one
	first, last int // the rows between the header and the last marked row
	columns     []column
	numbers     int // unmarked columns with numbers of the form's own in marked rows
}

// A column of a block is known by the header texts above it.
type column struct {
	col    int
	path   []element
	texts  []string
	offset int // from the first column that its lowest header is merged over
	marked bool
	input  bool // it has figures that units fill in
	labels bool // the rows are labelled in it
}

// key is the folded path of the column.
func (c *column) key() string {
	key := ""
	for _, e := range c.path {
		key += e.key + "\n"
	}
	return key
}

// An element is one header text.
type element struct {
	key     string
	pattern *pattern
}

// matches tells whether a header text of a submission is the element.
func (e element) matches(l label, text string) bool {
	if e.key == l.key {
		return true
	}
	if e.pattern == nil {
		return false
	}
	_, ok := e.pattern.match(text)
	return ok
}

// blocks cuts a strip at its headers.
func (d *drawing) blocks(s strip) []block {
	var all []block
	previous := -1
	for _, row := range d.markedRows(s) {
		header := d.headerRow(s, previous, row, all)
		if header >= 0 || len(all) == 0 {
			b := block{top: -1, bottom: header, first: row}
			if header >= 0 {
				b.first = header + 1
			}
			all = append(all, b)
		}
		all[len(all)-1].last = row
		previous = row
	}
	above := -1
	for i := range all {
		d.describe(s, &all[i], above)
		above = all[i].last
	}
	return all
}

// headerRow finds the header between the marked row above and the row below:
// the row with most texts of their own over marked columns, or -1. Between
// marked rows a lone text is no header unless it repeats the first one's or the
// columns to its left are headed too.
func (d *drawing) headerRow(s strip, above, below int, earlier []block) int {
	best, bestOver, bestAll := -1, 0, 0
	columns := d.markedColumns(s, below, d.lastRow())
	for row := below - 1; row > above && !d.identifies(row); row-- {
		over, all := d.heads(s, row, columns)
		if over > bestOver || over == bestOver && over > 0 && all > bestAll {
			best, bestOver, bestAll = row, over, all
		}
	}
	if len(earlier) > 0 && best >= 0 && bestOver < 2 && !d.repeats(best, &earlier[0]) && !d.headsLeft(s, best, columns[0]) {
		return -1
	}
	return best
}

// identifies tells whether the row says who reports: it and what stands above
// it is the title block, never a header.
func (d *drawing) identifies(row int) bool {
	from, to := d.row(row)
	for i := from; i < to; i++ {
		if p := d.patterns[i]; p != nil && slices.ContainsFunc(p.fields, func(f string) bool { return f == "unit" || f == "unit.code" || f == "parent" }) {
			return true
		}
	}
	return false
}

// headsLeft tells whether the texts of a row left of the marked columns are
// headers: there are some, and none bears an ordinal or a bullet as the rows of
// a table do.
func (d *drawing) headsLeft(s strip, row, firstMarked int) bool {
	texts := 0
	from, to := d.row(row)
	for i := from; i < to; i++ {
		c := &d.cells[i]
		if c.Col < s.from || c.Col >= firstMarked {
			continue
		}
		if l := d.labels[i]; !l.stands() || l.level != noLevel {
			return false
		}
		texts++
	}
	return texts > 0
}

// heads counts the header texts of a row that stand over the marked columns,
// and all of its header texts.
func (d *drawing) heads(s strip, row int, columns []int) (over, all int) {
	seen := map[int]bool{}
	for _, col := range columns {
		i, l := d.textAt(row, col)
		if i >= 0 && !seen[i] && l.heads() && d.cells[i].Col >= columns[0] && (d.patterns[i] == nil || !d.patterns[i].lone()) {
			seen[i] = true
			over++
		}
	}
	for col := s.from; col <= columns[len(columns)-1]; col++ {
		if i, l := d.textAt(row, col); i >= 0 && !seen[i] && l.heads() {
			seen[i] = true
			all++
		}
	}
	return over, all + over
}

// repeats tells whether a row has a header of an earlier block over the same
// column.
func (d *drawing) repeats(row int, earlier *block) bool {
	from, to := d.row(row)
	for i := from; i < to && earlier.bottom >= 0; i++ {
		_, there := d.textAt(earlier.bottom, d.cells[i].Col)
		if here := d.labels[i]; here.heads() && here.key == there.key {
			return true
		}
	}
	return false
}

// describe finds the rows of the block's header and the path of each column.
func (d *drawing) describe(s strip, b *block, above int) {
	marked, first := d.markedColumns(s, b.first, b.last), d.firstMarked(s, b.first, b.last)
	if b.bottom >= 0 {
		b.top = d.headerTop(s, b.bottom, above, first, marked)
	}
	last := marked[len(marked)-1]
	if b.bottom >= 0 {
		last = d.lastHeader(s, b, last)
	}
	for col := s.from; col <= last; col++ {
		c := column{col: col, marked: slices.Contains(marked, col)}
		if b.bottom >= 0 {
			d.path(&c, b, first)
		}
		if c.marked || len(c.path) > 0 {
			b.columns = append(b.columns, c)
		}
	}
	b.numbers = d.ownNumbers(s, b)
	for _, m := range d.marks {
		if m.Input() && b.first <= m.row && m.row <= b.last {
			if i := b.column(m.col); i >= 0 {
				b.columns[i].input = true
			}
		}
	}
}

// ownNumbers counts the columns in which the form itself has numbers beside
// its markers.
func (d *drawing) ownNumbers(s strip, b *block) int {
	columns := map[int]bool{}
	for _, m := range d.marks {
		if m.row < b.first || m.row > b.last || m.col < s.from || m.col >= s.to {
			continue
		}
		from, to := d.row(m.row)
		for i := from; i < to; i++ {
			if c := &d.cells[i]; c.Type == workbook.Number && c.Col > m.col && c.Col < s.to {
				columns[c.Col] = true
			}
		}
	}
	return len(columns)
}

// column is the index of the block's column at col, or -1.
func (b *block) column(col int) int {
	return slices.IndexFunc(b.columns, func(c column) bool { return c.col == col })
}

// headerTop is the first row of the header that ends in row bottom: the row in
// which the label columns are headed, and the grouping headers above it.
func (d *drawing) headerTop(s strip, bottom, above, first int, marked []int) int {
	top := bottom
	for row := bottom; row > above && row > bottom-6; row-- {
		if left := d.leftTop(s, row, first); left >= 0 {
			top = min(top, left)
			break
		}
		if over, _ := d.heads(s, row, marked); over == 0 {
			break
		}
		top = row
	}
	for _, col := range marked {
		if i, l := d.textAt(bottom, col); i >= 0 && l.heads() {
			top = min(top, d.cells[i].Row)
		}
	}
	for top-1 > above && d.grouping(s, top-1, first) {
		top--
	}
	return max(top, above+1)
}

// leftTop is the first row of the header text in row that stands over a column
// left of the marked ones, or -1.
func (d *drawing) leftTop(s strip, row, firstMarked int) int {
	for col := s.from; col < firstMarked; col++ {
		i, l := d.textAt(row, col)
		if i >= 0 && l.key != "" && d.span(row, col).LastCol < firstMarked {
			return d.cells[i].Row
		}
	}
	return -1
}

// grouping tells whether row only has headers merged over several columns, the
// label columns excepted.
func (d *drawing) grouping(s strip, row, firstMarked int) bool {
	if d.leftTop(s, row, firstMarked) >= 0 {
		return false
	}
	for col := firstMarked; col < s.to; col++ {
		m := d.span(row, col)
		if _, l := d.textAt(row, col); l.heads() && m.FirstCol >= firstMarked {
			return m.LastCol > m.FirstCol
		}
	}
	return false
}

// lastHeader is the last column of the strip with a header text.
func (d *drawing) lastHeader(s strip, b *block, last int) int {
	from, to := d.row(b.bottom)
	for _, c := range d.cells[from:to] {
		if c.Col < s.to {
			last = max(last, min(c.Col, maxColumns-1))
		}
	}
	return last
}

// path reads the header texts above c, uppermost first. A text that stretches
// from the label columns over the marked ones is a title.
func (d *drawing) path(c *column, b *block, firstMarked int) {
	last := -1
	for row := b.top; row <= b.bottom; row++ {
		i, l := d.textAt(row, c.col)
		if i < 0 || i == last || l.key == "" || c.col >= firstMarked && d.cells[i].Col < firstMarked {
			continue
		}
		last = i
		c.path = append(c.path, element{key: l.key, pattern: d.patterns[i]})
		c.texts = append(c.texts, printed(d.cells[i].Value))
		c.offset = c.col - d.cells[i].Col
	}
}
