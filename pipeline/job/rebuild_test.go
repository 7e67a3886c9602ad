package job_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
	"tonghop/pipeline/store"
)

func (w *workspace) rebuild() job.Rebuilt {
	w.t.Helper()
	b, err := job.Rebuild(context.Background(), w.options())
	must(w.t, err)
	return b
}

// differing lists the tables that a rebuild found to be others, with how many rows.
func differing(b job.Rebuilt) (all []string) {
	for _, c := range b.Tables {
		if c.Differing > 0 {
			all = append(all, fmt.Sprintf("%s %d", c.Table, c.Differing))
		}
	}
	return all
}

// everything is all that a workspace has told people.
func (w *workspace) everything() map[string]string {
	all := w.hashes("out")
	for name, hash := range w.hashes("inputs/feedback") {
		all["feedback/"+name] = hash
	}
	return all
}

// history gives a workspace reports of which every kind of line on the record
// speaks: counted, refused, accepted on the record, replaced, held for their folder
// or a close, gone from the inbox; judged by a catalogue that has changed since.
func (w *workspace) history() {
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	w.drop("C/1.xlsx", "Công đoàn huyện Cẩm", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/sai.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 50, 200, 100)
	w.write("inputs/inbox/A/scan.pdf", []byte("%PDF-1.4"))
	w.run()
	w.do(w.on(pipeline.ActAccept, "B/1.xlsx"))
	must(w.t, os.Remove(w.path("inputs/inbox/B/1.xlsx")))
	w.now = w.now.AddDate(0, 0, 20)
	catalogue := []byte(w.read("inputs/catalogue.xlsx"))
	catalogue = withCell(w.t, catalogue, "checks", "F2", "warning") // what was refused would now pass
	for cell, value := range map[string]string{"A5": "C", "B5": "Công đoàn huyện Cẩm", "C5": "district", "D5": "P"} {
		catalogue = withCell(w.t, catalogue, "units", cell, value)
	}
	w.write("inputs/catalogue.xlsx", catalogue)
	w.drop("A/2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 50, 200, 100)
	w.run()
	w.do(closing())
	w.drop("A/3.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 9, 10, 5, 200, 100)
	w.run()
}

// The database is made again from the record, the archive and the accepted
// catalogues, on demand or because it can't serve, and everything says what it said.
func TestRebuild(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.history()
	before, ledger := w.everything(), w.table("", "submissions")
	b := w.rebuild()
	if len(b.Tables) < 40 || b.Made != 7 || b.Outputs < 20 || !b.Equal() {
		t.Errorf("%d tables and %d outputs compared, %d files made again; differing: %v, %v", len(b.Tables), b.Outputs, b.Made, differing(b), b.Changed)
	}
	if diff := cmp.Diff(ledger, w.table("", "submissions")); diff != "" {
		t.Errorf("ledger mismatch (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(before, w.everything()); diff != "" {
		t.Errorf("outputs mismatch (-before +after):\n%s", diff)
	}
	if b.Kept != "" || w.exists(".tonghop/tonghop.duckdb.old") {
		t.Errorf("kept %q of a database that is proven equal", b.Kept)
	}
	if result := w.run(); len(result.Submissions)+len(result.Published)+len(result.Restored) > 0 {
		t.Errorf("the next run did something: %+v", result)
	}
	w.spoilDatabase()
	w.tamper()
}

// tamper changes a fact behind the program's back: what is not as the record says
// is told, and nothing of it is thrown away.
func (w *workspace) tamper() {
	w.t.Helper()
	w.inStore(func(ctx context.Context, tx *store.Tx) error {
		return tx.Exec(ctx, `UPDATE raw_fact SET raw = 'x'
			WHERE place IN (SELECT place FROM raw_place WHERE indicator = 'DV') AND submission IN (SELECT submission FROM raw_submission WHERE folder = 'B')`)
	})
	b := w.rebuild()
	if b.Equal() || b.Kept == "" || !w.exists(".tonghop/tonghop.duckdb.old") || !strings.Contains(fmt.Sprint(differing(b)), "raw_fact 2") {
		w.t.Errorf("differing %v, kept %q; want the changed fact told and the database kept", differing(b), b.Kept)
	}
}

// spoilDatabase damages the database: it is set aside, told of and made again,
// wherever the run comes upon the fault.
func (w *workspace) spoilDatabase() {
	w.t.Helper()
	const name = ".tonghop/tonghop.duckdb"
	good, before := []byte(w.read(name)), w.everything()
	for _, tt := range []struct {
		name  string
		spoil func(data []byte) []byte
	}{
		{"garbage", func([]byte) []byte { return bytes.Repeat([]byte("no database "), 1000) }},
		{"a bit of each text", flipEach("A/scan.pdf")},
		{"a bit of the header", func(data []byte) []byte { return flip(data, 100) }},
	} {
		w.log.Reset()
		w.write(name, tt.spoil(bytes.Clone(good)))
		if result := w.run(); result.Aside == nil || !result.Aside.Damaged || !strings.Contains(w.log.String(), "set aside") {
			w.t.Errorf("%s: set aside %+v, log %s", tt.name, result.Aside, w.log.String())
		}
		if diff := cmp.Diff(before, w.everything()); diff != "" {
			w.t.Errorf("%s: outputs mismatch (-before +after):\n%s", tt.name, diff)
		}
	}
	if result := w.run(); result.Aside != nil || len(result.Submissions) > 0 {
		w.t.Errorf("the run after that set aside %v and judged %d files", result.Aside, len(result.Submissions))
	}
}

func flip(data []byte, at int) []byte {
	data[at] ^= 1
	return data
}

// flipEach changes a bit of each text found in the file.
func flipEach(text string) func([]byte) []byte {
	return func(data []byte) []byte {
		for at := bytes.Index(data, []byte(text)); at >= 0; at = bytes.Index(data, []byte(text)) {
			flip(data, at)
		}
		return data
	}
}
