package job

import (
	"context"
	"fmt"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
	"tonghop/reports"
	"tonghop/reports/dataset"
)

// A workload is what the models gave for this run's outputs.
type workload struct {
	datasets []*reports.Dataset // of the periods to publish, oldest cut-off first
	ledger   *reports.Dataset   // every file ever taken; nil when nothing changed
	feedback []string           // keys of the submissions to answer
}

// load enters the new submissions, promises the outputs they call for, and
// computes the stale periods, all in one transaction.
func (r *run) load(ctx context.Context, db *store.DB, all []taken) (work workload, err error) {
	err = db.Transact(ctx, func(tx *store.Tx) error {
		if err := r.enter(ctx, tx, all); err != nil {
			return err
		}
		stale, err := r.stale(ctx, tx)
		if err != nil {
			return err
		}
		if work.feedback, err = tx.Pending(ctx, store.PendingFeedback); err != nil {
			return err
		}
		if len(stale) == 0 && len(r.result.Submissions) == 0 && len(work.feedback) == 0 {
			return nil
		}
		return r.compute(ctx, tx, stale, &work)
	})
	return work, err
}

// enter writes the ledger.
func (r *run) enter(ctx context.Context, tx *store.Tx, all []taken) error {
	if err := r.compareVersions(ctx, tx); err != nil {
		return err
	}
	if err := tx.Load(ctx, r.result.Submissions, r.Config.Zone); err != nil {
		return err
	}
	sightings := make([]store.Sighting, len(all))
	for i, t := range all {
		sightings[i] = store.Sighting{File: t.Path, SHA256: t.sha, Size: t.Size, ModTime: t.ModTime}
	}
	if err := tx.SaveSightings(ctx, sightings); err != nil {
		return err
	}
	var answers []string
	for _, s := range r.result.Submissions {
		if s.Unit != "" && s.Verdict != pipeline.Attachment {
			answers = append(answers, store.Key(s.Folder, s.SHA256))
		}
	}
	return tx.AddPending(ctx, store.PendingFeedback, answers)
}

// stale lists the periods to compute: those that the new submissions touch, those
// that are asked for, all of them after a change of the catalogue, and what an
// earlier run left pending.
func (r *run) stale(ctx context.Context, tx *store.Tx) ([]pipeline.Period, error) {
	submitted, err := tx.SubmittedPeriods(ctx)
	if err != nil {
		return nil, err
	}
	live := r.livePeriods(submitted)
	known, err := tx.Setting(ctx, "catalogue")
	if err != nil {
		return nil, err
	}
	cat := r.rules.Catalogue
	all := r.All || known != cat.Hash
	codes := []string{}
	for _, p := range r.Periods {
		codes = append(codes, p.String())
	}
	for _, p := range live {
		if all || r.touched(p) {
			codes = append(codes, p.String())
		}
	}
	if err := tx.AddPending(ctx, store.PendingPeriod, codes); err != nil {
		return nil, err
	}
	if err := tx.SetSetting(ctx, "catalogue", cat.Hash); err != nil {
		return nil, err
	}
	if codes, err = tx.Pending(ctx, store.PendingPeriod); err != nil {
		return nil, err
	}
	return r.parseAll(codes)
}

// compute runs the models and reads the datasets.
func (r *run) compute(ctx context.Context, tx *store.Tx, stale []pipeline.Period, work *workload) error {
	cat := r.rules.Catalogue
	submitted, err := tx.SubmittedPeriods(ctx)
	if err != nil {
		return err
	}
	if err := tx.SaveCatalogue(ctx, store.Catalogue{Catalogue: cat, Collected: r.collected(), Years: years(submitted, stale)}); err != nil {
		return err
	}
	if err := tx.SaveRunPeriods(ctx, cat.Calendar, runPeriods(stale)); err != nil {
		return err
	}
	r.Progress.Step("compute", 0)
	if err := transform.Run(ctx, tx, r.Progress.Part); err != nil {
		return fmt.Errorf("compute figures: %w", err)
	}
	for _, p := range stale {
		d, err := dataset.Build(ctx, tx, cat, p, r.Config.Zone, r.Language)
		if err != nil {
			return err
		}
		work.datasets = append(work.datasets, d)
	}
	work.ledger, err = dataset.BuildLedger(ctx, tx, r.Config.Zone, r.Language)
	return err
}

// collected lists the indicators that each form collects.
func (r *run) collected() map[string][]string {
	all := map[string][]string{}
	for _, l := range r.rules.Layouts {
		for _, c := range l.Cells {
			if c.Marker.Measure == pipeline.MeasureValue && !slices.Contains(all[l.Form.Code], c.Marker.Indicator) {
				all[l.Form.Code] = append(all[l.Form.Code], c.Marker.Indicator)
			}
		}
	}
	return all
}
