package backup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/disk"
)

// ManifestName is the file that makes a folder a backup.
const ManifestName = "backup.json"

// A Manifest lists what a backup holds.
type Manifest struct {
	MadeAt  time.Time `json:"made_at"`
	Version string    `json:"version"`          // of the program
	Folders []string  `json:"folders"`          // also empty ones: units look for theirs
	Closed  []string  `json:"closed,omitempty"` // of the folders, those that others may not look into
	Files   []File    `json:"files"`
	Check   string    `json:"check"` // SHA-256 of all of the above
}

// A File is one file of a backup, by its path in the workspace.
type File struct {
	Path    string    `json:"path"`
	Size    int64     `json:"size"`
	ModTime time.Time `json:"mtime"`
	SHA256  string    `json:"sha256"`
	Private bool      `json:"private,omitempty"` // nobody else may read it, such as the passwords
}

// check reads the file in the backup dir and tells whether it is as it was written.
// A link, or a device that never ends, is not.
func (f File) check(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(f.Path))
	info, err := os.Lstat(name)
	if err != nil {
		return err
	}
	sum := ""
	if info.Mode().IsRegular() && info.Size() == f.Size {
		if sum, err = disk.Hash(name); err != nil {
			return err
		}
	}
	if sum != f.SHA256 {
		return fmt.Errorf("%s is not as it was written", f.Path)
	}
	return nil
}

// ErrDamaged tells that a backup is not as it was written.
var ErrDamaged = errors.New("backup is damaged")

// ErrNone tells that there is no whole backup in a folder.
var ErrNone = errors.New("no backup here")

// sum is what Check must be.
func (m Manifest) sum() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %q\n", m.MadeAt.UTC().Format(time.RFC3339Nano), m.Version)
	for _, name := range m.Folders {
		fmt.Fprintf(h, "%q\n", name)
	}
	for _, name := range m.Closed {
		fmt.Fprintf(h, "closed %q\n", name)
	}
	for _, f := range m.Files {
		fmt.Fprintf(h, "%s %d %s %q\n", f.SHA256, f.Size, f.ModTime.UTC().Format(time.RFC3339Nano), f.Path)
		if f.Private {
			fmt.Fprintln(h, "private")
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Find is the folder of a backup with its manifest: dir itself, or the newest one in
// it.
func Find(dir string) (string, Manifest, error) {
	m, err := read(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return dir, m, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", m, fmt.Errorf("look for backups: %w", err)
	}
	for _, entry := range slices.Backward(entries) {
		below := filepath.Join(dir, entry.Name())
		if !entry.IsDir() || filepath.Ext(below) == unfinished {
			continue
		}
		if m, err = read(below); !errors.Is(err, fs.ErrNotExist) {
			return below, m, err
		}
	}
	return "", m, fmt.Errorf("look for backups in %q: %w", dir, ErrNone)
}

func read(dir string) (m Manifest, err error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%w: read %s: %w", ErrDamaged, ManifestName, err)
	}
	if m.Check != m.sum() {
		return m, fmt.Errorf("%w: %s was changed", ErrDamaged, ManifestName)
	}
	names := slices.Clone(m.Folders)
	for _, f := range m.Files {
		names = append(names, f.Path)
	}
	for _, name := range names {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return m, fmt.Errorf("%w: it names %q", ErrDamaged, name)
		}
	}
	return m, nil
}
