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

	"golang.org/x/text/unicode/norm"
)

// A File is a regular file of the inbox as one look saw it.
type File struct {
	Path    string // below the inbox, with slashes
	Size    int64
	ModTime time.Time
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

// Look lists the files of the inbox by path, without those that programs leave
// behind (ignored), and the conflict copies that a sync program made. A missing
// inbox is an error: it may be an unmounted share.
func Look(inbox string) (files []File, conflicts []string, err error) {
	err = filepath.WalkDir(inbox, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != inbox:
			return nil // gone between listing and looking: Excel saves that way
		case err != nil:
			return err
		case name == inbox:
			return nil
		case ignored(entry.Name()) && entry.IsDir():
			return filepath.SkipDir
		case ignored(entry.Name()) || !entry.IsDir() && !entry.Type().IsRegular() || entry.IsDir():
			return nil
		}
		below, err := filepath.Rel(inbox, name)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		if isConflict(entry.Name()) {
			conflicts = append(conflicts, below)
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			files = append(files, File{Path: below, Size: info.Size(), ModTime: info.ModTime()})
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("look into inbox: %w", err)
	}
	return files, conflicts, nil
}

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
		info, err := os.Lstat(filepath.Join(inbox, filepath.FromSlash(f.Path)))
		switch {
		case err == nil && info.Mode().IsRegular() && info.Size() == f.Size && info.ModTime().Equal(f.ModTime):
			settled = append(settled, f)
		case err == nil || errors.Is(err, fs.ErrNotExist):
			moving++
		default:
			return nil, 0, fmt.Errorf("look at %q: %w", f.Path, err)
		}
	}
	return settled, moving, nil
}
