package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/disk"
	"tonghop/pipeline/store"
)

// An Aside is a database file that was set aside; all that it knew was made again
// from the record and the archive.
type Aside struct {
	File    string // where it lies now
	Damaged bool   // or else made by another version of the program
}

// inStore does the stages of the run on the database. One that turns out to be
// damaged on the way is set aside, and they are done on a new one.
func (r *run) inStore(ctx context.Context) error {
	err := r.stagesInStore(ctx)
	if !errors.Is(err, store.ErrDamaged) {
		return err
	}
	aside, err := r.setAside(err)
	if err != nil {
		return err
	}
	r.startOver()
	r.result.Aside = aside
	return r.stagesInStore(ctx)
}

func (r *run) stagesInStore(ctx context.Context) error {
	db, err := r.openStore(ctx)
	if err != nil {
		return err
	}
	return errors.Join(r.stages(ctx, db), db.Close())
}

// startOver forgets what the run has done, but what stands on the record and what is
// published.
func (r *run) startOver() {
	done := r.result
	*r = run{Options: r.Options, archive: r.archive, rules: r.rules, rulesDir: r.rulesDir, earlier: r.earlier, journal: r.journal, template: r.template,
		judged: map[string]assess.Result{}, result: Result{Catalogue: done.Catalogue, Changes: done.Changes, Before: done.Before, LastGood: done.LastGood, Act: done.Act,
			Published: done.Published, Restored: done.Restored}}
	if done.Act != nil {
		r.Act = nil
	}
}

func (r *run) databaseFile() string { return r.Config.Path(".tonghop", "tonghop.duckdb") }

// openStore opens the database. One that another version of the program laid out
// otherwise, or that is damaged, is set aside; the run then makes everything again
// from the record and the archive. Killed at any point, the next run goes on with
// it.
func (r *run) openStore(ctx context.Context) (*store.DB, error) {
	db, err := store.OpenWithin(ctx, r.databaseFile(), r.Config.DatabaseMemory)
	switch {
	case errors.Is(err, store.ErrLayout):
		if err := r.recordArrivals(ctx); err != nil && !errors.Is(err, store.ErrLayout) {
			return nil, err
		}
	case errors.Is(err, store.ErrDamaged):
	default:
		return db, err
	}
	if r.result.Aside, err = r.setAside(err); err != nil {
		return nil, err
	}
	return store.OpenWithin(ctx, r.databaseFile(), r.Config.DatabaseMemory)
}

// recordArrivals puts on the record what only the database of a version knows that
// kept no record; one of a later version has nothing that the record has not.
func (r *run) recordArrivals(ctx context.Context) error {
	arrivals, err := store.Arrivals(ctx, r.databaseFile())
	if err != nil {
		return err
	}
	return r.journal.Receive(unrecorded(arrivals, r.journal.Receipts))
}

// setAside gives the database another name, with its write-ahead log first: a new
// database must not find that.
func (r *run) setAside(why error) (*Aside, error) {
	path := r.databaseFile()
	aside := &Aside{File: path + ".old", Damaged: errors.Is(why, store.ErrDamaged)}
	r.Log.Warn("database set aside and made again", "why", why, "kept", aside.File)
	for _, ending := range []string{".wal", ""} {
		err := os.Rename(path+ending, aside.File+ending)
		if errors.Is(err, fs.ErrNotExist) && ending != "" {
			err = os.Remove(aside.File + ending) // of one that was set aside earlier
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("set database aside: %w", err)
		}
	}
	if err := disk.Sync(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("set database aside: %w", err)
	}
	return aside, nil
}

// unrecorded are the arrivals that have no receipt: a database may be older than
// the record.
func unrecorded(arrivals, receipts []pipeline.Receipt) []pipeline.Receipt {
	known := map[string]bool{}
	for _, p := range receipts {
		known[store.Key(p.Folder, p.SHA256)] = true
	}
	var all []pipeline.Receipt
	for _, p := range arrivals {
		if !known[store.Key(p.Folder, p.SHA256)] {
			all = append(all, p)
		}
	}
	return all
}
