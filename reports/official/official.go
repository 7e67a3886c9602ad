// Package official fills the official layouts with the totals of a unit: the form
// workbook as staff drew it, its formatting untouched, ready to send upwards.
//
// It computes nothing: figures, notes and rows of lists come from a dataset. It
// refuses a form workbook that is none. The publishing stage calls it for the
// province, the command `consolidate` for any unit.
package official

import (
	"fmt"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// A Form is an official layout.
type Form struct {
	Layout    *form.Layout
	Workbook  []byte // that the layout describes
	Catalogue *pipeline.Catalogue
	Language  *lang.Language
}

// Root finds the first root with figures of the form.
func (f Form) Root(d *reports.Dataset) (reports.Unit, bool) {
	for _, root := range d.Roots() {
		if len(f.figures(d, root.Code)) > 0 {
			return root, true
		}
	}
	return reports.Unit{}, false
}

// Fill writes the totals of a unit into the form. It tells whether the unit has any
// figure of it; without one there is no workbook.
func (f Form) Fill(d *reports.Dataset, unit reports.Unit) (data []byte, ok bool, err error) {
	figures := f.figures(d, unit.Code)
	if len(figures) == 0 {
		return nil, false, nil
	}
	fill := filling{Form: f, d: d, unit: unit, figures: figures, inside: inside(d, unit)}
	fill.superior = slices.ContainsFunc(d.Units, func(u reports.Unit) bool { return u.Parent == unit.Code })
	if data, err = form.Fill(f.Workbook, fill.value); err != nil {
		return nil, false, fmt.Errorf("fill form %s: %w", f.Layout.Form.Code, err)
	}
	return data, true, nil
}

// figures are those of a unit that the form shows or makes of its lists.
func (f Form) figures(d *reports.Dataset, unit string) map[string]reports.Achievement {
	all := map[string]reports.Achievement{}
	for _, a := range d.Achievements {
		if a.Unit == unit && a.Actual != nil && f.has(a.Indicator) {
			all[a.Indicator] = a
		}
	}
	return all
}

func (f Form) has(indicator string) bool {
	if slices.ContainsFunc(f.Layout.Cells, func(c form.Cell) bool { return c.Marker.Indicator == indicator }) {
		return true
	}
	for _, list := range f.Layout.Lists {
		if slices.ContainsFunc(f.Catalogue.FromList(list.Name), func(i pipeline.Indicator) bool { return i.Code == indicator }) {
			return true
		}
	}
	return false
}

// inside are the codes of a unit and of all units below it; of what is in no tree,
// a root takes all.
func inside(d *reports.Dataset, unit reports.Unit) func(code string) bool {
	parents := map[string]string{}
	for _, u := range d.Units {
		parents[u.Code] = u.Parent
	}
	return func(code string) bool {
		if _, known := parents[code]; !known {
			return unit.Level == 0
		}
		for range len(parents) {
			if code == unit.Code {
				return true
			}
			if code = parents[code]; code == "" {
				break
			}
		}
		return false
	}
}
