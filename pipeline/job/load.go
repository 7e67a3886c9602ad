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
	periods []*reports.Dataset // to publish, oldest cut-off first
	ledger  *reports.Dataset   // every file ever taken; nil when nothing changed
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
		overviews, err := tx.Pending(ctx, store.PendingLedger)
		if err != nil || len(overviews) == 0 {
			return err
		}
		return r.compute(ctx, tx, stale, &work)
	})
	return work, err
}

// enter writes the ledger and the acts of staff, and promises the answers.
func (r *run) enter(ctx context.Context, tx *store.Tx, all []taken) error {
	before, err := r.verdicts(ctx, tx)
	if err != nil {
		return err
	}
	if err := tx.Load(ctx, r.result.Submissions, r.Config.Zone); err != nil {
		return err
	}
	if err := r.apply(ctx, tx); err != nil {
		return err
	}
	if r.changes, err = r.compareVerdicts(ctx, tx, before); err != nil {
		return err
	}
	var sightings []store.Sighting
	for _, t := range all {
		if !t.gone {
			sightings = append(sightings, store.Sighting{File: t.Path, SHA256: t.sha, Size: t.Size, ModTime: t.ModTime})
		}
	}
	if err := tx.SaveSightings(ctx, sightings); err != nil {
		return err
	}
	noted, err := r.compareVersions(ctx, tx)
	if err != nil {
		return err
	}
	return r.promise(ctx, tx, noted)
}

// promise promises answers to what changed and to those of noted.
func (r *run) promise(ctx context.Context, tx *store.Tx, noted []string) error {
	answers, pages := noted, []string(nil)
	for _, c := range r.changes {
		key := store.Key(c.Folder, c.SHA256)
		judged, isNew := r.judged[key]
		switch {
		case c.Unit == "" || c.Verdict == pipeline.Attachment:
		case !isNew || judged.Opened: // staff decide only about what could be read
			answers = append(answers, key)
		default:
			pages = append(pages, key)
		}
	}
	if err := tx.AddPending(ctx, store.PendingFeedback, answers); err != nil {
		return err
	}
	return tx.AddPending(ctx, store.PendingPage, pages)
}

// overviews is the one key of the outputs that speak of all periods.
const overviews = "out"

// stale lists the periods to compute: those that new submissions and acts touch,
// those that are asked for, all of them after a change of the catalogue, the settings
// or the program and once a unit has ended, and what an earlier run left pending.
func (r *run) stale(ctx context.Context, tx *store.Tx) ([]pipeline.Period, error) {
	submitted, err := tx.SubmittedPeriods(ctx)
	if err != nil {
		return nil, err
	}
	live, err := r.livePeriods(submitted)
	if err != nil {
		return nil, err
	}
	basis := fmt.Sprintf("%s\n%s\nended units: %d", r.rules.Catalogue.Hash, r.settings(), len(r.rules.Catalogue.Ended(r.today())))
	known, err := tx.Setting(ctx, "basis")
	if err != nil {
		return nil, err
	}
	codes := []string{}
	for _, p := range r.Periods {
		codes = append(codes, p.String())
	}
	for _, a := range r.acts {
		if a.Kind == pipeline.ActClose || a.Kind == pipeline.ActReopen { // it is told on the period's own page
			codes = append(codes, a.Period.String())
		}
	}
	for _, p := range live {
		if r.All || known != basis || r.touched(p) {
			codes = append(codes, p.String())
		}
	}
	if err := tx.AddPending(ctx, store.PendingPeriod, codes); err != nil {
		return nil, err
	}
	if err := tx.SetSetting(ctx, "basis", basis); err != nil {
		return nil, err
	}
	if codes, err = tx.Pending(ctx, store.PendingPeriod); err != nil {
		return nil, err
	}
	if len(codes) > 0 || known != basis || len(r.changes)+len(r.acts) > 0 {
		if err := tx.AddPending(ctx, store.PendingLedger, []string{overviews}); err != nil {
			return nil, err
		}
	}
	return r.parseAll(codes)
}

// settings are those that outputs differ by.
func (r *run) settings() string {
	return fmt.Sprintf("language %s, zone %s, sample %t, version %s, template %s", r.Language.Code, r.Config.Zone, r.Config.Sample, r.Version, r.templateHash())
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
	if err := tx.SaveRunPeriods(ctx, cat.Calendar, r.today(), r.runPeriods(stale)); err != nil {
		return err
	}
	r.Progress.Step("compute", 0)
	if err := r.transform(ctx, tx); err != nil {
		return err
	}
	for _, p := range stale {
		d, err := dataset.Build(ctx, tx, cat, p, r.Config.Zone, r.Language)
		if err != nil {
			return err
		}
		work.periods = append(work.periods, d)
	}
	work.ledger, err = dataset.BuildLedger(ctx, tx, r.Config.Zone, r.Language)
	return err
}

// transform runs the models and promises new answers to the submissions that
// compare with the unit's others in another way than before: a report that comes
// after its successor makes that one striking, or explains it.
func (r *run) transform(ctx context.Context, tx *store.Tx) error {
	before, err := tx.ComparisonsByKey(ctx)
	if err != nil {
		return err
	}
	if err := transform.Run(ctx, tx, r.Progress.Part); err != nil {
		return fmt.Errorf("compute figures: %w", err)
	}
	after, err := tx.ComparisonsByKey(ctx)
	if err != nil {
		return err
	}
	var changed []string
	for key, found := range after {
		if before[key] != found {
			changed = append(changed, key)
		}
	}
	for key := range before {
		if _, ok := after[key]; !ok {
			changed = append(changed, key)
		}
	}
	slices.Sort(changed)
	return tx.AddPending(ctx, store.PendingFeedback, changed)
}

// collected lists the indicators that each form collects, in cells or as rows
// of lists.
func (r *run) collected() map[string][]string {
	all := map[string][]string{}
	for _, l := range r.rules.Layouts {
		add := func(indicator string) {
			if !slices.Contains(all[l.Form.Code], indicator) {
				all[l.Form.Code] = append(all[l.Form.Code], indicator)
			}
		}
		for _, c := range l.Cells {
			if c.Marker.Measure == pipeline.MeasureValue {
				add(c.Marker.Indicator)
			}
		}
		for _, list := range l.Lists {
			for _, i := range r.rules.Catalogue.FromList(list.Name) {
				add(i.Code)
			}
		}
	}
	return all
}
