package form

import (
	"cmp"
	"slices"

	"tonghop/pipeline/workbook"
)

// maxBeside is how many tables side by side are looked at on one sheet.
const maxBeside = 8

// A page is one table of a submission's sheet as one table of the form sees
// it: its label columns and the labels in them, in order.
type page struct {
	grid     *grid
	index    int // of the sheet among the submission's
	from, to int // the columns it may reach over; to excluded
	main     int // the column with most of its labels
	entries  []entry
	known    []int        // the rows that the form knows by their own label
	bands    [][]band     // by block of the table
	barred   map[int]bool // the cells that are no labels whatever they say
}

// An entry is a label that stands in a label column of a submission.
type entry struct {
	row, col int
	key      string // of the form's rows that it may be; of others, its own
	known    bool   // the form has such a row
	static   bool   // the form has such a text elsewhere
	other    bool   // another table of the form has such a row
	own      bool   // the last label of its row
	level    level
	cell     int  // index in the grid's cells
	data     bool // a figure of the form may stand in its row
}

// A labelColumn is a column of a sheet that has labels of the form's rows.
type labelColumn struct {
	col   int
	rows  []int  // downwards
	keys  []bool // by the first node of a key, whether it is there
	count int    // of these
	like  int    // the label column of the form that most of them come from
	likes map[int]int
}

// pages finds the tables on the sheet that may be t. Several stand side by
// side where a table goes on to the right. The columns that label another
// table of the form, foreign, are none of its own.
func (t *table) pages(g *grid, index int, foreign []int) []*page {
	columns := slices.DeleteFunc(t.labelColumnsOf(g), func(c *labelColumn) bool { return slices.Contains(foreign, c.col) })
	groups := groupColumns(columns)
	var all []*page
	for i, group := range groups {
		p := &page{grid: g, index: index, to: maxColumns, main: group[0].col}
		p.bound(foreign, slices.MinFunc(group, compareColumns).col)
		if i > 0 {
			p.from = slices.MinFunc(group, compareColumns).col
			all[i-1].to = min(all[i-1].to, p.from)
		}
		p.readEntries(t, group)
		all = append(all, p)
	}
	for i, p := range all {
		p.readBands(t)
		if p.barCells(t) { // what the headers say are figures are no labels
			p.entries, p.known = nil, nil
			p.readEntries(t, groups[i])
			p.readBands(t)
		}
		p.readData(t)
	}
	return all
}

// bound keeps the page off the tables beside it, which are labelled in the
// columns foreign: first is its own first label column.
func (p *page) bound(foreign []int, first int) {
	for _, col := range foreign {
		if col > p.main {
			p.to = min(p.to, col)
		} else {
			p.from = first
		}
	}
}

// foreignColumns lists the columns of the sheet that label another table of
// the layout rather than tables[at], which stand on one sheet of the form.
func (l *Layout) foreignColumns(at int, g *grid) []int {
	var own map[int]int
	var foreign []int
	for i, other := range l.tables {
		if i == at || other.sheet != l.tables[at].sheet {
			continue
		}
		if own == nil {
			own = map[int]int{}
			for _, c := range l.tables[at].labelColumnsOf(g) {
				own[c.col] = c.count
			}
		}
		for _, c := range other.labelColumnsOf(g) {
			if n := c.count; n > own[c.col] && (n >= 2 || 2*n >= len(other.rows)) {
				foreign = append(foreign, c.col)
			}
		}
	}
	return foreign
}

func (p *page) readBands(t *table) {
	p.bands = make([][]band, len(t.blocks))
	for b := range t.blocks {
		p.bands[b] = p.findBands(t, b)
	}
}

// barCells notes the labels that stand below a header of figures, of units of
// measure or of anything else that is no label: a column may hold the labels
// of one block and the figures of another.
func (p *page) barCells(t *table) bool {
	p.barred = map[int]bool{}
	for i := range p.entries {
		if e := &p.entries[i]; p.holdsOther(t, e.row, e.col) {
			p.barred[e.cell] = true
		}
	}
	return len(p.barred) > 0
}

// holdsOther tells whether the header above a cell says that its column holds
// no labels.
func (p *page) holdsOther(t *table, row, col int) bool {
	other := false
	for b := range t.blocks {
		if !p.governs(b, row) {
			continue
		}
		band := p.bandAt(b, row)
		for f, c := range t.blocks[b].columns {
			switch {
			case !slices.Contains(band.spots[f].cols, col):
			case c.labels:
				return false
			default:
				other = true
			}
		}
	}
	return other
}

// governs tells whether the nearest header above the row is the block's.
func (p *page) governs(block, row int) bool {
	mine := p.bandAt(block, row)
	if mine == nil {
		return false
	}
	for b := range p.bands {
		other := p.bandAt(b, row)
		if other == nil || b == block {
			continue
		}
		columns, others := len(mine.spots), len(other.spots)
		if other.row > mine.row || other.row == mine.row && other.score*columns > mine.score*others {
			return false
		}
	}
	return true
}

func compareColumns(a, b *labelColumn) int { return cmp.Compare(a.col, b.col) }

