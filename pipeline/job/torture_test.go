package job_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/job"
	"tonghop/pipeline/store"
)

// childRun does a run in a process of its own that can be killed: TestMain calls it
// where TEST_RUN_DIR names a workspace.
func childRun(dir string) int {
	var t testing.T
	w := &workspace{t: &t, dir: dir, worker: testWorker("")}
	now, err := time.Parse(time.RFC3339, os.Getenv("TEST_RUN_NOW"))
	if err == nil {
		w.now = now
		err = os.Unsetenv("TEST_RUN_DIR") // its workers are no runs
	}
	if os.Getenv("TEST_RUN_FAULT") != "" {
		w.worker = nil // it could not start
	}
	if err == nil {
		err = hamper()
	}
	if err == nil {
		options := w.options()
		options.Progress = progress{step: stages()}
		_, err = job.Run(context.Background(), options)
	}
	fmt.Fprint(os.Stderr, w.log.String())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// stages tells when each stage of a run begins, where TEST_RUN_STAGES asks for it.
func stages() func(string) {
	begun := time.Now()
	return func(name string) {
		if os.Getenv("TEST_RUN_STAGES") != "" {
			fmt.Fprintf(os.Stderr, "%8.1f s: %s begins\n", time.Since(begun).Seconds(), name)
		}
	}
}

// child is a run of the workspace in a process of its own.
func (w *workspace) child() *exec.Cmd {
	command := exec.Command(os.Args[0], "-test.run=^$")
	command.Env = append(os.Environ(), "TEST_RUN_DIR="+w.dir, "TEST_RUN_NOW="+w.now.Format(time.RFC3339))
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command
}

// number is what an environment variable says, or else the plain value.
func number(t *testing.T, name string, plain int64) int64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return plain
	}
	n, err := strconv.ParseInt(text, 10, 64)
	must(t, err)
	return n
}

// moments are what a run does on the disk, in order, as seen from outside: a kill
// waits for one of them.
var moments = []struct{ name, pattern string }{
	{"a file is being archived", ".tonghop/archive/taking-*"},
	{"files are on the record", ".tonghop/intake.jsonl"},
	{"workers judge", ".tonghop/worker-*"},
	{"the load is being committed", ".tonghop/tonghop.duckdb.wal"},
	{"an issue is being written", "out/*/issues/*.unfinished"},
	{"the top copies are being replaced", "out/2026-Q1/manifest.json"},
	{"answers are being written", "inputs/feedback/*/*"},
	{"the overview is being written", "out/index.html"},
}

// A torture kills runs of copies of one workspace and holds what the next run makes
// of each against a twin that was left in peace.
type torture struct {
	*testing.T
	random *rand.Rand
	base   *workspace
	twin   *workspace
	want   map[string]string
	usual  time.Duration // of a run
	hits   map[string]int
}

// Invariant 4: a run that is killed at any instant, then run again, gives the same
// tables and the same outputs, byte for byte. TORTURE_KILLS and TORTURE_SEED say how
// many kills and which ones; make torture asks for 300.
func TestKilledAtAnyInstant(t *testing.T) {
	t.Parallel()
	kills, seed := number(t, "TORTURE_KILLS", 20), number(t, "TORTURE_SEED", time.Now().UnixNano())
	t.Logf("TORTURE_SEED=%d", seed)
	x := &torture{T: t, random: rand.New(rand.NewSource(seed)), base: newWorkspace(t), hits: map[string]int{}}
	x.prepare()
	done := int64(0)
	for round := 0; done < kills; round++ {
		w := x.copy()
		for range min(1+x.random.Int63n(8), kills-done) {
			if x.kill(w, round) {
				done++
			}
			round++
		}
		x.compare(w)
		if t.Failed() {
			t.Fatalf("after %d kills with TORTURE_SEED=%d", done, seed)
		}
		must(t, os.RemoveAll(w.dir))
	}
	for _, name := range slices.Sorted(maps.Keys(x.hits)) {
		t.Logf("%4d kills while %s", x.hits[name], name)
	}
}

