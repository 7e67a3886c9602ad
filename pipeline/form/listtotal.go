package form

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// A totalRow is the printed sum of a number field, with the row after which it
// stands.
type totalRow struct {
	field pipeline.ListCell
	after int
}

// totalWords are the folded labels of total rows, totalStarts how they begin.
// These keep their diacritics: "Công đoàn …" and "Tổng công ty …" are names.
var (
	totalWords  = []string{"cong", "tong", "tong cong", "tong so", "cong chung"}
	totalStarts = []string{"cộng:", "tổng cộng", "tổng số", "tổng:"}
)

// isTotal tells whether a row is a total and no row of the list.
func (r *listReader) isTotal(row int) (total bool) {
	r.texts(row, func(text string) {
		l := readLabel(text)
		full := vntext.FoldAccents(text)
		total = total || slices.Contains(totalWords, l.key) && !strings.HasPrefix(full, "công") && !strings.HasPrefix(full, "tổng công")
		total = total || slices.ContainsFunc(totalStarts, func(start string) bool { return strings.HasPrefix(full, start) })
	})
	return total
}

// readTotal keeps the numbers of a total row, which are compared and never
// counted.
func (r *listReader) readTotal(row int, own []filledField) {
	for _, f := range own {
		m := &r.list.Fields[f.field].Marker
		if m.Type != pipeline.FieldNumber {
			continue
		}
		cell := pipeline.ListCell{Field: m.ListField, Cell: f.cell.Name()}
		finding := readListNumber(&cell, f.cell, r.kind(m.ListField, r.list.Fields[f.field].header()))
		if finding != nil && finding.Severity == pipeline.SeverityError {
			finding.Severity, finding.Cell = pipeline.SeverityWarning, cell.Cell
			finding.Args = append(finding.Args, arg("name", r.list.Fields[f.field].header()))
			r.report(*finding)
		} else if cell.State != pipeline.StateBlank && cell.Qualifier == pipeline.Exact {
			cell.Raw = shownValue(f.cell)
			r.totals = append(r.totals, totalRow{cell, r.rows})
		}
	}
}

// checkTotals compares the printed totals: with the sum of all rows, of those
// above, or of those since the total before.
func (r *listReader) checkTotals() {
	before := map[string]int{}
	for _, t := range r.totals {
		above := r.sum(t.field.Field, 0, t.after)
		part := r.sum(t.field.Field, before[t.field.Field], t.after)
		all := r.sum(t.field.Field, 0, r.rows)
		before[t.field.Field] = t.after
		if n := t.field.Number; n.Equal(above) || n.Equal(part) || n.Equal(all) {
			continue
		}
		r.report(pipeline.Finding{
			Code: "list_sum_differs", Severity: pipeline.SeverityWarning, Cell: t.field.Cell, Read: t.field.Raw, Expected: printNumber(above, false),
			Args: []pipeline.Arg{arg("column", r.header(t.field.Field))},
		})
	}
}

// sum adds up a number field of the rows after from, up to to.
func (r *listReader) sum(field string, from, to int) (sum decimal.Decimal) {
	for _, c := range r.cells {
		if c.Field == field && from < c.Row && c.Row <= to {
			sum = sum.Add(c.Number)
		}
	}
	return sum
}

// header is the column of the field with the given name.
func (r *listReader) header(field string) string {
	for i := range r.list.Fields {
		if f := &r.list.Fields[i]; f.Marker.ListField == field {
			return f.header()
		}
	}
	return field
}
