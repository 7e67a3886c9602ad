package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tonghop/pipeline/backup"
	"tonghop/pipeline/config"
	"tonghop/pipeline/logbook"
	"tonghop/pipeline/notify"
)

// A Saved is a backup that was made.
type Saved struct {
	Dir    string
	Files  int
	Bytes  int64 // in all of them
	Copied int   // files that the backup before had not
	New    int64 // bytes in these
	Left   []string
}

// ErrInside tells that a backup would be made among what it is to keep.
var ErrInside = errors.New("the backup would lie in what it keeps")

// Backup makes a backup of the workspace in the folder to. Runs may go on: only
// what changed while the bulk was copied is copied under the lock, so that the
// record, the database and what is published belong together.
func Backup(ctx context.Context, o Options, to string) (s Saved, err error) {
	defer func() { o.alarm(ctx, notify.OfBackups, Result{}, err) }()
	places := o.places()
	if err := outside(places, to); err != nil {
		return s, err
	}
	w, err := backup.Begin(to, o.Now.In(o.Config.Zone).Format("2006-01-02_150405"))
	if err != nil {
		return s, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Abandon())
		}
	}()
	o.Progress.Step("backup", 0)
	w.Part = o.Progress.Part
	if err := w.Take(ctx, places, false); err != nil {
		return s, err
	}
	err = o.locked(ctx, func(r *run) error {
		if err := r.openJournal(); err != nil { // a broken record is no backup
			return err
		}
		return w.Take(ctx, places, true)
	})
	if err != nil {
		return s, err
	}
	dir, m, err := w.Finish(backup.Manifest{MadeAt: o.Now.In(o.Config.Zone), Version: o.Version})
	s = Saved{Dir: dir, Files: len(m.Files), Copied: w.Copied, New: w.Bytes, Left: w.Left}
	for _, f := range m.Files {
		s.Bytes += f.Size
	}
	return s, err
}

// places are what makes the workspace what it is, and nothing else that lies in its
// folder.
func (o Options) places() []backup.Place {
	all := []backup.Place{
		{Name: config.FileName}, {Name: ".tonghop", LeftOut: passing}, {Name: "out", LeftOut: beingWritten},
		{Name: "inputs", LeftOut: func(name string, entry fs.DirEntry) bool {
			return name == "inbox" || name == "feedback" || name == "demo" || beingWritten(name, entry)
		}},
		{Name: "inputs/inbox", Shared: true}, {Name: "inputs/feedback", LeftOut: beingWritten},
	}
	for _, name := range ofServe { // it goes on writing there
		all = append(all, backup.Place{Name: path.Join(".tonghop", name), LeftOut: beingWritten, Shared: true})
	}
	if o.Config.SQL != "" {
		all = append(all, backup.Place{Name: filepath.ToSlash(filepath.Clean(o.Config.SQL)), LeftOut: func(name string, entry fs.DirEntry) bool {
			return !entry.IsDir() && !strings.HasPrefix(path.Base(name), "own_")
		}})
	}
	if below, err := filepath.Rel(o.Config.Dir, o.Config.Serve.PasswordFile); err == nil && o.Config.Serve.PasswordFile != "" && filepath.IsLocal(below) {
		all = append(all, backup.Place{Name: filepath.ToSlash(below)})
	}
	for i := range all {
		all[i].Path = o.Config.Path(filepath.FromSlash(all[i].Name))
	}
	return all
}

// passing tells what of .tonghop belongs to a process that runs, serve among them.
func passing(name string, entry fs.DirEntry) bool {
	top, _, _ := strings.Cut(name, "/")
	return isWriting(entry) || fateInState(name, entry) == leftover || slices.Contains(ofServe, top) || slices.Contains([]string{"spill", logbook.Folder, notify.AlarmFolder}, top) ||
		strings.HasPrefix(top, "lock") || strings.HasPrefix(top, "serve.lock") || strings.HasSuffix(top, ".old") || strings.HasSuffix(top, ".old.wal")
}

func beingWritten(name string, entry fs.DirEntry) bool {
	return isWriting(entry) || entry.IsDir() && path.Ext(name) == ".unfinished"
}

// outside refuses a folder for backups that lies in one of the places.
func outside(places []backup.Place, to string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return fmt.Errorf("back up to %q: %w", to, err)
	}
	for _, p := range places {
		place, err := filepath.Abs(p.Path)
		if err != nil {
			return fmt.Errorf("back up %s: %w", p.Name, err)
		}
		if below, err := filepath.Rel(place, to); err == nil && (below == "." || filepath.IsLocal(below)) {
			return fmt.Errorf("back up to %q: %w: %s", to, ErrInside, p.Name)
		}
	}
	return nil
}
