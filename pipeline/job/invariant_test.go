package job_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// Invariant 6: the same files in another order of arrival and other runs give
// the same figures and verdicts. Of two versions for one key that came at the
// same time, the file's own time decides.
func TestOrderOfArrival(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 4, 9, 8, 0, 0, 0, time.UTC)
	drop := func(w *workspace, age int, name, unit, period string, figures ...any) {
		w.drop(name, unit, period, figures...)
		must(w.t, os.Chtimes(w.path("inputs/inbox/"+name), at, at.Add(-time.Duration(age)*time.Hour)))
	}
	drops := []func(w *workspace){
		func(w *workspace) {
			drop(w, 2, "A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
		},
		func(w *workspace) {
			drop(w, 1, "A/1 sửa.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 6, 10, 5, 200, 100)
		},
		func(w *workspace) {
			drop(w, 3, "A/1 cũ.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 1, 10, 5, 200, 100)
		},
		func(w *workspace) {
			drop(w, 0, "B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 5, 10, 50, 200, 100)
		},
		func(w *workspace) {
			drop(w, 0, "B/2.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "không", 10, 5, nil, "-")
		},
	}
	statuses := "A/1 cũ.xlsx: superseded\nA/1 sửa.xlsx: accepted\nA/1.xlsx: superseded\nB/1.xlsx: refused\nB/2.xlsx: accepted"
	var first []map[string]string
	for i, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {1, 3, 0, 4, 2}} {
		w := newWorkspace(t)
		for _, n := range order {
			drops[n](w)
			if i > 0 {
				w.run()
			}
		}
		w.run()
		if diff := cmp.Diff(statuses, w.verdicts()); diff != "" {
			t.Errorf("order %v: statuses mismatch (-want +got):\n%s", order, diff)
		}
		if diff := cmp.Diff([]string{"A/1 cũ.xlsx", "A/1.xlsx"}, w.replaced()); diff != "" {
			t.Errorf("order %v: reports that are told of a newer one mismatch (-want +got):\n%s", order, diff)
		}
		got := w.table("2026", "achievement")
		if first == nil {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("order %v changes figures (-first +this):\n%s", order, diff)
		}
	}
}

// replaced lists the reports that the ledger tells of a newer one.
func (w *workspace) replaced() (all []string) {
	w.t.Helper()
	for _, f := range w.table("", "findings") {
		if f["code"] == "newer_counts" {
			all = append(all, f["file"])
		}
	}
	return all
}

// Invariant 7: text from workbooks and names of files is data everywhere that it
// gets to.
func TestHostileText(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	hostile := `</script><script>alert(1)</script>=cmd|' /C calc'!A0'; DROP TABLE raw_fact; --`
	file := "A/x<script>alert(1)<|script>'; DROP TABLE raw_submission; --\u202E.xlsx"
	w.drop(file, hostile, "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/y.xlsx", "Công đoàn huyện An", "Quý II năm 2026", hostile, 10, 5, 200, 100)
	w.run()
	if got := w.figure("2026-Q1", "A", "LOP", "actual"); got != "3" {
		t.Errorf("figure = %s, want 3", got)
	}
	for text, table := range map[string]string{hostile: "out/data/findings.csv", file: "out/2026-Q1/data/facts.csv"} {
		if !strings.Contains(w.read(table), strings.ReplaceAll(text, `"`, `""`)) {
			t.Errorf("%s does not carry %q as it is: this test tests nothing", table, text)
		}
	}
	for _, name := range []string{"out/2026-Q1/index.html", "out/2026/index.html", "out/index.html", "inputs/feedback/A/index.html"} {
		if html := w.read(name); strings.Contains(html, "<script>alert(1)") || strings.Contains(html, "\u202E") {
			t.Errorf("%s carries the hostile text as code, or backwards", name)
		}
	}
	if !strings.Contains(w.read("out/2026-Q1/index.html"), "alert(1)") {
		t.Error("the page does not show the hostile name: this test tests nothing")
	}
	if len(w.table("", "submissions")) != 2 {
		t.Errorf("ledger:\n%s", w.verdicts())
	}
}

// A check that finds a fault rolls the whole run back: neither the ledger nor
// the outputs know of it, and the next run takes the files.
func TestFailingCheckRollsBack(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	before := w.outputs()
	fault := pipeline.Submission{ // counts, and belongs to nobody
		File: "x", SHA256: "x", Form: "HD", Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}, Verdict: pipeline.Accepted,
		Facts: []pipeline.Fact{{Indicator: "LOP", Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Qualifier: pipeline.Exact}},
	}
	w.inStore(func(ctx context.Context, tx *store.Tx) error {
		return tx.Load(ctx, store.Each(fault), time.UTC)
	})
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 200, 100)
	if _, err := w.try(); err == nil || !strings.Contains(err.Error(), "check ") {
		t.Fatalf("error = %v, want a check's", err)
	}
	if diff := cmp.Diff(before, w.outputs()); diff != "" {
		t.Errorf("outputs changed (-before +after):\n%s", diff)
	}
	w.inStore(func(ctx context.Context, tx *store.Tx) error {
		entries, err := tx.Entries(ctx)
		if len(entries) != 2 {
			t.Errorf("the ledger has %d entries, want the first report's and the fault", len(entries))
		}
		for _, table := range []string{"raw_fact", "raw_submission"} {
			err = errors.Join(err, tx.Exec(ctx, "DELETE FROM "+table+" WHERE submission IN (SELECT submission FROM raw_submission WHERE sha256 = 'x')"))
		}
		return err
	})
	w.run()
	if got := w.figure("2026-Q1", "P", "LOP", "actual"); got != "7" {
		t.Errorf("figure = %s, want both reports' 7", got)
	}
}
