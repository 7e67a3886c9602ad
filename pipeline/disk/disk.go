// Package disk makes what is written outlast a power cut. It knows nothing of what
// the files hold; the archive, the journal and the issues rest on it.
package disk

import (
	"errors"
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
func MakeDir(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if err := MakeDir(above); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) { // another worker may be faster
		return err
	}
	return Sync(above)
}

// writing is what Replace calls a file that it writes.
const writing = ".writing-*"

// Clear removes what a Replace that was killed has left in dir. Nobody may write there.
func Clear(dir string) error {
	left, err := fs.Glob(os.DirFS(dir), writing) // a folder's name may look like a pattern
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
	temporary, err := os.CreateTemp(dir, writing)
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return Sync(dir)
}
