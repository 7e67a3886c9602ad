package job_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/backup"
	"tonghop/pipeline/store"
)

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

// A moment is seen on the disk by what a pattern finds.
type moment struct{ name, pattern string }

// moments are what a run does on the disk, in order, as seen from outside: a kill
// waits for one of them.
var moments = []moment{
	{"a file is being archived", ".tonghop/archive/taking-*"},
	{"files are on the record", ".tonghop/intake.jsonl"},
	{"workers judge", ".tonghop/worker-*"},
	{"models are computed", "../stage-compute"}, // the child tells
	{"the load is being committed", ".tonghop/tonghop.duckdb.wal"},
	{"the database is being checkpointed", ".tonghop/tonghop.duckdb"},
	{"an issue is being written", "out/*/issues/*.unfinished"},
	{"the top copies are being replaced", "out/2026-Q1/manifest.json"},
	{"answers are being written", "inputs/feedback/*/*"},
	{"the overview is being written", "out/index.html"},
}

// momentsOf are those of a command.
func momentsOf(do string) []moment {
	switch verb, _, _ := strings.Cut(do, " "); verb {
	case "":
		return moments
	case "rebuild":
		return append(slices.Clone(moments), moment{"the database is set aside", ".tonghop/tonghop.duckdb.old"})
	case "backup":
		return []moment{{"a backup is being made", "../copies/*/*"}, {"a backup is being finished", "../copies/*/backup.json"}}
	}
	return append(slices.Clone(moments), moment{"an act is on the record", ".tonghop/journal.jsonl"})
}

// A torture kills runs of copies of one workspace and holds what the next run makes
// of each against a twin that was left in peace.
type torture struct {
	*testing.T
	random *rand.Rand
	base   *workspace
	do     string // the command that is killed; empty is a run
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
	x := newTorture(t)
	x.prepare("")
	x.torment(number(t, "TORTURE_KILLS", 20))
}

// The same of the other commands that write: one that is killed is finished by the
// next run or by itself, and what staff decided is on the record once.
func TestKilledCommands(t *testing.T) {
	t.Parallel()
	for _, do := range commands("withdraw", "close", "rebuild", "backup") {
		t.Run(do, func(t *testing.T) {
			t.Parallel()
			x := newTorture(t)
			x.prepare(do)
			x.torment(number(t, "TORTURE_KILLS", 20) / 20)
		})
	}
}

// commands are those to torture: where nothing is asked for the first, which costs most for
// what it shows beside the others, is left out.
func commands(first string, others ...string) []string {
	if os.Getenv("TORTURE_KILLS") == "" {
		return others
	}
	return append(others, first)
}

func newTorture(t *testing.T) *torture {
	t.Helper()
	seed := number(t, "TORTURE_SEED", time.Now().UnixNano())
	t.Logf("TORTURE_SEED=%d", seed)
	return &torture{T: t, random: rand.New(rand.NewSource(seed)), base: newWorkspace(t), hits: map[string]int{}}
}

// torment kills what is done to copies of the workspace that many times.
func (x *torture) torment(kills int64) {
	done := int64(0)
	for round := 0; done < kills; round++ {
		w := x.copy()
		for range min(1+x.random.Int63n(8), kills-done) {
			if x.kill(w, round) {
				done++
			}
			round++
		}
		x.again(w)
		if left := w.leftovers(); left != "" {
			x.Errorf("left behind: %s", left)
		}
		if x.Failed() {
			x.Fatalf("after %d kills", done)
		}
		must(x, os.RemoveAll(filepath.Dir(w.dir)))
	}
	for _, name := range slices.Sorted(maps.Keys(x.hits)) {
		x.Logf("%4d kills while %s", x.hits[name], name)
	}
}

// again lets a workspace in which something was cut off go on, and holds it against the
// twin. Not always it is the same command that comes next.
func (x *torture) again(w *workspace) {
	x.Helper()
	if x.do == "backup" {
		x.restore(w, true)
	} else if x.do != "" && x.random.Intn(2) == 0 {
		must(x, w.child().Run())
	}
	must(x, w.child(x.do).Run())
	x.compare(w)
	if x.do == "backup" {
		x.restore(w, false)
	}
}

// restore puts back the newest backup, or there may be none yet, and holds it against the
// twin.
func (x *torture) restore(w *workspace, none bool) {
	x.Helper()
	back := &workspace{t: x.T, dir: filepath.Join(x.TempDir(), "back"), now: w.now}
	_, _, err := backup.Restore(filepath.Join(filepath.Dir(w.dir), "copies"), back.dir, func(string) {})
	if none && (errors.Is(err, backup.ErrNone) || errors.Is(err, fs.ErrNotExist)) {
		return
	}
	must(x, err)
	x.compare(back)
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(w.dir), "copies", "*.*")); !none && len(left) > 0 {
		x.Errorf("left behind: %q, %v", left, err)
	}
}

// prepare makes the workspace that something is to be done to, and the twin to which it
// is done in peace.
func (x *torture) prepare(do string) {
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
	if do == "withdraw" {
		do += fmt.Sprintf(" %x", sha256.Sum256([]byte(w.read("inputs/inbox/A/1 sửa.xlsx"))))
	}
	x.peace(do)
}

// peace makes the twin.
func (x *torture) peace(do string) {
	x.do, x.twin = do, x.copy()
	begun := time.Now()
	must(x, x.twin.child(do).Run())
	x.usual = time.Since(begun)
	x.want = x.twin.everything()
}

// copy copies the prepared workspace with the times of its files.
func (x *torture) copy() *workspace {
	x.Helper()
	dir := filepath.Join(x.TempDir(), "workspace")
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
	run := w.child(x.do)
	run.Env = append(run.Env, "TEST_RUN_MARKS="+filepath.Dir(w.dir))
	moments := momentsOf(x.do)
	sight := w.sight(moments)
	must(x, run.Start())
	ended := make(chan error, 1)
	go func() { ended <- run.Wait() }()
	instant, moment := time.After(time.Duration(x.random.Int63n(int64(x.usual)))), ""
	if round%3 > 0 {
		m, within := moments[x.random.Intn(len(moments))], 30*time.Millisecond
		if x.random.Intn(3) == 0 {
			within = x.usual / 4
		}
		instant, moment = w.await(m.pattern, sight, time.Duration(x.random.Int63n(int64(within)))), m.name
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
func (w *workspace) sight(moments []moment) map[string]string {
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

// compare holds a workspace against the twin: what people see, what is on the record,
// and what the database knows.
func (x *torture) compare(w *workspace) {
	x.Helper()
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
	for _, name := range []string{".tonghop/intake.jsonl", ".tonghop/journal.jsonl"} {
		want, _ := os.ReadFile(x.twin.path(name)) // no act, no file
		if got, _ := os.ReadFile(w.path(name)); !bytes.Equal(want, got) {
			x.Errorf("%s differs from an undisturbed twin's:\n%s\n%s", name, want, got)
		}
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
