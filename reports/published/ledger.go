package published

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// A Ledger is every file ever taken and what staff decided, as one run left it.
type Ledger struct {
	Submissions reports.Table
	Findings    reports.Table
	Journal     reports.Table
}

// How long a reader waits for a run that is just replacing the tables.
const (
	ledgerTries = 20
	ledgerPause = 25 * time.Millisecond
)

// Ledger reads the tables of out/data, all of one run: they are replaced one by one, and
// their manifest last. Where a run was killed among them, the tables that were read
// before stand until the next run. Before the first run there are none.
func (r *Reader) Ledger() (Ledger, error) {
	dir := filepath.Join(r.dir, "data")
	for try := range ledgerTries {
		if try > 0 {
			time.Sleep(ledgerPause)
		}
		l, whole, err := r.readLedger(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist) && try == 0 && !exists(dir):
			return Ledger{}, nil
		case err == nil && whole:
			r.mu.Lock()
			r.last = l
			r.mu.Unlock()
			return l, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return Ledger{}, err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last.Submissions.Header != nil {
		return r.last, nil
	}
	l, _, err := r.readLedger(dir) // nothing better is left
	return l, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readLedger reads the tables and tells whether they are those of the manifest, which
// workspaces of an earlier version have not.
func (r *Reader) readLedger(dir string) (l Ledger, whole bool, err error) {
	m, err := publish.Top(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return l, false, err
	}
	old := err != nil
	whole = true
	for name, into := range map[string]*reports.Table{"submissions": &l.Submissions, "findings": &l.Findings, "journal": &l.Journal} {
		data, err := os.ReadFile(filepath.Join(dir, name+".csv"))
		if err != nil {
			return Ledger{}, false, fmt.Errorf("read ledger: %w", err)
		}
		if whole = whole && (old || m.Describes(name+".csv", data)); !whole {
			return Ledger{}, false, nil
		}
		if *into, err = r.table(name, publish.Describe(name+".csv", data), func() ([]byte, error) { return data, nil }); err != nil {
			return Ledger{}, false, err
		}
	}
	return l, whole, nil
}
