package backup

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"tonghop/pipeline/disk"
)

// unfinished ends the name of a backup that is not whole yet; whoever makes it holds the
// lock on a file beside it, which is there before it and goes after it.
const (
	unfinished = ".unfinished"
	making     = ".making"
)

// A Place is a file of a workspace to keep, or a folder with all below it.
type Place struct {
	Name    string                                    // its path in the workspace
	Path    string                                    // where it lies
	LeftOut func(name string, entry fs.DirEntry) bool // by the path below it; nil leaves out nothing
	Shared  bool                                      // others write here: a file that can't be copied is named and left out
}

// A Writer makes one backup.
type Writer struct {
	dir      string // has its name already
	writing  string // where it is made
	lock     *flock.Flock
	previous map[string]File
	from     string           // the folder of the previous one
	kept     map[string]*File // by their path
	folders  []string
	closed   []string          // of these, those that others may not look into
	byHash   map[string]string // of these, by their hash, a path
	Copied   int               // files that the previous backup had not
	Bytes    int64             // in these
	Left     []string
	Part     func(name string) // told of each file that is looked at; not nil
}

// Begin begins a backup with the given name in the folder to, beside earlier ones.
func Begin(to, name string) (*Writer, error) {
	w := &Writer{previous: map[string]File{}, kept: map[string]*File{}, byHash: map[string]string{}, Part: func(string) {}}
	if err := disk.MakePrivateDir(to); err != nil { // all that the workspace holds, for nobody else's eyes
		return nil, fmt.Errorf("make folder for backups: %w", err)
	}
	from, before, err := Find(to)
	switch {
	case err == nil && from == to:
		return nil, fmt.Errorf("back up to %q: it is a backup itself: name the folder above", to)
	case err == nil:
		w.from = from
		for _, f := range before.Files {
			w.previous[f.Path] = f
		}
	case !errors.Is(err, ErrNone) && !errors.Is(err, ErrDamaged): // what can't be read is no help, and no harm
		return nil, err
	}
	if err := clearKilled(to); err != nil {
		return nil, fmt.Errorf("clear what a killed backup left: %w", err)
	}
	if w.dir, err = free(filepath.Join(to, name)); err != nil {
		return nil, err
	}
	w.writing, w.lock = w.dir+unfinished, flock.New(w.dir+making)
	_, _ = w.lock.TryLock() // on a disk that knows no locks nobody tells what is killed from what is made
	if err := os.Mkdir(w.writing, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("begin backup: %w", err), w.unlock())
	}
	return w, nil
}

// clearKilled removes the unfinished backups that nobody makes any more.
func clearKilled(to string) error {
	entries, err := os.ReadDir(to)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name, ours := strings.CutSuffix(filepath.Join(to, entry.Name()), making)
		if !ours {
			continue
		}
		w := &Writer{writing: name + unfinished, lock: flock.New(name + making)}
		if free, err := w.lock.TryLock(); err != nil || !free {
			continue
		}
		if err := w.Abandon(); err != nil {
			return err
		}
	}
	return nil
}

// unlock tells that nobody makes the backup any more.
func (w *Writer) unlock() error {
	return errors.Join(os.Remove(w.lock.Path()), w.lock.Close())
}

// free is path, or with a number after it, so that nothing is there.
func free(path string) (string, error) {
	for n := 1; ; n++ {
		name := path
		if n > 1 {
			name = fmt.Sprintf("%s-%d", path, n)
		}
		_, whole := os.Lstat(name)
		_, begun := os.Lstat(name + unfinished)
		if errors.Is(whole, fs.ErrNotExist) && errors.Is(begun, fs.ErrNotExist) {
			return name, nil
		}
		if err := cmp.Or(whole, begun); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("name backup: %w", err)
		}
	}
}

