package form

import (
	"slices"

	"tonghop/pipeline/workbook"
)

// A listing is where a list of the form stands on one sheet of a submission:
// below one header, or below several where the header is repeated.
type listing struct {
	list  *List
	page  *page
	bands []band
}

// findList finds the sheets on which the header of a list stands: at least half
// of its fields.
func (m *Match) findList(l *List) []listing {
	t := m.Layout.tables[l.table]
	var all []listing
	for at, g := range m.submission.grids {
		p := &page{grid: g, index: at, to: maxColumns, known: g.valueRows()}
		bands := slices.DeleteFunc(p.findBands(t, l.block), func(b band) bool {
			found := 0
			for _, f := range l.Fields {
				if len(b.spots[f.column].cols) > 0 {
					found++
				}
			}
			return b.row < 0 || 2*found < len(l.Fields)
		})
		if len(bands) > 0 {
			all = append(all, listing{l, p, bands})
		}
	}
	return all
}

// valueRows lists the rows with a number or a date, which no header reaches
// over.
func (g *grid) valueRows() []int {
	var rows []int
	for i := range g.cells {
		c := &g.cells[i]
		if (c.Type == workbook.Number || c.Type == workbook.Date) && (len(rows) == 0 || rows[len(rows)-1] < c.Row) {
			rows = append(rows, c.Row)
		}
	}
	return rows
}

// listRows lists the rows that the list may have something in: those below its
// headers, as far as the first row that is of something else.
func (m *Match) listRows(l listing) []int {
	end := m.listEnd(l)
	var rows []int
	for i := range l.page.grid.cells {
		row := l.page.grid.cells[i].Row
		if row >= end || len(rows) > 0 && rows[len(rows)-1] == row {
			continue
		}
		if b := l.band(row); b != nil && row > b.row {
			rows = append(rows, row)
		}
	}
	return rows
}

// band is the header that counts for a row: the last that begins at or above it.
func (l listing) band(row int) *band {
	for i := len(l.bands) - 1; i >= 0; i-- {
		if l.bands[i].top <= row {
			return &l.bands[i]
		}
	}
	return nil
}

// listEnd is the first row below the list that is not its own: a row of the
// form that stands below it there, the header of another list, or a text that
// the form has below the list, such as who signs.
func (m *Match) listEnd(l listing) int {
	g, first := l.page.grid, l.bands[0].row
	end := g.lastRow() + 1
	bound := func(row int) {
		if row > first {
			end = min(end, row)
		}
	}
	for _, other := range m.listings {
		if other.list != l.list && other.page.grid == g {
			for _, b := range other.bands {
				bound(b.top)
			}
		}
	}
	for _, r := range m.readings {
		for _, a := range r.parts {
			if a.page.grid == g && a.table.sheet == l.list.Sheet {
				a.boundBelow(l.list.Row, bound)
			}
		}
	}
	for row := first + 1; row < end; row++ {
		if m.formRow(l, row) {
			return row
		}
	}
	return end
}

// boundBelow calls bound with the rows found for what the form has below a row.
func (a *alignment) boundBelow(row int, bound func(row int)) {
	for i, e := range a.match {
		if e >= 0 && a.table.outline.nodes[i].row > row {
			bound(a.page.entries[e].row)
		}
	}
}

// formRow tells whether a row holds nothing but texts that the form has below
// the list.
func (m *Match) formRow(l listing, row int) bool {
	from, to := l.page.grid.row(row)
	found := false
	for i := from; i < to; i++ {
		c := &l.page.grid.cells[i]
		label := l.page.grid.labels[i]
		switch {
		case c.Type == workbook.Text && dotted(c.Value):
		case label.key == "" || !m.below(l.list, label, c.Value):
			return false
		default:
			found = true
		}
	}
	return found
}

// below tells whether the form has a text below the list.
func (m *Match) below(l *List, label label, text string) bool {
	for _, t := range m.Layout.titles {
		if t.sheet != l.Sheet {
			continue
		}
		for _, line := range t.lines {
			if line.row > l.Row && line.matches(label, text) {
				return true
			}
		}
	}
	return false
}
