package job

import (
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
	now := map[[2]string]reports.Achievement{}
	for _, a := range d.Achievements {
		now[[2]string{a.Unit, a.Indicator}] = a
	}
	var all []reports.Restatement
	for _, row := range published.Records() {
		a := now[[2]string{row["unit"], row["indicator"]}] // all nil where the row disappeared
		for _, f := range []struct {
			name  string
			value *decimal.Decimal
			since []reports.Fact
		}{{"actual", a.Actual, since}, {"ytd", a.YTD, since}, {"target", a.Target, nil}} { // targets are the catalogue's
			was := figure(row[f.name])
			if same(was, f.value) || was == nil && f.name != "target" {
				continue // a first figure restates nothing; a first target changes what was said of the figure
			}
			all = append(all, reports.Restatement{
				Unit: row["unit"], Indicator: row["indicator"], Figure: f.name, Old: was, New: f.value,
				File: files(f.since, unitsBelow(d, row["unit"]), partsOf(d.Indicators, row["indicator"])),
			})
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

// newSources lists what the figures of d rest on and the published issue did not.
func (r *run) newSources(current publish.Manifest, d *reports.Dataset) ([]reports.Fact, error) {
	facts, err := r.issued(d.Stamp.Period, current, "facts")
	if err != nil {
		return nil, err
	}
	earlier, err := r.issued(d.Stamp.Period, current, "earlier")
	if err != nil {
		return nil, err
	}
	var inside []reports.Fact
	for _, f := range d.Facts {
		if f.Use != "aside" || f.Value == nil { // a figure may have changed to a blank
			inside = append(inside, f)
		}
	}
	return append(unlisted(inside, facts), unlisted(d.Earlier, earlier)...), nil
}

// unlisted are those of sources that the published table does not list. Without
// such a table there is nothing to compare with.
func unlisted(sources []reports.Fact, published reports.Table) []reports.Fact {
	if len(published.Header) == 0 {
		return nil
	}
	type source struct{ unit, form, period, indicator, measure, value string }
	known := map[source]bool{}
	for _, row := range published.Records() {
		known[source{row["unit"], row["form"], row["period"], row["indicator"], row["measure"], row["value"]}] = true
	}
	return slices.DeleteFunc(slices.Clone(sources), func(s reports.Fact) bool {
		return known[source{s.Unit, s.Form, s.Period, s.Indicator, string(s.Measure), reports.Digits(s.Value)}]
	})
}

// files names the files among sources that report one of the indicators of one
// of the units.
func files(sources []reports.Fact, units, indicators map[string]bool) string {
	var all []string
	for _, s := range sources {
		if units[s.Unit] && indicators[s.Indicator] && !slices.Contains(all, s.File) {
			all = append(all, s.File)
		}
	}
	return strings.Join(all, "; ")
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
func partsOf(indicators []pipeline.Indicator, code string) map[string]bool {
	set := map[string]bool{code: true}
	for _, i := range indicators {
		if i.Code != code {
			continue
		}
		for _, part := range append(slices.Concat(i.Numerator, i.Denominator), i.WeightBy) {
			set[part] = true
		}
	}
	return set
}
