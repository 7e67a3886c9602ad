package form

import "tonghop/pipeline/workbook"

// A Place is where a marker stands once the form is filled: one cell or, of a
// list's field, one in each of its rows.
type Place struct {
	Marker   Marker
	Sheet    string
	Row, Col int // counted from 0; of a list's field, of its first row
	Rows     int // 1 but for fields of lists
	Path     []string
}

// Name is the name of the place's first cell, such as C12.
func (p Place) Name() string { return workbook.CellName(p.Row, p.Col) }

// Last is the name of its last cell.
func (p Place) Last() string { return workbook.CellName(p.Row+p.Rows-1, p.Col) }

// Places lists where the markers stand in a workbook that Fill makes with the
// given number of rows in every list: figures, fields of lists, then @fields.
func (l *Layout) Places(rows int) []Place {
	var all []Place
	for i := range l.Cells {
		c := &l.Cells[i]
		all = append(all, Place{Marker: c.Marker, Sheet: c.Sheet, Row: l.shifted(c.Sheet, c.Row, rows), Col: c.Col, Rows: 1, Path: c.RowPath})
	}
	for i := range l.Lists {
		list := &l.Lists[i]
		for _, f := range list.Fields {
			all = append(all, Place{
				Marker: f.Marker, Sheet: list.Sheet, Row: l.shifted(list.Sheet, list.Row, rows), Col: f.Col, Rows: rows, Path: f.ColumnPath,
			})
		}
	}
	for _, f := range l.Fields {
		all = append(all, Place{Marker: Marker{Field: f.Name}, Sheet: f.Sheet, Row: l.shifted(f.Sheet, f.Row, rows), Col: f.Col, Rows: 1})
	}
	return all
}

// shifted is the row that a row of the form becomes where the lists above it
// have the given number of rows.
func (l *Layout) shifted(sheet string, row, rows int) int {
	moved := row
	for i := range l.Lists {
		if list := &l.Lists[i]; list.Sheet == sheet && list.Row < row {
			moved += rows - 1
		}
	}
	return moved
}
