package job

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tonghop/pipeline/disk"
)

// inFeedback has write put a file into the folder of a unit's answers, where name is
// its path below the folder of all answers. What lies in the unit's folder may be the
// unit's doing: no link in it, nor one in its place, leads an answer elsewhere.
func (r *run) inFeedback(name string, write func(dir *os.Root, name string) error) error {
	all := r.Config.Path("inputs", "feedback")
	if err := disk.MakeDir(all); err != nil {
		return err
	}
	root, err := os.OpenRoot(all)
	if err != nil {
		return err
	}
	folder, below, inFolder := strings.Cut(name, string(filepath.Separator))
	if !inFolder {
		return errors.Join(write(root, name), root.Close())
	}
	own, err := r.openAnswers(root, folder)
	if err := errors.Join(err, root.Close()); err != nil {
		return err
	}
	return errors.Join(write(own, below), own.Close())
}

// openAnswers opens the folder of a unit's answers; a link is none. One that is not there is made
// for the same people as the folder that the unit writes in.
func (r *run) openAnswers(all *os.Root, folder string) (*os.Root, error) {
	info, err := all.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := r.makeAnswers(all, folder); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("open answers of %q: it is no folder", folder)
	}
	return all.OpenRoot(folder)
}

func (r *run) makeAnswers(all *os.Root, folder string) error {
	const everybody, others = 0o755, 0o007
	mode := os.FileMode(everybody)
	inbox, err := os.Stat(r.Config.Path("inputs", "inbox", folder))
	if err == nil && inbox.Mode()&others == 0 {
		mode &^= others
	}
	if err := all.Mkdir(folder, mode); err != nil {
		if errors.Is(err, fs.ErrExist) { // another judge was faster
			return nil
		}
		return err
	}
	if err == nil && mode != everybody {
		if err := giveGroup(all, folder, inbox); err != nil {
			r.Log.Warn("folder of answers is not for the unit's group", "folder", folder, "error", err)
		}
	}
	return disk.Sync(all.Name())
}
