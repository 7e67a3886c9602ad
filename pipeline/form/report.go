package form

import (
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// maxAdded is how many added rows of a page are named.
const maxAdded = 100

// reportRows reports what became of the form's rows: those missing, moved,
// added and read in two ways.
func (x *extraction) reportRows() {
	for _, r := range x.readings {
		x.findings = append(x.findings, r.findings...)
		for _, a := range r.parts {
			x.findings = append(x.findings, a.findings...)
			x.reportMoved(a)
			told := x.claimed(a.page.grid)
			x.reportMisplaced(r, a, told)
			x.reportAdded(a, told)
			if a.page.grid.cut {
				x.report(pipeline.Finding{Code: "sheet_too_long", Severity: pipeline.SeverityError, Sheet: a.page.grid.sheet.Name})
			}
		}
		x.reportMissing(r)
	}
}

// reportMissing reports the rows with figures that were not found.
func (x *extraction) reportMissing(r *reading) {
	sheet := r.table.sheet
	if len(r.parts) > 0 {
		sheet = r.parts[0].page.grid.sheet.Name
	}
	for _, n := range r.table.rows {
		if r.at(n) != nil || r.open(n) {
			continue
		}
		x.report(pipeline.Finding{
			Code: "row_missing", Severity: pipeline.SeverityWarning, Sheet: sheet,
			Expected: r.table.outline.nodes[n].text, Args: []pipeline.Arg{arg("row", r.table.outline.printedPath(n))},
		})
	}
}

// reportMoved names the rows that stand in another order; of a block that
// moved as a whole, its first.
func (x *extraction) reportMoved(a *alignment) {
	for i, n := range a.table.outline.nodes {
		if !a.moved[i] || n.parent >= 0 && a.moved[n.parent] {
			continue
		}
		e := &a.page.entries[a.match[i]]
		x.report(pipeline.Finding{
			Code: "row_moved", Severity: pipeline.SeverityNotice, Sheet: a.page.grid.sheet.Name, Cell: workbook.CellName(e.row, e.col),
			Read: printed(a.page.grid.cells[e.cell].Value), Args: []pipeline.Arg{arg("row", a.table.outline.printedPath(i))},
		})
	}
}

// reportAdded names the rows among the form's that the form does not have, or
// has elsewhere. Rows of lists are none, nor those whose cells are told of.
func (x *extraction) reportAdded(a *alignment, told []bool) {
	first, last := len(a.page.entries), -1
	for i := range a.match {
		for _, e := range a.starts[i] {
			first, last = min(first, e), max(last, e)
		}
	}
	added := 0
	for at := first; at < len(a.page.entries) && added < maxAdded; at++ {
		e := &a.page.entries[at]
		foreign := !e.known && !e.static && (at < last || a.page.figures(a, e.row))
		if !e.own || a.used[at] || told[e.cell] || !foreign && !(e.known && e.data) || a.listed(at) {
			continue
		}
		added++
		told[e.cell] = true
		text := printed(a.page.grid.cells[e.cell].Value)
		x.report(pipeline.Finding{
			Code: "row_added", Severity: pipeline.SeverityNotice, Sheet: a.page.grid.sheet.Name, Cell: workbook.CellName(e.row, e.col),
			Read: text, Args: []pipeline.Arg{arg("row", text)},
		})
	}
}

// figures tells whether a row has something in a column of figures.
func (p *page) figures(a *alignment, row int) bool {
	for b := range a.table.blocks {
		band := p.bandAt(b, row)
		if band == nil {
			continue
		}
		for f, c := range a.table.blocks[b].columns {
			if s := band.spots[f]; c.input && len(s.cols) > 0 && p.something(row, s.cols[0]) {
				return true
			}
		}
	}
	return false
}

// listed tells whether an entry stands where a list of the form has its rows:
// between the nodes before and after the list.
func (a *alignment) listed(entry int) bool {
	for _, before := range a.table.lists {
		low, high := -1, len(a.page.entries)
		for i := range a.match {
			for _, e := range a.starts[i] {
				if i <= before {
					low = max(low, e)
				} else {
					high = min(high, e)
				}
			}
		}
		if low < entry && entry < high {
			return true
		}
	}
	return false
}

// reportColumns reports the columns with figures whose header was not found,
// was found twice or was only found by its place, each once.
func (x *extraction) reportColumns() {
	type header struct {
		page       *page
		block, row int
		column     int
	}
	seen := map[header]bool{}
	for i := range x.Layout.Cells {
		c, at := &x.Layout.Cells[i], x.spots[i]
		if !c.Marker.Input() || at.alignment == nil {
			continue
		}
		p := at.alignment.page
		entry := &p.entries[at.alignment.match[c.node]]
		band := p.bandAt(c.block, entry.row)
		key := header{p, c.block, -1, c.column}
		spot := spot{}
		if band != nil {
			key.row, spot = band.row, band.spots[c.column]
		}
		if !seen[key] {
			seen[key] = true
			x.reportSpot(p, c, spot)
		}
	}
}

// reportSpot reports how one column was found, if not simply by its header.
func (x *extraction) reportSpot(p *page, c *Cell, s spot) {
	f := pipeline.Finding{Severity: pipeline.SeverityError, Sheet: p.grid.sheet.Name, Expected: strings.Join(c.ColumnPath, " / ")}
	f.Args = []pipeline.Arg{arg("column", f.Expected)}
	switch {
	case len(s.cols) == 0:
		f.Code = "column_missing"
	case len(s.cols) > 1:
		f.Code, f.Cell = "column_ambiguous", workbook.CellName(s.row, s.cols[0])
		var cells []string
		for _, col := range s.cols {
			cells = append(cells, workbook.CellName(s.row, col))
		}
		f.Args = append(f.Args, arg("cells", strings.Join(cells, ", ")))
	case s.byPlace:
		f.Code, f.Severity, f.Cell = "column_by_place", pipeline.SeverityWarning, workbook.CellName(s.row, s.cols[0])
		if i := p.grid.shown(s.row, s.cols[0]); i >= 0 {
			f.Read = printed(p.grid.cells[i].Value)
		}
		f.Args = append(f.Args, arg("letter", workbook.ColumnName(s.cols[0])))
	default:
		return
	}
	x.report(f)
}
