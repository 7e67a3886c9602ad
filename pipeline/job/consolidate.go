package job

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/form"
	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// consolidate fills the official layouts with the totals of the first root that
// has figures of the form.
func (r *run) consolidate(d *reports.Dataset) ([]publish.Output, error) {
	var all []publish.Output
	collected := r.collected()
	for _, l := range r.rules.Layouts {
		if !l.Form.Valid.Contains(d.Stamp.Window.End) {
			continue
		}
		root, figures := rootFigures(d, l, collected[l.Form.Code])
		if root.Code == "" {
			continue
		}
		fill := filling{d: d, run: r, layout: l, root: root, figures: figures}
		name := path.Join(assess.FormsFolder, l.Form.File)
		data, err := form.Fill(r.rules.Files[name], fill.value)
		if err != nil {
			return nil, fmt.Errorf("fill form %s: %w", l.Form.Code, err)
		}
		all = append(all, publish.Output{Name: l.Form.Code + ".xlsx", Data: data})
	}
	return all, nil
}

// listFields are the columns of the lists, as the forms head them.
func (r *run) listFields() []reports.ListField {
	var all []reports.ListField
	for _, l := range r.rules.Layouts {
		for _, list := range l.Lists {
			for _, f := range list.Fields {
				field := reports.ListField{Form: l.Form.Code, List: list.Name, Field: f.Marker.ListField, Type: f.Marker.Type}
				if n := len(f.ColumnPath); n > 0 {
					field.Title = f.ColumnPath[n-1]
				}
				all = append(all, field)
			}
		}
	}
	return all
}

// rootFigures finds the first root with figures that the layout shows or makes
// of its lists.
func rootFigures(d *reports.Dataset, l *form.Layout, collected []string) (reports.Unit, map[string]reports.Achievement) {
	for _, root := range d.Roots() {
		figures := map[string]reports.Achievement{}
		for _, a := range d.Achievements {
			shown := slices.ContainsFunc(l.Cells, func(c form.Cell) bool { return c.Marker.Indicator == a.Indicator })
			if a.Unit == root.Code && (shown || slices.Contains(collected, a.Indicator)) && a.Actual != nil {
				figures[a.Indicator] = a
			}
		}
		if len(figures) > 0 {
			return root, figures
		}
	}
	return reports.Unit{}, nil
}

// A filling gives the values for the markers of one form.
type filling struct {
	d       *reports.Dataset
	run     *run
	layout  *form.Layout
	root    reports.Unit
	figures map[string]reports.Achievement
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
	if f.layout.Form.Basis == pipeline.BasisYTD {
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
	return form.Figure{Decimal: *figure, Format: f.format(m)}, true
}

// format is how a figure shows where the form's cell has no format of its own.
func (f filling) format(m form.Marker) string {
	i, _ := f.run.rules.Catalogue.Indicator(m.Indicator)
	decimals := ""
	if i.Decimals > 0 {
		decimals = "." + strings.Repeat("0", i.Decimals)
	}
	switch {
	case m.Measure == pipeline.MeasureRate:
		return "0.00%"
	case i.Kind == pipeline.KindRatio:
		return "0" + decimals + "%"
	}
	return "#,##0" + decimals
}

// list gives one field of a list, with an element for each row of all units.
func (f filling) list(m form.Marker) (any, bool) {
	var all []any
	var last reports.ListCell
	for _, c := range f.d.Lists {
		if c.List != m.List || c.Form != f.layout.Form.Code || c.Row == 0 || c.Use != "added" {
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
	i, _ := f.run.rules.Catalogue.Indicator(a.Indicator)
	printed := f.run.Language.Number(figure, i.Decimals, i.Rounding)
	if i.Kind == pipeline.KindRatio {
		printed = f.run.Language.Percent(figure, i.Decimals, i.Rounding)
	}
	return f.run.Language.Text("stamp."+string(a.Qualifier), "figure", printed)
}

func (f filling) field(name string) (any, bool) {
	stamp, l := f.d.Stamp, f.run.Language
	switch name {
	case "unit":
		return f.root.Name, true
	case "unit.code":
		return f.root.Code, true
	case "parent":
		name := f.d.ParentName(f.root)
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

// notes joins the units' notes on an indicator, each with the unit's name.
func (f filling) notes(indicator string) (any, bool) {
	var all []string
	for _, fact := range f.d.Facts {
		if fact.Indicator == indicator && fact.Measure == pipeline.MeasureValue && fact.Note != "" {
			unit, _ := f.d.Unit(fact.Unit)
			all = append(all, unit.Name+": "+fact.Note)
		}
	}
	return strings.Join(all, "; "), len(all) > 0
}
