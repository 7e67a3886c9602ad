package job_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/config"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/workbook"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

// TestMain lets the test binary stand in for the program's worker, and for a run.
func TestMain(m *testing.M) {
	if rules := os.Getenv("TEST_WORKER_RULES"); rules != "" {
		serve(rules)
		return
	}
	if dir := os.Getenv("TEST_RUN_DIR"); dir != "" {
		os.Exit(childRun(dir))
	}
	os.Exit(m.Run())
}

// serve is a worker that dies of the file that TEST_WORKER_DIES names.
func serve(dir string) {
	c := &config.Config{}
	rules, _, err := assess.Load(os.DirFS(dir), c.Calendar)
	if err != nil || rules == nil {
		os.Exit(1)
	}
	vi, err := lang.Load("vi")
	if err != nil {
		os.Exit(1)
	}
	service := assess.Service{Rules: rules, Zone: time.UTC, Mark: func(original []byte, f *reports.Feedback) ([]byte, error, error) {
		if name := os.Getenv("TEST_WORKER_DIES_OF_MARKING"); name != "" && strings.Contains(f.Submission.File, name) {
			fmt.Fprintln(os.Stderr, "killed by marking up")
			os.Exit(2)
		}
		return feedback.Book(original, f, vi)
	}}
	if service.Serve(diesOf(os.Getenv("TEST_WORKER_DIES")), os.Stdout) != nil {
		os.Exit(1)
	}
}

// diesOf ends the process when a task for the named file comes in.
type diesOf string

func (d diesOf) Read(buffer []byte) (int, error) {
	n, err := os.Stdin.Read(buffer)
	if d != "" && bytes.Contains(buffer[:n], []byte(d)) {
		fmt.Fprintln(os.Stderr, "killed by the file")
		os.Exit(2)
	}
	return n, err
}

// testWorker starts the test binary as a worker.
func testWorker(dies string) func(context.Context, string) *exec.Cmd {
	return func(ctx context.Context, rules string) *exec.Cmd {
		command := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
		command.Env = append(os.Environ(), "TEST_WORKER_RULES="+rules, "TEST_WORKER_DIES="+dies)
		return command
	}
}

func TestWorkersJudgeLikeTheRun(t *testing.T) {
	t.Parallel()
	alone, w := newWorkspace(t), newWorkspace(t)
	w.worker = testWorker("")
	for _, each := range []*workspace{alone, w} {
		each.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, "1.250", 600, 2000, 900, 0.45)
		each.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 3.5, 10, 50, 200, 100)
		each.run()
	}
	if alone.read("out/data/findings.csv") != w.read("out/data/findings.csv") || alone.read("out/2026-Q1/data/facts.csv") != w.read("out/2026-Q1/data/facts.csv") {
		t.Errorf("workers judge otherwise:\n%s\nin the run's process:\n%s", w.read("out/data/findings.csv"), alone.read("out/data/findings.csv"))
	}
	for _, name := range []string{"inputs/feedback/A/bc.xlsx.phan-hoi.xlsx", "inputs/feedback/B/bc.xlsx.phan-hoi.xlsx"} {
		if alone.read(name) != w.read(name) {
			t.Errorf("workers mark %s up otherwise", name)
		}
	}
	left, err := filepath.Glob(filepath.Join(w.dir, ".tonghop", "worker-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("workers left folders behind: %q", left)
	}
}

// A file that ends its worker twice is refused and named; the others count.
func TestFileThatKillsItsWorker(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.worker = testWorker("killer.xlsx")
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/killer.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 10, 5, 200, 100)
	w.drop("nobody/killer.xlsx", "Công đoàn huyện An", "Quý III năm 2026", 3, 10, 5, 200, 100)
	result := w.run()
	if got := w.verdicts(); got != "A/bc.xlsx: accepted\nA/killer.xlsx: refused\nnobody/killer.xlsx: held" {
		t.Errorf("verdicts:\n%s", got)
	}
	if !strings.Contains(w.log.String(), "killed by the file") {
		t.Errorf("the log does not have what the worker said:\n%s", w.log.String())
	}
	for _, s := range result.Submissions {
		if s.Verdict == pipeline.Refused && (len(s.Findings) != 1 || s.Findings[0].Code != "reader_killed") {
			t.Errorf("findings = %+v, want reader_killed", s.Findings)
		}
	}
}

