package form

import (
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// reportUnread reports the sheets with figures below a header of the form, few
// rows of which were recognised: their labels may be lost. Where nothing was read for
// the table elsewhere, that is an error.
func (x *extraction) reportUnread() {
	used := map[*grid]bool{}
	for _, r := range x.readings {
		for _, a := range r.parts {
			used[a.page.grid] = used[a.page.grid] || a.filledRows() > 0
		}
	}
	for _, l := range x.listings {
		used[l.page.grid] = true
	}
	for at, g := range x.submission.grids {
		if used[g] || g.sheet.Hidden {
			continue
		}
		if r, cell := x.unread(g, at); r != nil {
			f := pipeline.Finding{Code: "sheet_unread", Severity: pipeline.SeverityWarning, Sheet: g.sheet.Name, Cell: cell, Read: g.sheet.Name}
			if r.blank() {
				f.Severity = pipeline.SeverityError
			}
			x.reportOnce(f)
			used[g] = true
		}
	}
}

// unread is the reading of a table whose header stands on the sheet above
// figures, with the first of its header's cells, or nil. A table that was read
// blank comes first.
func (x *extraction) unread(g *grid, index int) (found *reading, cell string) {
	for _, r := range x.readings {
		p := &page{grid: g, index: index, to: maxColumns, known: g.valueRows()}
		for b := range r.table.blocks {
			if at := p.unreadHeader(r.table, b); at != "" && !r.table.recognised(g) && (found == nil || !found.blank() && r.blank()) {
				found, cell = r, at
			}
		}
	}
	return found, cell
}

// unreadHeader is the first cell of the block's whole header on the page, where
// figures stand below it, or empty. A header of one column of figures is common.
func (p *page) unreadHeader(t *table, block int) string {
	b := &t.blocks[block]
	if b.bottom < 0 {
		return ""
	}
	for _, band := range p.findBands(t, block) {
		var cols []int
		missing := false
		for f, c := range b.columns {
			switch s := band.spots[f]; {
			case !c.marked || len(c.path) == 0:
			case len(s.cols) == 1 && !s.byPlace:
				cols = append(cols, s.cols[0])
			default:
				missing = true
			}
		}
		if !missing && len(cols) >= 2 && p.numbersBelow(band.row, cols) >= 2 {
			return workbook.CellName(band.row, slices.Min(cols))
		}
	}
	return ""
}

// numbersBelow counts the rows below the header that have a number in one of
// the columns, column numbers left out.
func (p *page) numbersBelow(header int, cols []int) int {
	rows := map[int]bool{}
	for i := range p.grid.cells {
		if c := &p.grid.cells[i]; c.Row > header && c.Type == workbook.Number && slices.Contains(cols, c.Col) && len(c.Value) > 2 {
			rows[c.Row] = true
		}
	}
	return len(rows)
}

// recognised tells whether the sheet has at least half of the table's labels:
// then it is a copy, which is told of where it has other figures.
func (t *table) recognised(g *grid) bool {
	all, count := make([]bool, len(t.outline.nodes)), 0
	for _, c := range t.labelColumnsOf(g) {
		for key, there := range c.keys {
			if there && !all[key] {
				all[key] = true
				count++
			}
		}
	}
	return 2*count >= len(t.outline.byKey)
}

// blank tells whether nothing is filled in for the table.
func (r *reading) blank() bool {
	return !slices.ContainsFunc(r.parts, func(a *alignment) bool { return a.filledRows() > 0 })
}

func (a *alignment) filledRows() int {
	_, filled := a.rows()
	return filled
}
