package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/config"
	"tonghop/pipeline/workbook"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, toml string
		wrong      []string // parts of the error; none: it loads
	}{
		{"empty", "", nil},
		{"byte-order mark", "\ufefflanguage = \"en\"\n", nil},
		{"all keys", "language = \"vi\"\nzone = \"UTC\"\nsettle = \"0s\"\nyear_starts = \"12-01\"\nsample = true\n", nil},
		{"limits", "[limits]\nfile_mib = 1\nworker_seconds = 5\n", nil},
		{"limits that bound nothing", "[limits]\nfile_mib = 0\ncells = 99999999999\n", []string{"limits.file_mib", "limits.cells"}},
		{"unknown limit", "[limits]\nfiles = 1\n", []string{"unknown", "files"}},
		{"unknown key", "langage = \"en\"\n", []string{"langage", "unknown"}},
		{"bad syntax", "language = \n", []string{"language"}},
		{"every bad value at once", "language = \"fr\"\nzone = \"Asia/Hanoi\"\nsettle = \"-1s\"\nyear_starts = \"02-30\"\n", []string{"fr", "Asia/Hanoi", "-1s", "02-30"}},
		{"day on which a bundle was made", "[clerk]\nmade = \"yesterday\"\n", []string{"clerk.made", "yesterday"}},
		{"day beyond 28", "year_starts = \"01-31\"\n", []string{"01-31"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte(tt.toml), 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := config.Load(dir, "")
			if (err != nil) != (tt.wrong != nil) {
				t.Fatalf("Load: %v", err)
			}
			for _, part := range tt.wrong {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not name %q", err, part)
				}
			}
		})
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := config.Load(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Language != "vi" || c.Zone.String() != "Asia/Ho_Chi_Minh" || c.Settle != 10*time.Second || c.StartMonth != time.January || c.StartDay != 1 {
		t.Errorf("defaults = %+v", c)
	}
	if diff := cmp.Diff(workbook.DefaultLimits(), c.Limits); diff != "" || c.Worker.Patience != time.Minute || c.Worker.MemoryBytes != 1<<30 {
		t.Errorf("limits mismatch (-defaults of the reader +config):\n%s\nworker %+v", diff, c.Worker)
	}
	if _, err := config.Load(t.TempDir(), "absent.toml"); err == nil {
		t.Error("a settings file that was named and is absent must be an error")
	}
}

// A bundle's settings are those by which reports are judged, in the words of the file.
func TestForClerk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(text []byte) *config.Config {
		if err := os.WriteFile(filepath.Join(dir, config.FileName), text, 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	ours := write([]byte("language = \"en\"\nzone = \"UTC\"\nyear_starts = \"12-01\"\nsettle = \"3s\"\nsample = true\n[limits]\ncells = 10\nworker_seconds = 5\n"))
	made := config.Clerk{Unit: "H05", Made: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)}
	text, err := ours.ForClerk(made)
	if err != nil {
		t.Fatal(err)
	}
	want := *ours
	want.Settle, want.Sample, want.Clerk = 10*time.Second, false, made
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(&want, write(text), sameZone); diff != "" {
		t.Errorf("settings of the bundle mismatch (-want +got):\n%s\n%s", diff, text)
	}
}
