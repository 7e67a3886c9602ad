package job

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
	"tonghop/reports/page"
	"tonghop/reports/summary"
)

// publish writes the outputs of the periods that changed, then the overviews.
func (r *run) publish(work workload) error {
	if work.ledger == nil {
		return nil
	}
	runID, err := r.runID(work.ledger)
	if err != nil {
		return err
	}
	r.Progress.Step("publish", len(work.datasets))
	for _, d := range work.datasets {
		if err := r.publishPeriod(d, runID); err != nil {
			return fmt.Errorf("publish %s: %w", d.Stamp.Period, err)
		}
		r.Progress.Part(d.Stamp.Period.String())
	}
	for _, table := range work.ledger.LedgerTables() {
		data, err := written(table.WriteCSV)
		if err != nil {
			return err
		}
		if err := publish.WriteFile(r.Config.Path("out", "data", table.Name+".csv"), data); err != nil {
			return fmt.Errorf("publish table %s: %w", table.Name, err)
		}
	}
	return r.publishIndex()
}

// runID is a hash of all that the outputs rest on: the ledger, the catalogue
// and the clock.
func (r *run) runID(ledger *reports.Dataset) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", r.Now.UTC().Format(time.RFC3339Nano), r.rules.Catalogue.Hash)
	for _, table := range ledger.LedgerTables() {
		if err := table.WriteCSV(h); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// publishPeriod issues the period if its tables differ from the published ones.
func (r *run) publishPeriod(d *reports.Dataset, runID string) error {
	dir := r.periodDir(d.Stamp.Period)
	current, err := publish.Current(dir)
	if err != nil {
		return err
	}
	if d.Trend, err = r.trend(d); err != nil {
		return err
	}
	tables, err := tableOutputs(d.Tables())
	if err != nil {
		return err
	}
	content := publish.Content(tables)
	if content == current.Content {
		return nil
	}
	if d.Restatements, err = restatements(dir, current, d); err != nil {
		return err
	}
	r.stamp(d, current.Issue+1, runID)
	outputs, err := r.render(d)
	if err != nil {
		return err
	}
	if err := publish.Issue(dir, manifest(d, content), append(outputs, tables...)); err != nil {
		return err
	}
	r.result.Published = append(r.result.Published, Published{
		Period: d.Stamp.Period, Issue: d.Stamp.Issue, Restatements: len(d.Restatements),
	})
	return nil
}

func (r *run) periodDir(p pipeline.Period) string { return r.Config.Path("out", p.String()) }

func (r *run) stamp(d *reports.Dataset, issue int, runID string) {
	d.Stamp.Issue = issue
	d.Stamp.AsOf = r.Now.In(r.Config.Zone)
	d.Stamp.RunID = runID
	d.Stamp.CatalogueHash = r.rules.Catalogue.Hash
	if r.Config.Sample {
		d.Stamp.Sample = r.Language.Text("stamp.sample")
	}
}

// tableOutputs writes the tables as data/<name>.csv.
func tableOutputs(tables []reports.Table) ([]publish.Output, error) {
	var all []publish.Output
	for _, t := range tables {
		data, err := written(t.WriteCSV)
		if err != nil {
			return nil, err
		}
		all = append(all, publish.Output{Name: "data/" + t.Name + ".csv", Data: data})
	}
	return all, nil
}

// render makes the page, the summary and the consolidated forms of a period.
func (r *run) render(d *reports.Dataset) ([]publish.Output, error) {
	html, err := written(func(w io.Writer) error { return page.Write(w, d, r.Language) })
	if err != nil {
		return nil, fmt.Errorf("write page: %w", err)
	}
	book, err := written(func(w io.Writer) error { return summary.Write(w, d, r.Language) })
	if err != nil {
		return nil, fmt.Errorf("write summary: %w", err)
	}
	outputs := []publish.Output{{Name: "index.html", Data: html}, {Name: "summary.xlsx", Data: book}}
	forms, err := r.consolidate(d)
	return append(outputs, forms...), err
}

func manifest(d *reports.Dataset, content string) publish.Manifest {
	entry := page.EntryOf(d)
	m := publish.Manifest{
		Period: entry.Code, Issue: entry.Issue, AsOf: entry.AsOf, RunID: d.Stamp.RunID, CatalogueHash: d.Stamp.CatalogueHash, Content: content,
		Reported: entry.Reported, Due: entry.Due, Met: entry.Met, Targets: entry.Targets,
	}
	for _, x := range d.Restatements {
		m.Restatements = append(m.Restatements, publish.Restatement{
			Unit: x.Unit, Indicator: x.Indicator, Figure: x.Figure, Old: text(x.Old), New: text(x.New), File: x.File,
		})
	}
	return m
}

// written is what write writes.
func written(write func(io.Writer) error) ([]byte, error) {
	var buffer bytes.Buffer
	err := write(&buffer)
	return buffer.Bytes(), err
}
