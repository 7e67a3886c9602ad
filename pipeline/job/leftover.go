package job

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"tonghop/pipeline/notify"
)

// A fate is what becomes of something that clearing comes across.
type fate int

const (
	stays    fate = iota // and what lies in it is looked at
	whole                // and all that lies in it
	leftover             // it is removed
)

// clearLeftovers removes what a killed run was writing or had lent its helpers.
// It runs under the lock, so that nothing of it is in use. What can't be removed
// is in nobody's way.
func (r *run) clearLeftovers() {
	for _, place := range []struct {
		dir  string
		fate func(name string, entry fs.DirEntry) fate
	}{
		{r.Config.Path("out"), fateInOut},
		{r.Config.Path("inputs", "feedback"), fateInFeedback},
		{r.Config.Path(".tonghop"), fateInState},
	} {
		if err := clearIn(place.dir, place.fate); err != nil {
			r.Log.Warn("leftovers not removed", "folder", place.dir, "error", err)
		}
	}
}

// clearIn removes what has that fate below dir, never through a link.
func clearIn(dir string, fateOf func(string, fs.DirEntry) fate) (err error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	var faults []error
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			faults = append(faults, err)
			return fs.SkipDir
		}
		f := fateOf(name, entry)
		if f == leftover {
			faults = append(faults, root.RemoveAll(name))
		}
		if f != stays && entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	return errors.Join(append(faults, err)...)
}

// isWriting tells whether an entry is a file that was not yet given its name.
func isWriting(entry fs.DirEntry) bool {
	return entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), ".writing-")
}

func fateInFeedback(_ string, entry fs.DirEntry) fate {
	if isWriting(entry) {
		return leftover
	}
	return stays
}

func fateInOut(name string, entry fs.DirEntry) fate {
	issue := entry.IsDir() && path.Base(path.Dir(name)) == "issues"
	switch {
	case isWriting(entry) || issue && path.Ext(name) == ".unfinished":
		return leftover
	case issue:
		return whole
	}
	return stays
}

// ofServe are what serve writes in .tonghop while runs go on. It clears these itself.
var ofServe = []string{"jobs", "log", "schedules.json", "upload"}

func fateInState(name string, entry fs.DirEntry) fate {
	folder, base := path.Split(name)
	switch {
	case folder == "" && isWriting(entry): // no run writes so there
		return stays
	case folder == "" && (slices.Contains(ofServe, base) || base == notify.AlarmFolder):
		return whole
	case isWriting(entry),
		entry.Type().IsRegular() && folder == "archive/" && strings.HasPrefix(base, "taking-"),
		entry.IsDir() && folder == "" && (strings.HasPrefix(base, "worker-") || strings.HasPrefix(base, "parquet-")):
		return leftover
	case folder == "archive/":
		return whole
	}
	return stays
}
