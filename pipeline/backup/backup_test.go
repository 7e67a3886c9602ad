package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/backup"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(name), 0o755))
	must(t, os.WriteFile(name, []byte(text), 0o644))
}

// tree is what lies below a folder, by its path; folders end with a slash.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if entry.IsDir() {
			all[name+"/"] = ""
			return nil
		}
		data, err := os.ReadFile(path)
		all[name] = string(data)
		return err
	}))
	return all
}

func places(root string) []backup.Place {
	return []backup.Place{
		{Name: "settings", Path: filepath.Join(root, "settings")},
		{Name: "state", Path: filepath.Join(root, "state"), LeftOut: func(name string, _ os.DirEntry) bool { return name == "lock" }},
		{Name: "inbox", Path: filepath.Join(root, "inbox"), Shared: true},
	}
}

func take(t *testing.T, root, to, name string) (*backup.Writer, string) {
	t.Helper()
	w, err := backup.Begin(to, name)
	must(t, err)
	must(t, w.Take(context.Background(), places(root), false))
	must(t, w.Take(context.Background(), places(root), true))
	dir, _, err := w.Finish(backup.Manifest{MadeAt: time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)})
	must(t, err)
	return w, dir
}

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	root, to := t.TempDir(), filepath.Join(t.TempDir(), "new", "copies")
	share := t.TempDir()
	must(t, os.Symlink(share, filepath.Join(root, "inbox"))) // the share may be mounted elsewhere
	write(t, filepath.Join(share, "A", "bc.xlsx"), "report")
	must(t, os.Mkdir(filepath.Join(share, "B"), 0o755))
	write(t, filepath.Join(root, "settings"), "s")
	write(t, filepath.Join(root, "state", "archive", "r"), "report")
	write(t, filepath.Join(root, "state", "record"), "1\n")
	write(t, filepath.Join(root, "state", "lock"), "")
	must(t, errors.Join(os.Chmod(filepath.Join(root, "settings"), 0o640), os.Chmod(filepath.Join(root, "state"), 0o700), os.Chmod(filepath.Join(share, "B"), 0o770)))
	if w, _ := take(t, root, to, "a"); w.Copied != 3 {
		t.Errorf("%d files copied, want the report once, the settings and the record", w.Copied)
	}

	// What changes or goes while the bulk is copied is taken as it is at the end.
	w, err := backup.Begin(to, "b")
	must(t, err)
	write(t, filepath.Join(root, "state", "passing"), "x")
	must(t, w.Take(context.Background(), places(root), false))
	write(t, filepath.Join(root, "state", "record"), "1\n2\n")
	must(t, os.Remove(filepath.Join(root, "state", "passing")))
	must(t, w.Take(context.Background(), places(root), true))
	second, _, err := w.Finish(backup.Manifest{})
	must(t, err)

	for from, record := range map[string]string{to: "1\n2\n", filepath.Join(to, "a"): "1\n", second: "1\n2\n"} {
		dir := filepath.Join(t.TempDir(), "back")
		if _, _, err := backup.Restore(from, dir, func(string) {}); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"./": "", "settings": "s", "state/": "", "state/archive/": "", "state/archive/r": "report", "state/record": record,
			"inbox/": "", "inbox/A/": "", "inbox/A/bc.xlsx": "report", "inbox/B/": "",
		}
		if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
			t.Errorf("restored from %s mismatch (-want +got):\n%s", from, diff)
		}
		for name, want := range map[string]os.FileMode{"settings": 0o600, "state": 0o750, "state/record": 0o644, "inbox/A": 0o755, "inbox/B": 0o750} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: mode %v, want %v (%v)", name, info.Mode(), want, err)
			}
		}
		before, err := os.Stat(filepath.Join(share, "A", "bc.xlsx"))
		must(t, err)
		if after, err := os.Stat(filepath.Join(dir, "inbox", "A", "bc.xlsx")); err != nil || !after.ModTime().Equal(before.ModTime()) {
			t.Errorf("the report's time is %v, want %v (%v)", after.ModTime(), before.ModTime(), err)
		}
	}
}

