package job

import (
	"context"
	"fmt"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// A change is a submission that this run took, or of which an act of staff
// changed the verdict.
type change struct {
	pipeline.Submission                  // with the verdict that it has now
	was                 pipeline.Verdict // empty for one that is new
}

func (c change) counts() bool { return c.Verdict == pipeline.Accepted }

func (c change) counted() bool { return c.was == pipeline.Accepted }

// findActs notes which acts of the journal the database does not know: those of this
// run, or of one that was killed after it had put them on the record.
func (r *run) findActs(ctx context.Context, tx *store.Tx) error {
	seq, hash, err := tx.LastAct(ctx)
	if err == nil {
		r.acts, err = r.journal.Since(seq, hash)
	}
	return err
}

// apply enters the acts. What they mean for verdicts and figures is in the SQL
// that reads them; only what an accepted file says must be read again.
func (r *run) apply(ctx context.Context, tx *store.Tx) error {
	if err := tx.AddActs(r.acts, r.Config.Zone); err != nil {
		return err
	}
	if err := tx.SavePeriods(ctx); err != nil {
		return err
	}
	var keys []string
	for _, a := range r.acts {
		if a.Kind == pipeline.ActAccept {
			keys = append(keys, store.Key(a.Folder, a.SHA256))
		}
	}
	if len(keys) == 0 {
		return nil
	}
	accepted, err := tx.Standings(ctx, keys)
	if err != nil {
		return err
	}
	record, reader := r.receipts(), r.newJudge(ctx)
	defer r.closeJudge(reader)
	for _, s := range accepted {
		if s.Judged != pipeline.Refused {
			continue
		}
		result, err := r.readAgain(reader, record, s.Submission)
		if err != nil {
			return fmt.Errorf("read %q again: %w", s.File, err)
		}
		if result.Form != s.Form || result.Period != s.Period {
			r.Log.Warn("accepted file reads otherwise now", "file", s.File, "form", result.Form, "period", result.Period.String())
		}
		if err := tx.ReplaceFigures(ctx, result.Blanked()); err != nil {
			return err
		}
	}
	return nil
}

// verdicts reads the verdict of every submission, by its key, if acts may change
// any.
func (r *run) verdicts(ctx context.Context, tx *store.Tx) (map[string]pipeline.Verdict, error) {
	all := map[string]pipeline.Verdict{}
	if len(r.acts) == 0 {
		return all, nil
	}
	standings, err := tx.Standings(ctx, nil)
	for _, s := range standings {
		all[store.Key(s.Folder, s.SHA256)] = s.Verdict
	}
	return all, err
}

// compareVerdicts lists what this run's load changed, and tells in the result what
// its acts made of the new submissions.
func (r *run) compareVerdicts(ctx context.Context, tx *store.Tx, before map[string]pipeline.Verdict) ([]change, error) {
	fresh := map[string]*pipeline.Submission{}
	keys := []string{}
	for i := range r.result.Submissions {
		s := &r.result.Submissions[i]
		key := store.Key(s.Folder, s.SHA256)
		fresh[key], keys = s, append(keys, key)
	}
	if len(r.acts) > 0 {
		keys = nil
	}
	standings, err := tx.Standings(ctx, keys)
	if err != nil {
		return nil, err
	}
	var all []change
	for _, s := range standings {
		key := store.Key(s.Folder, s.SHA256)
		was := before[key]
		if told, isNew := fresh[key]; isNew {
			told.Verdict, told.Findings, was = s.Verdict, append(told.Findings, s.Findings...), ""
		} else if was == s.Verdict {
			continue
		}
		all = append(all, change{s.Submission, was})
	}
	return all, nil
}