// Take brings the backup up to date with what lies in the places now. Before the
// last call, made when nobody writes there, it may be called while the files change:
// then that one has little to do.
func (w *Writer) Take(ctx context.Context, places []Place, last bool) error {
	w.Left, w.folders, w.closed = nil, nil, nil
	there := map[string]bool{}
	for _, p := range places {
		if err := w.takePlace(ctx, p, last, there); err != nil {
			return err
		}
	}
	for name := range w.kept {
		if !there[name] {
			if err := w.drop(name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *Writer) takePlace(ctx context.Context, p Place, last bool, there map[string]bool) error {
	root, err := filepath.EvalSymlinks(p.Path) // the inbox may be a link to the share
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("back up %s: %w", p.Name, err)
	}
	return filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		below, relErr := filepath.Rel(root, file)
		if relErr != nil {
			return relErr
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name := path.Join(p.Name, filepath.ToSlash(below))
		if err == nil && p.LeftOut != nil && below != "." && p.LeftOut(filepath.ToSlash(below), entry) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		switch {
		case err != nil:
		case entry.IsDir():
			w.folders = append(w.folders, name)
			if isClosed(entry) {
				w.closed = append(w.closed, name)
			}
		case entry.Type().IsRegular():
			err = w.takeFile(name, file)
			if there[name] = err == nil; err == nil {
				w.kept[name].Private = !p.Shared && isClosed(entry)
			}
			w.Part(name)
		}
		switch {
		case err == nil:
			return nil
		case !last && !w.ours(err), last && errors.Is(err, fs.ErrNotExist) && p.Shared:
			return nil // the last call sees how it ends; what people took away themselves is gone
		case p.Shared && !w.ours(err):
			w.Left = append(w.Left, name)
			return nil
		}
		return fmt.Errorf("back up %s: %w", name, err)
	})
}

// others are the rights of those who neither own a file nor are of its group.
const others = 0o007

// isClosed tells whether others have no right at all.
func isClosed(entry fs.DirEntry) bool {
	info, err := entry.Info()
	return err == nil && info.Mode()&others == 0
}

// ours tells whether err is trouble with the backup itself, and not with what it
// copies.
func (w *Writer) ours(err error) bool {
	var fault *fs.PathError
	if !errors.As(err, &fault) {
		var link *os.LinkError
		return errors.As(err, &link)
	}
	below, err := filepath.Rel(w.writing, fault.Path)
	return err == nil && filepath.IsLocal(below)
}

// takeFile keeps one file, unless it is kept as it is now.
func (w *Writer) takeFile(name, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if f, ok := w.kept[name]; ok {
		if f.Size == info.Size() && f.ModTime.Equal(disk.ModTime(info)) {
			return nil
		}
		if err := w.drop(name); err != nil {
			return err
		}
	}
	target := filepath.Join(w.writing, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	if f, ok := w.previous[name]; ok && f.Size == info.Size() && f.ModTime.Equal(disk.ModTime(info)) && link(w.from, f, target) {
		w.keep(f)
		return nil
	}
	return w.copyFile(name, file, target)
}

// link gives a file of the backup dir a second name, if it still is as it was written.
func link(dir string, f File, target string) bool {
	return f.check(dir) == nil && os.Link(filepath.Join(dir, filepath.FromSlash(f.Path)), target) == nil
}

// errMoving tells that a file does not keep still.
var errMoving = errors.New("file changes while it is copied")

// copyFile copies a file that may be written to meanwhile.
func (w *Writer) copyFile(name, file, target string) error {
	for range 3 {
		f, err := copyOnce(file, target)
		if errors.Is(err, errMoving) {
			continue
		}
		if err != nil {
			return err
		}
		f.Path = name
		if old, ok := w.byHash[f.SHA256]; ok && os.Remove(target) == nil { // the inbox has what the archive has
			if !link(w.writing, File{Path: old, Size: f.Size, SHA256: f.SHA256}, target) {
				if _, err := copyOnce(file, target); err != nil {
					return err
				}
			}
		} else {
			w.Copied++
			w.Bytes += f.Size
		}
		w.keep(f)
		return nil
	}
	return errors.Join(errMoving, os.Remove(target))
}

// copyOnce copies a file, and sees that it is on the disk as it was read.
func copyOnce(file, target string) (f File, err error) {
	source, err := os.Open(file)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	before, err := source.Stat()
	if err != nil {
		return f, err
	}
	copied, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return f, err
	}
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(copied, hash), source)
	if err := errors.Join(err, copied.Sync(), copied.Close()); err != nil {
		return f, err
	}
	after, err := source.Stat()
	if err != nil {
		return f, err
	}
	if size != before.Size() || after.Size() != size || !after.ModTime().Equal(before.ModTime()) {
		return f, errMoving
	}
	f = File{Size: size, ModTime: disk.ModTime(after).UTC(), SHA256: hex.EncodeToString(hash.Sum(nil))}
	if sum, err := disk.Hash(target); err != nil || sum != f.SHA256 {
		return f, errors.Join(fmt.Errorf("read %q back: not as it was written", target), err)
	}
	return f, nil
}

func (w *Writer) keep(f File) {
	w.kept[f.Path] = &f
	w.byHash[f.SHA256] = f.Path
}

// drop forgets a file that has gone or changed.
func (w *Writer) drop(name string) error {
	f := w.kept[name]
	if w.byHash[f.SHA256] == name {
		delete(w.byHash, f.SHA256)
	}
	delete(w.kept, name)
	return os.Remove(filepath.Join(w.writing, filepath.FromSlash(name)))
}

// Finish writes the manifest and gives the backup its name.
func (w *Writer) Finish(m Manifest) (dir string, _ Manifest, err error) {
	for _, f := range w.kept {
		m.Files = append(m.Files, *f)
	}
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	m.Folders, m.Closed = slices.Sorted(slices.Values(w.folders)), slices.Sorted(slices.Values(w.closed))
	m.Check = m.sum()
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return "", m, fmt.Errorf("write manifest of backup: %w", err)
	}
	if err := writeLasting(filepath.Join(w.writing, ManifestName), data); err != nil {
		return "", m, fmt.Errorf("write manifest of backup: %w", err)
	}
	if err := syncTree(w.writing); err != nil {
		return "", m, fmt.Errorf("finish backup: %w", err)
	}
	if err := os.Rename(w.writing, w.dir); err != nil {
		return "", m, fmt.Errorf("finish backup: %w", err)
	}
	return w.dir, m, errors.Join(w.unlock(), disk.Sync(filepath.Dir(w.dir)))
}

// Abandon removes what was made of a backup that can't be finished.
func (w *Writer) Abandon() error { return errors.Join(os.RemoveAll(w.writing), w.unlock()) }

func writeLasting(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncTree makes the names in a folder and all below it last.
func syncTree(root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return disk.Sync(name)
	})
}