// A file that ends the worker that marks it up is answered by the answer alone; the
// others are marked up.
func TestFileThatKillsItsMarker(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	healthy := testWorker("")
	w.worker = func(ctx context.Context, rules string) *exec.Cmd {
		command := healthy(ctx, rules)
		command.Env = append(command.Env, "TEST_WORKER_DIES_OF_MARKING=killer.xlsx")
		return command
	}
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/killer.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 10, 5, 200, 100)
	if result := w.run(); len(result.Unanswered) > 0 {
		t.Errorf("unanswered: %q", result.Unanswered)
	}
	if got := w.verdicts(); got != "A/bc.xlsx: accepted\nA/killer.xlsx: accepted" {
		t.Errorf("verdicts:\n%s", got)
	}
	for name, want := range map[string]int{"bc": 2, "killer": 1} {
		f, err := excelize.OpenFile(w.path("inputs/feedback/A/" + name + ".xlsx.phan-hoi.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if got := f.GetSheetList(); len(got) != want || got[0] != feedback.SheetName {
			t.Errorf("the answer to %s has the sheets %q, want %d", name, got, want)
		}
		must(t, f.Close())
	}
	if !strings.Contains(w.log.String(), "killed by marking up") {
		t.Errorf("the log does not have what the worker said:\n%s", w.log.String())
	}
}

// A worker that can't start is trouble with the machine, not with the files.
func TestWorkerThatCanNotStart(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	for _, scan := range []string{"A/0.pdf", "A/1.pdf", "A/2.pdf"} { // the first ends the run while others are judged
		w.write("inputs/inbox/"+scan, []byte("%PDF "+scan))
	}
	w.worker = func(ctx context.Context, _ string) *exec.Cmd {
		return exec.CommandContext(ctx, "sh", "-c", "echo no memory >&2; exit 1")
	}
	if _, err := w.try(); err == nil || !strings.Contains(err.Error(), "no memory") {
		t.Errorf("error = %v, want what the worker said", err)
	}
	w.worker = func(ctx context.Context, _ string) *exec.Cmd {
		return exec.CommandContext(ctx, w.path("no such program"))
	}
	if _, err := w.try(); err == nil {
		t.Error("a run whose workers can't start must fail")
	}
	if left, err := filepath.Glob(w.path(".tonghop/worker-*")); err != nil || len(left) > 0 {
		t.Errorf("workers left folders behind: %q", left)
	}
	w.worker = nil
	w.run()
	if got := w.verdicts(); got != "A/0.pdf: attachment\nA/1.pdf: attachment\nA/2.pdf: attachment\nA/bc.xlsx: accepted" {
		t.Errorf("verdicts after mending = %q, want every file taken", got)
	}
}

// The rules that serve may have been accepted under other settings.
func TestWorkersFindTheLastGoodRules(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.worker = testWorker("")
	w.run()
	w.write("inputs/catalogue.xlsx", []byte("broken"))
	w.write("tonghop.toml", []byte("settle = \"0s\"\nyear_starts = \"12-01\"\n"))
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	if result := w.run(); !result.LastGood || w.verdicts() != "A/bc.xlsx: accepted" {
		t.Errorf("last good %t, verdicts:\n%s", result.LastGood, w.verdicts())
	}
}

// What no worker can read within the limits is not read at all.
func TestOversizedFile(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.worker = func(context.Context, string) *exec.Cmd {
		t.Error("a worker was started")
		return exec.Command("false")
	}
	for _, name := range []string{"A/huge.xlsx", "A/huge.pdf"} {
		w.write("inputs/inbox/"+name, []byte(name))
		must(t, os.Truncate(w.path("inputs/inbox/"+name), workbook.DefaultLimits().FileBytes+1))
	}
	w.run()
	if got := w.verdicts(); got != "A/huge.pdf: attachment\nA/huge.xlsx: refused" {
		t.Errorf("verdicts:\n%s", got)
	}
	if !w.exists("inputs/feedback/A/huge.xlsx.phan-hoi.html") {
		t.Error("the answer is missing")
	}
}
