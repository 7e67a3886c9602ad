package pipeline

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// FieldType is what a field of a list holds.
type FieldType string

// The types of list fields, as markers name them.
const (
	FieldText   FieldType = "text"
	FieldDate   FieldType = "date"
	FieldNumber FieldType = "number"
)

// A ListCell is one field of one row of a list, with the cell it stands in.
// Blank cells have no ListCell.
type ListCell struct {
	List      string
	Row       int // counted from 1 down the list; 0 says that the unit declares to have nothing to list
	Field     string
	Type      FieldType
	State     State           // of a number, as of a fact; StateFilled for a text or a date; StateNil for a dash
	Text      string          // of a text
	Date      time.Time       // of a date
	Number    decimal.Decimal // of a number
	Qualifier Qualifier       // of a number
	Key       string          // the value as filters compare it: folded, a date as yyyy-mm-dd
	Raw       string          // the cell as stored
	Sheet     string
	Cell      string
}

// A ListFigure is how an indicator is filled from a list: by the number of its
// rows, or by what a field of them adds up to.
type ListFigure struct {
	Text    string // as the catalogue words it
	List    string
	Field   string       // the field that is added; empty where rows are counted
	Filters []ListFilter // all hold for the rows that count
	Cell    string       // of the catalogue
}

// A ListFilter keeps the rows whose field has a value, compared after folding.
type ListFilter struct {
	Field string
	Value string // as the catalogue words it
	Key   string // the folded value
}

// Read works the figure out for one submission's lists. Its cells are those
// that count: the added ones, or of each counted row the first. Without any row
// the figure is blank, unless the unit declares that there is nothing: then, as
// where no row passes the filters, it is 0.
//
// The figures that count are worked out by sql/views in the same way; this is
// for judging a submission by itself and for telling its unit what was read.
func (f ListFigure) Read(all []ListCell) (value Fact, cells []ListCell) {
	value = Fact{State: StateBlank, Qualifier: Exact, List: f.List}
	rows, declared := map[int][]ListCell{}, false
	var order []int
	for _, c := range all {
		switch {
		case c.List != f.List:
		case c.Row == 0:
			declared, value.Sheet, value.Cell, value.Raw = true, c.Sheet, c.Cell, c.Raw
		default:
			if rows[c.Row] == nil {
				order = append(order, c.Row)
			}
			rows[c.Row] = append(rows[c.Row], c)
		}
	}
	if len(rows) == 0 {
		if declared {
			value.State = StateNil
		}
		return value, nil
	}
	for _, n := range order {
		if c, counts := f.cell(rows[n]); counts {
			cells = append(cells, c)
		}
	}
	value.Rows = len(cells)
	first := rows[order[0]][0]
	value.Sheet, value.Cell, value.Raw = first.Sheet, first.Cell, f.Text
	f.add(&value, cells, slices.ContainsFunc(order, func(n int) bool { return f.keeps(rows[n]) }))
	return value, cells
}

// cell is the cell of a row that counts, if one does.
func (f ListFigure) cell(row []ListCell) (ListCell, bool) {
	if !f.keeps(row) {
		return ListCell{}, false
	}
	if f.Field == "" {
		return row[0], true
	}
	i := slices.IndexFunc(row, func(c ListCell) bool { return c.Field == f.Field && c.State != StateBlank })
	if i < 0 {
		return ListCell{}, false
	}
	return row[i], true
}

// keeps tells whether a row passes the filters.
func (f ListFigure) keeps(row []ListCell) bool {
	for _, filter := range f.Filters {
		if !slices.ContainsFunc(row, func(c ListCell) bool { return c.Field == filter.Field && c.Key == filter.Key }) {
			return false
		}
	}
	return true
}

// add puts the cells together. kept tells whether any row passed the filters:
// rows that pass and have nothing to add leave the figure blank.
func (f ListFigure) add(value *Fact, cells []ListCell, kept bool) {
	value.State = StateZero
	if len(cells) == 0 {
		if kept {
			value.State = StateBlank
		}
		return
	}
	value.Sheet, value.Cell = cells[0].Sheet, cells[0].Cell
	if f.Field == "" {
		value.State, value.Value = StateNumber, decimal.NewFromInt(int64(len(cells)))
		return
	}
	nils := 0
	for _, c := range cells {
		value.Value = value.Value.Add(c.Number)
		value.Qualifier = value.Qualifier.Beside(c.Qualifier)
		if c.State == StateNil {
			nils++
		}
	}
	switch {
	case nils == len(cells):
		value.State = StateNil
	case !value.Value.IsZero():
		value.State = StateNumber
	}
}

// Counted is the facts that count of a submission: those reported and, of
// indicators whose cell is blank or not on the form, those filled from lists.
func (c *Catalogue) Counted(facts []Fact, lists []ListCell) []Fact {
	all := slices.Clip(facts)
	for n := range c.Indicators {
		i := &c.Indicators[n]
		if i.From == nil || !slices.ContainsFunc(lists, func(l ListCell) bool { return l.List == i.From.List }) {
			continue
		}
		figure, _ := i.From.Read(lists)
		figure.Indicator, figure.Measure = i.Code, MeasureValue
		at := slices.IndexFunc(all, func(f Fact) bool { return f.Indicator == i.Code && f.Measure == MeasureValue })
		switch {
		case at < 0:
			all = append(all, figure)
		case all[at].State == StateBlank && figure.State != StateBlank:
			figure.Note = all[at].Note
			all = slices.Clone(all) // the facts as read stay
			all[at] = figure
		}
	}
	return all
}
