package job_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hamper takes from a child run what TEST_RUN_FAULT names: the room on the disk, as a
// number of bytes that no file may grow beyond, memory, or the rights of root.
func hamper() error {
	fault, value, _ := strings.Cut(os.Getenv("TEST_RUN_FAULT"), " ")
	var most uint64
	if value != "" {
		if _, err := fmt.Sscan(value, &most); err != nil {
			return err
		}
	}
	switch fault {
	case "room":
		signal.Ignore(syscall.SIGXFSZ)
		return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most})
	case "memory":
		return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most})
	case "rights":
		return syscall.Setuid(nobody)
	}
	return nil
}

// nobody is a user who owns nothing.
const nobody = 65534

// hampered does a run that lacks something and returns what it said.
func (w *workspace) hampered(fault string) (string, error) {
	var said bytes.Buffer
	run := w.child()
	run.Env = append(run.Env, "TEST_RUN_FAULT="+fault)
	run.Stderr = &said
	err := run.Run()
	return said.String(), err
}

// A disk that is full, or a lack of memory, at any stage stops the run with an error;
// once there is room, the next run gives what it would have given. Where memory is very
// short, DuckDB's libraries and the system may also end the process without a word.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	twin, w := newWorkspace(t), newWorkspace(t)
	for _, each := range []*workspace{twin, w} {
		each.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
		each.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	}
	twin.run()
	for _, room := range []int{0, 4 << 10, 100 << 10, 1 << 20} { // none; the archive; the accepted catalogue; the database
		if said, err := w.hampered(fmt.Sprint("room ", room)); err == nil || !strings.Contains(said, "file too large") && !strings.Contains(said, "File too large") {
			t.Errorf("%d bytes of room: error = %v, said %s; want it told", room, err, said)
		}
		if left := w.unlisted(); left != "" {
			t.Errorf("%d bytes of room: an issue is listed that is not whole: %s", room, left)
		}
	}
	for _, memory := range []int{150, 200, 275} { // to open the database; to compute; to publish, where more is not enough
		said, err := w.hampered(fmt.Sprint("memory ", memory<<20))
		told := slices.ContainsFunc([]string{"Out of Memory", "out of memory", "cannot allocate memory", "pthread_create failed", "bad_alloc"},
			func(words string) bool { return strings.Contains(said, words) })
		if memory < 250 && err == nil || err != nil && !told && !ended(err) {
			t.Errorf("%d MiB of memory: error = %v, said %s; want it told", memory, err, said)
		}
	}
	if result := w.run(); result.Aside != nil {
		t.Errorf("the database was set aside: %+v", result.Aside)
	}
	if diff := cmp.Diff(twin.everything(), w.everything()); diff != "" {
		t.Errorf("outputs differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
}

// ended tells whether a process was ended by a signal.
func ended(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled()
}

// unlisted names published files that the manifest beside them does not know.
func (w *workspace) unlisted() string {
	manifests, _ := filepath.Glob(w.path("out/*/issues/*/manifest.json"))
	var all []string
	for _, m := range manifests {
		text, err := os.ReadFile(m)
		if err != nil || !bytes.HasSuffix(text, []byte("}\n")) {
			all = append(all, m)
		}
	}
	return strings.Join(all, " ")
}

// Folders that may not be read or written are told of, keep nothing else back and
// lose nothing.
func TestLostRights(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can give up rights and have them back")
	}
	twin, w := newWorkspace(t), newWorkspace(t)
	for _, each := range []*workspace{twin, w} {
		each.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
		each.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
	}
	twin.run()
	must(t, os.Chmod(filepath.Dir(w.dir), 0o755)) // the way to the workspace
	if said, err := w.hampered("rights"); err == nil || !strings.Contains(said, "permission denied") || w.exists(".tonghop") {
		t.Errorf("a workspace that can't be written: error = %v, said %s", err, said)
	}
	give := func(name string) {
		must(t, os.MkdirAll(w.path(name), 0o755))
		must(t, os.Chown(w.path(name), nobody, nobody))
	}
	give(".tonghop")
	must(t, os.Chmod(w.path("inputs/inbox/B"), 0o700))
	if said, err := w.hampered("rights"); err == nil || !strings.Contains(said, "out") || !strings.Contains(said, "permission denied") {
		t.Errorf("an out folder that can't be written: error = %v, said %s", err, said)
	}
	give("out")
	said, err := w.hampered("rights")
	if err != nil || !strings.Contains(said, "feedback not written") {
		t.Errorf("a feedback folder that can't be written: error = %v, said %s", err, said)
	}
	if got := w.verdicts(); got != "A/1.xlsx: accepted" {
		t.Errorf("verdicts = %q, want that of the folder that can be read", got)
	}
	if result := w.run(); len(result.Submissions) != 1 {
		t.Errorf("judged %d files, want the one that could not be read", len(result.Submissions))
	}
	if diff := cmp.Diff(twin.hashes("inputs/feedback"), w.hashes("inputs/feedback")); diff != "" {
		t.Errorf("answers differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
	if diff := cmp.Diff(twin.table("2026-Q1", "facts"), w.table("2026-Q1", "facts")); diff != "" {
		t.Errorf("facts differ from an undisturbed twin's (-twin +this):\n%s", diff)
	}
}

// A file that another one replaces, or that grows, between the look and the copy is
// taken by the run that finds it still; an inbox that is empty for a while takes
// nothing back.
func TestRestlessInbox(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	before := w.figure("2026-Q1", "A", "LOP", "actual")
	w.drop("A/2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100)
	whole := w.read("inputs/inbox/A/2.xlsx")
	w.write("inputs/inbox/A/2.xlsx", []byte(whole[:2000]))
	w.write("inputs/inbox/other", []byte(whole))
	for i, disturb := range []func(){
		func() { w.write("inputs/inbox/A/2.xlsx", []byte(whole[:3000])) },
		func() { must(t, os.Rename(w.path("inputs/inbox/other"), w.path("inputs/inbox/A/2.xlsx"))) },
	} {
		w.onStep = func(name string) {
			if name == "archive" {
				disturb()
			}
		}
		w.now = w.now.Add(time.Hour)
		if result := w.run(); result.Moving != 1 || w.figure("2026-Q1", "A", "LOP", "actual") != before {
			t.Errorf("disturbance %d: moving = %d, figure = %s; want the file left to the next run", i, result.Moving, w.figure("2026-Q1", "A", "LOP", "actual"))
		}
	}
	w.onStep = nil
	w.now = w.now.Add(time.Hour)
	if result := w.run(); result.Moving != 0 || w.figure("2026-Q1", "A", "LOP", "actual") != "4" {
		t.Errorf("moving = %d, figure = %s; want the whole file taken", result.Moving, w.figure("2026-Q1", "A", "LOP", "actual"))
	}

	all := w.everything()
	must(t, os.Rename(w.path("inputs/inbox"), w.path("inputs/share")))
	must(t, os.Mkdir(w.path("inputs/inbox"), 0o755)) // the mount point of a share that is gone
	w.now = w.now.Add(time.Hour)
	w.run()
	must(t, os.Remove(w.path("inputs/inbox")))
	must(t, os.Rename(w.path("inputs/share"), w.path("inputs/inbox")))
	if result := w.run(); len(result.Submissions)+len(result.Published) > 0 {
		t.Errorf("with the share back: judged %d, published %v", len(result.Submissions), result.Published)
	}
	if diff := cmp.Diff(all, w.everything()); diff != "" {
		t.Errorf("outputs changed while the share was gone (-before +after):\n%s", diff)
	}
}

// Runs that start at the same time do what one does.
func TestRunsAtOnce(t *testing.T) {
	t.Parallel()
	twin, w := newWorkspace(t), newWorkspace(t)
	for _, each := range []*workspace{twin, w} {
		each.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	}
	twin.run()
	first, second := w.child(), w.child()
	must(t, first.Start())
	must(t, second.Start())
	must(t, first.Wait())
	must(t, second.Wait())
	if diff := cmp.Diff(twin.everything(), w.everything()); diff != "" {
		t.Errorf("outputs differ from a single run's (-single +these):\n%s", diff)
	}
}

// A clock that went back is told: what comes now would count as older than what came
// before.
func TestClockGoesBack(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	if result := w.run(); !result.ClockBehind.IsZero() {
		t.Errorf("a clock that runs is said to be behind %v", result.ClockBehind)
	}
	last := w.now
	w.now = w.now.AddDate(0, 0, -2)
	w.drop("A/2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 4, 10, 5, 200, 100)
	if result := w.run(); !result.ClockBehind.Equal(last) {
		t.Errorf("clock behind %v, want %v told", result.ClockBehind, last)
	}
	if got := w.verdicts(); got != "A/2.xlsx: superseded\nA/1.xlsx: accepted" {
		t.Errorf("verdicts:\n%s", got)
	}
}
