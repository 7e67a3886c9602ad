package daylog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/serve/daylog"
)

func TestDays(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 7*60*60)
	now := time.Date(2026, 4, 10, 16, 59, 0, 0, time.UTC) // a minute before midnight
	w := &daylog.Writer{Dir: filepath.Join(t.TempDir(), "log"), Zone: zone, Days: 3, Now: func() time.Time { return now }}
	for range 5 {
		for range 2 {
			if _, err := fmt.Fprintln(w, now.In(zone).Format(time.DateTime)); err != nil {
				t.Fatal(err)
			}
		}
		now = now.Add(time.Minute)
		if _, err := fmt.Fprintln(w, now.In(zone).Format(time.DateTime)); err != nil {
			t.Fatal(err)
		}
		now = now.Add(24*time.Hour - time.Minute)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	files, err := os.ReadDir(w.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(w.Dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[f.Name()] = string(data)
	}
	want := map[string]string{
		"serve-2026-04-13.jsonl": "2026-04-13 00:00:00\n2026-04-13 23:59:00\n2026-04-13 23:59:00\n",
		"serve-2026-04-14.jsonl": "2026-04-14 00:00:00\n2026-04-14 23:59:00\n2026-04-14 23:59:00\n",
		"serve-2026-04-15.jsonl": "2026-04-15 00:00:00\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log mismatch (-want +got):\n%s", diff)
	}
}
