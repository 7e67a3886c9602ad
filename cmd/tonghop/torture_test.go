package main

import (
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

// A serve that is killed at any instant, in the middle of its jobs, and started again
// loses nothing: afterwards one run gives the figures of an undisturbed twin.
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
	tonghop := func(dir string, args ...string) *exec.Cmd {
		return exec.Command(executable, append([]string{"-C", dir, "--now", "2014-06-10T08:59:59+07:00"}, args...)...)
	}
	run := func(dir string) time.Duration {
		t.Helper()
		begun := time.Now()
		if said, err := tonghop(dir, "run").CombinedOutput(); err != nil {
			t.Fatalf("run: %v\n%s", err, said)
		}
		return time.Since(begun)
	}
	twin, dir := servedWorkspace(t), servedWorkspace(t)
	usual := run(twin)
	for range kills {
		serve := tonghop(dir, "serve", "--listen", "127.0.0.1:0")
		serve.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := serve.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second + time.Duration(random.Int63n(int64(usual)))) // its first slot comes after a second
		whom := serve.Process.Pid
		if random.Intn(2) == 0 {
			whom = -whom
		}
		if err := syscall.Kill(whom, syscall.SIGKILL); err != nil {
			t.Fatalf("serve ended by itself: %v", err)
		}
		_ = serve.Wait() // killed
	}
	run(dir)
	for _, name := range []string{"2014-H1/data/achievement.csv", "2014-H1/data/facts.csv", "2014/data/achievement.csv"} {
		if diff := cmp.Diff(outputOf(t, twin, name), outputOf(t, dir, name)); diff != "" {
			t.Errorf("%s differs from an undisturbed twin's (-twin +this):\n%s", name, diff)
		}
	}
}

func outputOf(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "out", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// servedWorkspace has the demo's first delivery, and a schedule that looks for files
// every minute.
func servedWorkspace(t *testing.T) string {
	t.Helper()
	dir := demoWorkspace(t, 1)
	settings := "settle = \"0s\"\nyear_starts = \"12-01\"\n[[schedule]]\nname = \"take\"\ncron = \"* * * * *\"\ncommand = [\"run\"]\n"
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
