package job

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
	"tonghop/reports"
	"tonghop/reports/dataset"
)

// A workload is what this run's outputs are made of. Periods are computed portion by
// portion, and their datasets are read one at a time, when they are published: all of
// them at once may be more than the memory holds.
type workload struct {
	portions [][]pipeline.Period // to publish, oldest cut-off first; the first is computed
	ledger   *reports.Dataset    // every file ever taken; nil when nothing changed
}

// load judges and enters the new submissions, promises the outputs they call for,
// and computes the first portion of the stale periods, all in one transaction.
func (r *run) load(ctx context.Context, db *store.DB, all []taken) (work workload, err error) {
	err = db.Transact(ctx, func(tx *store.Tx) error {
		if err := r.enter(ctx, tx, all); err != nil {
			return err
		}
		live, err := r.promiseIssues(ctx, tx)
		if err != nil {
			return err
		}
		overviews, err := tx.Pending(ctx, store.PendingLedger)
		if err != nil || len(overviews) == 0 {
			return err
		}
		if err := r.saveCatalogue(ctx, tx); err != nil {
			return err
		}
		r.Progress.Step("compute", 0)
		stale, err := r.compare(ctx, tx, live)
		if err != nil {
			return err
		}
		work.portions = r.portions(stale)
		if err := r.compute(ctx, tx, work.portions[0]); err != nil {
			return err
		}
		work.ledger, err = dataset.BuildLedger(ctx, tx, r.Config.Zone, r.Language)
		return err
	})
	return work, err
}

// portionFigures is how many figures are computed at once, of periods, units and
// indicators: those of some thirty periods of a thousand units.
const portionFigures = 3_000_000

// portions cuts periods so that the models have a bounded number of figures at once,
// and of few years. Where there are no periods, one portion has none.
func (r *run) portions(periods []pipeline.Period) [][]pipeline.Period {
	if len(periods) == 0 {
		return [][]pipeline.Period{nil}
	}
	figures := max(1, len(r.rules.Catalogue.Units)*len(r.rules.Catalogue.Indicators))
	return slices.Collect(slices.Chunk(periods, max(1, cmp.Or(r.portion, portionFigures)/figures)))
}

// compute runs the models for some periods.
func (r *run) compute(ctx context.Context, tx *store.Tx, periods []pipeline.Period) error {
	if err := tx.SaveRunPeriods(ctx, r.rules.Catalogue.Calendar, r.today(), r.runPeriods(periods)); err != nil {
		return err
	}
	if err := transform.Run(ctx, tx, r.Progress.Part); err != nil {
		return fmt.Errorf("compute figures: %w", err)
	}
	return nil
}

// enter writes the ledger and the acts of staff, and promises the answers.
func (r *run) enter(ctx context.Context, tx *store.Tx, all []taken) error {
	before, err := r.verdicts(ctx, tx)
	if err != nil {
		return err
	}
	if err := tx.Load(ctx, r.judge(ctx, all), r.Config.Zone); err != nil {
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

// promiseIssues promises an issue of the periods to compute: those that new
// submissions and acts touch, those that are asked for, all of them after a change
// of the catalogue, the settings, staff's SQL or the program and once a unit has ended. It lists
// all periods that have outputs.
func (r *run) promiseIssues(ctx context.Context, tx *store.Tx) (live []pipeline.Period, err error) {
	submitted, err := tx.SubmittedPeriods(ctx)
	if err != nil {
		return nil, err
	}
	if live, err = r.livePeriods(submitted); err != nil {
		return nil, err
	}
	basis := r.basis()
	known, err := tx.Setting(ctx, "basis")
	if err != nil {
		return nil, err
	}
	r.anew = r.All || known != basis
	stale := slices.Clone(r.Periods)
	for _, a := range r.acts {
		if a.Kind == pipeline.ActClose || a.Kind == pipeline.ActReopen { // it is told on the period's own page
			stale = append(stale, a.Period)
		}
	}
	if r.anew {
		stale = append(stale, live...)
	} else {
		stale = append(stale, r.touched(live)...)
	}
	if err := tx.SetSetting(ctx, "basis", basis); err != nil {
		return nil, err
	}
	pending, err := promised(ctx, tx, stale)
	if err != nil {
		return nil, err
	}
	if len(pending) > 0 || known != basis || len(r.changes)+len(r.acts) > 0 {
		err = tx.AddPending(ctx, store.PendingLedger, []string{overviews})
	}
	return live, err
}

// promised promises an issue of each period and lists the codes of all periods
// that are promised one, also by earlier runs.
func promised(ctx context.Context, tx *store.Tx, stale []pipeline.Period) ([]string, error) {
	codes := make([]string, len(stale))
	for i, p := range stale {
		codes[i] = p.String()
	}
	if err := tx.AddPending(ctx, store.PendingPeriod, codes); err != nil {
		return nil, err
	}
	return tx.Pending(ctx, store.PendingPeriod)
}

// settings are those that outputs differ by.
func (r *run) settings() string {
	return fmt.Sprintf("language %s, zone %s, sample %t, superior %q, version %s, template %s", r.Language.Code, r.Config.Zone, r.Config.Sample, r.Config.Superior, r.Version, r.templateHash())
}

// saveCatalogue gives the models the catalogue, with the due periods of every
// year that reports or promised periods lie in.
func (r *run) saveCatalogue(ctx context.Context, tx *store.Tx) error {
	submitted, err := tx.SubmittedPeriods(ctx)
	if err != nil {
		return err
	}
	codes, err := tx.Pending(ctx, store.PendingPeriod)
	if err != nil {
		return err
	}
	pending, err := r.parseAll(codes)
	if err != nil {
		return err
	}
	return tx.SaveCatalogue(ctx, store.Catalogue{Catalogue: r.rules.Catalogue, Collected: r.collected(), Years: years(submitted, pending)})
}

// compare runs the models of the ledger and finds the submissions that compare
// with the unit's others in another way than before: a report that comes after
// its successor makes that one striking, or explains it. Their units are promised
// new answers, the live periods that tell of them new issues. It lists all
// periods that are promised one.
func (r *run) compare(ctx context.Context, tx *store.Tx, live []pipeline.Period) ([]pipeline.Period, error) {
	before, err := tx.ComparisonsByKey(ctx)
	if err != nil {
		return nil, err
	}
	if r.anew {
		if err := tx.Forget(ctx); err != nil {
			return nil, err
		}
	}
	if err := transform.Ledger(ctx, tx, r.Progress.Part); err != nil {
		return nil, fmt.Errorf("compare reports: %w", err)
	}
	after, err := tx.ComparisonsByKey(ctx)
	if err != nil {
		return nil, err
	}
	changed := unlike(before, after)
	if err := tx.AddPending(ctx, store.PendingFeedback, slices.Sorted(maps.Keys(changed))); err != nil {
		return nil, err
	}
	stale := slices.DeleteFunc(slices.Clone(live), func(p pipeline.Period) bool {
		for _, q := range changed {
			if p.Covers(q) {
				return false
			}
		}
		return true
	})
	codes, err := promised(ctx, tx, stale)
	if err != nil {
		return nil, err
	}
	return r.parseAll(codes)
}

// unlike lists the submissions on which before and after find different
// things, with their periods.
func unlike(before, after map[string]store.Compared) map[string]pipeline.Period {
	changed := map[string]pipeline.Period{}
	for key, found := range after {
		if before[key] != found {
			changed[key] = found.Period
		}
	}
	for key, found := range before {
		if _, ok := after[key]; !ok {
			changed[key] = found.Period
		}
	}
	return changed
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
