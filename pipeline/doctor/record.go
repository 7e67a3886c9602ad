package doctor

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/disk"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/lock"
)

// rules reads the catalogue and the forms as a run does, and holds the folders of
// the inbox against the units.
func (e *exam) rules() {
	rules, found, err := assess.Load(os.DirFS(e.Config.Path("inputs")), e.Config.Calendar)
	if err != nil {
		e.add("catalogue", Error, "catalogue_unreadable", "error", err)
		return
	}
	for _, f := range found {
		level := map[pipeline.Severity]Level{pipeline.SeverityError: Error, pipeline.SeverityWarning: Warning}[f.Severity]
		if level != "" {
			e.add("catalogue", level, "catalogue_finding", "file", f.File, "finding", f.Finding)
		}
	}
	if rules == nil {
		return
	}
	cat := rules.Catalogue
	e.add("catalogue", OK, "catalogue", "units", len(cat.Units), "indicators", len(cat.Indicators), "forms", len(cat.Forms))
	today := pipeline.DayIn(e.Now, e.Config.Zone)
	folders, err := os.ReadDir(e.inboxDir())
	if err != nil {
		return // told by the look into the inbox
	}
	var nobody, missing []string
	there := map[string]bool{}
	for _, f := range folders {
		switch unit := intake.UnitOfFolder(cat, intake.Folder(f.Name()+"/")); {
		case unit != "":
			there[unit] = true
		case f.IsDir():
			nobody = append(nobody, f.Name()+"/")
		case f.Name()[0] != '.':
			nobody = append(nobody, f.Name())
		}
	}
	for _, u := range cat.Units {
		if _, valid := cat.UnitOn(u.Code, today); valid && !there[u.Code] && slices.ContainsFunc(cat.Forms, func(f pipeline.Form) bool { return f.DueOf(u.Kind) }) {
			missing = append(missing, u.Code)
		}
	}
	if len(nobody) > 0 {
		e.add("inbox", Warning, "folders_of_nobody", "n", len(nobody), "files", some(nobody))
	}
	if len(missing) > 0 {
		e.add("inbox", Warning, "folders_missing", "n", len(missing), "files", some(slices.Compact(missing)))
	}
}

// sampled is how many files of the archive are read where not all are.
const sampled = 50

// record checks the chain of the record, and that the archive has the bytes of
// every file on it, unchanged.
func (e *exam) record() {
	j, err := journal.Look(e.Config.Path(".tonghop"))
	if errors.Is(err, journal.ErrNewer) {
		e.add("record", Error, "record_newer", "error", err)
		return
	}
	if err != nil {
		e.add("record", Error, "record_broken", "error", err)
		return
	}
	e.add("record", OK, "record", "acts", len(j.Acts), "receipts", len(j.Receipts))
	archive := intake.Archive{Dir: e.Config.Path(".tonghop", "archive")}
	byHash := map[string]string{}
	for _, r := range j.Receipts {
		byHash[r.SHA256] = r.File
	}
	var missing, changed, there []string
	for sha, file := range byHash {
		if archive.Has(sha) {
			there = append(there, sha)
		} else {
			missing = append(missing, file)
		}
	}
	slices.Sort(there) // hashes are in no order: the first are a sample
	if !e.Whole {
		there = there[:min(len(there), sampled)]
	}
	for _, sha := range there {
		if got, err := disk.Hash(archive.Path(sha)); err != nil || got != sha {
			changed = append(changed, byHash[sha])
		}
	}
	if len(missing) > 0 {
		e.add("archive", Error, "archive_missing", "n", len(missing), "files", some(missing))
	}
	if len(changed) > 0 {
		e.add("archive", Error, "archive_changed", "n", len(changed), "files", some(changed))
	}
	if len(missing)+len(changed) == 0 {
		e.add("archive", OK, "archive", "n", len(byHash), "read", len(there))
	}
}

// database looks at the files of the database from outside: a process that opens
// one and closes it again loses the lock on it.
func (e *exam) database() {
	file := e.Config.Path(".tonghop", "tonghop.duckdb")
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.add("database", OK, "database_later")
	case err != nil:
		e.add("database", Error, "database_unreadable", "error", err)
	default:
		e.add("database", OK, "database", "size", Size(info.Size()))
	}
	if _, err := os.Stat(file + ".wal"); err == nil {
		if _, held, err := lock.HeldBy(e.Config.Path(".tonghop")); err == nil && !held {
			e.add("database", Warning, "database_wal")
		}
	}
	if info, err := os.Stat(file + ".old"); err == nil {
		e.add("database", Warning, "database_old", "size", Size(info.Size()))
	}
}
