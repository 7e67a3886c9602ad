package job

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
	"tonghop/reports/page"
)

// publishIndex lists the published periods and the figures of the roots over them.
func (r *run) publishIndex() error {
	index := page.Index{Today: r.today(), Indicators: r.rules.Catalogue.Indicators}
	newest := map[pipeline.PeriodKind]pipeline.Period{}
	for _, p := range r.published() {
		m, err := r.last(p)
		if err != nil {
			return err
		}
		if m.Issue == 0 {
			continue
		}
		newest[p.Kind] = p
		entry := page.Entry{
			Code: p.String(), Period: p, Issue: m.Issue, AsOf: m.AsOf.In(r.Config.Zone), CutOff: r.rules.Catalogue.Calendar.Window(p).End,
			Met: m.Met, Targets: m.Targets, NoData: m.NoData, Reported: m.Reported, Due: m.Due, Closed: m.Closed != nil,
		}
		if r.Config.Sample {
			entry.Sample = r.Language.Text("stamp.sample")
		}
		index.Entries = append(index.Entries, entry)
	}
	slices.Reverse(index.Entries)
	if err := r.indexTrends(&index, newest); err != nil {
		return err
	}
	html, err := written(func(w io.Writer) error { return page.WriteIndex(w, index, r.Language) })
	if err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	if err := publish.WriteFile(r.Config.Path("out", "index.html"), html); err != nil {
		return fmt.Errorf("publish index: %w", err)
	}
	return nil
}

// indexTrends adds the roots and their figures over the periods: the newest
// period of each kind has those of its whole series.
func (r *run) indexTrends(index *page.Index, newest map[pipeline.PeriodKind]pipeline.Period) error {
	known := map[string]bool{}
	for _, p := range r.inOrder(valuesOf(newest)) {
		m, err := r.last(p)
		if err != nil {
			return err
		}
		trend, err := r.issued(p, m, "trend")
		if err != nil {
			return err
		}
		for _, row := range trend.Records() {
			index.Trend = append(index.Trend, trendPoint(row))
		}
		units, err := r.issued(p, m, "units")
		if err != nil {
			return err
		}
		for _, row := range units.Records() {
			if row["level"] == "0" && !known[row["unit"]] {
				known[row["unit"]] = true
				index.Roots = append(index.Roots, reports.Unit{Code: row["unit"], Name: row["name"]})
			}
		}
	}
	var names []string
	for _, root := range index.Roots {
		names = append(names, root.Name)
	}
	index.Organisation = strings.Join(names, ", ")
	return nil
}

func valuesOf(newest map[pipeline.PeriodKind]pipeline.Period) map[pipeline.Period]bool {
	set := map[pipeline.Period]bool{}
	for _, p := range newest {
		set[p] = true
	}
	return set
}

// published lists the periods that have a folder below out, by cut-off. Without
// an out folder there are none yet.
func (r *run) published() []pipeline.Period {
	folders, err := os.ReadDir(r.Config.Path("out"))
	if err != nil {
		return nil
	}
	set := map[pipeline.Period]bool{}
	for _, folder := range folders {
		if p, err := pipeline.ParsePeriod(folder.Name()); err == nil && folder.IsDir() && p.String() == folder.Name() {
			set[p] = true
		}
	}
	return r.inOrder(set)
}
