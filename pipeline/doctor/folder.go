package doctor

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"tonghop/pipeline/intake"
)

// folders tries to write where the program writes. A folder that is not there yet
// is made by the first run, in the one above.
func (e *exam) folders() {
	for _, name := range []string{".tonghop", "out", "inputs/feedback"} {
		dir, missing := e.Config.Path(filepath.FromSlash(name)), false
		for absent(dir) && dir != e.Config.Dir {
			dir, missing = filepath.Dir(dir), true
		}
		switch err := tryWrite(dir); {
		case err != nil:
			e.add("folder", Error, "not_writable", "folder", name, "error", err)
		case missing:
			e.add("folder", OK, "made_later", "folder", name)
		default:
			e.add("folder", OK, "writable", "folder", name)
		}
	}
}

// strangers tells whether others on this machine may look at what is not theirs: the state, with
// every unit's files, and the answers to a unit whose own folder is closed to them.
func (e *exam) strangers() {
	if runtime.GOOS == "windows" { // rights are told otherwise there
		return
	}
	if isDir(e.Config.Path(".tonghop")) && !closed(e.Config.Path(".tonghop")) {
		e.add("folder", Warning, "state_open", "folder", ".tonghop")
	}
	answers := e.Config.Path("inputs", "feedback")
	units, _ := os.ReadDir(answers) // where it can't be read another look tells
	var open []string
	for _, unit := range units {
		if unit.IsDir() && !closed(filepath.Join(answers, unit.Name())) && closed(filepath.Join(e.inboxDir(), unit.Name())) {
			open = append(open, unit.Name())
		}
	}
	if len(open) > 0 && !closed(answers) {
		e.add("folder", Warning, "answers_open", "n", len(open), "files", some(open))
	}
}

// closed tells that a folder is there and that others may neither read it nor go through it.
func closed(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.Mode().Perm()&0o007 == 0
}

func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// tryWrite makes a file and takes it away.
func tryWrite(dir string) error {
	file, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString("tonghop doctor\n")
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

// inbox tries to read all that units have put there.
func (e *exam) inbox() {
	listing, err := intake.Look(e.inboxDir())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.add("inbox", Error, "no_inbox", "folder", "inputs/inbox")
		return
	case err != nil:
		e.add("inbox", Error, "inbox_unreadable", "error", err)
		return
	}
	unreadable := listing.Unreadable
	for _, f := range listing.Files {
		file, err := os.Open(filepath.Join(e.inboxDir(), filepath.FromSlash(f.Path)))
		if err == nil {
			err = file.Close()
		}
		if errors.Is(err, fs.ErrPermission) {
			unreadable = append(unreadable, f.Path)
		}
	}
	if len(unreadable) > 0 {
		e.add("inbox", Error, "files_unreadable", "n", len(unreadable), "files", some(unreadable))
	}
	if len(listing.Conflicts) > 0 {
		e.add("inbox", Warning, "conflicts", "n", len(listing.Conflicts), "files", some(listing.Conflicts))
	}
	e.add("inbox", OK, "inbox_readable", "n", len(listing.Files)-len(unreadable)+len(listing.Unreadable))
}

func (e *exam) inboxDir() string { return e.Config.Path("inputs", "inbox") }

// links finds links in the inbox: they are not followed, and whoever made one
// waits in vain.
func (e *exam) links() {
	var found []string
	_ = filepath.WalkDir(e.inboxDir(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // told by the look into the inbox
		}
		if entry.Type()&fs.ModeSymlink != 0 && path != e.inboxDir() {
			below, err := filepath.Rel(e.inboxDir(), path)
			if err == nil {
				found = append(found, filepath.ToSlash(below))
			}
		}
		return nil
	})
	if len(found) > 0 {
		e.add("inbox", Warning, "links", "n", len(found), "files", some(found))
	}
}

// some names the first few of many.
func some(names []string) string {
	const most = 5
	slices.Sort(names)
	if len(names) > most {
		return strings.Join(names[:most], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}
