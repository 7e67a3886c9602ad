package publish_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/publish"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, text string, elements ...string) {
	t.Helper()
	path := filepath.Join(elements...)
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, []byte(text), 0o644))
}

// issue publishes the given issue with the named files, each of which holds its
// name and the issue.
func issue(t *testing.T, dir string, n int, names ...string) {
	t.Helper()
	var outputs []publish.Output
	for _, name := range names {
		outputs = append(outputs, publish.Output{Name: name, Data: []byte(name + string(rune('0'+n)))})
	}
	must(t, publish.Issue(dir, publish.Manifest{Issue: n}, outputs))
}

// tree is the files below a folder with what they hold, without the manifests.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == publish.ManifestName {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		all[name] = string(data)
		return err
	}))
	return all
}

func TestFilesThatAreNoMoreIssued(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "somebody's", dir, "notes.txt")
	issue(t, dir, 1, "index.html", "OLD.xlsx")
	issue(t, dir, 2, "index.html", "data/a.csv")
	want := map[string]string{
		"notes.txt": "somebody's", "index.html": "index.html2", "data/a.csv": "data/a.csv2",
		"issues/1/index.html": "index.html1", "issues/1/OLD.xlsx": "OLD.xlsx1",
		"issues/2/index.html": "index.html2", "issues/2/data/a.csv": "data/a.csv2",
	}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("files mismatch (-want +got):\n%s", diff)
	}
	write(t, "left by a run that was killed", dir, "OLD.xlsx")
	m, err := publish.Last(dir)
	must(t, err)
	if _, err := publish.Restore(dir, m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("restored files mismatch (-want +got):\n%s", diff)
	}
}

// A manifest is outside text: it names no files outside its folder.
func TestHostileManifest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "kept", dir, "kept.txt")
	period := filepath.Join(dir, "2026")
	write(t, `{"issue": 1, "files": [{"name": "../kept.txt", "sha256": "79f076abdd19a752db7267bfff2f9022161d120dea919fdaca2ffdfc24ca8c96"}]}`,
		period, "issues", "1", publish.ManifestName)
	m, err := publish.Last(period)
	must(t, err)
	if _, err := publish.Read(period, m, "../kept.txt"); !errors.Is(err, publish.ErrDamaged) {
		t.Errorf("Read = %v, want ErrDamaged", err)
	}
	issue(t, period, 2, "index.html")
	if got := read(t, dir, "kept.txt"); got != "kept" {
		t.Errorf("the file outside holds %q", got)
	}
}

func TestLastAndNext(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		spoil      func(t *testing.T, dir string)
		last, next int
		damaged    bool
	}{
		{"nothing amiss", func(*testing.T, string) {}, 2, 3, false},
		{"top manifest lost", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, publish.ManifestName))) }, 2, 3, false},
		{"top manifest garbled", func(t *testing.T, dir string) { write(t, "{", dir, publish.ManifestName) }, 2, 3, false},
		{"issues cleared away", func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, "issues"))) }, 2, 3, false},
		{"last issue's manifest garbled", func(t *testing.T, dir string) { write(t, "", dir, "issues", "2", publish.ManifestName) }, 1, 3, true},
		{"another issue's manifest", func(t *testing.T, dir string) {
			write(t, `{"issue": 9}`, dir, "issues", "2", publish.ManifestName)
		}, 1, 3, true},
		{"not an issue", func(t *testing.T, dir string) {
			write(t, "", dir, "issues", "07", publish.ManifestName)
			write(t, "", dir, "issues", "8.unfinished", publish.ManifestName)
			write(t, "", dir, "issues", "9", "index.html")
		}, 2, 3, false},
		{"everything garbled", func(t *testing.T, dir string) {
			write(t, "", dir, "issues", "1", publish.ManifestName)
			write(t, "", dir, "issues", "2", publish.ManifestName)
			write(t, "null", dir, publish.ManifestName)
		}, 0, 3, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			issue(t, dir, 1, "index.html")
			issue(t, dir, 2, "index.html")
			tt.spoil(t, dir)
			m, err := publish.Last(dir)
			if m.Issue != tt.last || errors.Is(err, publish.ErrDamaged) != tt.damaged || err != nil && !tt.damaged {
				t.Errorf("Last = %d, %v; want %d, damaged %t", m.Issue, err, tt.last, tt.damaged)
			}
			if n, err := publish.Next(dir); n != tt.next || err != nil {
				t.Errorf("Next = %d, %v; want %d", n, err, tt.next)
			}
		})
	}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		spoil   func(t *testing.T, dir string)
		want    bool
		damaged bool
	}{
		{"nothing amiss", func(*testing.T, string) {}, false, false},
		{"top copy changed", func(t *testing.T, dir string) { write(t, "x", dir, "data", "a.csv") }, true, false},
		{"top copies deleted", func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, "data"))) }, true, false},
		{"issue's copy changed", func(t *testing.T, dir string) { write(t, "x", dir, "issues", "1", "index.html") }, true, false},
		{"manifest lost", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, publish.ManifestName))) }, true, false},
		{"both copies changed", func(t *testing.T, dir string) {
			write(t, "x", dir, "index.html")
			write(t, "x", dir, "issues", "1", "index.html")
		}, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			issue(t, dir, 1, "index.html", "data/a.csv")
			before, manifest := tree(t, dir), read(t, dir, publish.ManifestName)
			tt.spoil(t, dir)
			m, err := publish.Last(dir)
			must(t, err)
			restored, err := publish.Restore(dir, m)
			if restored != tt.want || errors.Is(err, publish.ErrDamaged) != tt.damaged || err != nil && !tt.damaged {
				t.Errorf("Restore = %t, %v; want %t, damaged %t", restored, err, tt.want, tt.damaged)
			}
			if tt.damaged {
				return
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" || read(t, dir, publish.ManifestName) != manifest {
				t.Errorf("files mismatch (-as issued +restored):\n%s", diff)
			}
		})
	}
}

func TestContentTellsSettings(t *testing.T) {
	t.Parallel()
	tables := []publish.Output{{Name: "a", Data: []byte("x")}}
	if publish.Content("vi", tables) == publish.Content("en", tables) || publish.Content("vi", tables) == publish.Content("vi", nil) {
		t.Error("settings or tables make no difference")
	}
}