// prepare makes the workspace that is to be killed and the twin that is not.
func (x *torture) prepare() {
	w := x.base
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	w.run()
	w.now = w.now.AddDate(0, 0, 1)
	w.drop("A/1 sửa.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 5, 10, 5, 200, 100)
	w.drop("B/sai.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 5, 10, 5, 200, 100)
	w.write("inputs/inbox/A/scan.pdf", []byte("%PDF-1.4"))
	w.write("inputs/inbox/A/hỏng.xlsx", []byte("PK"))
	x.twin = x.copy()
	begun := time.Now()
	must(x, x.twin.child().Run())
	x.usual = time.Since(begun)
	x.want = x.twin.everything()
}

// copy copies the prepared workspace with the times of its files.
func (x *torture) copy() *workspace {
	x.Helper()
	dir, err := os.MkdirTemp(x.TempDir(), "*")
	must(x, err)
	must(x, filepath.WalkDir(x.base.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, _ := filepath.Rel(x.base.dir, path)
		target := filepath.Join(dir, below)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(target, data, 0o644)
		}
		if err == nil {
			err = os.Chtimes(target, info.ModTime(), info.ModTime())
		}
		return err
	}))
	return &workspace{t: x.T, dir: dir, now: x.base.now}
}

// kill starts a run and kills it: at a moment that is seen on the disk, or at any
// time. It tells whether it came before the run's end. Half of the time the run's
// workers die with it, else they find their pipes closed.
func (x *torture) kill(w *workspace, round int) bool {
	x.Helper()
	run := w.child()
	sight := w.sight()
	must(x, run.Start())
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	instant, moment := time.After(time.Duration(x.random.Int63n(int64(x.usual)))), ""
	if round%3 > 0 {
		m := moments[x.random.Intn(len(moments))]
		instant, moment = w.await(m.pattern, sight, time.Duration(x.random.Int63n(int64(30*time.Millisecond)))), m.name
	}
	select {
	case err := <-ended:
		must(x, err)
		return false
	case <-instant:
	}
	whom := run.Process.Pid
	if x.random.Intn(2) == 0 {
		whom = -whom
	}
	_ = syscall.Kill(whom, syscall.SIGKILL) // it may end this moment
	err := <-ended
	if err == nil {
		return false
	}
	if moment == "" {
		moment = "whatever it did"
	}
	x.hits[moment]++
	return true
}

// sight is what each moment's pattern finds, with the time of its last change.
func (w *workspace) sight() map[string]string {
	all := map[string]string{}
	for _, m := range moments {
		all[m.pattern] = w.see(m.pattern)
	}
	return all
}

func (w *workspace) see(pattern string) string {
	names, _ := filepath.Glob(w.path(pattern))
	var seen strings.Builder
	for _, name := range names {
		if info, err := os.Lstat(name); err == nil {
			fmt.Fprintln(&seen, name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return seen.String()
}

// await tells a while after the pattern finds something else than before; it gives
// up after a time in which every run ends.
func (w *workspace) await(pattern string, before map[string]string, after time.Duration) <-chan time.Time {
	told := make(chan time.Time, 1)
	go func() {
		for limit := time.Now().Add(time.Minute); time.Now().Before(limit); time.Sleep(200 * time.Microsecond) {
			if now := w.see(pattern); now != "" && now != before[pattern] {
				time.Sleep(after)
				told <- time.Now()
				return
			}
		}
	}()
	return told
}

// passing are the tables that say what the very last run had to look at: nothing,
// where the killed one came far enough.
var passing = []string{"cat_form_period", "run_period", "run_stretch", "stg_compared", "stg_series"}

// compare lets the killed workspace have its run and holds it against the twin.
func (x *torture) compare(w *workspace) {
	x.Helper()
	must(x, w.child().Run())
	if diff := cmp.Diff(x.want, w.everything()); diff != "" {
		x.Errorf("outputs differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
	tables, err := store.Compare(context.Background(), x.twin.path(".tonghop/tonghop.duckdb"), w.path(".tonghop/tonghop.duckdb"))
	must(x, err)
	for _, c := range tables {
		if c.Differing > 0 && !slices.Contains(passing, c.Table) {
			x.Errorf("table %s differs from an undisturbed twin's in %d rows: %d there, %d here", c.Table, c.Differing, c.Before, c.After)
		}
	}
	if strings.Contains(w.leftovers(), "\n") {
		x.Errorf("left behind: %s", w.leftovers())
	}
}

// leftovers are the files that no whole run leaves.
func (w *workspace) leftovers() string {
	var all strings.Builder
	_ = filepath.WalkDir(w.dir, func(path string, entry fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err == nil && (strings.HasPrefix(name, ".writing-") || strings.HasPrefix(name, "taking-") || strings.HasPrefix(name, "worker-") ||
			strings.HasSuffix(name, ".unfinished") || strings.HasSuffix(name, ".wal") || strings.HasSuffix(name, ".old")) {
			fmt.Fprintln(&all, path)
		}
		return err
	})
	return all.String()
}
