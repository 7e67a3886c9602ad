package job

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// last is the manifest of the issue that is published for a period; none is the
// zero Manifest. A damaged one is told in the log and passed over.
func (r *run) last(p pipeline.Period) (publish.Manifest, error) {
	m, err := publish.Last(r.periodDir(p))
	if errors.Is(err, publish.ErrDamaged) {
		r.Log.Warn("manifest passed over", "period", p.String(), "error", err)
		err = nil
	}
	return m, err
}

// issued reads a table of the issue m of a period. One that was never issued, or
// is damaged, is an empty table: what is published next says nothing of it.
func (r *run) issued(p pipeline.Period, m publish.Manifest, name string) (reports.Table, error) {
	none := reports.Table{Name: name}
	data, err := publish.Read(r.periodDir(p), m, "data/"+name+".csv")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return none, nil
	case errors.Is(err, publish.ErrDamaged):
		r.Log.Warn("published table passed over", "period", p.String(), "error", err)
		return none, nil
	case err != nil:
		return none, err
	}
	return reports.ReadCSV(bytes.NewReader(data), name)
}

// trend lists the figures of the roots in the published periods of the same
// kind, up to the dataset's own.
func (r *run) trend(d *reports.Dataset) ([]reports.TrendPoint, error) {
	var all []reports.TrendPoint
	for _, p := range r.series(d.Stamp.Period) {
		m, err := r.last(p)
		if err != nil {
			return nil, err
		}
		table, err := r.issued(p, m, "achievement")
		if err != nil {
			return nil, err
		}
		for _, row := range table.Records() {
			if isRoot(d, row["unit"]) && row["actual"] != "" {
				all = append(all, reports.TrendPoint{
					Period: p.String(), Unit: row["unit"], Indicator: row["indicator"], Actual: figure(row["actual"]), Rate: figure(row["rate"]),
				})
			}
		}
	}
	for _, a := range d.Achievements {
		if isRoot(d, a.Unit) && a.Actual != nil {
			all = append(all, reports.TrendPoint{Period: a.Period, Unit: a.Unit, Indicator: a.Indicator, Actual: a.Actual, Rate: a.Rate})
		}
	}
	return all, nil
}

// series lists the published periods that the trend of p shows.
func (r *run) series(p pipeline.Period) []pipeline.Period {
	return slices.DeleteFunc(r.published(), func(q pipeline.Period) bool { return !inTrend(p, q) })
}

func isRoot(d *reports.Dataset, unit string) bool {
	u, ok := d.Unit(unit)
	return ok && u.Level == 0
}

// figure reads a published figure; nil stands for none.
func figure(digits string) *decimal.Decimal {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return nil
	}
	return &d
}
