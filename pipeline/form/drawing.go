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
