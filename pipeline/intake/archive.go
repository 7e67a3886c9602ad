package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"tonghop/pipeline/disk"
)

// An Archive keeps the bytes of every file taken, by their SHA-256. The names
// of the files stand in the ledger: a name may be longer than a disk allows.
type Archive struct {
	Dir string
}

// ErrChanged tells that a file changed while it was copied; the next run takes it.
var ErrChanged = errors.New("file changed while it was read")

// Put copies the file f of the inbox into the archive and returns its hash. The
// copy is whole and on disk before it has its name. Of a file that grows no more is
// read than it had.
func (a Archive) Put(inbox string, f File) (sha string, err error) {
	source, err := f.open(inbox)
	if err != nil {
		return "", fmt.Errorf("open %q: %w", f.Path, err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if err := f.still(source); err != nil {
		return "", fmt.Errorf("archive %q: %w", f.Path, err)
	}
	sha, err = a.put(io.LimitReader(source, f.Size+1), func() error { return f.still(source) })
	if err != nil {
		return "", fmt.Errorf("archive %q: %w", f.Path, err)
	}
	return sha, nil
}

// open opens the file for reading. Whatever the unit put in its place since the look,
// a link leads nowhere out of the unit's folder, and a pipe holds nobody up.
func (f File) open(inbox string) (file *os.File, err error) {
	dir, name := inbox, f.below()
	if folder, rest, ok := strings.Cut(filepath.ToSlash(name), "/"); ok {
		dir, name = filepath.Join(inbox, folder), rest
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// errNoFile tells that there is a folder or the like where a file was.
var errNoFile = errors.New("not a file any more")

// still fails unless what was opened is the file as the look saw it.
func (f File) still(source *os.File) error {
	info, err := source.Stat()
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return &fs.PathError{Op: "read", Path: f.Path, Err: errNoFile}
	case info.Size() != f.Size || !disk.ModTime(info).Equal(f.ModTime):
		return ErrChanged
	}
	return nil
}

// PutBytes keeps data that was already read, such as an accepted catalogue or
// form: every run brings these, so that those that are there whole stay untouched.
func (a Archive) PutBytes(data []byte) (sha string, err error) {
	sum := sha256.Sum256(data)
	if sha = hex.EncodeToString(sum[:]); a.HasWhole(sha) {
		return sha, nil
	}
	return a.put(strings.NewReader(string(data)), func() error { return nil })
}

// put keeps what it reads, if that is whole.
func (a Archive) put(source io.Reader, whole func() error) (string, error) {
	if err := disk.MakeDir(a.Dir); err != nil {
		return "", err
	}
	temporary, err := os.CreateTemp(a.Dir, "taking-*")
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(temporary, hash), source)
	if err == nil {
		err = whole()
	}
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	sha := hex.EncodeToString(hash.Sum(nil))
	if err == nil {
		err = disk.MakeDir(filepath.Dir(a.Path(sha)))
	}
	if err == nil {
		err = os.Rename(temporary.Name(), a.Path(sha))
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(temporary.Name()))
	}
	return sha, disk.Sync(filepath.Dir(a.Path(sha)))
}

// Get reads the bytes with the given hash.
func (a Archive) Get(sha string) ([]byte, error) {
	data, err := os.ReadFile(a.Path(sha))
	if err != nil {
		return nil, fmt.Errorf("read archive: %w", err)
	}
	return data, nil
}

// Has tells whether the bytes with the given hash are there.
func (a Archive) Has(sha string) bool {
	_, err := os.Stat(a.Path(sha))
	return err == nil
}

// HasWhole tells whether the bytes with the given hash are there and are those: a disk
// may have spoilt them.
func (a Archive) HasWhole(sha string) bool {
	got, err := disk.Hash(a.Path(sha))
	return err == nil && got == sha
}

// Path is where the bytes with the given hash lie.
func (a Archive) Path(sha string) string { return filepath.Join(a.Dir, sha[:2], sha) }
