package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

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
// copy is whole and on disk before it has its name.
func (a Archive) Put(inbox string, f File) (sha string, err error) {
	source, err := os.Open(f.on(inbox))
	if err != nil {
		return "", fmt.Errorf("open %q: %w", f.Path, err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	sha, err = a.put(source)
	if err != nil {
		return "", fmt.Errorf("archive %q: %w", f.Path, err)
	}
	after, err := source.Stat()
	if err != nil {
		return "", fmt.Errorf("look at %q: %w", f.Path, err)
	}
	if after.Size() != f.Size || !after.ModTime().Equal(f.ModTime) {
		return "", fmt.Errorf("archive %q: %w", f.Path, ErrChanged)
	}
	return sha, nil
}

// PutBytes keeps data that was already read, such as an accepted catalogue or
// form: every run brings these, so that those that are there stay untouched.
func (a Archive) PutBytes(data []byte) (sha string, err error) {
	sum := sha256.Sum256(data)
	if sha = hex.EncodeToString(sum[:]); a.Has(sha) {
		return sha, nil
	}
	return a.put(strings.NewReader(string(data)))
}

func (a Archive) put(source io.Reader) (string, error) {
	if err := disk.MakeDir(a.Dir); err != nil {
		return "", err
	}
	temporary, err := os.CreateTemp(a.Dir, "taking-*")
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(temporary, hash), source)
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

// Path is where the bytes with the given hash lie.
func (a Archive) Path(sha string) string { return filepath.Join(a.Dir, sha[:2], sha) }
