package job

import (
	"context"
	"errors"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/store"
)

// InPortions makes a run compute no more than so many figures at once.
func (o Options) InPortions(figures int) Options {
	o.portion = figures
	return o
}

// Deliver judges and loads files that lie in the archive under the given hashes,
// by the code of a run and nothing else of it.
func Deliver(ctx context.Context, o Options, files []intake.File, hashes []string) ([]pipeline.Submission, error) {
	r := newRun(o)
	if err := r.loadRules(); err != nil || r.rules == nil {
		return nil, errors.Join(err, ErrCatalogue)
	}
	all := make([]taken, len(files))
	for i, f := range files {
		all[i] = taken{File: f, sha: hashes[i], new: true, now: o.Now, since: o.Now}
	}
	db, err := store.Open(ctx, filepath.Join(o.Config.Path(".tonghop"), "tonghop.duckdb"))
	if err != nil {
		return nil, err
	}
	err = db.Transact(ctx, func(tx *store.Tx) error { return tx.Load(ctx, r.judge(ctx, all), o.Config.Zone) })
	return r.result.Submissions, errors.Join(err, db.Close())
}
