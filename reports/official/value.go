package official

import (
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/reports"
)

// A filling gives the values for the markers of one form.
type filling struct {
	Form
	d       *reports.Dataset
	unit    reports.Unit
	figures map[string]reports.Achievement
	// Whose reports the totals are made of, and whether others' than the unit's own.
	inside   func(unit string) bool
	superior bool
}

func (f filling) value(m form.Marker) (any, bool) {
	if m.Field != "" {
		return f.field(m.Field)
	}
	if m.List != "" {
		return f.list(m)
	}
	a, ok := f.figures[m.Indicator]
	if !ok {
		return nil, false
	}
	figure := a.Actual
	if f.Layout.Form.Basis == pipeline.BasisYTD {
		figure = a.YTD // since the start of the year, whatever the period
	}
	switch m.Measure {
	case pipeline.MeasureYTD:
		figure = a.YTD
	case pipeline.MeasureTarget:
		figure = a.Target
	case pipeline.MeasureRate:
		figure = a.Rate
	case pipeline.MeasurePrevious:
		figure = a.Previous
	case pipeline.MeasureNote:
		return f.notes(m.Indicator)
	}
	if figure == nil {
		return nil, false
	}
	if input := m.Measure == pipeline.MeasureValue || m.Measure == pipeline.MeasureYTD; input && a.Qualifier != pipeline.Exact {
		return f.qualified(a, *figure), true
	}
	i, _ := f.Catalogue.Indicator(m.Indicator)
	return form.Figure{Decimal: f.printed(*figure, m, i), Format: form.FormatOf(i, m.Measure)}, true
}

// printed is a figure as it is to stand on paper. No number format can cut decimals
// off: where the catalogue wants them cut, the cell holds no more than it shows.
func (f filling) printed(d decimal.Decimal, m form.Marker, i pipeline.Indicator) decimal.Decimal {
	if i.Rounding != pipeline.Truncate {
		return d
	}
	places := i.Decimals
	if m.Measure == pipeline.MeasureRate {
		places = ratePlaces
	}
	for _, c := range f.Layout.Cells {
		if shown, ok := decimals(c.Format); c.Marker == m && ok {
			places = min(places, shown)
		}
	}
	if m.Measure == pipeline.MeasureRate || i.Kind == pipeline.KindRatio {
		places += 2
	}
	return d.Truncate(int32(places))
}

// ratePlaces is how exactly rates are printed.
const ratePlaces = 2

// decimals is how many decimals a number format shows; those of General and of texts
// depend on the figure.
func decimals(format string) (n int, ok bool) {
	format, _, _ = strings.Cut(format, ";")
	if !strings.ContainsAny(format, "0#?") {
		return 0, false
	}
	_, fraction, _ := strings.Cut(format, ".")
	return strings.Count(fraction, "0") + strings.Count(fraction, "#") + strings.Count(fraction, "?"), true
}

// list gives one field of a list, with an element for each row of all units.
func (f filling) list(m form.Marker) (any, bool) {
	var all []any
	var last reports.ListCell
	for _, c := range f.d.Lists {
		if c.List != m.List || c.Form != f.Layout.Form.Code || c.Row == 0 || c.Use != "added" || !f.inside(c.Unit) {
			continue
		}
		if last.SHA256 != c.SHA256 || last.Unit != c.Unit || last.Period != c.Period || last.Row != c.Row {
			all, last = append(all, f.rowUnit(m, c.Unit)), c
		}
		switch {
		case c.Field != m.ListField:
		case c.Qualifier != pipeline.Exact || c.State == pipeline.StateNil:
			all[len(all)-1] = c.Raw
		default:
			all[len(all)-1] = c.Value()
		}
	}
	return all, len(all) > 0
}

// rowUnit is the name of the unit whose row it is, in the field for that.
func (f filling) rowUnit(m form.Marker, code string) any {
	if m.ListField != form.UnitField {
		return nil
	}
	unit, _ := f.d.Unit(code)
	return unit.Name
}

// qualified words a total that contains a figure such as "trên 500".
func (f filling) qualified(a reports.Achievement, figure decimal.Decimal) string {
	i, _ := f.Catalogue.Indicator(a.Indicator)
	printed := f.Language.Number(figure, i.Decimals, i.Rounding)
	if i.Kind == pipeline.KindRatio {
		printed = f.Language.Percent(figure, i.Decimals, i.Rounding)
	}
	return f.Language.Text("stamp."+string(a.Qualifier), "figure", printed)
}

func (f filling) field(name string) (any, bool) {
	stamp, l := f.d.Stamp, f.Language
	switch name {
	case "unit":
		return f.unit.Name, true
	case "unit.code":
		return f.unit.Code, true
	case "parent":
		name := f.d.ParentName(f.unit)
		return name, name != ""
	case "period":
		return l.Period(stamp.Period), true
	case "period.code":
		return stamp.Period.String(), true
	case "cutoff":
		return l.Date(stamp.Window.End), true
	case "issued":
		return l.Date(stamp.AsOf), true
	}
	return nil, false
}

// notes joins the notes on an indicator, each with its unit's name where several
// units may have some.
func (f filling) notes(indicator string) (any, bool) {
	var all []string
	for _, fact := range f.d.Facts {
		if fact.Indicator != indicator || fact.Measure != pipeline.MeasureValue || fact.Note == "" || !f.inside(fact.Unit) {
			continue
		}
		if unit, _ := f.d.Unit(fact.Unit); f.superior {
			all = append(all, unit.Name+": "+fact.Note)
		} else {
			all = append(all, fact.Note)
		}
	}
	return strings.Join(all, "; "), len(all) > 0
}
