package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/disk"
)

// A File is a regular file of the inbox as one look saw it.
type File struct {
	Path    string // below the inbox, with slashes; always valid text
	Size    int64
	ModTime time.Time

	raw string // the path as the disk has it, where that is no valid text
}

// Folder is the first part of the file's path: the unit's folder, or empty in
// the root of the inbox.
func (f File) Folder() string { return Folder(f.Path) }

// Folder is the first part of a path below the inbox, in NFC.
func Folder(name string) string {
	folder, _, below := strings.Cut(name, "/")
	if !below {
		return ""
	}
	return norm.NFC.String(folder)
}

// on is where the file lies on the disk.
func (f File) on(inbox string) string { return filepath.Join(inbox, f.below()) }

// below is its path below the inbox as the disk has it.
func (f File) below() string {
	if f.raw != "" {
		return f.raw
	}
	return filepath.FromSlash(f.Path)
}

// newFile is the file at below, a path below the inbox. Names out of old
// archives may be no valid text: they are kept with a mark for each such byte.
func newFile(below string, info fs.FileInfo) File {
	f := File{Path: filepath.ToSlash(below), Size: info.Size(), ModTime: disk.ModTime(info)}
	if !utf8.ValidString(f.Path) {
		f.raw, f.Path = below, strings.ToValidUTF8(f.Path, "\ufffd")
	}
	return f
}

// A Listing is what one look into the inbox saw, by path.
type Listing struct {
	Files      []File
	Conflicts  []string // copies that a sync program made
	Unreadable []string // folders and files that may not be looked into
}

// Look lists the files of the inbox, without those that programs leave behind
// (ignored). A missing inbox is an error: it may be an unmounted share. The
// inbox itself may be a link to a share; links inside it are not followed, also
// where one takes a folder's place while we look.
func Look(inbox string) (Listing, error) {
	var l Listing
	root, err := os.OpenRoot(inbox)
	if err != nil {
		return l, fmt.Errorf("look into inbox: %w", err)
	}
	defer func() { _ = root.Close() }() // it was only looked at
	entries, err := list(root, ".")
	if err != nil {
		return l, fmt.Errorf("look into inbox: %w", err)
	}
	for _, entry := range entries {
		if l.add(entry.Name(), entry) {
			l.walk(root, entry.Name())
		}
	}
	return l, nil
}

// walk looks into a unit's folder, and never out of it.
func (l *Listing) walk(inbox *os.Root, folder string) {
	unit, err := inbox.OpenRoot(folder)
	if err != nil {
		l.unreadable(folder, err)
		return
	}
	defer func() { _ = unit.Close() }()
	l.walkBelow(unit, folder, ".")
}

// tooLong is how long a path is that no program opens by it; folders nested without
// end come to it.
const tooLong = 3000

func (l *Listing) walkBelow(unit *os.Root, folder, dir string) {
	if len(dir) > tooLong {
		l.unreadable(filepath.Join(folder, dir), fs.ErrInvalid)
		return
	}
	entries, err := list(unit, dir)
	if err != nil {
		l.unreadable(filepath.Join(folder, dir), err)
	}
	for _, entry := range entries {
		name := filepath.Join(dir, entry.Name())
		if l.add(filepath.Join(folder, name), entry) {
			l.walkBelow(unit, folder, name)
		}
	}
}

// list is what lies in a folder, sorted; with an error, as far as it could be read.
func list(root *os.Root, dir string) ([]fs.DirEntry, error) {
	d, err := root.Open(dir)
	if err != nil {
		return nil, err
	}
	entries, err := d.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, errors.Join(err, d.Close())
}

// add enters one file, and tells of a folder that it is to be looked into. What
// vanished since the listing is passed over: Excel saves by deleting and renaming.
func (l *Listing) add(below string, entry fs.DirEntry) (look bool) {
	switch {
	case ignored(entry.Name()):
		return false
	case entry.IsDir():
		return true
	case !entry.Type().IsRegular():
		return false
	case isConflict(entry.Name()):
		l.Conflicts = append(l.Conflicts, slashed(below))
		return false
	}
	info, err := entry.Info()
	if err != nil {
		l.unreadable(below, err)
		return false
	}
	if info.Mode().IsRegular() {
		l.Files = append(l.Files, newFile(below, info))
	}
	return false
}

func (l *Listing) unreadable(below string, err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		l.Unreadable = append(l.Unreadable, slashed(below))
	}
}

// slashed is a path below the inbox as it is told.
func slashed(below string) string { return strings.ToValidUTF8(filepath.ToSlash(below), "\ufffd") }

// ignored tells whether a name is one that Excel, LibreOffice, browsers, sync
// programs and systems leave behind.
func ignored(name string) bool {
	for _, prefix := range []string{"~$", ".~lock", "."} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".tmp", ".part":
		return true
	}
	return slices.Contains([]string{"thumbs.db", "desktop.ini"}, strings.ToLower(name))
}

// isConflict tells whether a sync program kept the file as a copy of another.
func isConflict(name string) bool { return strings.Contains(name, ".sync-conflict-") }

// Settled returns those of files whose size and time are unchanged after wait,
// and how many are not. It looks only at the files given.
func Settled(ctx context.Context, inbox string, files []File, wait time.Duration) (settled []File, moving int, err error) {
	if len(files) == 0 {
		return nil, 0, nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	case <-timer.C:
	}
	for _, f := range files {
		info, err := os.Lstat(f.on(inbox))
		if err == nil && info.Mode().IsRegular() && info.Size() == f.Size && disk.ModTime(info).Equal(f.ModTime) {
			settled = append(settled, f)
		} else {
			moving++ // changed, vanished or out of reach: the next run looks again
		}
	}
	return settled, moving, nil
}
