package job_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// Invariant 5: an answer that can't be written stays promised, stops nobody
// else's, and is written once it can be.
func TestAnswerThatCanNotBeWritten(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.write("inputs/feedback/A", []byte("in the way of a folder"))
	result := w.run()
	if diff := cmp.Diff([]string{"A/index.html", "A/bc.xlsx"}, result.Unanswered); diff != "" {
		t.Errorf("unanswered mismatch (-want +got):\n%s", diff)
	}
	if !w.exists("inputs/feedback/B/index.html") || !w.exists("out/index.html") {
		t.Error("the other unit's board or the list of periods is missing")
	}
	if !strings.Contains(w.log.String(), "feedback not written") {
		t.Errorf("the log does not tell:\n%s", w.log.String())
	}
	must(t, os.Remove(w.path("inputs/feedback/B/bc.xlsx.phan-hoi.xlsx"))) // it must fail the test where B's is not there
	must(t, os.Remove(w.path("inputs/feedback/A")))
	result = w.run()
	if len(result.Unanswered) > 0 || !w.exists("inputs/feedback/A/bc.xlsx.phan-hoi.xlsx") || !w.exists("inputs/feedback/A/index.html") {
		t.Errorf("unanswered = %q, want A's answer and board in the second run", result.Unanswered)
	}
	if w.exists("inputs/feedback/B/bc.xlsx.phan-hoi.xlsx") {
		t.Error("an answer that was written before was not struck off")
	}
}

func TestAnswerToLongName(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	long := strings.Repeat("ắ", 80)
	w.drop("A/"+long+"1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/"+long+"2.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 10, 5, 200, 100)
	if result := w.run(); len(result.Unanswered) > 0 {
		t.Errorf("unanswered = %q, want none", result.Unanswered)
	}
	files, err := os.ReadDir(w.path("inputs/feedback/A"))
	must(t, err)
	files = slices.DeleteFunc(files, func(f os.DirEntry) bool { return f.Name() == "index.html" })
	if len(files) != 2 {
		t.Errorf("%d answers, want 2", len(files))
	}
	for _, f := range files {
		if !utf8.ValidString(f.Name()) || !strings.HasPrefix(f.Name(), "ắắắ") || !strings.HasSuffix(f.Name(), ".phan-hoi.xlsx") {
			t.Errorf("name of the answer = %q", f.Name())
		}
	}
}

// The bytes of a file are only needed for the answer on its own workbook.
func TestAnswerWithoutBytes(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.write("inputs/inbox/A/broken.xlsx", []byte("PK\x03\x04 broken"))
	w.onStep = func(name string) {
		if name == "answer" {
			must(t, os.RemoveAll(w.path(".tonghop/archive")))
		}
	}
	if diff := cmp.Diff([]string{"A/bc.xlsx"}, w.run().Unanswered); diff != "" {
		t.Errorf("unanswered mismatch (-want +got):\n%s", diff)
	}
	if !w.exists("inputs/feedback/A/broken.xlsx.phan-hoi.html") {
		t.Error("the page for the broken file is missing")
	}
}

// Invariant 4: the answers that a killed run owed are those that it would have
// written, and no file is judged again for them.
func TestAnswersOfKilledRun(t *testing.T) {
	t.Parallel()
	twin, w := newWorkspace(t), newWorkspace(t)
	var started atomic.Int32
	for _, each := range []*workspace{twin, w} {
		each.worker = testWorker("killer.xlsx")
		each.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, "1.250", 600, 2000, 951, "47,55%")
		each.drop("A/refused.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 10, 50, 200, 100)
		each.drop("A/killer.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 10, 5, 200, 100)
		each.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 3, 10, 5, 3000, 1000, 1.0/3)
	}
	twin.run()
	w.killed("answer")
	if w.exists("inputs/feedback/A/bc.xlsx.phan-hoi.xlsx") {
		t.Fatal("the run was not cut off before its answers")
	}
	w.now = w.now.Add(time.Hour)
	w.worker = func(ctx context.Context, rules string) *exec.Cmd {
		started.Add(1)
		return testWorker("killer.xlsx")(ctx, rules)
	}
	w.run()
	if got := w.feedback("A/refused.xlsx"); !strings.Contains(got, "Tổng số đoàn viên") {
		t.Errorf("the answer to the refused file does not read its figures back: %s", got)
	}
	if got := int(started.Load()); got > runtime.GOMAXPROCS(0) { // the killer would end its own twice
		t.Errorf("%d workers were started, want the killer left alone", got)
	}
	for _, name := range []string{"A/bc.xlsx.phan-hoi.xlsx", "A/refused.xlsx.phan-hoi.xlsx", "A/killer.xlsx.phan-hoi.html", "B/bc.xlsx.phan-hoi.xlsx"} {
		if twin.read("inputs/feedback/"+name) != w.read("inputs/feedback/"+name) {
			t.Errorf("%s is not the undisturbed twin's", name)
		}
	}
}

// Of two versions under one name, the answer to the newer one stands, in
// whichever run it is written.
func TestAnswerToOvertakenVersion(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 50, 200, 100)
	w.killed("answer")
	w.now = w.now.Add(time.Hour)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 100, 50, 200, 100)
	w.run()
	if got := w.feedback("A/bc.xlsx"); strings.Contains(got, "TRẢ LẠI ĐƠN VỊ") {
		t.Errorf("the answer is the older version's: %s", got)
	}
}

