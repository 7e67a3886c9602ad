package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"tonghop/pipeline/disk"
)

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
