package job_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// A file that can't be read is named and left to the next run. That it turns
// into a folder stands in for what a test can't do: Excel holding it.
func TestUnreadableFile(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 200, 100)
	held := w.read("inputs/inbox/A/bc.xlsx")
	w.onStep = func(name string) {
		if name == "archive" {
			must(t, os.Remove(w.path("inputs/inbox/A/bc.xlsx")))
			must(t, os.Mkdir(w.path("inputs/inbox/A/bc.xlsx"), 0o755))
		}
	}
	if diff := cmp.Diff([]string{"A/bc.xlsx"}, w.run().Unreadable); diff != "" {
		t.Errorf("unreadable mismatch (-want +got):\n%s", diff)
	}
	if got := w.verdicts(); got != "B/bc.xlsx: accepted" {
		t.Errorf("verdicts = %q, want the other file's", got)
	}
	w.onStep = nil
	must(t, os.Remove(w.path("inputs/inbox/A/bc.xlsx")))
	w.write("inputs/inbox/A/bc.xlsx", []byte(held))
	w.now = w.now.Add(time.Hour)
	if result := w.run(); len(result.Unreadable) > 0 || !strings.Contains(w.verdicts(), "A/bc.xlsx: accepted") {
		t.Errorf("unreadable = %q, verdicts:\n%s\nwant the file taken", result.Unreadable, w.verdicts())
	}
}

// Trouble with the archive is the run's: nothing may count that is not kept.
func TestArchiveThatCanNotBeWritten(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.onStep = func(name string) {
		if name == "archive" {
			must(t, os.RemoveAll(w.path(".tonghop/archive")))
			w.write(".tonghop/archive", []byte("in the way"))
		}
	}
	if result, err := w.try(); err == nil || len(result.Unreadable) > 0 {
		t.Errorf("error = %v, unreadable %q; want an error and none", err, result.Unreadable)
	}
}

func TestInboxIsMissing(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	must(t, os.RemoveAll(w.path("inputs/inbox")))
	w.run() // a workspace that has none yet
	w.write("inputs/inbox/A/scan.pdf", []byte("%PDF-1.4"))
	w.run()
	must(t, os.Rename(w.path("inputs/inbox"), w.path("inputs/unmounted")))
	if _, err := w.try(); err == nil || !strings.Contains(err.Error(), "is the share mounted?") {
		t.Errorf("error = %v, want it to ask for the share", err)
	}
}

// A file that was held for its unknown folder came when it first came, whenever
// it is judged.
func TestHeldFileKeepsItsTime(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("C/bc.xlsx", "Công đoàn huyện Cẩm", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	w.now = time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC) // long after the due date
	w.drop("C/bc v2.xlsx", "Công đoàn huyện Cẩm", "Quý I năm 2026", 4, 10, 5, 200, 100)
	must(t, os.Chtimes(w.path("inputs/inbox/C/bc v2.xlsx"), time.Time{}, w.now.AddDate(-1, 0, 0))) // older by its own time
	catalogue := []byte(w.read("inputs/catalogue.xlsx"))
	for i, value := range []string{"C", "Công đoàn huyện Cẩm", "district", "P"} {
		cell, err := excelize.CoordinatesToCellName(i+1, 5)
		must(t, err)
		catalogue = withCell(t, catalogue, "units", cell, value)
	}
	w.write("inputs/catalogue.xlsx", catalogue)
	w.run()
	got := map[string]string{}
	for _, row := range w.table("", "submissions") {
		got[row["file"]] = row["status"] + " " + row["timeliness"] + " " + row["first_seen"]
	}
	want := map[string]string{
		"C/bc.xlsx":    "superseded on_time 2026-04-10T15:00:00+07:00",
		"C/bc v2.xlsx": "accepted on_time 2026-05-20T15:00:00+07:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ledger mismatch (-want +got):\n%s", diff)
	}
	if answer := w.feedback("C/bc.xlsx"); !strings.Contains(answer, "của cùng kỳ («C/bc v2.xlsx»)") || strings.Contains(answer, "nộp muộn") {
		t.Errorf("the answer to the held file: %s", answer)
	}
}
