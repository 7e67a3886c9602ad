package job_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/store"
)

// A record that was changed stops the run, with the line; so does one that has
// fewer lines than were applied.
func TestTamperedJournalStopsTheRun(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.do(closing())
	w.do(reopening())
	text := w.read(".tonghop/journal.jsonl")
	first, _, _ := strings.Cut(text, "\n")
	for name, tampered := range map[string]string{
		"line 2": strings.Replace(text, "Lan", "Mai", 1), "not as it was when it was applied": first + "\n",
	} {
		w.write(".tonghop/journal.jsonl", []byte(tampered))
		if _, err := w.try(); !errors.Is(err, journal.ErrBroken) || !strings.Contains(err.Error(), name) {
			t.Errorf("error = %v, want a broken record: %s", err, name)
		}
	}
	w.write(".tonghop/journal.jsonl", []byte(text))
	w.run()
}

// What a killed run put on the record is taken with its time, also where the file
// is gone meanwhile: the ledger can be made again from the record and the archive.
func TestLedgerFromTheRecord(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	w.run()
	w.do(w.on(pipeline.ActAccept, "B/1.xlsx"))
	w.do(closing())
	w.drop("A/2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 9, 10, 5, 200, 100)
	w.run()
	before := w.table("", "submissions")
	must(t, os.Remove(w.path(".tonghop/tonghop.duckdb")))
	must(t, os.Remove(w.path("inputs/inbox/A/1.xlsx")))
	w.now = w.now.AddDate(0, 2, 0)
	result := w.run()
	if diff := cmp.Diff(before, w.table("", "submissions")); diff != "" {
		t.Errorf("ledger mismatch (-before +again):\n%s", diff)
	}
	if len(result.Published) > 0 || len(result.Kept) > 0 {
		t.Errorf("published %v, kept %v; want every figure as it was", result.Published, result.Kept)
	}
	w.inStore(func(ctx context.Context, tx *store.Tx) error {
		seq, _, err := tx.LastAct(ctx)
		if seq != 2 {
			t.Errorf("the database knows %d acts, want 2", seq)
		}
		return err
	})
}

// A file of which nothing whole but its line on the record is left is named, with the
// place where its bytes belong, and keeps nothing else back.
func TestLostBytes(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(path string) error{
		"lost":   os.Remove,
		"spoilt": func(path string) error { return os.WriteFile(path, []byte("PK"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
			w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
			w.run()
			missing := w.path(".tonghop/archive/" + w.sha("B/1.xlsx")[:2] + "/" + w.sha("B/1.xlsx"))
			must(t, lose(missing))
			w.refusedAs("bytes_lost", w.on(pipeline.ActAccept, "B/1.xlsx"))
			must(t, os.Remove(w.path(".tonghop/tonghop.duckdb")))
			must(t, os.Remove(w.path("inputs/inbox/B/1.xlsx")))
			result := w.run()
			if diff := cmp.Diff([]job.Lost{{File: "B/1.xlsx", Missing: missing}}, result.Lost); diff != "" {
				t.Errorf("lost mismatch (-want +got):\n%s", diff)
			}
			if got := w.verdicts(); got != "A/1.xlsx: accepted" {
				t.Errorf("verdicts = %q, want the other file's", got)
			}
		})
	}
}

// A database of a version that kept its tables otherwise, and no record, is set
// aside; what is made again says the same of every file.
func TestDatabaseOfAnotherVersion(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	w.run()
	before := w.table("", "submissions")
	w.inStore(func(ctx context.Context, tx *store.Tx) error {
		return tx.Exec(ctx, "ALTER TABLE raw_submission DROP COLUMN acts")
	})
	must(t, os.Remove(w.path(".tonghop/intake.jsonl")))
	must(t, os.Remove(w.path("inputs/inbox/A/1.xlsx")))
	w.now = w.now.AddDate(0, 2, 0)
	if result := w.run(); len(result.Submissions) != 2 || len(result.Published) > 0 {
		t.Errorf("judged %d files again and published %v, want 2 and nothing", len(result.Submissions), result.Published)
	}
	if diff := cmp.Diff(before, w.table("", "submissions")); diff != "" {
		t.Errorf("ledger mismatch (-before +again):\n%s", diff)
	}
	if !w.exists(".tonghop/tonghop.duckdb.old") || !strings.Contains(w.log.String(), "set aside") {
		t.Errorf("the old database is not kept, or nobody is told: %s", w.log.String())
	}
	if result := w.run(); len(result.Submissions) != 0 {
		t.Errorf("the next run judged %d files again", len(result.Submissions))
	}
}

// A database that a newer version of the program or of DuckDB has written is set aside as
// it is, and told of; what people see stays as it was.
func TestDatabaseOfANewerVersion(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	w.run()
	const name = ".tonghop/tonghop.duckdb"
	before := w.everything()
	for what, renew := range map[string]func(){
		"its tables": func() {
			w.inStore(func(ctx context.Context, tx *store.Tx) error {
				return tx.Exec(ctx, "ALTER TABLE raw_submission ADD COLUMN later INTEGER DEFAULT 1")
			})
		},
		"its file": func() {
			data := []byte(w.read(name))
			binary.LittleEndian.PutUint64(data[12:], 999) // the version of the format, after the magic bytes
			w.write(name, data)
			_, err := store.Open(context.Background(), w.path(name))
			_, sum, _ := strings.Cut(fmt.Sprint(err), "computed checksum ") // it tells what must stand there
			var checksum uint64
			_, err = fmt.Sscan(sum, &checksum)
			must(t, err)
			binary.LittleEndian.PutUint64(data, checksum)
			w.write(name, data)
		},
	} {
		renew()
		newer := w.read(name)
		if result := w.run(); result.Aside == nil || result.Aside.Damaged || len(result.Submissions) != 2 {
			t.Errorf("%s: set aside %+v, %d files judged again; want another version's and 2", what, result.Aside, len(result.Submissions))
		}
		if diff := cmp.Diff(before, w.everything()); diff != "" {
			t.Errorf("%s: outputs mismatch (-before +after):\n%s", what, diff)
		}
		if w.read(name+".old") != newer {
			t.Errorf("%s: the newer database was changed", what)
		}
	}
}
