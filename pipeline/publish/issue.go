package publish

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// ErrDamaged tells that something published is not as it was written.
var ErrDamaged = errors.New("published files are damaged")

// Last reads the manifest of the last whole issue in dir; none is the zero
// Manifest. An issue counts from the moment at which its folder has its name,
// also where its top copies are missing, damaged or not yet replaced. Where the
// folders were cleared away, the manifest at the top stands in. A manifest that
// can't be read is passed over: the result is then good beside an ErrDamaged.
func Last(dir string) (Manifest, error) { return lastBelow(dir, math.MaxInt) }

// lastBelow is Last among the issues before limit.
func lastBelow(dir string, limit int) (Manifest, error) {
	numbers, err := issues(dir)
	if err != nil {
		return Manifest{}, err
	}
	var damage error
	for _, n := range numbers {
		if n >= limit {
			continue
		}
		m, err := readManifest(issueDir(dir, n))
		if err == nil && m.Issue == n {
			return m, damage
		}
		damage = errors.Join(damage, fmt.Errorf("%w: manifest of issue %d: %w", ErrDamaged, n, cmp.Or(err, errors.New("another number"))))
	}
	m, err := readManifest(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Manifest{}, damage
	case err != nil:
		return Manifest{}, errors.Join(damage, fmt.Errorf("%w: %w", ErrDamaged, err))
	case m.Issue >= limit:
		return Manifest{}, damage
	}
	return m, damage
}

// Top reads the manifest at the top of dir: of the issue whose files stand there.
func Top(dir string) (Manifest, error) { return readManifest(dir) }

// Next is the number of the next issue in dir: no issue that was ever whole is
// overwritten, even if its manifest can't be read any more.
func Next(dir string) (int, error) {
	numbers, err := issues(dir)
	if err != nil {
		return 0, err
	}
	last, err := Last(dir)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return 0, err
	}
	return max(last.Issue, slices.Max(append(numbers, 0))) + 1, nil
}

// issues lists the numbers of the issues in dir, the last first.
func issues(dir string) ([]int, error) {
	folders, err := os.ReadDir(filepath.Join(dir, "issues"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list issues: %w", err)
	}
	var all []int
	for _, f := range folders {
		n, err := strconv.Atoi(f.Name())
		if err != nil || n < 1 || strconv.Itoa(n) != f.Name() {
			continue
		}
		if _, err := os.Stat(filepath.Join(issueDir(dir, n), ManifestName)); err == nil {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all, nil
}

func issueDir(dir string, n int) string { return filepath.Join(dir, "issues", strconv.Itoa(n)) }

// readManifest reads the manifest in one folder.
func readManifest(dir string) (m Manifest, err error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest in %q: %w", dir, err)
	}
	return m, nil
}

// encode is the manifest as it is written.
func (m Manifest) encode() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write manifest: %w", err)
	}
	return append(data, '\n'), nil
}

// Read reads a file of the issue m as it was written, from its folder or else
// from the top copy. A file that is in neither place whole is ErrDamaged; one
// that the issue never had is fs.ErrNotExist.
func Read(dir string, m Manifest, name string) ([]byte, error) {
	i := slices.IndexFunc(m.Files, func(f File) bool { return f.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("read %s of issue %d: %w", name, m.Issue, fs.ErrNotExist)
	}
	if local := filepath.FromSlash(name); filepath.IsLocal(local) {
		for _, place := range []string{issueDir(dir, m.Issue), dir} {
			data, err := os.ReadFile(filepath.Join(place, local))
			if sum := sha256.Sum256(data); err == nil && hex.EncodeToString(sum[:]) == m.Files[i].SHA256 {
				return data, nil
			}
		}
	}
	return nil, fmt.Errorf("read %s of issue %d: %w", name, m.Issue, ErrDamaged)
}

// Restore makes the files of the issue m in dir what they were when it was
// published, the manifest last, and tells whether any was not. Where a file is
// nowhere whole it changes nothing and returns ErrDamaged.
func Restore(dir string, m Manifest) (restored bool, err error) {
	var files []Output
	for _, f := range m.Files {
		data, err := Read(dir, m, f.Name)
		if err != nil {
			return false, err
		}
		files = append(files, Output{Name: f.Name, Data: data})
	}
	manifest, err := m.encode()
	if err != nil {
		return false, err
	}
	top, _ := readManifest(dir) // of another issue, or lost: then it says nothing of files to remove
	for _, f := range append(files, Output{Name: ManifestName, Data: manifest}) {
		for _, place := range []string{issueDir(dir, m.Issue), dir} {
			written, err := writeNew(filepath.Join(place, filepath.FromSlash(f.Name)), f.Data)
			if err != nil {
				return restored, fmt.Errorf("restore %s of issue %d: %w", f.Name, m.Issue, err)
			}
			restored = restored || written
		}
	}
	before, err := lastBelow(dir, m.Issue)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return restored, err
	}
	return restored, errors.Join(removeObsolete(dir, before, m), removeObsolete(dir, top, m))
}

// Find is the manifest of the given issue in dir; one that was never whole is
// fs.ErrNotExist.
func Find(dir string, issue int) (Manifest, error) {
	m, err := readManifest(issueDir(dir, issue))
	if err == nil && m.Issue != issue {
		err = fmt.Errorf("%w: manifest of issue %d bears another number", ErrDamaged, issue)
	}
	return m, err
}
