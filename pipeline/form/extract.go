package form

import (
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// An extraction collects the facts of a match and what is found on the way.
type extraction struct {
	*Match
	cat      *pipeline.Catalogue
	facts    []pipeline.Fact
	cells    []*workbook.Cell      // by fact, the cell that was read, or nil
	of       []*pipeline.Indicator // by fact
	findings []pipeline.Finding
	told     map[*grid][]bool // by sheet and cell, whether it labels a found row or is told of
}

// Extract reads the marked cells: one fact for each value and ytd marker of
// the layout, in its order, and the findings of the alignment and the values.
// Cells that cannot be read give blank facts. The rows of lists are then in
// m.ListCells.
func (m *Match) Extract(cat *pipeline.Catalogue) ([]pipeline.Fact, []pipeline.Finding) {
	x := &extraction{Match: m, cat: cat, told: map[*grid][]bool{}}
	m.ListCells, m.FaultyLists = nil, nil
	x.reportRows()
	x.reportColumns()
	x.reportUnread()
	shared := x.sharedCells()
	n := len(m.Layout.Cells)
	x.facts, x.cells, x.of = make([]pipeline.Fact, 0, n), make([]*workbook.Cell, 0, n), make([]*pipeline.Indicator, 0, n)
	for i := range m.Layout.Cells {
		if c := &m.Layout.Cells[i]; c.Marker.Input() {
			x.read(c, m.spots[i], shared)
		}
	}
	x.readLists()
	x.gatherTexts()
	x.readNotes()
	x.checkRatios()
	x.checkBlank()
	pipeline.SortFindings(x.findings)
	return x.facts, x.findings
}

func (x *extraction) report(f pipeline.Finding) { x.findings = append(x.findings, f) }

// reportOnce reports a finding unless its cell has one of that code already.
func (x *extraction) reportOnce(f pipeline.Finding) {
	if !slices.ContainsFunc(x.findings, func(o pipeline.Finding) bool { return o.Code == f.Code && o.Sheet == f.Sheet && o.Cell == f.Cell }) {
		x.report(f)
	}
}

// A corner is the top left cell of what a marker is read from.
type corner struct {
	grid     *grid
	row, col int
}

// sharedCells counts the figures of the form that stand in one cell of the
// submission: those that a unit has merged.
func (x *extraction) sharedCells() map[corner]int {
	if !slices.ContainsFunc(x.spots, func(at location) bool { return at.inside }) {
		return nil
	}
	shared := map[corner]int{}
	for i, at := range x.spots {
		if x.Layout.Cells[i].Marker.Input() && at.cell() != nil {
			shared[corner{at.alignment.page.grid, at.row, at.col}]++
		}
	}
	return shared
}

// read reads one figure.
func (x *extraction) read(c *Cell, at location, shared map[corner]int) {
	indicator := x.cat.Find(c.Marker.Indicator)
	if indicator == nil {
		indicator = &pipeline.Indicator{}
	}
	fact := pipeline.Fact{
		Indicator: c.Marker.Indicator, Measure: c.Marker.Measure,
		State: pipeline.StateBlank, Qualifier: pipeline.Exact,
	}
	fact.Sheet, fact.Cell = at.name()
	cell := at.cell()
	if cell != nil {
		fact.Raw = cell.Raw
		if at.inside && shared[corner{at.alignment.page.grid, at.row, at.col}] > 1 || at.mergedOver(c) {
			x.reportOnce(pipeline.Finding{
				Code: "cell_merged", Severity: pipeline.SeverityError, Sheet: fact.Sheet, Cell: fact.Cell, Read: cell.Raw,
				Args: []pipeline.Arg{arg("name", indicator.Name), arg("row", strings.Join(c.RowPath, " / "))},
			})
			cell = nil
		} else if f := readValue(&fact, cell, indicator); f != nil {
			f.Sheet, f.Cell = fact.Sheet, fact.Cell
			f.Args = append(f.Args, arg("name", indicator.Name))
			x.report(*f)
		}
	}
	x.facts = append(x.facts, fact)
	x.cells, x.of = append(x.cells, cell), append(x.of, indicator)
}

// mergedOver tells whether the cell is merged over another labelled row, or
// begins below the header of another column: then nobody knows whose it is.
func (at location) mergedOver(c *Cell) bool {
	p := at.alignment.page
	e := &p.entries[at.alignment.match[c.node]]
	if at.row == e.row && len(p.grid.merges[e.row]) == 0 {
		return false
	}
	own, m := p.grid.span(e.row, e.col), p.grid.span(at.row, at.col)
	from, _ := slices.BinarySearchFunc(p.entries, m.FirstRow, func(e entry, row int) int { return e.row - row })
	for i := from; i < len(p.entries) && p.entries[i].row <= m.LastRow; i++ {
		if other := &p.entries[i]; other.own && (other.row < own.FirstRow || other.row > own.LastRow) {
			return true
		}
	}
	band := p.bandAt(c.block, e.row)
	spot := band.spots[c.column].cols[0]
	mine, _ := p.grid.textAt(max(band.row, 0), spot)
	first, l := p.grid.textAt(max(band.row, 0), m.FirstCol)
	return band.row >= 0 && m.FirstCol < spot && first != mine && l.heads()
}

// readNotes gives each fact the text of its indicator's note.
func (x *extraction) readNotes() {
	for i, c := range x.Layout.Cells {
		if c.Marker.Measure != pipeline.MeasureNote {
			continue
		}
		cell := x.spots[i].cell()
		if cell == nil || cell.Type == workbook.Error {
			continue
		}
		for f := range x.facts {
			if x.facts[f].Indicator == c.Marker.Indicator {
				x.facts[f].Note = strings.TrimSpace(cell.Value)
				break
			}
		}
	}
}

// checkBlank reports a form in which nothing is filled in, unless an error
// says why nothing was read.
func (x *extraction) checkBlank() {
	if pipeline.Count(x.findings, pipeline.SeverityError) > 0 {
		return
	}
	if slices.ContainsFunc(x.facts, func(f pipeline.Fact) bool { return f.State != pipeline.StateBlank }) {
		return
	}
	if len(x.ListCells) == 0 && len(x.facts)+len(x.Layout.Lists) > 0 {
		x.report(pipeline.Finding{Code: "form_blank", Severity: pipeline.SeverityError, Args: []pipeline.Arg{arg("form", x.Layout.Form.Code)}})
	}
}

// dotted tells whether a text is blank: nothing, or a dotted line to write on.
func dotted(text string) bool {
	return strings.Trim(text, " \t\r\n\u00a0._…") == ""
}