// A backup that is not what it was restores nothing; nor does one that names files
// elsewhere.
func TestDamagedBackup(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, filepath.Join(root, "settings"), "settings")
	for name, spoil := range map[string]func(dir string){
		"changed": func(dir string) { write(t, filepath.Join(dir, "settings"), "SETTINGS") },
		"missing": func(dir string) { must(t, os.Remove(filepath.Join(dir, "settings"))) },
		"a link": func(dir string) {
			must(t, errors.Join(os.Remove(filepath.Join(dir, "settings")), os.Symlink(filepath.Join(root, "settings"), filepath.Join(dir, "settings"))))
		},
		"endless": func(dir string) {
			must(t, errors.Join(os.Remove(filepath.Join(dir, "settings")), os.Symlink("/dev/zero", filepath.Join(dir, "settings"))))
		},
		"torn":     func(dir string) { must(t, os.Truncate(filepath.Join(dir, backup.ManifestName), 100)) },
		"renamed":  edited(t, `"settings"`, `"setting5"`),
		"climbing": edited(t, `"settings"`, `"../../x"`),
	} {
		to, dir := t.TempDir(), filepath.Join(t.TempDir(), "back")
		_, made := take(t, root, to, "a")
		spoil(made)
		if _, _, err := backup.Restore(to, dir, func(string) {}); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("%s: error = %v, want a damaged backup", name, err)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: something was restored", name)
		}
		// It is no base for the next one either.
		_, next := take(t, root, to, "b")
		if _, _, err := backup.Restore(next, dir, func(string) {}); err != nil {
			t.Errorf("%s: the next backup does not restore: %v", name, err)
		}
	}
}

func edited(t *testing.T, old, new string) func(string) {
	return func(dir string) {
		name := filepath.Join(dir, backup.ManifestName)
		data, err := os.ReadFile(name)
		must(t, err)
		write(t, name, strings.ReplaceAll(string(data), old, new))
	}
}

// What a killed backup or restore left is in nobody's way and counts for nothing.
func TestKilledBackup(t *testing.T) {
	t.Parallel()
	root, to := t.TempDir(), t.TempDir()
	write(t, filepath.Join(root, "settings"), "s")
	w, err := backup.Begin(to, "a")
	must(t, err)
	must(t, w.Take(context.Background(), places(root), true)) // and no Finish
	if other, err := backup.Begin(to, "a"); err != nil {
		t.Error(err)
	} else {
		must(t, other.Take(context.Background(), places(root), true)) // beside the one that is being made
		must(t, other.Abandon())
	}
	must(t, w.Take(context.Background(), places(root), true))
	made := to
	to = t.TempDir()
	for _, name := range []string{"a", "b"} { // what is being made there looks here as if its process had been killed
		must(t, os.CopyFS(filepath.Join(to, name+".unfinished"), os.DirFS(filepath.Join(made, "a.unfinished"))))
		write(t, filepath.Join(to, name+".making"), "")
	}
	write(t, filepath.Join(to, "c.making"), "") // of one that was just given its name
	write(t, filepath.Join(to, "theirs.unfinished", "x"), "not ours")
	if _, _, err := backup.Restore(to, filepath.Join(t.TempDir(), "x"), func(string) {}); !errors.Is(err, backup.ErrNone) {
		t.Errorf("error = %v, want no backup", err)
	}
	if _, dir := take(t, root, to, "a"); filepath.Base(dir) != "a" {
		t.Errorf("made as %s, want the free name", dir)
	}
	left, err := filepath.Glob(filepath.Join(to, "*"))
	must(t, err)
	if diff := cmp.Diff([]string{filepath.Join(to, "a"), filepath.Join(to, "theirs.unfinished")}, left); diff != "" {
		t.Errorf("backups mismatch (-want +got):\n%s", diff)
	}
	must(t, w.Abandon())
	if _, dir := take(t, root, to, "a"); filepath.Base(dir) != "a-2" {
		t.Errorf("made as %s, want a number after a name that is taken", dir)
	}
	dir := filepath.Join(t.TempDir(), "back")
	write(t, filepath.Join(filepath.Dir(dir), ".back.restoring", "rest"), "of a killed restore")
	must(t, os.Mkdir(dir, 0o755))
	if _, _, err := backup.Restore(to, dir, func(string) {}); err != nil {
		t.Error(err)
	}
	if _, _, err := backup.Restore(to, dir, func(string) {}); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("error = %v, want the folder refused", err)
	}
	if _, err := backup.Begin(filepath.Join(to, "a"), "b"); err == nil {
		t.Error("a backup was begun inside another")
	}
}
