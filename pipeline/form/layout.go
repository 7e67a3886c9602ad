package form

import (
	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// FeedbackSheetName is the first sheet of our own feedback workbooks. A
// submission that is a mended feedback workbook is read without it.
const FeedbackSheetName = "Phiếu phản hồi"

// UnitField is the field of a list that says whose row it is. A unit may leave
// it blank in its own report; in the consolidated form it names the unit.
const UnitField = "unit"

// A Layout is a form workbook as its markers describe it.
type Layout struct {
	Form    pipeline.Form
	Version string  // SHA-256 of the form workbook, where whoever parsed it says so
	Cells   []Cell  // the cells marked as figures, by sheet, row and column
	Lists   []List  // the rows that repeat downwards
	Fields  []Field // the @fields, in the same order

	tables []*table
	titles []title
}

// A Cell is a cell of the form workbook that is marked as a figure of an
// indicator.
type Cell struct {
	Marker     Marker
	Sheet      string
	Row, Col   int      // counted from 0
	Format     string   // the code of its number format; empty for General
	RowPath    []string // the labels of its row, sections first
	ColumnPath []string // the headers of its column, uppermost first

	table, node, block, column int
}

// Name is the cell's name, such as C12.
func (c *Cell) Name() string { return workbook.CellName(c.Row, c.Col) }

// A List is a row of the form workbook that repeats downwards in a submission.
type List struct {
	Name   string
	Sheet  string
	Row    int // counted from 0
	Fields []ListField

	table, block int
}

// A ListField is one field of a list's row.
type ListField struct {
	Marker     Marker
	Col        int // counted from 0
	ColumnPath []string

	column int
}

// A Field is an @field of the form workbook.
type Field struct {
	Name     string // unit, unit.code, parent, period, period.code, cutoff, issued
	Sheet    string
	Row, Col int // counted from 0
	Cell     string
	Before   string // the words before it, by which it is known
	After    string // and behind it
}

// rowsBeside is the keys of the rows, parts of rows left out, that only other
// tables than t have.
func (l *Layout) rowsBeside(t *table) map[string]bool {
	all := map[string]bool{}
	for _, other := range l.tables {
		for i := range other.outline.nodes {
			n := &other.outline.nodes[i]
			if _, own := t.outline.byKey[n.label.key]; !own && !n.sub() {
				all[n.label.key] = true
			}
		}
	}
	return all
}

// A title is the texts of one sheet of the form that are no rows of a table:
// what stands around the @fields.
type title struct {
	sheet string
	lines []line
}

// A line is one text of a title.
type line struct {
	row     int // counted from 0
	key     string
	pattern *pattern
}

// Markers lists the markers of figures and lists as staff typed them.
func (l *Layout) Markers() []string {
	var all []string
	for _, p := range l.Places(1) {
		if p.Marker.Field == "" {
			all = append(all, p.Marker.String())
		}
	}
	return all
}
