package form

import (
	"slices"
	"strings"
)

// A table is a strip of a form's sheet with its rows and headers.
type table struct {
	sheet   string
	outline *outline
	blocks  []block
	rows    []int           // the nodes with figures that units fill in
	inputs  map[int][]int   // by node, the columns of its block with such figures
	lists   []int           // the rows of lists, as the nodes that stand before them
	static  map[string]bool // the keys of all texts of the form workbook
	others  map[string]bool // the keys of the rows that only its other tables have
}

// newTable reads the strip as a table.
func (d *drawing) newTable(s strip) *table {
	t := &table{sheet: d.sheet.Name, blocks: d.blocks(s), inputs: map[int][]int{}}
	var nodes []node
	for i := range t.blocks {
		if i > 0 {
			nodes = append(nodes, d.captions(s, t.blocks[i-1].last+1, t.blocks[i].top, i)...)
		} else if len(t.blocks) > 1 {
			nodes = append(nodes, d.captions(s, t.blocks[0].top-1, t.blocks[0].top, 0)...)
		}
		nodes = append(nodes, d.blockRows(s, t, i)...)
		for _, m := range d.marks {
			if m.List != "" && t.blocks[i].first <= m.row && m.row <= t.blocks[i].last {
				t.lists = append(t.lists, len(nodes)-1)
				break
			}
		}
	}
	t.outline = newOutline(nodes)
	for i := range t.outline.nodes {
		if t.outline.nodes[i].input {
			t.rows = append(t.rows, i)
		}
	}
	for _, m := range d.marks {
		if n := t.rowNode(m.row); m.Input() && s.from <= m.col && m.col < s.to && n >= 0 {
			t.inputs[n] = append(t.inputs[n], t.blocks[t.blockAt(m.row)].column(m.col))
		}
	}
	return t
}

// captions are the texts between two blocks, as headings over the second.
func (d *drawing) captions(s strip, from, to, block int) []node {
	var all []node
	for row := max(from, 0); row < to; row++ {
		first, last := d.row(row)
		for i := first; i < last; i++ {
			l := d.labels[i]
			if c := d.cells[i]; l.heads() && !l.measures() && d.patterns[i] == nil && s.from <= c.Col && c.Col < s.to {
				n := node{label: l, text: printed(c.Value), row: row, col: c.Col, block: block}
				n.rank = min(baseRank(&n, 0), headingRank)/10 - 10 // above every row of a table
				all = append(all, n)
				break
			}
		}
	}
	return all
}

// blockRows are the labels of the block's rows.
func (d *drawing) blockRows(s strip, t *table, index int) []node {
	b := &t.blocks[index]
	columns := d.labelColumns(s, b)
	first := d.firstMarked(s, b.first, b.last)
	for i := range b.columns {
		col := b.columns[i].col
		b.columns[i].labels = slices.Contains(columns, col) || col < first && !d.measured(b, col)
	}
	marked, input, list := d.rowMarks(s)
	var all []node
	last := map[int]string{} // by column, the label that a repeated cell would repeat
	for row := b.first; row <= b.last; row++ {
		if list[row] {
			continue
		}
		from := len(all)
		for at, col := range columns {
			i := d.find(row, col)
			if i < 0 || d.labels[i].key == "" {
				continue
			}
			l := d.labels[i]
			n := node{label: l, text: printed(d.cells[i].Value), pattern: d.patterns[i], row: row, col: col, block: index}
			if l.level == noLevel {
				outer := d.rowOrdinal(row, columns, col)
				n.label.level, n.label.depth = outer.level, outer.depth
			}
			n.rank = at // until the row is complete
			all = append(all, n)
		}
		all = d.completeRow(all, from, last, marked[row], input[row])
	}
	return all
}

// completeRow ranks the labels of one row, all[from:]: the last is the row's
// own, those before it group rows and stand once for all rows they repeat on.
func (d *drawing) completeRow(all []node, from int, last map[int]string, marked, input bool) []node {
	row := all[from:]
	kept := all[:from]
	for i, n := range row {
		own := i == len(row)-1
		if !own && last[n.col] == n.label.key {
			continue
		}
		column := n.rank
		n.marked, n.input = marked && own, input && own
		n.rank = baseRank(&n, column)
		if !own {
			last[n.col] = n.label.key
		} else {
			delete(last, n.col)
		}
		kept = append(kept, n)
	}
	return kept
}

// rowMarks tells which rows of the strip have figures, figures that units
// fill in, and list fields.
func (d *drawing) rowMarks(s strip) (marked, input, list map[int]bool) {
	marked, input, list = map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, m := range d.marks {
		if m.col < s.from || m.col >= s.to {
			continue
		}
		if m.List != "" {
			list[m.row] = true
			continue
		}
		marked[m.row] = true
		input[m.row] = input[m.row] || m.Input()
	}
	return marked, input, list
}

// labelColumn is the column of the form that most rows of the block are
// labelled in.
func (t *table) labelColumn(b *block) int {
	count := map[int]int{}
	best := 0
	for _, n := range t.outline.nodes {
		if b.first <= n.row && n.row <= b.last {
			if count[n.col]++; count[n.col] > count[best] {
				best = n.col
			}
		}
	}
	return best
}

// rowNode is the node of the row's own label, or -1.
func (t *table) rowNode(row int) int {
	for i := len(t.outline.nodes) - 1; i >= 0; i-- {
		if n := &t.outline.nodes[i]; n.row == row {
			return i
		}
	}
	return -1
}

// blockAt is the index of the block that a marked row belongs to.
func (t *table) blockAt(row int) int {
	for i := range t.blocks {
		if t.blocks[i].first <= row && row <= t.blocks[i].last {
			return i
		}
	}
	return -1
}

// printed is a text in one line, blanks collapsed.
func printed(text string) string {
	if len(text) > maxLabel {
		text = strings.ToValidUTF8(text[:maxLabel], "")
	}
	return strings.Join(strings.Fields(text), " ")
}
