package journal_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/journal"
)

// Whatever stands in a file of the record, opening it ends with the lines that are
// whole or with a broken record; what was mended once is whole the next time.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	j, err := journal.Open(dir)
	if err == nil {
		err = j.Receive([]pipeline.Receipt{{Folder: "A", SHA256: "a", File: "A/1.xlsx", FirstSeen: time.Unix(1, 0)}, {Folder: "B", SHA256: "b"}})
	}
	if err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(dir, "intake.jsonl"))
	if err != nil {
		f.Fatal(err)
	}
	for _, data := range [][]byte{nil, good, good[:len(good)-1], good[:len(good)-20], append(good[:len(good):len(good)], 0, 0, 0), []byte("{}\n"), []byte("\n\n")} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "intake.jsonl"), data, 0o644); err != nil {
			t.Fatal(err)
		}
		first, err := journal.Open(dir)
		if err != nil {
			return // told, and nothing was mended
		}
		second, err := journal.Open(dir)
		if err != nil || len(second.Torn) > 0 || len(second.Receipts) != len(first.Receipts) {
			t.Errorf("%d lines, then %v: %v", len(first.Receipts), second, err)
		}
	})
}
