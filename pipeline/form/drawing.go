package form

import (
	"slices"

	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// A drawing is one sheet of a form workbook while its tables are found.
type drawing struct {
	*grid
	marks    []mark           // whole-cell markers, by row, then column
	patterns map[int]*pattern // of the texts with @fields, by index in cells
	measures map[string]bool  // the folded units of measure of the catalogue
}

// A mark is a marker that is the whole text of a cell.
type mark struct {
	Marker
	row, col int
	format   string
}

// A strip is a range of columns that holds one table beside another, its own
// label columns first.
type strip struct{ from, to int } // to excluded

// strips cuts the sheet into tables side by side: after a marked column, a
// column that labels the rows marked to its right starts another table.
func (d *drawing) strips() []strip {
	columns := d.markedColumns(strip{0, maxColumns}, 0, d.lastRow())
	var all []strip
	from := 0
	for i := 1; i < len(columns); i++ {
		for col := columns[i-1] + 1; col < columns[i]; col++ {
			if d.labelling(col) {
				all = append(all, strip{from, columns[i-1] + 1})
				from = columns[i-1] + 1
				break
			}
		}
	}
	return append(all, strip{from, maxColumns})
}

// labelling tells whether column col, between marked columns, labels most rows
// that are marked to its right.
func (d *drawing) labelling(col int) bool {
	rows, labelled := map[int]bool{}, map[int]bool{}
	distinct := map[string]bool{}
	for _, m := range d.marks {
		if m.col <= col || rows[m.row] {
			continue
		}
		rows[m.row] = true
		if _, l := d.textAt(m.row, col); l.heads() && !d.measures[l.key] {
			labelled[m.row] = true
			distinct[l.key] = true
		}
	}
	return len(distinct) >= 2 && 2*len(labelled) >= len(rows)
}

// markedColumns lists the columns of s with markers from row first to last.
func (d *drawing) markedColumns(s strip, first, last int) []int {
	var columns []int
	for _, m := range d.marks {
		if s.from <= m.col && m.col < s.to && first <= m.row && m.row <= last {
			columns = append(columns, m.col)
		}
	}
	slices.Sort(columns)
	return slices.Compact(columns)
}

// firstMarked is the first column of s that is marked with figures between two
// rows, of a block without figures, with list fields: left of it stand labels.
func (d *drawing) firstMarked(s strip, first, last int) int {
	col, listed := maxColumns, maxColumns
	for _, m := range d.marks {
		if m.col < s.from || m.col >= s.to || m.row < first || m.row > last {
			continue
		}
		if m.List != "" {
			listed = min(listed, m.col)
		} else {
			col = min(col, m.col)
		}
	}
	if col == maxColumns {
		return listed
	}
	return col
}

// markedRows lists the rows of s with markers.
func (d *drawing) markedRows(s strip) []int {
	var rows []int
	for _, m := range d.marks {
		if s.from <= m.col && m.col < s.to {
			rows = append(rows, m.row)
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// A block is the rows of a table below one header.
type block struct {
	top, bottom int // the rows of the header; bottom is -1 without one
	first, last int // the rows between the header and the last marked row
	columns     []column
}

// A column of a block is known by the header texts above it.
type column struct {
	col    int
	path   []element
	texts  []string
	offset int // from the first column that its lowest header is merged over
	marked bool
	input  bool // it has figures that units fill in
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
// marked rows a lone text is no header unless it repeats the first one's.
func (d *drawing) headerRow(s strip, above, below int, earlier []block) int {
	best, bestOver, bestAll := -1, 0, 0
	columns := d.markedColumns(s, below, d.lastRow())
	for row := below - 1; row > above; row-- {
		over, all := d.heads(s, row, columns)
		if over > bestOver || over == bestOver && over > 0 && all > bestAll {
			best, bestOver, bestAll = row, over, all
		}
	}
	if len(earlier) > 0 && best >= 0 && bestOver < 2 && !d.repeats(best, &earlier[0], columns) {
		return -1
	}
	return best
}

// heads counts the header texts of a row that stand over the marked columns,
// and all of its header texts.
func (d *drawing) heads(s strip, row int, columns []int) (over, all int) {
	seen := map[int]bool{}
	for _, col := range columns {
		i, l := d.textAt(row, col)
		if i >= 0 && !seen[i] && l.heads() && d.cells[i].Col >= columns[0] {
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

// repeats tells whether a row has the same header over a marked column as an
// earlier block.
func (d *drawing) repeats(row int, earlier *block, columns []int) bool {
	return earlier.bottom >= 0 && slices.ContainsFunc(columns, func(col int) bool {
		_, here := d.textAt(row, col)
		_, there := d.textAt(earlier.bottom, col)
		return here.heads() && here.key == there.key
	})
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
	for _, m := range d.marks {
		if m.Input() && b.first <= m.row && m.row <= b.last {
			if i := b.column(m.col); i >= 0 {
				b.columns[i].input = true
			}
		}
	}
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

// measured tells whether column col of the block holds units of measure rather
// than labels.
func (d *drawing) measured(b *block, col int) bool {
	if b.bottom >= 0 {
		_, l := d.textAt(b.bottom, col)
		for _, word := range []string{"Đơn vị tính", "ĐVT", "Đơn vị", "Đơn vị đo"} {
			if l.key == vntext.Fold(word) {
				return true
			}
		}
	}
	texts := 0
	for row := b.first; row <= b.last; row++ {
		if _, l := d.textAt(row, col); l.key != "" {
			if texts++; !d.measures[l.key] && l.heads() {
				return false
			}
		}
	}
	return texts > 0
}

// labelColumns lists the columns of the block that its rows are labelled in.
func (d *drawing) labelColumns(s strip, b *block) []int {
	first := d.firstMarked(s, b.first, b.last)
	var columns, others []int
	for col := s.from; col < first; col++ {
		if d.measured(b, col) {
			others = append(others, col)
		} else {
			columns = append(columns, col)
		}
	}
	for row := b.first; row <= b.last; row++ {
		for _, col := range columns {
			if i, l := d.textAt(row, col); i >= 0 && l.key != "" {
				return columns
			}
		}
	}
	return others
}

// rowOrdinal is the label of the cells left of col in a row whose ordinal
// counts for the row: of TT columns.
func (d *drawing) rowOrdinal(row int, columns []int, col int) label {
	for _, left := range columns {
		if left >= col {
			break
		}
		i := d.find(row, left)
		if i < 0 {
			continue
		}
		if l := d.labels[i]; l.key == "" && l.level != noLevel {
			return l
		}
		if c := d.cells[i]; c.Type == workbook.Number {
			if found, depth := numberLevel(c.Value); found == number {
				return label{level: number, depth: depth}
			}
		}
	}
	return label{}
}
