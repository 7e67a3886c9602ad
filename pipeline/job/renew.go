package job

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// openStore opens the database. One that another version of the program laid out
// otherwise is set aside; the run then makes everything again from the record and
// the archive. Killed at any point, the next run goes on with it.
func (r *run) openStore(ctx context.Context) (*store.DB, error) {
	path := r.Config.Path(".tonghop", "tonghop.duckdb")
	db, err := store.Open(ctx, path)
	if !errors.Is(err, store.ErrLayout) {
		return db, err
	}
	aside := path + ".old"
	r.Log.Warn("database set aside and made again", "why", err, "kept", aside)
	arrivals, err := store.Arrivals(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := r.journal.Receive(unrecorded(arrivals, r.journal.Receipts)); err != nil {
		return nil, err
	}
	if err := os.Rename(path, aside); err != nil {
		return nil, fmt.Errorf("set database aside: %w", err)
	}
	return store.Open(ctx, path)
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
