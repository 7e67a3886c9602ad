package job

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// restatements lists the figures of the published issue that d changes, with the
// files that came since and that they rest on.
func (r *run) restatements(current publish.Manifest, d *reports.Dataset) ([]reports.Restatement, error) {
	published, err := r.issued(d.Stamp.Period, current, "achievement")
	if err != nil {
		return nil, err
	}
	since, err := r.newSources(current, d)
	if err != nil {
		return nil, err
	}
	now := map[[2]string]*reports.Achievement{}
	for i, a := range d.Achievements {
		now[[2]string{a.Unit, a.Indicator}] = &d.Achievements[i]
	}
	var all []reports.Restatement
	for _, row := range published.Columns([]string{"unit", "indicator", "actual", "ytd", "target"}) {
		unit, indicator := row[0], row[1]
		a := cmp.Or(now[[2]string{unit, indicator}], &reports.Achievement{}) // all nil where the row disappeared
		for i, f := range []struct {
			name  string
			value *decimal.Decimal
		}{{"actual", a.Actual}, {"ytd", a.YTD}, {"target", a.Target}} {
			was := figure(row[2+i])
			if same(was, f.value) || was == nil && f.name != "target" {
				continue // a first figure restates nothing; a first target changes what was said of the figure
			}
			x := reports.Restatement{Unit: unit, Indicator: indicator, Figure: f.name, Old: was, New: f.value}
			if f.name != "target" { // those are the catalogue's
				x.File = since.files(unit, indicator)
			}
			all = append(all, x)
		}
	}
	return all, nil
}

// same tells whether two figures are equal or both missing.
func same(a, b *decimal.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// sources are the figures that d rests on and the published issue did not, by
// indicator.
type sources struct {
	d     *reports.Dataset
	facts map[string][]reports.Fact
	below map[string]map[string]bool // the units below each, as they are asked for
}

// newSources finds them.
func (r *run) newSources(current publish.Manifest, d *reports.Dataset) (*sources, error) {
	facts, err := r.issued(d.Stamp.Period, current, "facts")
	if err != nil {
		return nil, err
	}
	earlier, err := r.issued(d.Stamp.Period, current, "earlier")
	if err != nil {
		return nil, err
	}
	s := &sources{d: d, facts: map[string][]reports.Fact{}, below: map[string]map[string]bool{}}
	for _, f := range slices.Concat(unlisted(d.Facts, facts), unlisted(d.Earlier, earlier)) {
		if counts := f.Use != "aside" || f.YTDUse != "aside"; counts || f.Value == nil { // a figure may have changed to a blank
			s.facts[f.Indicator] = append(s.facts[f.Indicator], f)
		}
	}
	return s, nil
}

// files names the files among the sources that a figure rests on: those that report
// the indicator or a part of it, for the unit or one below it.
func (s *sources) files(unit, indicator string) string {
	if s.below[unit] == nil {
		s.below[unit] = unitsBelow(s.d, unit)
	}
	var all []string
	for _, part := range partsOf(s.d.Indicators, indicator) {
		for _, f := range s.facts[part] {
			if s.below[unit][f.Unit] {
				all = append(all, f.File)
			}
		}
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "; ")
}

// unlisted are those of sources that the published table does not list. Without
// such a table there is nothing to compare with.
func unlisted(sources []reports.Fact, published reports.Table) []reports.Fact {
	if len(published.Header) == 0 {
		return nil
	}
	type source [6]string // unit, form, period, indicator, measure, value
	known := map[source]bool{}
	for _, row := range published.Columns([]string{"unit", "form", "period", "indicator", "measure", "value"}) {
		known[source(row)] = true
	}
	var all []reports.Fact
	for _, s := range sources {
		if !known[source{s.Unit, s.Form, s.Period, s.Indicator, string(s.Measure), reports.Digits(s.Value)}] {
			all = append(all, s)
		}
	}
	return all
}

// unitsBelow is a unit with all units below it. Units follow their parents.
func unitsBelow(d *reports.Dataset, code string) map[string]bool {
	set := map[string]bool{code: true}
	for _, u := range d.Units {
		if set[u.Parent] {
			set[u.Code] = true
		}
	}
	return set
}

// partsOf is an indicator with what its figure is computed from.
func partsOf(indicators []pipeline.Indicator, code string) []string {
	all := []string{code}
	for _, i := range indicators {
		if i.Code == code {
			all = append(slices.Concat(all, i.Numerator, i.Denominator), i.WeightBy)
		}
	}
	return all
}