// labelColumnsOf counts the form's labels in each column of the sheet.
func (t *table) labelColumnsOf(g *grid) []*labelColumn {
	columns := map[int]*labelColumn{}
	for i, l := range g.labels {
		if !l.stands() {
			continue
		}
		cell := &g.cells[i]
		key, known := t.outline.find(l, cell.Value)
		if !known {
			continue
		}
		c := columns[cell.Col]
		if c == nil {
			c = &labelColumn{col: cell.Col, keys: make([]bool, len(t.outline.nodes)), likes: map[int]int{}}
			columns[cell.Col] = c
		}
		first := t.outline.byKey[key][0]
		if n := len(c.rows); n == 0 || c.rows[n-1] != cell.Row {
			c.rows = append(c.rows, cell.Row)
		}
		if !c.keys[first] {
			c.keys[first] = true
			c.count++
		}
		c.likes[t.outline.nodes[first].col]++
	}
	var all []*labelColumn
	for _, c := range columns {
		for like, n := range c.likes {
			if best := c.likes[c.like]; n > best || n == best && like < c.like {
				c.like = like
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *labelColumn) int { return cmp.Or(cmp.Compare(b.count, a.count), compareColumns(a, b)) })
	return all
}

// groupColumns puts label columns that belong to one table together, that with
// most labels first, tables from left to right. Columns with labels of one
// kind in the same rows are two tables.
func groupColumns(columns []*labelColumn) [][]*labelColumn {
	var groups [][]*labelColumn
	for _, c := range columns {
		at := nearestGroup(groups, c)
		switch {
		case at >= 0 && joins(groups[at], c):
			groups[at] = append(groups[at], c)
		case at < 0 || c.count >= 3 && len(groups) < maxBeside:
			groups = append(groups, []*labelColumn{c})
		}
	}
	slices.SortFunc(groups, func(a, b []*labelColumn) int { return compareColumns(a[0], b[0]) })
	return groups
}

func nearestGroup(groups [][]*labelColumn, c *labelColumn) int {
	at := -1
	for i, g := range groups {
		if at < 0 || distance(g[0], c) < distance(groups[at][0], c) {
			at = i
		}
	}
	return at
}

func distance(a, b *labelColumn) int { return max(a.col-b.col, b.col-a.col) }

// joins tells whether column c labels the same table as group.
func joins(group []*labelColumn, c *labelColumn) bool {
	for _, other := range group {
		if other.like != c.like {
			continue
		}
		shared := 0
		for _, row := range c.rows {
			if _, both := slices.BinarySearch(other.rows, row); both {
				shared++
			}
		}
		if 5*shared > len(c.rows) {
			return false
		}
	}
	return true
}

// readEntries lists the labels of the page. A row without one in the label
// columns may have one to their left, as section rows do.
func (p *page) readEntries(t *table, group []*labelColumn) {
	var columns []int
	for _, c := range group {
		columns = append(columns, c.col)
	}
	slices.Sort(columns)
	last := map[int]string{}
	for from := 0; from < len(p.grid.cells); {
		to := from
		for to < len(p.grid.cells) && p.grid.cells[to].Row == p.grid.cells[from].Row {
			to++
		}
		p.readRow(t, columns, last, from, to)
		from = to
	}
	for _, e := range p.entries {
		if e.known {
			p.known = append(p.known, e.row)
		}
	}
	p.known = slices.Compact(p.known)
}

// readRow enters the labels of the row whose cells are [from, to).
func (p *page) readRow(t *table, columns []int, last map[int]string, from, to int) {
	start, left := len(p.entries), -1
	for i := from; i < to; i++ {
		col := p.grid.cells[i].Col
		l := p.grid.labels[i]
		switch {
		case l.key == "" || p.barred[i]:
		case slices.Contains(columns, col):
			p.entries = append(p.entries, p.newEntry(t, i, l))
		case left < 0 && p.from <= col && col < p.main && l.heads():
			left = i
		}
	}
	if start == len(p.entries) {
		if left >= 0 {
			p.entries = append(p.entries, p.newEntry(t, left, p.grid.labels[left]))
			p.entries[start].own = true
		}
		return
	}
	kept := p.entries[:start]
	for i, e := range p.entries[start:] {
		e.own = start+i == len(p.entries)-1
		if !e.own && last[e.col] == e.key {
			continue
		}
		if last[e.col] = e.key; e.own {
			delete(last, e.col)
		}
		kept = append(kept, e)
	}
	p.entries = kept
}

func (p *page) newEntry(t *table, i int, l label) entry {
	c := &p.grid.cells[i]
	e := entry{row: c.Row, col: c.Col, key: l.key, level: l.level, cell: i, static: t.static[l.key], other: t.others[l.key]}
	if key, known := t.outline.find(l, c.Value); known {
		e.key, e.known = key, true
	}
	return e
}

// readData notes which rows have something where a figure of the form may
// stand.
func (p *page) readData(t *table) {
	for i := range p.entries {
		e := &p.entries[i]
		if !e.known || !e.own {
			continue
		}
		for _, n := range t.outline.byKey[e.key] {
			e.data = e.data || p.filled(t, n, e.row)
		}
	}
}

// filled tells whether the figures of node n have something in a row.
func (p *page) filled(t *table, n, row int) bool {
	b := t.outline.nodes[n].block
	band := p.bandAt(b, row)
	if band == nil {
		return false
	}
	for _, column := range t.inputs[n] {
		if s := band.spots[column]; len(s.cols) > 0 && p.something(row, s.cols[0]) {
			return true
		}
	}
	return false
}

// something tells whether the cell at row and col is not blank. Dotted lines
// and the form's own markers are.
func (p *page) something(row, col int) bool {
	i := p.grid.shown(row, col)
	if i < 0 {
		return false
	}
	c := &p.grid.cells[i]
	return c.Type != workbook.Text || !dotted(unmarked(c.Value))
}
