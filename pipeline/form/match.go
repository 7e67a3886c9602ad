package form

import (
	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// A Match is a submission aligned with the layout it was made from.
type Match struct {
	Layout  *Layout
	Header  []HeaderField // the @fields as the submission fills them in
	TopText []Text        // what stands above the tables, in the order of the sheets
	Seal    Seal          // what the workbook was handed out as, if it was
	Rows    int           // rows of the layout with figures, and lists
	Found   int           // those found in the submission

	ListCells   []pipeline.ListCell // what stands in the lists, once extracted
	FaultyLists []string            // the lists with errors

	submission *submission
	readings   []*reading
	listings   []listing
	spots      []location // by cell of the layout
}

// A HeaderField is an @field that was found in a submission. An empty Text
// says that its place is there and was left blank.
type HeaderField struct {
	Field string // unit, unit.code, parent, period, period.code, cutoff, issued
	Text  string
	Sheet string
	Cell  string
}

// A Text is a cell of the title block as a person reads it.
type Text struct {
	Text  string
	Sheet string
	Cell  string
}

// How says in which way a marked cell was found.
type How string

// The ways of finding a cell.
const (
	Exact   How = "exact"    // it stands where the form has it
	Shifted How = "shifted"  // rows, columns or sheets before it changed
	Moved   How = "moved"    // its row stands in another order
	ByPlace How = "by_place" // its column's header was not found, only its place
	Missing How = "missing"  // its row was not found

	NoColumn  How = "no_column" // its row was found, its column not
	Ambiguous How = "ambiguous" // its row or its column reads in several places
)

// found tells whether the cell was found by the texts of its row and column.
func (h How) found() bool { return h == Exact || h == Shifted || h == Moved }

// A location is the cell of a submission that a marker is read from.
type location struct {
	alignment *alignment // nil where the row was not found
	row, col  int        // of the top left cell of a merged range; col is -1 where the column was not found
	inside    bool       // of a merged range, not its top left cell
	how       How
}

// Align aligns the workbook with one layout, whatever share of it is found.
func Align(layout *Layout, book *workbook.Book) *Match {
	return layout.match(newSubmission(book))
}

func (l *Layout) match(s *submission) *Match {
	m := &Match{Layout: l, Seal: s.seal, submission: s, readings: l.read(s), Rows: len(l.Lists)}
	for _, r := range m.readings {
		m.Rows += len(r.table.rows)
		for _, n := range r.table.rows {
			if r.at(n) != nil || r.open(n) {
				m.Found++
			}
		}
	}
	for i := range l.Lists {
		if found := m.findList(&l.Lists[i]); len(found) > 0 {
			m.listings = append(m.listings, found...)
			m.Found++
		}
	}
	for i := range l.Cells {
		m.spots = append(m.spots, m.locate(&l.Cells[i]))
	}
	m.readHeader()
	return m
}

// locate finds the cell of the submission for one of the form.
func (m *Match) locate(c *Cell) location {
	a := m.readings[c.table].at(c.node)
	switch {
	case a == nil && m.readings[c.table].open(c.node):
		return location{how: Ambiguous}
	case a == nil:
		return location{how: Missing}
	}
	row := a.page.entries[a.match[c.node]].row
	at := location{alignment: a, row: row, col: -1, how: NoColumn}
	band := a.page.bandAt(c.block, row)
	switch {
	case band == nil || len(band.spots[c.column].cols) == 0:
		return at
	case len(band.spots[c.column].cols) > 1:
		at.how = Ambiguous
		return at
	}
	spot := band.spots[c.column]
	span := a.page.grid.span(row, spot.cols[0])
	at.inside = span.FirstRow != row || span.FirstCol != spot.cols[0]
	at.row, at.col = span.FirstRow, span.FirstCol
	switch {
	case spot.byPlace:
		at.how = ByPlace
	case a.moved[c.node]:
		at.how = Moved
	case at.row == c.Row && at.col == c.Col && a.page.grid.sheet.Name == c.Sheet:
		at.how = Exact
	default:
		at.how = Shifted
	}
	return at
}

// name is the name of the location's sheet and cell, empty where there is none.
func (at location) name() (sheet, cell string) {
	if at.alignment == nil {
		return "", ""
	}
	sheet = at.alignment.page.grid.sheet.Name
	if at.col < 0 {
		return sheet, ""
	}
	return sheet, workbook.CellName(at.row, at.col)
}

// cell is the content at the location, or nil.
func (at location) cell() *workbook.Cell {
	if at.alignment == nil || at.col < 0 {
		return nil
	}
	g := at.alignment.page.grid
	i := g.find(at.row, at.col)
	if i < 0 {
		return nil
	}
	return &g.cells[i]
}

// arg is a named value of a finding.
func arg(name, value string) pipeline.Arg { return pipeline.Arg{Name: name, Value: value} }
