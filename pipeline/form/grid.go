package form

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"tonghop/pipeline/workbook"
)

// What is looked at of one sheet. A form has some hundred rows of text, a list
// of something around it some thousand; what is longer is hostile.
const (
	maxTextRows  = 30_000
	maxTextCells = 200_000
	maxMerges    = 10_000
	maxMergeRows = 200
	maxColumns   = 256
)

// A grid is a sheet that can be asked by row and column, with its texts read
// as labels.
type grid struct {
	sheet  *workbook.Sheet
	cells  []workbook.Cell          // by row, then column
	labels []label                  // of the text cells, by index in cells; of others one that does not stand
	merges map[int][]workbook.Range // by each row they cover
	cut    bool                     // the sheet goes on below what is looked at
}

func newGrid(sheet *workbook.Sheet) *grid {
	g := &grid{sheet: sheet, cells: sheet.Cells, merges: map[int][]workbook.Range{}}
	if !sort.SliceIsSorted(g.cells, func(i, j int) bool { return before(&g.cells[i], &g.cells[j]) }) {
		g.cells = slices.SortedStableFunc(slices.Values(g.cells), compareCells)
	}
	g.readLabels()
	for i, m := range sheet.Merges {
		if i == maxMerges {
			break
		}
		for row := m.FirstRow; row <= min(m.LastRow, m.FirstRow+maxMergeRows); row++ {
			g.merges[row] = append(g.merges[row], m)
		}
	}
	return g
}

// before tells whether a stands before b.
func before(a, b *workbook.Cell) bool { return a.Row < b.Row || a.Row == b.Row && a.Col < b.Col }

func compareCells(a, b workbook.Cell) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
}

// readLabels reads the text cells as labels and cuts the grid where the sheet
// has more rows of text than any form.
func (g *grid) readLabels() {
	g.labels = make([]label, len(g.cells))
	rows, last, texts := 0, -1, 0
	for i := range g.cells {
		c := &g.cells[i]
		if c.Type == workbook.Number && year(c.Value) && texts < maxTextCells {
			g.labels[i] = label{key: c.Value}
			texts++
		}
		if c.Type != workbook.Text || c.Col >= maxColumns {
			continue
		}
		if c.Row != last {
			rows, last = rows+1, c.Row
		}
		if rows > maxTextRows || texts >= maxTextCells {
			g.cells, g.labels, g.cut = g.cells[:i], g.labels[:i], true
			return
		}
		if g.labels[i] = readLabel(c.Value); g.labels[i].stands() {
			texts++
		}
	}
}

// year tells whether a number may be a year that heads a column.
func year(digits string) bool {
	return len(digits) == 4 && (strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20")) && !strings.Contains(digits, ".")
}

// find is the index of the cell stored at row and col, or -1.
func (g *grid) find(row, col int) int {
	i := g.from(row, col)
	if i == len(g.cells) || g.cells[i].Row != row || g.cells[i].Col != col {
		return -1
	}
	return i
}

// from is the index of the first cell at or behind row and col. Cells are large,
// so that comparing must not copy them.
func (g *grid) from(row, col int) int {
	return sort.Search(len(g.cells), func(i int) bool {
		c := &g.cells[i]
		return c.Row > row || c.Row == row && c.Col >= col
	})
}

// row is the range of indexes of the cells in a row.
func (g *grid) row(row int) (from, to int) {
	from = g.from(row, 0)
	to = from
	for to < len(g.cells) && g.cells[to].Row == row {
		to++
	}
	return from, to
}

// span is the merged range that holds the cell, or the cell alone.
func (g *grid) span(row, col int) workbook.Range {
	for _, m := range g.merges[row] {
		if m.FirstCol <= col && col <= m.LastCol {
			return m
		}
	}
	return workbook.Range{FirstRow: row, FirstCol: col, LastRow: row, LastCol: col}
}

// shown is the index of the cell whose content is seen at row and col: of a
// merged range, its top left cell. It is -1 where nothing is seen.
func (g *grid) shown(row, col int) int {
	m := g.span(row, col)
	return g.find(m.FirstRow, m.FirstCol)
}

// textAt is the label seen at row and col with the index of its cell, or -1.
func (g *grid) textAt(row, col int) (int, label) {
	i := g.shown(row, col)
	if i < 0 {
		return -1, label{}
	}
	if !g.labels[i].stands() {
		return -1, label{}
	}
	return i, g.labels[i]
}

// lastRow is the last row with content, or -1.
func (g *grid) lastRow() int {
	if len(g.cells) == 0 {
		return -1
	}
	return g.cells[len(g.cells)-1].Row
}
