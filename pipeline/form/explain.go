package form

import "tonghop/pipeline/workbook"

// An Explanation says where a marker was read and why there.
type Explanation struct {
	Marker     Marker
	FormSheet  string // where the form has the marker
	FormCell   string
	Sheet      string // of the submission; empty where the row was not found
	Cell       string // empty where the cell was not found
	Read       string // what stands in it, as a person sees it
	RowPath    []string
	RowCell    string // the label in the submission; empty where it was not found
	ColumnPath []string
	ColumnCell string // the header in the submission; empty where none was found
	How        How
}

// Explain lists for every figure and note that the layout reads which cell it
// belongs to. What is only filled in, such as targets, is left out.
func (m *Match) Explain() []Explanation {
	var all []Explanation
	for i := range m.Layout.Cells {
		if c := &m.Layout.Cells[i]; c.Marker.read() {
			all = append(all, m.explain(c, m.spots[i]))
		}
	}
	return all
}

func (m *Match) explain(c *Cell, at location) Explanation {
	e := Explanation{Marker: c.Marker, FormSheet: c.Sheet, FormCell: c.Name(), RowPath: c.RowPath, ColumnPath: c.ColumnPath, How: at.how}
	e.Sheet, e.Cell = at.name()
	if cell := at.cell(); cell != nil {
		e.Read = shownValue(cell)
	}
	if at.alignment == nil {
		return e
	}
	p := at.alignment.page
	label := &p.entries[at.alignment.match[c.node]]
	e.RowCell = workbook.CellName(label.row, label.col)
	if band := p.bandAt(c.block, label.row); band != nil && band.row >= 0 && at.how.found() {
		if spot := band.spots[c.column]; len(spot.cols) > 0 {
			e.ColumnCell = workbook.CellName(spot.row, p.grid.span(spot.row, spot.cols[0]).FirstCol)
		}
	}
	return e
}
