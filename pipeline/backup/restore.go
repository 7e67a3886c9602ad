package backup

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"tonghop/pipeline/disk"
)

// ErrNotEmpty tells that a backup would be put where something is.
var ErrNotEmpty = errors.New("folder is not empty")

// Restore puts a backup, or the newest one in the folder from, into dir, which must
// be empty or not there. All of the backup is read before anything is written, and
// what is written is read back; dir has its name only once it is whole.
func Restore(from, dir string, part func(name string)) (found string, m Manifest, err error) {
	if err := empty(dir); err != nil {
		return "", m, err
	}
	if found, m, err = Find(from); err != nil {
		return found, m, err
	}
	if err := verify(found, m); err != nil {
		return found, m, err
	}
	dir = filepath.Clean(dir)
	writing := filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".restoring")
	if err := errors.Join(os.RemoveAll(writing), disk.MakeDir(writing)); err != nil {
		return found, m, fmt.Errorf("begin restore: %w", err)
	}
	if err := makeFolders(writing, m); err != nil {
		return found, m, fmt.Errorf("restore: %w", err)
	}
	for _, f := range m.Files {
		if err := restoreFile(found, writing, f); err != nil {
			return found, m, errors.Join(fmt.Errorf("restore %s: %w", f.Path, err), os.RemoveAll(writing))
		}
		part(f.Path)
	}
	return found, m, settle(writing, dir)
}

// makeFolders makes the folders of a backup, each before those in it.
func makeFolders(root string, m Manifest) error {
	for _, name := range m.Folders {
		mode := fs.FileMode(0o755)
		if slices.Contains(m.Closed, name) {
			mode &^= others
		}
		dir := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return err
		}
		if err := os.Mkdir(dir, mode); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// settle gives the restored folder its name.
func settle(writing, dir string) error {
	if err := syncTree(writing); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("restore: %w", err)
	}
	if err := os.Rename(writing, dir); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return disk.Sync(filepath.Dir(dir))
}

func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("restore to %q: %w", dir, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("restore to %q: %w", dir, ErrNotEmpty)
	}
	return nil
}

// verify reads every file of a backup and names all that are not as they were
// written.
func verify(dir string, m Manifest) error {
	var faults []error
	for _, f := range m.Files {
		if err := f.check(dir); err != nil {
			faults = append(faults, fmt.Errorf("%w: %w", ErrDamaged, err))
		}
	}
	return errors.Join(faults...)
}

func restoreFile(from, to string, f File) error {
	target := filepath.Join(to, filepath.FromSlash(f.Path))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	source, err := os.Open(filepath.Join(from, filepath.FromSlash(f.Path)))
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if f.Private {
		mode = 0o600
	}
	written, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return errors.Join(err, source.Close())
	}
	_, err = io.Copy(written, source)
	if err := errors.Join(err, written.Sync(), written.Close(), source.Close()); err != nil {
		return err
	}
	if sum, err := disk.Hash(target); err != nil || sum != f.SHA256 {
		return errors.Join(errors.New("not as the backup has it"), err)
	}
	return os.Chtimes(target, f.ModTime, f.ModTime)
}
