package doctor

import (
	"errors"
	"strings"
	"time"

	"tonghop/pipeline/disk"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/lock"
)

// disk asks how much may still be written.
func (e *exam) disk() {
	free, total, err := disk.Free(e.Config.Dir)
	pairs := []any{"free", Size(free), "total", Size(total)}
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		e.add("disk", Error, "disk_unknown", "error", err)
	case free < disk.Least:
		e.add("disk", Error, "disk_full", pairs...)
	case free < disk.Scarce:
		e.add("disk", Warning, "disk_scarce", pairs...)
	default:
		e.add("disk", OK, "disk_free", pairs...)
	}
}

// fileSystem tells whether the database lies where locks and syncs can't be relied
// on, or under a name that DuckDB can't open.
func (e *exam) fileSystem() {
	if strings.Contains(e.Config.Dir, "?") {
		e.add("disk", Error, "question_mark", "folder", e.Config.Dir)
	}
	dir := e.Config.Path(".tonghop")
	if !isDir(dir) {
		dir = e.Config.Dir
	}
	switch name, remote := disk.Remote(dir); {
	case remote:
		e.add("disk", Warning, "network_disk", "folder", ".tonghop", "kind", name)
	case name != "":
		e.add("disk", OK, "local_disk", "folder", ".tonghop", "kind", name)
	}
}

// skew is how far the clock of a file server may be off.
const skew = 5 * time.Minute

// clock holds the machine's clock against the files of the inbox and the record.
func (e *exam) clock() {
	zone := e.Config.Zone
	e.add("clock", OK, "clock", "now", e.Now.In(zone), "zone", zone)
	if listing, err := intake.Look(e.inboxDir()); err == nil {
		var ahead []string
		for _, f := range listing.Files {
			if f.ModTime.After(e.Now.Add(skew)) {
				ahead = append(ahead, f.Path)
			}
		}
		if len(ahead) > 0 {
			e.add("clock", Warning, "files_ahead", "n", len(ahead), "files", some(ahead))
		}
	}
	j, err := journal.Look(e.Config.Path(".tonghop"))
	if err != nil {
		return // told by the look at the record
	}
	var last time.Time
	for _, r := range j.Receipts {
		if r.At.After(last) {
			last = r.At
		}
	}
	if last.After(e.Now.Add(skew)) {
		e.add("clock", Warning, "clock_back", "last", last.In(zone), "now", e.Now.In(zone))
	}
}

// lock tells who works in the workspace.
func (e *exam) lock() {
	h, held, err := lock.HeldBy(e.Config.Path(".tonghop"))
	pairs := []any{"command", h.Command, "pid", h.PID, "since", h.Since.In(e.Config.Zone)}
	switch {
	case err != nil:
		e.add("lock", Error, "lock_unreadable", "error", err)
	case !held:
		e.add("lock", OK, "lock_free")
	case e.Now.Sub(h.Since) > e.Config.Serve.JobLimit:
		e.add("lock", Warning, "lock_long", pairs...)
	default:
		e.add("lock", OK, "lock_held", pairs...)
	}
}

// A Size is a number of bytes.
type Size uint64
