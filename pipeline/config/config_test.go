package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/config"
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
		{"unknown key", "langage = \"en\"\n", []string{"langage", "unknown"}},
		{"bad syntax", "language = \n", []string{"language"}},
		{"every bad value at once", "language = \"fr\"\nzone = \"Asia/Hanoi\"\nsettle = \"-1s\"\nyear_starts = \"02-30\"\n", []string{"fr", "Asia/Hanoi", "-1s", "02-30"}},
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
	if _, err := config.Load(t.TempDir(), "absent.toml"); err == nil {
		t.Error("a settings file that was named and is absent must be an error")
	}
}
