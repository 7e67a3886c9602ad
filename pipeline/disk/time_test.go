package disk_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"
	"time"

	"tonghop/pipeline/disk"
)

// A file of the year 30000 must not keep the record from being written.
func TestModTime(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		set, want time.Time
	}{
		{time.Date(2026, 4, 9, 8, 7, 6, 5, time.UTC), time.Date(2026, 4, 9, 8, 7, 6, 5, time.UTC)},
		{time.Date(1336, 3, 23, 0, 0, 0, 0, time.UTC), time.Date(1336, 3, 23, 0, 0, 0, 0, time.UTC)},
		{time.Date(30_000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9998, 12, 31, 0, 0, 0, 0, time.UTC)},
		{time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC), time.Date(9998, 12, 31, 0, 0, 0, 0, time.UTC)},
		{time.Date(-882, 1, 6, 0, 0, 0, 0, time.UTC), time.Date(2, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		info, err := fstest.MapFS{"a": {ModTime: tt.set}}.Stat("a")
		if err != nil {
			t.Fatal(err)
		}
		got := disk.ModTime(info)
		if !got.Equal(tt.want) {
			t.Errorf("%v is told as %v, want %v", tt.set, got, tt.want)
		}
		if _, err := json.Marshal(got.In(time.FixedZone("", 14*60*60))); err != nil {
			t.Errorf("%v can't be recorded: %v", tt.set, err)
		}
	}
}
