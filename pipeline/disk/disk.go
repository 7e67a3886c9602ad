// Package disk makes what is written outlast a power cut. It knows nothing of what
// the files hold; the archive, the journal and the issues rest on it.
package disk

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Sync makes the names that were given, changed or removed in dir last.
func Sync(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// MakeDir makes dir and the folders above it that are missing, so that they last.
func MakeDir(dir string) error { return makeDir(dir, 0o755) }

// MakePrivateDir is MakeDir for what is for nobody else's eyes.
func MakePrivateDir(dir string) error { return makeDir(dir, 0o700) }

func makeDir(dir string, mode fs.FileMode) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if err := makeDir(above, mode); err != nil {
		return err
	}
	if err := os.Mkdir(dir, mode); err != nil && !errors.Is(err, fs.ErrExist) { // another worker may be faster
		return err
	}
	return Sync(above)
}

// MakeClosed is MakeDir for a folder that only those may look into who own the folder
// above or are of its group.
func MakeClosed(dir string) error {
	above := filepath.Dir(dir)
	if err := MakeDir(above); err != nil {
		return err
	}
	info, err := os.Stat(above)
	if err != nil {
		return err
	}
	const others = 0o007
	if err := os.Mkdir(dir, info.Mode().Perm()&^others); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
	}
	return Sync(above)
}

// writing begins the name of a file that Replace writes.
const writing = ".writing-"

// Clear removes what a Replace that was killed has left in dir. Nobody may write there.
func Clear(dir string) error {
	left, err := fs.Glob(os.DirFS(dir), writing+"*") // a folder's name may look like a pattern
	for _, name := range left {
		err = errors.Join(err, os.Remove(filepath.Join(dir, name)))
	}
	return err
}

// Replace puts data at path whole: it writes the file under another name and then
// gives it its own, so that readers see the old file or the new one.
func Replace(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := MakeDir(dir); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	if err := errors.Join(ReplaceIn(root, filepath.Base(path), data), root.Close()); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return nil
}

// ReplaceIn is Replace in a folder that others may write in: no link in it leads out of it.
func ReplaceIn(root *os.Root, name string, data []byte) error {
	dir := filepath.Dir(name)
	if err := makeDirIn(root, dir); err != nil {
		return err
	}
	temporary := filepath.Join(dir, writing+rand.Text())
	file, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(err, root.Remove(temporary))
	}
	return syncIn(root, dir)
}

func makeDirIn(root *os.Root, dir string) error {
	if _, err := root.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if err := makeDirIn(root, above); err != nil {
		return err
	}
	if err := root.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) { // another worker may be faster
		return err
	}
	return syncIn(root, above)
}

func syncIn(root *os.Root, dir string) error {
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
