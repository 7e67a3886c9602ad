package job

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/store"
	"tonghop/reports"
	"tonghop/reports/dataset"
	"tonghop/reports/document"
	"tonghop/reports/page"
	"tonghop/reports/summary"
)

// publish computes what is not computed yet, writes the outputs of the periods that
// changed, then the overviews, and strikes off what is written. A period that can't be
// published stays promised and does not keep the others back.
func (r *run) publish(ctx context.Context, db *store.DB, work workload) (err error) {
	if work.ledger == nil {
		return nil
	}
	runID, err := r.runID(work.ledger)
	if err != nil {
		return err
	}
	parquet, err := store.NewParquet(ctx, r.Config.Path(".tonghop"))
	if err != nil {
		return err
	}
	r.parquet = parquet
	defer func() { err = errors.Join(err, parquet.Close()) }()
	var done, told []string
	var faults []error
	for i, periods := range work.portions {
		if i > 0 {
			if err := strikeOff(ctx, db, done, nil); err != nil {
				return errors.Join(append(faults, err)...)
			}
			r.Progress.Step("compute", 0)
			err := db.Transact(ctx, func(tx *store.Tx) error { return r.compute(ctx, tx, periods) })
			if err != nil {
				return errors.Join(append(faults, err)...)
			}
		}
		done, err = r.publishPortion(ctx, db, periods, runID)
		faults = append(faults, err)
	}
	whole, err := r.publishOverviews(work.ledger)
	if err == nil && whole { // the list of periods shows what is published, whether or not all could be
		told = []string{overviews}
	}
	// The last periods are struck off with the overviews: a run after a kill in between
	// would compute none, and the models would hold nothing.
	return errors.Join(append(faults, err, strikeOff(ctx, db, done, told))...)
}

// strikeOff ends the promises of periods and of overviews that are kept, also where the
// run is being stopped.
func strikeOff(ctx context.Context, db *store.DB, periods, overviews []string) error {
	ctx = context.WithoutCancel(ctx)
	return db.Transact(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.Done(ctx, store.PendingPeriod, periods), tx.Done(ctx, store.PendingLedger, overviews))
	})
}

// publishPortion publishes periods that are computed and tells which are.
func (r *run) publishPortion(ctx context.Context, db *store.DB, periods []pipeline.Period, runID string) (done []string, err error) {
	own, err := r.own(ctx, db, periods)
	if err != nil {
		return nil, err
	}
	r.Progress.Step("publish", len(periods))
	var faults []error
	for _, p := range periods {
		err := ctx.Err()
		if err == nil {
			err = r.publishPeriod(ctx, db, p, own[p.String()], runID)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("publish %s: %w", p, err))
			continue
		}
		done = append(done, p.String())
		r.Progress.Part(p.String())
	}
	return done, errors.Join(faults...)
}

// publishOverviews writes what speaks of all periods, and tells whether all of
// it is written: the board of a single unit may be owed.
func (r *run) publishOverviews(ledger *reports.Dataset) (whole bool, err error) {
	var tables []publish.Output
	for _, table := range ledger.LedgerTables() {
		data, err := written(table.WriteCSV)
		if err != nil {
			return false, err
		}
		tables = append(tables, publish.Output{Name: table.Name + ".csv", Data: data})
	}
	if err := publish.Tables(r.Config.Path("out", "data"), tables); err != nil {
		return false, err
	}
	if err := r.publishIndex(); err != nil {
		return false, err
	}
	return r.publishBoards(ledger)
}

