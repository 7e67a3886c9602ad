package form

import (
	"cmp"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// A submission is a workbook of a unit, its sheets made ready once for all
// layouts that it is compared with.
type submission struct {
	grids []*grid
	texts []map[string]bool // by grid, the keys of its labels, once they were asked for
	seal  Seal
}

// newSubmission leaves out the sheets that we add to workbooks.
func newSubmission(book *workbook.Book) *submission {
	s := &submission{seal: sealOf(book)}
	for i := range book.Sheets {
		if ownSheet(book.Sheets[i].Name) {
			continue
		}
		s.grids = append(s.grids, newGrid(&book.Sheets[i]))
	}
	s.texts = make([]map[string]bool, len(s.grids))
	return s
}

// textsOf are the keys of the labels of a sheet.
func (s *submission) textsOf(index int) map[string]bool {
	if s.texts[index] == nil {
		s.texts[index] = map[string]bool{}
		for _, l := range s.grids[index].labels {
			if l.stands() {
				s.texts[index][l.key] = true
			}
		}
	}
	return s.texts[index]
}

// A reading is a table of the form as it was found in the submission: on one
// page, or on several that have different rows of it.
type reading struct {
	table    *table
	parts    []*alignment
	findings []pipeline.Finding
}

// A rating tells how well a page fits a table. Pages are compared by its parts
// in this order.
type rating struct {
	shown  int // 1 unless the sheet is hidden
	filled int // rows with figures in them
	found  int // rows found
	named  int // 1 where the sheet has the name it has in the form
	titled int // texts of the form's sheet that stand on it
}

func (r rating) compare(other rating) int {
	return cmp.Or(
		cmp.Compare(r.shown, other.shown), cmp.Compare(min(r.filled, 1), min(other.filled, 1)),
		cmp.Compare(r.found, other.found), cmp.Compare(r.named, other.named),
		cmp.Compare(r.titled, other.titled), cmp.Compare(r.filled, other.filled),
	)
}

// An option is a page that may be a table.
type option struct {
	table int
	*alignment
	rating
}

// read finds all tables of the layout in the submission.
func (l *Layout) read(s *submission) []*reading {
	var options []option
	readings := make([]*reading, len(l.tables))
	for i, t := range l.tables {
		readings[i] = &reading{table: t}
		for at, g := range s.grids {
			for _, p := range t.pages(g, at, l.foreignColumns(i, g)) {
				o := option{table: i, alignment: t.align(p)}
				if o.rate(); o.found > 0 {
					options = append(options, o)
				}
			}
		}
	}
	if len(options) > 1 { // else there is nothing to choose
		for i := range options {
			options[i].compareTitles(l, s)
		}
	}
	slices.SortStableFunc(options, func(a, b option) int { return b.compare(a.rating) })
	taken := map[*grid][]int{}
	for at, o := range options {
		if len(readings[o.table].parts) == 0 && o.free(taken) {
			o.claim(taken)
			readings[o.table].parts = append(readings[o.table].parts, o.alignment)
			readings[o.table].twins(options, at)
		}
	}
	for _, o := range options {
		if r := readings[o.table]; len(r.parts) > 0 && r.parts[0] != o.alignment && o.free(taken) && r.add(o) {
			o.claim(taken)
		}
	}
	return readings
}

// rate fills in the rating but for the titles.
func (o *option) rate() {
	sheet := o.page.grid.sheet
	o.found, o.filled = o.rows()
	if !sheet.Hidden {
		o.shown = 1
	}
	if vntext.Fold(sheet.Name) == vntext.Fold(o.alignment.table.sheet) {
		o.named = 1
	}
}

// compareTitles counts the texts of the form's sheet that stand on the option's.
func (o *option) compareTitles(l *Layout, s *submission) {
	texts := s.textsOf(o.page.index)
	for _, t := range l.titles {
		for _, line := range t.lines {
			if t.sheet == o.alignment.table.sheet && texts[line.key] {
				o.titled++
			}
		}
	}
}

// free tells whether no row of the option belongs to another table yet. taken has
// by the cell of a row's label its table, counted from 1.
func (o *option) free(taken map[*grid][]int) bool {
	cells := taken[o.page.grid]
	for _, n := range o.alignment.table.rows {
		if e := o.match[n]; e >= 0 && cells != nil {
			if owner := cells[o.page.entries[e].cell]; owner > 0 && owner != o.table+1 {
				return false
			}
		}
	}
	return true
}

// claim makes the rows of the option its table's.
func (o *option) claim(taken map[*grid][]int) {
	cells := taken[o.page.grid]
	if cells == nil {
		cells = make([]int, len(o.page.grid.cells))
		taken[o.page.grid] = cells
	}
	for _, n := range o.alignment.table.rows {
		if e := o.match[n]; e >= 0 {
			cells[o.page.entries[e].cell] = o.table + 1
		}
	}
}

// twins reports a table that fits two sheets with figures equally well where
// another table of the form fits the same two.
func (r *reading) twins(options []option, at int) {
	for _, o := range options[at+1:] {
		if o.table != options[at].table || o.page.grid == options[at].page.grid || o.filled == 0 {
			continue
		}
		same := options[at].rating
		if same.filled = o.filled; same.compare(o.rating) == 0 && r.fits(o) {
			r.ambiguous(o)
			return
		}
	}
}

// fits tells whether the option has at least half of the table's rows.
func (r *reading) fits(o option) bool { return 2*o.found >= len(r.table.rows) }

// add joins a further page to the reading where it has other rows of the
// table. A page with the same rows is left out, but two that both have figures
// are not read.
func (r *reading) add(o option) bool {
	shared, clash := 0, false
	for _, n := range r.table.rows {
		if p := r.at(n); p != nil && (o.match[n] >= 0 || o.open[n]) {
			shared++
			clash = clash || p.hasFigures(n) && (o.open[n] || o.hasFigures(n))
		}
	}
	switch {
	case shared == 0 && o.filled > 0:
		r.parts = append(r.parts, o.alignment)
		return true
	case clash && o.shown == 1 && r.fits(o):
		r.ambiguous(o)
	}
	return false
}

func (a *alignment) hasFigures(n int) bool {
	return a.page.filled(a.table, n, a.page.entries[a.match[n]].row)
}

// at is the part of the reading that has node n, or nil.
func (r *reading) at(n int) *alignment {
	for _, a := range r.parts {
		if a.match[n] >= 0 {
			return a
		}
	}
	return nil
}

// open tells whether node n was found, but in several places.
func (r *reading) open(n int) bool {
	return slices.ContainsFunc(r.parts, func(a *alignment) bool { return a.open[n] })
}

// ambiguous reports two sheets that could both be the table.
func (r *reading) ambiguous(o option) {
	first, second := r.parts[0].page.grid.sheet.Name, o.page.grid.sheet.Name
	for _, f := range r.findings {
		if f.Code == "sheet_ambiguous" {
			return
		}
	}
	r.findings = append(r.findings, pipeline.Finding{
		Code: "sheet_ambiguous", Severity: pipeline.SeverityError, Sheet: second, Read: second, Expected: first,
		Args: []pipeline.Arg{{Name: "other_sheet", Value: first}},
	})
}
