package job

import (
	"fmt"
	"io"
	"os"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports/page"
)

// publishIndex lists the published periods, the latest cut-off first.
func (r *run) publishIndex() error {
	var all []page.Entry
	for _, p := range r.published() {
		m, err := r.last(p)
		if err != nil {
			return err
		}
		entry := page.Entry{
			Code: p.String(), Period: p, Issue: m.Issue, AsOf: m.AsOf.In(r.Config.Zone),
			Met: m.Met, Targets: m.Targets, NoData: m.NoData, Reported: m.Reported, Due: m.Due, Closed: m.Closed != nil,
		}
		if r.Config.Sample {
			entry.Sample = r.Language.Text("stamp.sample")
		}
		if m.Issue > 0 {
			all = append(all, entry)
		}
	}
	slices.Reverse(all)
	html, err := written(func(w io.Writer) error { return page.WriteIndex(w, all, r.Language) })
	if err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	if err := publish.WriteFile(r.Config.Path("out", "index.html"), html); err != nil {
		return fmt.Errorf("publish index: %w", err)
	}
	return nil
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
