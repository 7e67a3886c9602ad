package main

import (
	"errors"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A serve that is killed at any instant, in the middle of its jobs, while files come in,
// and started again loses nothing: afterwards one run gives the figures of an undisturbed
// twin, and so does what the next backup holds.
// TORTURE_KILLS and TORTURE_SEED are those of package job.
func TestKilledServe(t *testing.T) {
	t.Parallel()
	executable, err := exec.LookPath("tonghop")
	if err != nil {
		t.Fatal(err)
	}
	kills, seed := number(t, "TORTURE_KILLS", 20)/20, number(t, "TORTURE_SEED", time.Now().UnixNano())
	t.Logf("TORTURE_SEED=%d", seed)
	random := rand.New(rand.NewSource(seed))
	now := time.Date(2014, 6, 10, 1, 59, 59, 0, time.UTC)
	tonghop := func(args ...string) *exec.Cmd {
		return exec.Command(executable, append([]string{"--now", now.Format(time.RFC3339)}, args...)...)
	}
	do := func(args ...string) time.Duration {
		t.Helper()
		begun := time.Now()
		if said, err := tonghop(args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, said)
		}
		return time.Since(begun)
	}
	twin, dir := servedWorkspace(t), servedWorkspace(t)
	usual := do("-C", twin, "run")
	deliver := heldBack(t, dir)
	for n := range kills {
		deliver(n, kills)
		now = now.Add(time.Minute) // one slot later
		serve := tonghop("-C", dir, "serve", "--listen", "127.0.0.1:0")
		serve.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := serve.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second + time.Duration(random.Int63n(int64(usual)))) // its slot comes after a second
		whom := serve.Process.Pid
		if random.Intn(2) == 0 {
			whom = -whom
		}
		if err := syscall.Kill(whom, syscall.SIGKILL); err != nil {
			t.Fatalf("serve ended by itself: %v", err)
		}
		_ = serve.Wait() // killed
	}
	do("-C", dir, "run")
	copies, back := filepath.Join(dir, "copies"), filepath.Join(t.TempDir(), "back")
	do("-C", dir, "backup", copies)
	do("restore", copies, back)
	want := figures(t, twin)
	if len(want) < 6 {
		t.Errorf("the twin has published %d tables: this test tests nothing", len(want))
	}
	for _, each := range []string{dir, back} {
		if diff := cmp.Diff(want, figures(t, each)); diff != "" {
			t.Errorf("tables differ from an undisturbed twin's (-twin +this):\n%s", diff)
		}
	}
	if left, err := filepath.Glob(filepath.Join(copies, "*.*")); err != nil || len(left) > 0 {
		t.Errorf("killed backups were left behind: %q, %v", left, err)
	}
}

// figures are the published tables of figures of every period, by their path.
func figures(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, table := range []string{"achievement", "facts"} {
		names, err := filepath.Glob(filepath.Join(dir, "out", "*", "data", table+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			below, _ := filepath.Rel(dir, name)
			all[below] = string(text)
		}
	}
	return all
}

// heldBack takes what lies in the inbox of a workspace away; deliver puts the n-th of so
// many parts back, each unit's folder whole.
func heldBack(t *testing.T, dir string) (deliver func(n, parts int64)) {
	t.Helper()
	inbox, held := filepath.Join(dir, "inputs", "inbox"), filepath.Join(dir, "held")
	if err := errors.Join(os.Rename(inbox, held), os.Mkdir(inbox, 0o755)); err != nil {
		t.Fatal(err)
	}
	units, err := os.ReadDir(held)
	if err != nil {
		t.Fatal(err)
	}
	all := int64(len(units))
	return func(n, parts int64) {
		for _, unit := range units[n*all/parts : (n+1)*all/parts] {
			if err := os.Rename(filepath.Join(held, unit.Name()), filepath.Join(inbox, unit.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// servedWorkspace has the demo's first delivery, and schedules that look for files and
// back up every minute.
func servedWorkspace(t *testing.T) string {
	t.Helper()
	dir := demoWorkspace(t, 1)
	settings := "settle = \"0s\"\nyear_starts = \"12-01\"\n[[schedule]]\nname = \"take\"\ncron = \"* * * * *\"\ncommand = [\"run\"]\n" +
		"[[schedule]]\nname = \"copy\"\ncron = \"* * * * *\"\ncommand = [\"backup\", \"" + filepath.Join(dir, "copies") + "\"]\n"
	if err := os.WriteFile(filepath.Join(dir, "tonghop.toml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// number is what an environment variable says, or else the plain value.
func number(t *testing.T, name string, plain int64) int64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return plain
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
