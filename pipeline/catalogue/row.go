package catalogue

import (
	"strings"
	"unicode"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// A row is one record of a table. Reading a column reports what is wrong with
// its cell, so every column is read once.
type row struct {
	table *table
	index int // counted from 0
	cells map[int]cell
}

// A cell is a cell of the workbook with its text made plain.
type cell struct {
	*workbook.Cell
	text   string // without blanks around; a number's shortest digits
	broken string // the finding code of a cell that says nothing; its text is empty
}

// take makes the text of c plain.
func take(c *workbook.Cell) cell {
	switch {
	case c.Uncalculated:
		return cell{Cell: c, broken: "catalogue_not_calculated"}
	case c.Type == workbook.Error:
		return cell{Cell: c, broken: "catalogue_excel_error"}
	case c.Type == workbook.Number:
		if value, ok := parseDecimal(c.Value); ok {
			return cell{Cell: c, text: value.String()}
		}
	}
	return cell{Cell: c, text: clean(c.Value)}
}

// clean drops invisible characters and reduces every stretch of blanks and
// line breaks to one blank.
func clean(s string) string {
	visible := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, s)
	return strings.Join(strings.Fields(visible), " ")
}

// cell is the cell in the named column, if the sheet has the column and the
// cell has content.
func (r row) cell(column string) (cell, bool) {
	col, ok := r.table.columns[column]
	if !ok {
		return cell{}, false
	}
	c, ok := r.cells[col]
	return c, ok
}

// has tells whether there is something in the named column, be it unreadable.
func (r row) has(column string) bool {
	_, ok := r.cell(column)
	return ok
}

// col is the place of the named column; where the sheet lacks it, of its
// first one, which holds the code.
func (r row) col(column string) int {
	if col, ok := r.table.columns[column]; ok {
		return col
	}
	return r.table.columns[r.table.spec.Columns[0].English]
}

// name is the name of the cell in the named column.
func (r row) name(column string) string { return workbook.CellName(r.index, r.col(column)) }

// report enters a finding about the cell in the named column.
func (r row) report(column string, f pipeline.Finding) {
	title, ok := r.table.titles[column]
	if !ok {
		title = column
	}
	r.reportAt(r.col(column), title, f)
}

// reportAt enters a finding about the cell in column col, headed title.
// Severity is error and Read the cell's text unless f says otherwise.
func (r row) reportAt(col int, title string, f pipeline.Finding) {
	f.Sheet, f.Cell = r.table.name, workbook.CellName(r.index, col)
	if c, ok := r.cells[col]; ok && f.Read == "" {
		f.Read = clean(c.Value)
	}
	f.Args = append(f.Args, pipeline.Arg{Name: "column", Value: title})
	r.table.loader.add(f)
}

// reportBroken reports a formula without a result or an Excel error.
func (r row) reportBroken(column string) {
	if c, ok := r.cell(column); ok && c.broken != "" {
		r.report(column, pipeline.Finding{Code: c.broken})
	}
}

// text is what the named column says. A date is no text: Excel makes dates of
// codes such as 1-2, and what was typed is lost.
func (r row) text(column string) string {
	c, ok := r.cell(column)
	if ok && c.broken == "" && c.Type == workbook.Date {
		r.report(column, pipeline.Finding{Code: "catalogue_date_for_text"})
		return ""
	}
	return c.text
}

// need reports a cell that must not be empty. Where the whole column is
// missing, that was reported once.
func (r row) need(column string) {
	if r.table.has(column) && !r.has(column) {
		r.report(column, pipeline.Finding{Code: "catalogue_missing_value"})
	}
}

// required is the text of a cell that must not be empty.
func (r row) required(column string) string {
	r.need(column)
	return r.text(column)
}

// list is the texts in the named column, separated by ; or |.
func (r row) list(column string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(r.text(column), func(c rune) bool { return c == ';' || c == '|' }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// word is the canonical form of the word in the named column, standard where
// the cell is empty.
func (r row) word(column, standard string) string {
	text := r.text(column)
	if text == "" {
		if r.has(column) {
			return "" // broken, and reported as such
		}
		return standard
	}
	c := r.table.spec.column(column)
	word, ok := c.word(text)
	if !ok {
		r.report(column, pipeline.Finding{Code: "catalogue_unknown_word", Expected: c.choice()})
	}
	return word
}

// openWord is the canonical form of text in the named column, whose list of
// words is open: other texts stay as they are.
func (r row) openWord(column, text string) string {
	if word, ok := r.table.spec.column(column).word(text); ok {
		return word
	}
	return text
}

// origin is where the record stands.
func (r row) origin() pipeline.Origin {
	return pipeline.Origin{Sheet: r.table.name, Row: r.index + 1}
}
