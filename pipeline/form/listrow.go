package form

import (
	"strconv"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// A listReader reads the rows of a list on one sheet.
type listReader struct {
	listing
	grid     *grid
	figures  []pipeline.Indicator // those that are filled from the list
	cells    []pipeline.ListCell
	declared *pipeline.ListCell // says that there is nothing to list
	rows     int
	totals   []totalRow
	ended    bool
	faulty   bool // a cell could not be read
	findings []pipeline.Finding
}

// maxListFindings is how many findings of one kind a list gives: a list of
// thousands of rows may have the same trouble in each.
const maxListFindings = 20

func (r *listReader) report(f pipeline.Finding) {
	f.Sheet = r.grid.sheet.Name
	r.faulty = r.faulty || f.Severity == pipeline.SeverityError
	same := 0
	for _, other := range r.findings {
		if other.Code == f.Code {
			same++
		}
	}
	if same < maxListFindings {
		r.findings = append(r.findings, f)
	}
}

// filled tells whether the list says anything.
func (r *listReader) filled() bool { return r.rows > 0 || r.declared != nil }

// read reads rows one after the other.
func (r *listReader) read(rows []int) {
	for _, row := range rows {
		if r.ended {
			break
		}
		r.readRow(row)
	}
	r.checkTotals()
	if r.rows > 0 && r.declared != nil {
		r.report(pipeline.Finding{Code: "list_nil_among_rows", Severity: pipeline.SeverityWarning, Cell: r.declared.Cell, Read: r.declared.Raw})
		r.declared = nil
	}
	if r.grid.cut {
		r.report(pipeline.Finding{Code: "sheet_too_long", Severity: pipeline.SeverityError})
	}
}

// readRow reads one row: a row of the list, or one that only looks like it.
func (r *listReader) readRow(row int) {
	own := r.own(row)
	switch {
	case r.endsAt(row):
		r.ended = true
	case r.numbering(row):
	case r.isTotal(row):
		r.readTotal(row, own)
	case r.says(row, own):
	case len(own) == 0:
	case len(own) == 1 && len(r.list.Fields) > 1:
		r.readLone(row, own[0])
	default:
		r.readFields(row, own)
	}
}

// A filledField is a field of a row that has something in it.
type filledField struct {
	field int // of the list
	cell  *workbook.Cell
	wide  int // how many fields its cell is merged over
}

// own lists what stands in the fields of a row itself, not merged down into it.
func (r *listReader) own(row int) []filledField {
	var all []filledField
	for i := range r.list.Fields {
		col, ok := r.column(row, i)
		if !ok {
			continue
		}
		m := r.grid.span(row, col)
		at := r.grid.find(row, m.FirstCol)
		if m.FirstRow != row || at < 0 || blankCell(&r.grid.cells[at]) {
			continue
		}
		if n := len(all); n > 0 && all[n-1].cell == &r.grid.cells[at] {
			all[n-1].wide++
			continue
		}
		all = append(all, filledField{i, &r.grid.cells[at], 1})
	}
	return all
}

// column is where a field stands in a row, if its header was found, once.
func (r *listReader) column(row, field int) (col int, ok bool) {
	spot := r.band(row).spots[r.list.Fields[field].column]
	if len(spot.cols) != 1 {
		return 0, false
	}
	return spot.cols[0], true
}

func blankCell(c *workbook.Cell) bool {
	return c.Type == workbook.Text && dotted(unmarked(c.Value)) && !c.Uncalculated
}

// texts calls do with the texts of a row.
func (r *listReader) texts(row int, do func(text string)) {
	from, to := r.grid.row(row)
	for i := from; i < to; i++ {
		if c := &r.grid.cells[i]; c.Type == workbook.Text && len(c.Value) <= maxLabel && !dotted(c.Value) {
			do(c.Value)
		}
	}
}

// endsAt tells whether notes to the list begin in a row.
func (r *listReader) endsAt(row int) (ends bool) {
	r.texts(row, func(text string) {
		folded := vntext.Fold(text)
		for _, word := range []string{"ghi chu:", "chu thich:", "nguon:", "luu i:", "luu y:"} {
			ends = ends || strings.HasPrefix(folded, word)
		}
		ends = ends || folded == "ghi chu" || strings.HasPrefix(strings.TrimSpace(text), "(*)")
	})
	return ends
}

// numbering tells whether a row above the first one only numbers the columns:
// (1), (2), (3), or A, B, 1, 2, or A, B, C.
func (r *listReader) numbering(row int) bool {
	from, to := r.grid.row(row)
	if r.rows > 0 || to-from < 2 {
		return false
	}
	last, letters := 0, 0
	for i := from; i < to; i++ {
		value := strings.Trim(r.grid.cells[i].Value, " ()[]")
		n, err := strconv.Atoi(value)
		switch {
		case err == nil && n == last+1:
			last = n
		case len(value) == 1 && value[0]-'A' < 26 && last == 0:
			letters++
		default:
			return false
		}
	}
	return last > 1 || last == 0 && letters > 2
}

// says reads a row that declares to have nothing to list: "-", "không phát
// sinh", in whatever column.
func (r *listReader) says(row int, own []filledField) bool {
	nothing := func(text string) bool {
		return vntext.ReadNumber(text, vntext.Expected{}).State == pipeline.StateNil
	}
	declared, other := (*workbook.Cell)(nil), false
	from, to := r.grid.row(row)
	for i := from; i < to; i++ {
		switch c := &r.grid.cells[i]; {
		case c.Type != workbook.Text:
			other = other || r.isField(row, c.Col)
		case dotted(c.Value):
		case nothing(c.Value):
			declared = c
		default:
			other = other || r.grid.labels[i].key != "" || r.isField(row, c.Col)
		}
	}
	if declared == nil || other || len(own) > 0 && !nothing(own[0].cell.Value) {
		return false
	}
	if r.declared == nil {
		r.declared = &pipeline.ListCell{
			List: r.list.Name, Field: r.list.Fields[0].Marker.ListField, Type: r.list.Fields[0].Marker.Type,
			State: pipeline.StateNil, Qualifier: pipeline.Exact, Raw: declared.Raw, Sheet: r.grid.sheet.Name, Cell: declared.Name(),
		}
	}
	return true
}

func (r *listReader) isField(row, col int) bool {
	for i := range r.list.Fields {
		if c, ok := r.column(row, i); ok && c == col {
			return true
		}
	}
	return false
}

// readLone reads a row that has one thing only. It heads rows where it is
// merged over several fields or numbered like a section; else nobody can tell
// whether it is a row with all but its name missing, or a remark.
func (r *listReader) readLone(row int, only filledField) {
	f := pipeline.Finding{Cell: only.cell.Name(), Read: shownValue(only.cell), Args: []pipeline.Arg{arg("column", r.list.Fields[only.field].header())}}
	f.Code, f.Severity = "list_row_unclear", pipeline.SeverityError
	if only.cell.Type == workbook.Text && (only.wide > 1 || r.sectionRow(row, only.cell)) {
		f.Code, f.Severity = "list_heading", pipeline.SeverityNotice
	}
	r.report(f)
}

// sectionRow tells whether a row is numbered by letters or Roman numerals.
func (r *listReader) sectionRow(row int, c *workbook.Cell) bool {
	from, to := r.grid.row(row)
	for i := from; i < to && r.grid.cells[i].Col <= c.Col; i++ {
		if l := r.grid.labels[i].level; l == letter || l == roman {
			return true
		}
	}
	return false
}

// header is the field's column as people know it.
func (f *ListField) header() string { return strings.Join(f.ColumnPath, " / ") }
