package disk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"tonghop/pipeline/disk"
)

// What a killed Replace left is cleared, also in a folder whose name looks like a pattern.
func TestClear(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "[old] a*")
	for _, name := range []string{"a.json", ".writing-1"} {
		if err := disk.Replace(filepath.Join(dir, name), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(disk.Clear(dir), disk.Clear(filepath.Join(dir, "nowhere"))); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 || left[0].Name() != "a.json" {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestMakeDir(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "file"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, dir string
		ok        bool
	}{
		{"missing folders above", "a/b/c", true}, {"there already", "a/b", true}, {"the root", ".", true}, {"below a file", "file/a", false},
	} {
		dir := filepath.Join(root, tt.dir)
		err := disk.MakeDir(dir)
		if info, _ := os.Stat(dir); (err == nil) != tt.ok || tt.ok && !info.IsDir() {
			t.Errorf("%s: error = %v, want success %t and a folder", tt.name, err, tt.ok)
		}
	}
	if err := disk.Sync(filepath.Join(root, "nowhere")); err == nil {
		t.Error("a folder that is not there was synced")
	}
}

// Many write into folders that are not there yet, at once.
func TestReplaceInAtOnce(t *testing.T) {
	t.Parallel()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	const rounds, writers = 5, 8
	for round := range rounds {
		faults := make([]error, writers)
		var all sync.WaitGroup
		for n := range writers {
			all.Go(func() { faults[n] = disk.ReplaceIn(root, fmt.Sprintf("%d/a/b/%d.json", round, n), nil) })
		}
		all.Wait()
		if err := errors.Join(faults...); err != nil {
			t.Fatal(err)
		}
	}
}
