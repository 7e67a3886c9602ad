package job

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"time"

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
	roots := map[string]bool{}
	for _, u := range d.Roots() {
		roots[u.Code] = true
	}
	var all []reports.TrendPoint
	for _, p := range r.series(d.Stamp.Period) {
		points, err := r.trendPoints(p, roots)
		if err != nil {
			return nil, err
		}
		all = append(all, points...)
	}
	for _, a := range d.Achievements {
		if roots[a.Unit] && a.Actual != nil {
			all = append(all, reports.TrendPoint{Period: a.Period, Unit: a.Unit, Indicator: a.Indicator, Actual: a.Actual, Rate: a.Rate, Break: a.Break, BreakOn: a.BreakOn})
		}
	}
	return all, nil
}

// trendPoints are the published figures of the given units in one period. They stand
// in the short table of its trend, but for a unit that had one above it then.
func (r *run) trendPoints(p pipeline.Period, units map[string]bool) ([]reports.TrendPoint, error) {
	m, err := r.last(p)
	if err != nil {
		return nil, err
	}
	then, err := r.issued(p, m, "units")
	if err != nil {
		return nil, err
	}
	name := "trend"
	for _, u := range then.Records() {
		if units[u["unit"]] && u["level"] != "0" {
			name = "achievement"
		}
	}
	table, err := r.issued(p, m, name)
	if err != nil {
		return nil, err
	}
	var all []reports.TrendPoint
	for _, row := range table.Records() {
		if row["period"] == p.String() && units[row["unit"]] && row["actual"] != "" {
			all = append(all, trendPoint(row))
		}
	}
	return all, nil
}

// trendPoint reads a row of a published trend, or of achievements. Issues of earlier
// versions tell of no breaks.
func trendPoint(row map[string]string) reports.TrendPoint {
	on, _ := time.Parse(time.DateOnly, row["break_on"])
	return reports.TrendPoint{
		Period: row["period"], Unit: row["unit"], Indicator: row["indicator"], Actual: figure(row["actual"]), Rate: figure(row["rate"]),
		Break: row["break"], BreakOn: on,
	}
}

// series lists the published periods that the trend of p shows.
func (r *run) series(p pipeline.Period) []pipeline.Period {
	return slices.DeleteFunc(r.published(), func(q pipeline.Period) bool { return !inTrend(p, q) })
}

// figure reads a published figure; nil stands for none.
func figure(digits string) *decimal.Decimal {
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return nil
	}
	return &d
}
