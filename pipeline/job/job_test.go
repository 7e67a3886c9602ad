package job_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/job"
)

func TestRun(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, "1.250", 600, 2000, 900, 0.45)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "05 lớp", 100, 50, 1000, 300, "30%")
	result := w.run()
	if diff := cmp.Diff("A/bc.xlsx: accepted\nB/bc.xlsx: accepted", w.verdicts()); diff != "" {
		t.Fatalf("verdicts mismatch (-want +got):\n%s\n%+v", diff, result)
	}
	for _, tt := range []struct{ unit, indicator, column, want string }{
		{"P", "LOP", "actual", "8"}, {"P", "LOP", "target", "30"}, {"P", "LOP", "status", "not_met"},
		{"P", "NGUOI", "actual", "1350"}, {"A", "NGUOI", "actual", "1250"},
		{"P", "TLNU", "actual", "0.4"}, {"A", "TLNU", "actual", "0.45"},
		{"P", "LOP", "reported", "2"}, {"P", "LOP", "due", "2"}, {"P", "DV", "status", "no_target"},
	} {
		if got := w.figure("2026-Q1", tt.unit, tt.indicator, tt.column); got != tt.want {
			t.Errorf("%s of %s %s = %q, want %q", tt.column, tt.unit, tt.indicator, got, tt.want)
		}
	}
	for _, name := range []string{
		"out/2026-Q1/index.html", "out/2026-Q1/summary.xlsx", "out/2026-Q1/HD.xlsx", "out/2026-Q1/manifest.json", "out/2026-Q1/issues/1/manifest.json",
		"out/2026/index.html", "out/2026-H1/data/facts.csv", "out/index.html", "out/data/findings.csv",
		"inputs/feedback/A/bc.xlsx.phan-hoi.xlsx", "inputs/feedback/A/index.html", "inputs/feedback/B/index.html",
	} {
		if _, err := os.Stat(filepath.Join(w.dir, filepath.FromSlash(name))); err != nil {
			t.Errorf("output is missing: %v", err)
		}
	}
}

func TestSecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	before := w.outputs()
	w.now = w.now.Add(24 * time.Hour)
	result := w.run()
	if len(result.Submissions) != 0 || len(result.Published) != 0 || result.Unchanged != 1 {
		t.Errorf("second run took %d, published %d, knew %d; want 0, 0, 1", len(result.Submissions), len(result.Published), result.Unchanged)
	}
	if diff := cmp.Diff(before, w.outputs()); diff != "" {
		t.Errorf("outputs changed (-first +second):\n%s", diff)
	}
}

func TestCorrection(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 50, 200, 100)
	w.run()
	if got := w.verdicts(); got != "A/bc.xlsx: refused" {
		t.Fatalf("verdicts = %q, want a refusal: more women than people", got)
	}
	w.now = time.Date(2026, 4, 20, 8, 0, 0, 0, time.UTC) // after the due date
	w.drop("A/bc v2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 100, 50, 200, 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	w.drop("A/bc v3.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 100, 50, 200, 100)
	result := w.run()
	if diff := cmp.Diff("A/bc.xlsx: refused\nA/bc v2.xlsx: superseded\nA/bc v3.xlsx: accepted", w.verdicts()); diff != "" {
		t.Errorf("verdicts mismatch (-want +got):\n%s", diff)
	}
	if got := w.figure("2026-Q1", "P", "LOP", "actual"); got != "4" {
		t.Errorf("figure = %s, want the correction's 4", got)
	}
	restated := 0
	for _, p := range result.Published {
		restated += p.Restatements
	}
	if restated == 0 {
		t.Error("the change of published figures was not restated")
	}
	timeliness := map[string]string{}
	for _, row := range w.table("2026-Q1", "submissions") {
		timeliness[row["file"]] = row["timeliness"]
	}
	if diff := cmp.Diff(map[string]string{"A/bc.xlsx": "on_time", "A/bc v2.xlsx": "late", "A/bc v3.xlsx": "late"}, timeliness); diff != "" {
		t.Errorf("timeliness mismatch (-want +got):\n%s", diff)
	}
}

// Invariant 1: every settled file is in the ledger with a verdict, and its
// bytes are in the archive.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/good.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 1, 1, 1, 1, 1)
	files := map[string]string{
		"A/empty.xlsx": "", "A/broken.xlsx": "PK\x03\x04 broken", "A/scan.pdf": "%PDF-1.4", "A/note.txt": "xin chào",
		"stray.xlsx": "stray", "nobody/x.xlsx": "nobody's", "A/" + strings.Repeat("ấ", 60) + ".xlsx": "long name",
	}
	for name, text := range files {
		w.write("inputs/inbox/"+name, []byte(text))
	}
	w.run()
	ledger := w.table("", "submissions")
	if len(ledger) != len(files)+1 {
		t.Errorf("ledger has %d rows, want %d:\n%s", len(ledger), len(files)+1, w.verdicts())
	}
	for _, row := range ledger {
		kept, err := os.ReadFile(filepath.Join(w.dir, ".tonghop", "archive", row["sha256"][:2], row["sha256"]))
		if err != nil {
			t.Errorf("%s is not archived: %v", row["file"], err)
		}
		sent, err := os.ReadFile(filepath.Join(w.dir, "inputs", "inbox", filepath.FromSlash(row["file"])))
		if err != nil || string(kept) != string(sent) {
			t.Errorf("%s is archived with other bytes, or was touched in the inbox: %v", row["file"], err)
		}
		if row["status"] == "" {
			t.Errorf("%s has no verdict", row["file"])
		}
	}
}

