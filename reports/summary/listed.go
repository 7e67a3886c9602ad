package summary

import (
	"cmp"
	"strings"

	"tonghop/pipeline"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// A listed is one list of a form with the rows that all units have filled in.
type listed struct {
	form, name string
	fields     []reports.ListField
	rows       [][]reports.ListCell // of one row each
}

// listed are the lists that any unit has filled in, in the dataset's order.
func (wb *workbook) listed() []*listed {
	var all []*listed
	at := map[pair]*listed{}
	var last reports.ListCell
	for _, c := range wb.data.Lists {
		if c.Row == 0 {
			continue // declares that there is nothing to list
		}
		l := at[pair{c.Form, c.List}]
		if l == nil {
			l = &listed{form: c.Form, name: c.List, fields: wb.fields(c.Form, c.List)}
			at[pair{c.Form, c.List}] = l
			all = append(all, l)
		}
		if len(l.rows) == 0 || last.SHA256 != c.SHA256 || last.Unit != c.Unit || last.Period != c.Period || last.List != c.List || last.Row != c.Row {
			l.rows, last = append(l.rows, nil), c
		}
		l.rows[len(l.rows)-1] = append(l.rows[len(l.rows)-1], c)
	}
	return all
}

// fields are the fields of a list as its form heads them; of a form that is not
// known any more, those that stand in the rows.
func (wb *workbook) fields(form, list string) []reports.ListField {
	var all []reports.ListField
	for _, f := range wb.data.ListFields {
		if f.Form == form && f.List == list {
			all = append(all, f)
		}
	}
	if len(all) > 0 {
		return all
	}
	known := map[string]bool{}
	for _, c := range wb.data.Lists {
		if c.Form == form && c.List == list && c.Row > 0 && !known[c.Field] {
			known[c.Field] = true
			all = append(all, reports.ListField{Form: form, List: list, Field: c.Field, Title: c.Field, Type: c.Type})
		}
	}
	return all
}

// writeListed writes one list as a sheet.
func (wb *workbook) writeListed(l *listed) error {
	columns := []column{{title: "period", width: 16}, {title: "unit_code", width: 11}, {title: "unit", width: 34}}
	for _, f := range l.fields {
		width := 14.0
		if f.Type == pipeline.FieldText {
			width = 34
		}
		columns = append(columns, column{width: width, text: cmp.Or(f.Title, f.Field)})
	}
	columns = append(columns, column{title: "counts_for", width: 18}, column{title: "file", width: 32}, column{title: "sheet", width: 13}, column{title: "cell", width: 8})
	name := wb.formName(l.form)
	return wb.write(list{
		key: "list", sheet: wb.text("sheet.list", "form", l.form, "list", l.name), title: wb.text("title.list", "form", name),
		empty: wb.text("no_rows"), columns: columns,
		rows: rowsOf(l.rows, func(row *[]reports.ListCell, _ int) []xlsx.Cell { return wb.listRow(l, *row) }),
	})
}

func (wb *workbook) listRow(l *listed, row []reports.ListCell) []xlsx.Cell {
	first := row[0]
	cells := []xlsx.Cell{outside(wb.periodName(first.Period)), outside(first.Unit), outside(wb.unitName(first.Unit))}
	counts := ""
	for _, f := range l.fields {
		c := outside("")
		for _, filled := range row {
			if filled.Field == f.Field {
				c = wb.listCell(filled)
			}
		}
		cells = append(cells, c)
	}
	for _, c := range row {
		counts = cmp.Or(counts, c.Indicators)
	}
	return append(cells, outside(counts), outside(first.File), outside(first.Sheet), outside(first.Cell))
}

// listCell is what a unit filled in, typed.
func (wb *workbook) listCell(c reports.ListCell) xlsx.Cell {
	switch {
	case c.State == pipeline.StateNil:
		return centered("–")
	case c.Type == pipeline.FieldDate && !c.Date.IsZero():
		return xlsx.Cell{Value: c.Date, Look: lookDate}
	case c.Number != nil:
		_, fraction, _ := strings.Cut(c.Number.String(), ".") // without the zeros that its column of the database adds
		i := pipeline.Indicator{Decimals: len(fraction)}
		return number(c.Number, wb.reportedFormat(i, c.Qualifier, c.State))
	}
	return outside(c.Text)
}

func (wb *workbook) formName(code string) string {
	for _, f := range wb.data.Forms {
		if f.Code == code {
			return cmp.Or(f.Name, code)
		}
	}
	return code
}
