package job

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/store"
)

// A taken is a settled file with its bytes in the archive.
type taken struct {
	intake.File
	sha string
	new bool // not in the ledger, or held until now
}

// take finds the settled files of the inbox and archives those that the last
// run did not see.
func (r *run) take(ctx context.Context, db *store.DB) ([]taken, error) {
	inbox := r.Config.Path("inputs", "inbox")
	listing, err := intake.Look(inbox)
	if errors.Is(err, fs.ErrNotExist) && r.firstRun() {
		return nil, nil // a workspace that has no inbox yet; a vanished one is an error
	}
	if err != nil {
		return nil, err
	}
	r.result.Conflicts, r.result.Unreadable = listing.Conflicts, listing.Unreadable
	var seen map[string]store.Sighting
	var verdicts map[string]pipeline.Verdict
	err = db.Transact(ctx, func(tx *store.Tx) (err error) {
		if seen, err = tx.Sightings(ctx); err == nil {
			verdicts, err = tx.Verdicts(ctx)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	known, unknown := split(listing.Files, seen)
	if len(unknown) > 0 && r.Config.Settle > 0 {
		r.Progress.Settling(len(unknown), r.Config.Settle)
	}
	settled, moving, err := intake.Settled(ctx, inbox, unknown, r.Config.Settle)
	if err != nil {
		return nil, err
	}
	r.result.Moving = moving
	all, err := r.archiveAll(inbox, settled)
	if err != nil {
		return nil, err
	}
	for _, f := range known {
		all = append(all, taken{File: f, sha: seen[f.Path].SHA256})
	}
	return r.mark(all, verdicts), nil
}

// firstRun tells whether no inbox was ever seen.
func (r *run) firstRun() bool {
	held, err := filepath.Glob(filepath.Join(r.archive.Dir, "*"))
	return err == nil && len(held) <= 1+len(r.rulesFiles())
}

func (r *run) rulesFiles() []string {
	if r.rules == nil {
		return nil
	}
	return slices.Collect(maps.Keys(r.rules.Files))
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
// vanishes meanwhile is left to the next run.
func (r *run) archiveAll(inbox string, settled []intake.File) ([]taken, error) {
	r.Progress.Step("archive", len(settled))
	var all []taken
	for _, f := range settled {
		sha, err := r.archive.Put(inbox, f)
		switch {
		case errors.Is(err, intake.ErrChanged) || errors.Is(err, fs.ErrNotExist):
			r.result.Moving++
		case err != nil:
			return nil, err
		default:
			all = append(all, taken{File: f, sha: sha})
		}
		r.Progress.Part(f.Path)
	}
	return all, nil
}

// mark tells the new files from those already judged: the same bytes in one
// unit's folder are one submission, whatever they are called. A file that was
// held for its unknown folder is judged anew once the folder is a unit's.
func (r *run) mark(all []taken, verdicts map[string]pipeline.Verdict) []taken {
	slices.SortFunc(all, func(a, b taken) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	for i := range all {
		key := store.Key(all[i].Folder(), all[i].sha)
		verdict, judged := verdicts[key]
		known := r.rules != nil && intake.UnitOfFolder(r.rules.Catalogue, all[i].Folder()) != ""
		all[i].new = !judged || verdict == pipeline.Held && known
		if all[i].new {
			verdicts[key] = pipeline.Accepted // the second copy in this run is not new
		} else {
			r.result.Unchanged++
		}
	}
	return all
}
