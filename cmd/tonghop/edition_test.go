package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A version of a commit is enough; a build of other files is told apart by its time.
func TestEdition(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)
	built := filepath.Join(t.TempDir(), "tonghop")
	if err := os.WriteFile(built, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(built, made, made); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, version, executable, want string }{
		{"of a commit", "v1.2-3-gabc", built, "v1.2-3-gabc"},
		{"of changed files", "v1.2-3-gabc-dirty", built, "v1.2-3-gabc-dirty 2026-04-10T08:00:00Z"},
		{"without a name", unnamed, built, "dev 2026-04-10T08:00:00Z"},
		{"whose file is gone", unnamed, built + ".old", "dev"},
	} {
		if got := edition(tt.version, tt.executable); got != tt.want {
			t.Errorf("%s: edition %q, want %q", tt.name, got, tt.want)
		}
	}
}