// runID is a hash of all that the outputs rest on: the ledger, the catalogue
// and the clock.
func (r *run) runID(ledger *reports.Dataset) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", r.Now.UTC().Format(time.RFC3339Nano), r.rules.Catalogue.Hash, r.settings())
	for _, table := range ledger.LedgerTables() {
		if err := table.WriteCSV(h); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// publishPeriod issues the period if its tables, or the settings they are shown
// by, differ from the published ones. Otherwise, and where the period is closed and
// its figures would be others, it sees that what is published is as it was issued,
// and finishes an issue that a killed run began.
func (r *run) publishPeriod(ctx context.Context, db *store.DB, p pipeline.Period, own []reports.Table, runID string) error {
	d, err := r.dataset(ctx, db, p)
	if err != nil {
		return err
	}
	d.Own = own
	current, err := r.last(p)
	if err != nil {
		return err
	}
	if d.Trend, err = r.trend(d); err != nil {
		return err
	}
	d.Stamp.Closed = r.closed(p)
	kept := false
	if d.Stamp.Closed != nil && current.Issue > 0 {
		if kept, err = r.otherFigures(current, d); err != nil {
			return err
		}
	}
	tables := d.Tables()
	texts, err := tableOutputs(tables)
	if err != nil {
		return err
	}
	content := publish.Content(r.settings()+closingText(d.Stamp.Closed), texts)
	if kept || content == current.Content {
		restored, err := publish.Restore(r.periodDir(p), current)
		if restored {
			r.result.Restored = append(r.result.Restored, p)
		}
		if kept {
			r.result.Kept = append(r.result.Kept, p)
		}
		if kept || !errors.Is(err, publish.ErrDamaged) {
			return err
		}
		r.Log.Warn("issued anew", "period", p.String(), "error", err)
	}
	if d.Restatements, err = r.restatements(current, d); err != nil {
		return err
	}
	return r.issue(ctx, d, tables, texts, content, runID)
}

// dataset reads what the models have of a period.
func (r *run) dataset(ctx context.Context, db *store.DB, p pipeline.Period) (d *reports.Dataset, err error) {
	err = db.Transact(ctx, func(tx *store.Tx) (err error) {
		d, err = dataset.Build(ctx, tx, r.rules.Catalogue, p, r.Config.Zone, r.Language)
		return err
	})
	return d, err
}

// issue publishes the next issue of a period.
func (r *run) issue(ctx context.Context, d *reports.Dataset, tables []reports.Table, texts []publish.Output, content, runID string) error {
	dir := r.periodDir(d.Stamp.Period)
	next, err := publish.Next(dir)
	if err != nil {
		return err
	}
	r.stamp(d, next, runID)
	outputs, err := r.render(ctx, d, tables)
	if err != nil {
		return err
	}
	if err := publish.Issue(dir, manifest(d, content), append(outputs, texts...)); err != nil {
		return err
	}
	r.result.Published = append(r.result.Published, Published{
		Period: d.Stamp.Period, Issue: next, Restatements: len(d.Restatements),
	})
	return nil
}

func (r *run) periodDir(p pipeline.Period) string { return r.Config.Path("out", p.String()) }

func (r *run) stamp(d *reports.Dataset, issue int, runID string) {
	d.Stamp.Issue = issue
	d.Stamp.AsOf = r.Now.In(r.Config.Zone)
	d.Stamp.RunID = runID
	d.Stamp.CatalogueHash = r.rules.Catalogue.Hash
	d.Stamp.Superior = r.Config.Superior
	d.ListFields = r.listFields()
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

// render makes the page, the summary, the worded report, the consolidated forms and
// the Parquet files of a period, side by side.
func (r *run) render(ctx context.Context, d *reports.Dataset, tables []reports.Table) ([]publish.Output, error) {
	one := func(name string, write func(io.Writer) error) func() ([]publish.Output, error) {
		return func() ([]publish.Output, error) {
			data, err := written(write)
			if err != nil {
				err = fmt.Errorf("write %s: %w", name, err)
			}
			return []publish.Output{{Name: name, Data: data}}, err
		}
	}
	return together(
		one("index.html", func(w io.Writer) error { return page.Write(w, d, r.Language) }),
		one("summary.xlsx", func(w io.Writer) error { return summary.Write(w, d, r.Language) }),
		one("report.docx", func(w io.Writer) error { return document.Write(w, r.template, d, r.Language) }),
		func() ([]publish.Output, error) { return r.consolidate(d) },
		func() ([]publish.Output, error) { return r.parquetOutputs(ctx, tables) },
	)
}

// together makes outputs side by side and lists them in order. A fault of ours in one
// of them is an error like any other: it keeps no other period back.
func together(makers ...func() ([]publish.Output, error)) ([]publish.Output, error) {
	made, faults := make([][]publish.Output, len(makers)), make([]error, len(makers))
	var all sync.WaitGroup
	for i, maker := range makers {
		all.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					faults[i] = fmt.Errorf("make outputs: panic: %v", fault)
				}
			}()
			made[i], faults[i] = maker()
		})
	}
	all.Wait()
	return slices.Concat(made...), errors.Join(faults...)
}

func manifest(d *reports.Dataset, content string) publish.Manifest {
	entry := page.EntryOf(d)
	m := publish.Manifest{
		Period: entry.Code, Issue: entry.Issue, CutOff: entry.CutOff.Format(time.DateOnly), AsOf: entry.AsOf, RunID: d.Stamp.RunID, CatalogueHash: d.Stamp.CatalogueHash, Content: content,
		Reported: entry.Reported, Due: entry.Due, Met: entry.Met, Targets: entry.Targets, NoData: entry.NoData,
	}
	if c := d.Stamp.Closed; c != nil {
		m.Closed = &publish.Closing{At: c.At, By: c.By}
	}
	for _, x := range d.Restatements {
		if x.Figure == "target" {
			x.File = assess.CatalogueFile
		}
		m.Restatements = append(m.Restatements, publish.Restatement{
			Unit: x.Unit, Indicator: x.Indicator, Figure: x.Figure, Old: reports.Digits(x.Old), New: reports.Digits(x.New), File: x.File,
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
