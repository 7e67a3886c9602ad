package form

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// readFields reads a row of the list. A text or a date may be merged down over
// several rows; a number or the name of the row may not, for it would count in
// each.
func (r *listReader) readFields(row int, own []filledField) {
	r.rows++
	for i := range r.list.Fields {
		col, ok := r.column(row, i)
		if !ok {
			continue
		}
		at := slices.IndexFunc(own, func(f filledField) bool { return f.field == i })
		merged := r.grid.span(row, col)
		switch {
		case at >= 0:
			r.readField(i, own[at].cell)
		case merged.FirstRow == row:
			r.missing(row, col, i)
		case i == r.list.naming() || r.list.Fields[i].Marker.Type == pipeline.FieldNumber:
			r.report(pipeline.Finding{
				Code: "cell_merged", Severity: pipeline.SeverityError, Cell: workbook.CellName(row, col), Read: r.mergedText(merged),
				Args: []pipeline.Arg{arg("row", r.list.Fields[i].header()+" ("+strconv.Itoa(r.rows)+")")},
			})
		default:
			if above := r.grid.find(merged.FirstRow, merged.FirstCol); above >= 0 && !blankCell(&r.grid.cells[above]) {
				r.readField(i, &r.grid.cells[above])
			}
		}
	}
}

func (r *listReader) mergedText(m workbook.Range) string {
	if i := r.grid.find(m.FirstRow, m.FirstCol); i >= 0 {
		return shownValue(&r.grid.cells[i])
	}
	return ""
}

// missing warns of a blank field that a figure rests on, or that names the row.
func (r *listReader) missing(row, col, field int) {
	if r.needs(field) {
		r.report(pipeline.Finding{
			Code: "list_value_missing", Severity: pipeline.SeverityWarning, Cell: workbook.CellName(row, col),
			Args: []pipeline.Arg{arg("column", r.list.Fields[field].header()), arg("row", strconv.Itoa(r.rows))},
		})
	}
}

// needs tells whether a figure rests on the field, or it names the row.
func (r *listReader) needs(field int) bool {
	name := r.list.Fields[field].Marker.ListField
	return field == r.list.naming() || slices.ContainsFunc(r.figures, func(i pipeline.Indicator) bool {
		return i.From.Field == name || slices.ContainsFunc(i.From.Filters, func(f pipeline.ListFilter) bool { return f.Field == name })
	})
}

// naming is the field that names a row: the first that is not the unit.
func (l *List) naming() int {
	if l.Fields[0].Marker.ListField == UnitField && len(l.Fields) > 1 {
		return 1
	}
	return 0
}

// readField reads one cell of the current row.
func (r *listReader) readField(field int, c *workbook.Cell) {
	m := &r.list.Fields[field].Marker
	cell := pipeline.ListCell{
		List: r.list.Name, Row: r.rows, Field: m.ListField, Type: m.Type, State: pipeline.StateFilled, Qualifier: pipeline.Exact,
		Raw: c.Raw, Sheet: r.grid.sheet.Name, Cell: c.Name(),
	}
	var f *pipeline.Finding
	switch m.Type {
	case pipeline.FieldNumber:
		f = readListNumber(&cell, c, r.kind(m.ListField, r.list.Fields[field].header()))
	case pipeline.FieldDate:
		f = readListDate(&cell, c)
	default:
		f = readListText(&cell, c)
	}
	if f != nil {
		f.Cell = cell.Cell
		f.Args = append(f.Args, arg("name", r.list.Fields[field].header()))
		r.report(*f)
	}
	if cell.State != pipeline.StateBlank {
		r.cells = append(r.cells, cell)
	}
}

// kind is what a number field is read as: like the indicator that it is added
// up for; one that nothing is made of, as any number.
func (r *listReader) kind(field, header string) pipeline.Indicator {
	for _, i := range r.figures {
		if i.From.Field == field {
			return i
		}
	}
	return pipeline.Indicator{Name: header, Kind: pipeline.KindMoney, Decimals: 2}
}

func readListNumber(cell *pipeline.ListCell, c *workbook.Cell, as pipeline.Indicator) *pipeline.Finding {
	fact := pipeline.Fact{State: pipeline.StateBlank, Qualifier: pipeline.Exact}
	f := readValue(&fact, c, &as)
	cell.State, cell.Number, cell.Qualifier = fact.State, fact.Value, fact.Qualifier
	if fact.State != pipeline.StateBlank {
		cell.Key = fact.Value.String()
	}
	return f
}

func readListText(cell *pipeline.ListCell, c *workbook.Cell) *pipeline.Finding {
	if f := unreadableCell(c); f != nil {
		cell.State = pipeline.StateBlank
		return f
	}
	cell.Text = strings.TrimSpace(c.Value)
	if day, ok := isoDay(c.Value); ok && c.Type == workbook.Date { // Excel's doing: what was typed is lost, a day is what people see
		cell.Text = day.Format("02/01/2006")
	}
	if c.Type == workbook.Text && vntext.ReadNumber(c.Value, vntext.Expected{}).State == pipeline.StateNil {
		cell.State, cell.Text = pipeline.StateNil, ""
	}
	cell.Key = vntext.Fold(cell.Text)
	return nil
}

// unreadableCell is the finding on a cell that holds nothing for anybody.
func unreadableCell(c *workbook.Cell) *pipeline.Finding {
	switch {
	case c.Uncalculated:
		return &pipeline.Finding{Code: "formula_not_calculated", Severity: pipeline.SeverityError, Read: shownValue(c)}
	case c.Type == workbook.Error:
		return &pipeline.Finding{Code: "excel_error", Severity: pipeline.SeverityError, Read: shownValue(c)}
	}
	return nil
}

func readListDate(cell *pipeline.ListCell, c *workbook.Cell) *pipeline.Finding {
	if f := unreadableCell(c); f != nil {
		cell.State = pipeline.StateBlank
		return f
	}
	if c.Type == workbook.Text && vntext.ReadNumber(c.Value, vntext.Expected{}).State == pipeline.StateNil {
		cell.State = pipeline.StateNil
		return nil
	}
	day, ok := isoDay(c.Value)
	if !ok && c.Type == workbook.Text {
		day, ok = vietnameseDay(c.Value)
	}
	if !ok || c.Type != workbook.Date && c.Type != workbook.Text {
		cell.State = pipeline.StateBlank
		return &pipeline.Finding{Code: "bad_date", Severity: pipeline.SeverityError, Read: shownValue(c)}
	}
	cell.Date, cell.Key = day, day.Format(time.DateOnly)
	return nil
}

// isoDay reads yyyy-mm-dd, a time of day behind it or not.
func isoDay(text string) (time.Time, bool) {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "T")
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil && sensibleYear(day.Year())
}

// vietnameseDay reads dd/mm/yyyy, also with dashes or dots.
func vietnameseDay(text string) (time.Time, bool) {
	parts := strings.FieldsFunc(strings.TrimSpace(text), func(r rune) bool { return strings.ContainsRune("/-.", r) })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return time.Time{}, false
	}
	var n [3]int
	for i, part := range parts {
		value, err := strconv.ParseUint(strings.TrimSpace(part), 10, 16)
		if err != nil {
			return time.Time{}, false
		}
		n[i] = int(value)
	}
	day := pipeline.Day(n[2], time.Month(n[1]), n[0])
	return day, day.Day() == n[0] && int(day.Month()) == n[1] && sensibleYear(n[2])
}

func sensibleYear(year int) bool { return year >= 1900 && year <= 2999 }