// Invariant 5: one bad file never stops the others.
func TestBadFilesStopNothing(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	good := book(t, sheet{"Biểu", formRows("Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)})
	w.write("inputs/inbox/A/0 cut.xlsx", good[:len(good)/2])
	w.write("inputs/inbox/A/1 html.xls", []byte("<html><table><tr><td>1</td></tr></table></html>"))
	w.write("inputs/inbox/A/2 other.xlsx", book(t, sheet{"Danh sách", [][]any{{"Họ tên", "Ngày sinh"}, {"Nguyễn Văn A", "1/1/1980"}}}))
	w.write("inputs/inbox/A/3 good.xlsx", good)
	w.run()
	want := "A/0 cut.xlsx: refused\nA/1 html.xls: refused\nA/2 other.xlsx: refused\nA/3 good.xlsx: accepted"
	if diff := cmp.Diff(want, w.verdicts()); diff != "" {
		t.Errorf("verdicts mismatch (-want +got):\n%s", diff)
	}
	for _, name := range []string{"0 cut.xlsx.phan-hoi.html", "1 html.xls.phan-hoi.html", "2 other.xlsx.phan-hoi.xlsx", "3 good.xlsx.phan-hoi.xlsx"} {
		if _, err := os.Stat(filepath.Join(w.dir, "inputs", "feedback", "A", name)); err != nil {
			t.Errorf("feedback is missing: %v", err)
		}
	}
	if got := w.figure("2026-Q1", "P", "LOP", "actual"); got != "3" {
		t.Errorf("figure = %s, want the good file's 3", got)
	}
}

func TestHeldFileIsTakenOnceItsUnitIsKnown(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("C/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	if got := w.verdicts(); got != "C/bc.xlsx: held" {
		t.Fatalf("verdicts = %q, want held", got)
	}
	w.run()
	if got := w.verdicts(); got != "C/bc.xlsx: held" {
		t.Errorf("a second run gave %q, want held once", got)
	}
	must(t, os.Rename(filepath.Join(w.dir, "inputs", "inbox", "C"), filepath.Join(w.dir, "inputs", "inbox", "A")))
	w.run()
	if got := w.verdicts(); !strings.Contains(got, "A/bc.xlsx: accepted") {
		t.Errorf("verdicts = %q, want it accepted in the unit's folder", got)
	}
}

func TestSameBytesTwice(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	data, err := os.ReadFile(filepath.Join(w.dir, "inputs", "inbox", "A", "bc.xlsx"))
	must(t, err)
	w.write("inputs/inbox/A/bc (2).xlsx", data)
	w.write("inputs/inbox/B/bc.xlsx", data)
	result := w.run()
	if len(result.Submissions) != 1 || w.verdicts() != "A/bc.xlsx: accepted\nB/bc.xlsx: refused" {
		t.Errorf("took %d; verdicts:\n%s\nwant the copy in A known and the one in B refused for naming another unit", len(result.Submissions), w.verdicts())
	}
}

func TestBrokenCatalogue(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	good, err := os.ReadFile(filepath.Join(w.dir, "inputs", "catalogue.xlsx"))
	must(t, err)
	w.write("inputs/catalogue.xlsx", []byte("broken"))
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	if result, err := w.try(); !errors.Is(err, job.ErrCatalogue) || len(result.Catalogue) == 0 {
		t.Fatalf("a broken first catalogue gave %v, want ErrCatalogue with findings", err)
	}
	w.write("inputs/catalogue.xlsx", good)
	w.run()
	w.write("inputs/catalogue.xlsx", []byte("broken again"))
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 200, 100)
	if result := w.run(); !result.LastGood || w.figure("2026-Q1", "P", "LOP", "actual") != "7" {
		t.Errorf("the last good catalogue did not serve: %+v", result)
	}
}

// Invariant 4, in part: a run that is killed after it has committed leaves its
// promises, and the next one keeps them.
func TestKilledRun(t *testing.T) {
	t.Parallel()
	twin, w := newWorkspace(t), newWorkspace(t)
	for _, each := range []*workspace{twin, w} {
		each.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	}
	twin.run()
	// An out folder that can't be written stops the run after the commit.
	w.write("out", []byte("in the way"))
	if _, err := w.try(); err == nil {
		t.Fatal("a run that can't publish must fail")
	}
	must(t, os.Remove(filepath.Join(w.dir, "out")))
	result := w.run()
	if len(result.Submissions) != 0 {
		t.Errorf("the second run took the file again")
	}
	if diff := cmp.Diff(twin.outputs(), w.outputs()); diff != "" {
		t.Errorf("outputs differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "inputs", "feedback", "A", "bc.xlsx.phan-hoi.xlsx")); err != nil {
		t.Errorf("feedback is missing: %v", err)
	}
}

func TestCatalogueChange(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	other := newWorkspace(t)
	file, err := os.ReadFile(filepath.Join(other.dir, "inputs", "catalogue.xlsx"))
	must(t, err)
	w.write("inputs/catalogue.xlsx", withCell(t, file, "targets 2026", "B2", 40))
	w.run()
	if got := w.figure("2026-Q1", "A", "LOP", "target"); got != "40" {
		t.Errorf("target = %s, want the new one of 40", got)
	}
}
