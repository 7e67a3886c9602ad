package form

import (
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// maxExpected is how many places of the form are named for one row.
const maxExpected = 5

// reportMisplaced reports the rows with figures that are labelled like a row of
// the form that was not found, but do not stand where it would be. Their
// figures would be lost in silence. It adds their cells to those told.
func (x *extraction) reportMisplaced(r *reading, a *alignment, told []bool) {
	missing := r.missing()
	reported := 0
	for at := range a.page.entries {
		e := &a.page.entries[at]
		if !e.known || !e.own || a.used[at] || told[e.cell] || reported == maxAdded {
			continue
		}
		nodes := slices.DeleteFunc(slices.Clone(missing[e.key]), func(n int) bool {
			block := a.table.outline.nodes[n].block
			return !a.page.filled(a.table, n, e.row) || a.listed(at) && !a.inBlock(block, at)
		})
		if len(nodes) > 0 {
			told[e.cell] = true
			reported++
			x.report(a.misplaced(e, nodes))
		}
	}
}

// missing lists the rows with figures that were not found, by their key.
func (r *reading) missing() map[string][]int {
	all := map[string][]int{}
	for _, n := range r.table.rows {
		if r.at(n) == nil && !r.open(n) {
			key := r.table.outline.nodes[n].label.key
			all[key] = append(all[key], n)
		}
	}
	return all
}

// claimed tells which cells of a sheet label the rows that were found, of all
// tables of the form; those told of are added to it.
func (x *extraction) claimed(g *grid) []bool {
	all, known := x.told[g]
	if known {
		return all
	}
	all = make([]bool, len(g.cells))
	x.told[g] = all
	for _, r := range x.readings {
		for _, a := range r.parts {
			for _, e := range a.match {
				if e >= 0 && a.page.grid == g {
					all[a.page.entries[e].cell] = true
				}
			}
		}
	}
	return all
}

// misplaced is the finding of an entry that may be any of the nodes.
func (a *alignment) misplaced(e *entry, nodes []int) pipeline.Finding {
	o := a.table.outline
	var paths, cells []string
	for _, n := range nodes[:min(len(nodes), maxExpected)] {
		paths = append(paths, o.printedPath(n))
		cells = append(cells, workbook.CellName(o.nodes[n].row, o.nodes[n].col))
	}
	text := printed(a.page.grid.cells[e.cell].Value)
	return pipeline.Finding{
		Code: "row_misplaced", Severity: pipeline.SeverityError,
		Sheet: a.page.grid.sheet.Name, Cell: workbook.CellName(e.row, e.col), Read: text, Expected: strings.Join(paths, "; "),
		Args: []pipeline.Arg{arg("row", text), arg("form_cells", strings.Join(cells, ", "))},
	}
}
