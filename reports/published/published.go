// Package published reads what is published: the issues of periods and the ledger
// of all files, as leadership sees them.
//
// Whatever tells people of figures without making them, such as status, trace and
// the pages of serve, reads here and never the database. A reader gets one issue
// whole, also while a run replaces it.
package published

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports"
)

// A Reader reads the folder out of one workspace. It keeps the tables that it read
// last and is safe for concurrent use.
type Reader struct {
	dir string

	mu    sync.Mutex
	kept  map[string]reports.Table // by the hash of the file
	bytes int                      // of the files that these were read from
	last  Ledger
}

// maxKept is how many bytes of tables are kept at most.
const maxKept = 64 << 20

// Open reads the folder out. It may not be there yet.
func Open(out string) *Reader { return &Reader{dir: out, kept: map[string]reports.Table{}} }

// Periods lists the periods that have an issue, by their code.
func (r *Reader) Periods() ([]pipeline.Period, error) {
	folders, err := os.ReadDir(r.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list published periods: %w", err)
	}
	var all []pipeline.Period
	for _, folder := range folders {
		if p, err := pipeline.ParsePeriod(folder.Name()); err == nil && p.String() == folder.Name() {
			all = append(all, p)
		}
	}
	return all, nil
}

// An Issue is one issue of a period. It is safe for concurrent use.
type Issue struct {
	publish.Manifest
	Period pipeline.Period

	dir    string
	reader *Reader
}

// Issue is what is published for a period: what the manifest at the top names,
// which may be an earlier issue that was printed again. Where the top copies are lost
// it is the last one. None is fs.ErrNotExist.
func (r *Reader) Issue(p pipeline.Period) (*Issue, error) {
	dir := filepath.Join(r.dir, p.String())
	m, err := publish.Top(dir)
	if err != nil {
		if m, err = publish.Last(dir); m.Issue > 0 {
			err = nil // what is damaged beside it is told by the next run
		}
	}
	if err == nil && m.Issue == 0 {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("read issue of %s: %w", p, err)
	}
	return &Issue{Manifest: m, Period: p, dir: dir, reader: r}, nil
}

// Numbered is the issue of a period with the given number.
func (r *Reader) Numbered(p pipeline.Period, number int) (*Issue, error) {
	dir := filepath.Join(r.dir, p.String())
	m, err := publish.Find(dir, number)
	if err != nil {
		return nil, fmt.Errorf("read issue %d of %s: %w", number, p, err)
	}
	return &Issue{Manifest: m, Period: p, dir: dir, reader: r}, nil
}

// Number is the number of the issue.
func (i *Issue) Number() int { return i.Manifest.Issue }

// File is the bytes of a file of the issue, as it was issued.
func (i *Issue) File(name string) ([]byte, error) { return publish.Read(i.dir, i.Manifest, name) }

// Table is a table of the issue. Nobody may change its rows. One that the issue has
// not is fs.ErrNotExist.
func (i *Issue) Table(name string) (reports.Table, error) {
	file := "data/" + name + ".csv"
	at := slices.IndexFunc(i.Files, func(f publish.File) bool { return f.Name == file })
	if at < 0 {
		return reports.Table{}, fmt.Errorf("read table %s of %s: %w", name, i.Period, fs.ErrNotExist)
	}
	return i.reader.table(name, i.Files[at], func() ([]byte, error) { return i.File(file) })
}

// Records are the rows of a table of the issue, none where it has no such table.
func (i *Issue) Records(name string) ([]map[string]string, error) {
	t, err := i.Table(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return t.Records(), err
}

// table is the table in a file of the given hash, read once.
func (r *Reader) table(name string, f publish.File, read func() ([]byte, error)) (reports.Table, error) {
	r.mu.Lock()
	t, ok := r.kept[f.SHA256]
	r.mu.Unlock()
	if ok {
		t.Name = name // equal tables may have several names: empty ones do
		return t, nil
	}
	data, err := read()
	if err != nil {
		return reports.Table{}, err
	}
	if t, err = reports.ReadCSV(bytes.NewReader(data), name); err != nil {
		return t, err
	}
	r.keep(f, t)
	return t, nil
}

// keep remembers a table, and forgets all others where they grow too large.
func (r *Reader) keep(f publish.File, t reports.Table) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.bytes+f.Size > maxKept {
		clear(r.kept)
		r.bytes = 0
	}
	if _, twice := r.kept[f.SHA256]; !twice && f.Size <= maxKept {
		r.kept[f.SHA256] = t
		r.bytes += f.Size
	}
}