// A correction keeps the time of the first accepted report.
func TestCorrectionIsTimedByTheFirst(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	w.now = time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC) // long after the due date
	w.drop("A/bc v2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.drop("A/bc v3.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 50, 200, 100)
	w.run()
	if got := w.feedback("A/bc v2.xlsx"); strings.Contains(got, "nộp muộn") || !strings.Contains(got, "10/4/2026") && !strings.Contains(got, "10/04/2026") {
		t.Errorf("the correction is not timed by the first report: %s", got)
	}
	if got := w.feedback("A/bc v3.xlsx"); !strings.Contains(got, "đã quá hạn") {
		t.Errorf("a refused file is timed by itself: %s", got)
	}
}

// A report that one of a later run replaces is told so, in the ledger and in its
// answer, unless the newer one lies under its name.
func TestReplacedReportIsTold(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	w.drop("A/bc v2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.run()
	if got := w.feedback("A/bc.xlsx"); !strings.Contains(got, "«A/bc v2.xlsx»") {
		t.Errorf("the answer to the replaced report does not name the newer one: %s", got)
	}
	if got := w.feedback("B/bc.xlsx"); !strings.Contains(got, "thay cho bản đã nộp trước") {
		t.Errorf("the answer under the name of both versions is not the newer one's: %s", got)
	}
	noted := w.replaced()
	slices.Sort(noted)
	if diff := cmp.Diff([]string{"A/bc.xlsx", "B/bc.xlsx"}, noted); diff != "" {
		t.Errorf("notes in the ledger mismatch (-want +got):\n%s", diff)
	}
	w.now = w.now.Add(time.Hour)
	w.drop("A/bc v3.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 5, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 50, 200, 100)
	w.run()
	if got := w.feedback("A/bc v2.xlsx"); !strings.Contains(got, "«A/bc v3.xlsx»") {
		t.Errorf("the second replaced report is not told: %s", got)
	}
	w.now = w.now.Add(time.Hour)
	w.drop("B/bc v4.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 5, 10, 5, 200, 100)
	w.run()
	if got := w.feedback("B/bc.xlsx"); !strings.Contains(got, "TRẢ LẠI ĐƠN VỊ") {
		t.Errorf("the refused file under the name of the replaced one has lost its answer: %s", got)
	}
}

func TestNoLeftovers(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	left := []string{
		"out/2026-Q1/.writing-1", "out/2026-Q1/data/.writing-2", "out/2026-Q1/issues/2.unfinished/index.html", "out/.writing-3",
		"inputs/feedback/A/.writing-4", ".tonghop/archive/taking-5", ".tonghop/worker-6/x", ".tonghop/accepted/.writing-7",
	}
	kept := []string{"inputs/inbox/A/.writing-8", "inputs/feedback/A/taking-9", "out/taking-10", "elsewhere/.writing-11", ".tonghop/jobs/.writing-12", ".tonghop/.writing-13"}
	for _, name := range append(left, kept...) {
		w.write(name, []byte("half"))
	}
	must(t, os.Symlink(w.path("elsewhere"), w.path("out/link")))
	w.run()
	for _, name := range left {
		if w.exists(name) {
			t.Errorf("%s is left", name)
		}
	}
	if w.exists("out/2026-Q1/issues/2.unfinished") || w.exists(".tonghop/worker-6") {
		t.Error("a leftover folder is left")
	}
	for _, name := range kept {
		if !w.exists(name) {
			t.Errorf("%s was removed", name)
		}
	}
	if names, err := filepath.Glob(w.path(".tonghop/archive/*/*")); err != nil || len(names) == 0 {
		t.Errorf("the archive holds %q, %v", names, err)
	}
}

// The answer tells what is another than in the version sent before, also where
// that was returned and its figures are in no table.
func TestAnswerTellsChanges(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 50, 200, 100)
	w.run()
	if got := w.feedback("A/bc.xlsx"); strings.Contains(got, "BẢN NỘP TRƯỚC") {
		t.Errorf("the first version is compared with another: %s", got)
	}
	w.now = w.now.Add(time.Hour)
	w.drop("A/bc v2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 1000, 50, 200, 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	w.drop("A/bc v3.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 1000, 50, 200, 90)
	w.run()
	for name, want := range map[string][]string{
		"A/bc v2.xlsx": {"Bản trước: bc.xlsx", "đã trả lại đơn vị", "Số người tham gia    người 10 1.000 D7 +990]"},
		"A/bc v3.xlsx": {"Bản trước: bc v2.xlsx", "đủ điều kiện tổng hợp", "người 100 90 D11 -10]"},
	} {
		got := w.feedback(name)
		for _, text := range want {
			if !strings.Contains(got, text) {
				t.Errorf("the answer to %s does not say %q:\n%s", name, text, got)
			}
		}
	}
}

// What is striking beside the unit's other reports stands in the answer, also
// where the other one comes later; it refuses nothing.
func TestAnswerTellsComparisons(t *testing.T) {
	t.Parallel()
	first, second := newWorkspace(t), newWorkspace(t)
	quarter := map[string][]any{"Quý I năm 2026": {3, 10, 5, 2000, 1000}, "Quý II năm 2026": {3, 10, 5, 20000, 1010}}
	send := func(w *workspace, period string) {
		w.drop("A/"+period+".xlsx", "Công đoàn huyện An", period, quarter[period]...)
		w.run()
		w.now = w.now.Add(time.Hour)
	}
	for _, w := range []*workspace{first, second} {
		w.now = time.Date(2026, 7, 10, 8, 0, 0, 0, time.UTC)
	}
	send(first, "Quý I năm 2026")
	send(first, "Quý II năm 2026")
	send(second, "Quý II năm 2026")
	if got := second.feedback("A/Quý II năm 2026.xlsx"); strings.Contains(got, "Cảnh báo") {
		t.Errorf("without another report there is a warning: %s", got)
	}
	send(second, "Quý I năm 2026")
	for name, w := range map[string]*workspace{"in order": first, "later first": second} {
		got := w.feedback("A/Quý II năm 2026.xlsx")
		for _, text := range []string{"«20000» lệch khoảng 10, 100 hoặc 1.000 lần", "các kỳ trước: 2.000", "ĐỦ ĐIỀU KIỆN TỔNG HỢP"} {
			if !strings.Contains(got, text) {
				t.Errorf("%s: the answer does not say %q:\n%s", name, text, got)
			}
		}
	}
}
