package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/store"
)

// A taken is a settled file with its bytes in the archive.
type taken struct {
	intake.File
	sha string
	new bool // not in the ledger, or held until now

	// Of new ones:
	now      time.Time // the clock to judge it by
	since    time.Time // when it came
	acts     int       // how many acts of staff were on the record then
	rules    string    // the hash of the catalogue to judge it by; empty: the present one
	recorded bool      // a run that was killed put it on the record
	gone     bool      // and it is not in the inbox any more
}

// ErrNoInbox tells that the inbox of a workspace that had one is gone.
var ErrNoInbox = errors.New("inbox is missing: is the share mounted?")

// take finds the settled files of the inbox and archives those that the last
// run did not see.
func (r *run) take(ctx context.Context, db *store.DB) ([]taken, error) {
	var seen map[string]store.Sighting
	var entries map[string]store.Entry
	err := db.Transact(ctx, func(tx *store.Tx) (err error) {
		if err = r.findActs(ctx, tx); err != nil {
			return err
		}
		if seen, err = tx.Sightings(ctx); err == nil {
			entries, err = tx.Entries(ctx)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	inbox := r.Config.Path("inputs", "inbox")
	listing, err := intake.Look(inbox)
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(entries)+len(r.journal.Receipts) == 0:
		return nil, nil // a workspace that has no inbox yet
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("look into %q: %w", inbox, ErrNoInbox)
	case err != nil:
		return nil, err
	}
	r.result.Conflicts, r.result.Unreadable = listing.Conflicts, listing.Unreadable
	known, unknown := split(listing.Files, seen)
	all, err := r.takeUnknown(ctx, inbox, unknown)
	if err != nil {
		return nil, err
	}
	for _, f := range known {
		all = append(all, taken{File: f, sha: seen[f.Path].SHA256})
	}
	all = r.mark(all, entries)
	r.checkClock(all)
	return all, r.record(all)
}

// checkClock notes a clock that went back: a file is new and late by its time on the
// record.
func (r *run) checkClock(all []taken) {
	if !slices.ContainsFunc(all, func(t taken) bool { return t.new }) {
		return
	}
	for _, p := range r.journal.Receipts {
		if p.At.After(r.Now) && p.At.After(r.result.ClockBehind) {
			r.result.ClockBehind = p.At
		}
	}
}

// record puts the new files on the record before anything acts on them.
func (r *run) record(all []taken) error {
	var receipts []pipeline.Receipt
	for _, t := range all {
		if t.new && !t.recorded {
			receipts = append(receipts, pipeline.Receipt{
				Folder: t.Folder(), SHA256: t.sha, File: t.Path, Size: t.Size, ModTime: t.ModTime.UTC(), FirstSeen: t.since.UTC(), At: t.now.UTC(), Acts: t.acts, Rules: t.rules,
			})
		}
	}
	return r.journal.Receive(receipts)
}

// takeUnknown archives files that no run has seen as they are now, once they
// are settled.
func (r *run) takeUnknown(ctx context.Context, inbox string, unknown []intake.File) ([]taken, error) {
	if len(unknown) > 0 && r.Config.Settle > 0 {
		r.Progress.Settling(len(unknown), r.Config.Settle)
	}
	settled, moving, err := intake.Settled(ctx, inbox, unknown, r.Config.Settle)
	if err != nil {
		return nil, err
	}
	r.result.Moving = moving
	return r.archiveAll(inbox, settled)
}

// split parts the files that look as they did in an earlier run from the others.
func split(files []intake.File, seen map[string]store.Sighting) (known, unknown []intake.File) {
	for _, f := range files {
		s, ok := seen[f.Path]
		// The database keeps times to the microsecond.
		if ok && s.Size == f.Size && s.ModTime.UnixMicro() == f.ModTime.UnixMicro() {
			known = append(known, f)
		} else {
			unknown = append(unknown, f)
		}
	}
	return known, unknown
}

// archiveAll copies settled files into the archive. One that changes or
// vanishes meanwhile is left to the next run, and so is one that can't be read:
// Excel may hold it, or the share may not let us.
func (r *run) archiveAll(inbox string, settled []intake.File) ([]taken, error) {
	r.Progress.Step("archive", len(settled))
	var all []taken
	for _, f := range settled {
		sha, err := r.archive.Put(inbox, f)
		switch {
		case errors.Is(err, intake.ErrChanged) || errors.Is(err, fs.ErrNotExist) && !r.ofArchive(err):
			r.result.Moving++
		case err != nil && !r.ofArchive(err):
			r.Log.Warn("file not taken", "file", f.Path, "error", err)
			r.result.Unreadable = append(r.result.Unreadable, f.Path)
		case err != nil:
			return nil, err
		default:
			all = append(all, taken{File: f, sha: sha})
		}
		r.Progress.Part(f.Path)
	}
	return all, nil
}

// ofArchive tells whether err is trouble with the archive, and not with the one
// file that goes into it.
func (r *run) ofArchive(err error) bool {
	var fault *fs.PathError
	if !errors.As(err, &fault) {
		return true
	}
	below, err := filepath.Rel(r.archive.Dir, fault.Path)
	return err == nil && filepath.IsLocal(below)
}

// mark tells the new files from those already judged: the same bytes in one
// unit's folder are one submission, whatever they are called. A file that was
// held for its unknown folder is judged anew once the folder is a unit's, and
// came when it first came. What a killed run put on the record and did not load
// is new, and came then.
func (r *run) mark(all []taken, entries map[string]store.Entry) []taken {
	receipts := r.receipts()
	slices.SortFunc(all, func(a, b taken) int { return cmp.Compare(a.Path, b.Path) })
	marked := map[string]bool{}
	for i := range all {
		t := &all[i]
		key := store.Key(t.Folder(), t.sha)
		entry, judged := entries[key]
		held := judged && entry.Verdict == pipeline.Held
		t.new = !marked[key] && (!judged || held && r.unitOf(t.File) != "")
		marked[key] = true // the second copy in this run is not new
		if !t.new {
			r.result.Unchanged++
			continue
		}
		t.now, t.since, t.acts, t.rules = r.Now, r.Now, len(r.journal.Acts), r.present()
		if held {
			t.since = entry.FirstSeen
		} else if p, ok := receipts[key]; ok {
			*t = r.recorded(p, *t)
		}
	}
	return append(all, r.gone(receipts, entries, marked)...)
}

// receipts are the last lines on the record of the files, by their key in the ledger.
func (r *run) receipts() map[string]pipeline.Receipt {
	all := map[string]pipeline.Receipt{}
	for _, p := range r.journal.Receipts {
		all[store.Key(p.Folder, p.SHA256)] = p
	}
	return all
}

// recorded is t as the record has it. A line that does not tell by which catalogue
// the file is to be judged gets one beside it that does.
func (r *run) recorded(p pipeline.Receipt, t taken) taken {
	t.new, t.now, t.since, t.acts, t.rules = true, p.At, p.FirstSeen, p.Acts, cmp.Or(p.Rules, r.present())
	t.recorded = t.rules == p.Rules
	return t
}

// gone are the files on the record that are neither in the ledger nor in the
// inbox any more. Their bytes are in the archive; where they are not, only a
// backup can bring the file back, and every run says so.
func (r *run) gone(receipts map[string]pipeline.Receipt, entries map[string]store.Entry, marked map[string]bool) []taken {
	var all []taken
	for _, key := range slices.Sorted(maps.Keys(receipts)) {
		p := receipts[key]
		if _, judged := entries[key]; judged || marked[key] {
			continue
		}
		if !r.archive.HasWhole(p.SHA256) {
			r.Log.Warn("bytes lost", "file", p.File, "missing", r.archive.Path(p.SHA256))
			r.result.Lost = append(r.result.Lost, Lost{p.File, r.archive.Path(p.SHA256)})
			continue
		}
		all = append(all, r.recorded(p, taken{File: intake.File{Path: p.File, Size: p.Size, ModTime: p.ModTime}, sha: p.SHA256, gone: true}))
	}
	return all
}

// unitOf is the unit in whose folder a file lies, or empty.
func (r *run) unitOf(f intake.File) string {
	if r.rules == nil {
		return ""
	}
	return intake.UnitOfFolder(r.rules.Catalogue, f.Folder())
}
