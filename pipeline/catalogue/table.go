package catalogue

import (
	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// maxRows bounds the records of one sheet, far above what a country has units.
const maxRows = 20_000

// A table is a sheet of the catalogue with its header row found.
type table struct {
	loader  *loader
	spec    Sheet
	name    string // of the worksheet
	year    int
	header  int               // row of the headings, counted from 0
	columns map[string]int    // known columns by English name
	titles  map[string]string // their headings as typed
	others  []heading         // the rest of the header row
	rows    []row
}

// A heading is a cell of the header row.
type heading struct {
	text string
	col  int
}

// has tells whether the sheet has the column with the given English name.
func (t *table) has(column string) bool {
	_, ok := t.columns[column]
	return ok
}

// A line is the cells of one row of a worksheet.
type line []workbook.Cell

// lines splits cells, which stand by row, into rows.
func lines(cells []workbook.Cell) []line {
	var all []line
	start := 0
	for i := range cells {
		if cells[i].Row != cells[start].Row {
			all = append(all, cells[start:i])
			start = i
		}
	}
	if start < len(cells) {
		all = append(all, cells[start:])
	}
	return all
}

// read finds the header row of p and takes in the rows below it.
func (l *loader) read(p place) *table {
	t := &table{
		loader: l, spec: p.spec, name: p.sheet.Name, year: p.year,
		columns: map[string]int{}, titles: map[string]string{},
	}
	all := lines(p.sheet.Cells)
	if len(all) == 0 && !p.spec.Required {
		return t
	}
	headings := headingsOf(p.spec)
	at := headerLine(all, p.spec, headings)
	if at < 0 {
		t.reportMissing("")
		return t
	}
	t.header = all[at][0].Row
	t.readHeader(all[at], headings)
	t.reportMissing(all[at][0].Name())
	for _, line := range all[at+1:] {
		if !t.addRow(line) {
			break
		}
	}
	return t
}

// headingsOf maps every folded heading of spec to its column's English name.
func headingsOf(spec Sheet) map[string]string {
	headings := map[string]string{}
	for _, c := range spec.Columns {
		for _, name := range c.names() {
			headings[fold(name)] = c.English
		}
	}
	return headings
}

// headerLine is the first row that holds all required headings; where none
// does, the first of those that hold the most headings; -1 where none has any.
func headerLine(all []line, spec Sheet, headings map[string]string) int {
	best, most := -1, 0
	for i, line := range all {
		seen := map[string]bool{}
		for c := range line {
			if column, ok := headings[fold(clean(line[c].Value))]; ok {
				seen[column] = true
			}
		}
		if len(seen) > 0 && holdsRequired(spec, seen) {
			return i
		}
		if len(seen) > most {
			best, most = i, len(seen)
		}
	}
	return best
}

func holdsRequired(spec Sheet, seen map[string]bool) bool {
	for _, c := range spec.Columns {
		if c.Required && !seen[c.English] {
			return false
		}
	}
	return true
}

// readHeader enters the columns of the header row.
func (t *table) readHeader(header line, headings map[string]string) {
	for i := range header {
		cell := &header[i]
		text := clean(cell.Value)
		if text == "" {
			continue
		}
		column, known := headings[fold(text)]
		if !known {
			t.others = append(t.others, heading{text: text, col: cell.Col})
			continue
		}
		if first, twice := t.columns[column]; twice {
			t.reportHeading(cell, pipeline.Finding{
				Code: "catalogue_duplicate_column",
				Args: []pipeline.Arg{{Name: "first", Value: workbook.CellName(cell.Row, first)}},
			})
			continue
		}
		t.columns[column], t.titles[column] = cell.Col, text
	}
	t.suggestColumns(header)
}

// suggestColumns warns of headings that are left alone although they are one
// slip away from a column that the sheet lacks.
func (t *table) suggestColumns(header line) {
	for i := range header {
		key := fold(clean(header[i].Value))
		for _, c := range t.spec.Columns {
			if !t.has(c.English) && nearAny(key, c.names()) {
				t.reportHeading(&header[i], pipeline.Finding{
					Code: "catalogue_unknown_column", Severity: pipeline.SeverityWarning, Expected: c.title(),
				})
				break
			}
		}
	}
}

func nearAny(key string, names []string) bool {
	for _, name := range names {
		if near(key, fold(name)) {
			return true
		}
	}
	return false
}

func (t *table) reportHeading(cell *workbook.Cell, f pipeline.Finding) {
	f.Sheet, f.Cell, f.Read = t.name, cell.Name(), clean(cell.Value)
	t.loader.add(f)
}

// reportMissing reports the required columns that the sheet lacks.
func (t *table) reportMissing(cell string) {
	for _, c := range t.spec.Columns {
		if c.Required && !t.has(c.English) {
			t.loader.add(pipeline.Finding{
				Code: "catalogue_missing_column", Sheet: t.name, Cell: cell, Expected: c.title(),
			})
		}
	}
}

// addRow takes in one row below the header unless it is blank, and tells
// whether more may follow.
func (t *table) addRow(line line) bool {
	r := row{table: t, index: line[0].Row, cells: map[int]cell{}}
	for i := range line {
		if c := take(&line[i]); c.broken != "" || c.text != "" {
			r.cells[c.Col] = c
		}
	}
	if t.blank(r) {
		return true
	}
	if len(t.rows) == maxRows {
		t.loader.add(pipeline.Finding{
			Code: "catalogue_too_many_rows", Sheet: t.name, Cell: line[0].Name(),
			Expected: formatInt(maxRows),
		})
		return false
	}
	for _, c := range t.spec.Columns {
		r.reportBroken(c.English)
	}
	t.rows = append(t.rows, r)
	return true
}

// blank tells whether r has nothing in the columns that count. In a yearly
// sheet every column counts: their headings are codes.
func (t *table) blank(r row) bool {
	if t.spec.Yearly {
		return len(r.cells) == 0
	}
	for _, col := range t.columns {
		if _, ok := r.cells[col]; ok {
			return false
		}
	}
	return true
}
