package lock_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tonghop/pipeline/lock"
)

func TestLock(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), ".tonghop")
	if _, held, err := lock.HeldBy(dir); held || err != nil {
		t.Errorf("before the first run: held %t, error %v", held, err)
	}
	never := func(lock.Holder) { t.Error("a free lock was waited for") }
	first, err := lock.Acquire(context.Background(), dir, "first run", never)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var told []lock.Holder
	if _, err := lock.Acquire(ctx, dir, "second run", func(h lock.Holder) { told = append(told, h); cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("a taken lock: error = %v, want that waiting was called off", err)
	}
	if len(told) != 1 || told[0].Command != "first run" || told[0].PID != os.Getpid() || time.Since(told[0].Since) > time.Hour {
		t.Errorf("the waiting run was told of %+v, want the first run, once", told)
	}
	if h, held, err := lock.HeldBy(dir); !held || err != nil || h != told[0] {
		t.Errorf("while it is held: %+v, held %t, error %v", h, held, err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := lock.Acquire(context.Background(), dir, "third run", never)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
}

// A run that was killed leaves its name behind, and no lock.
func TestKilledHolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"lock", "lock.holder"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(`{"pid": 1, "command": "run"}`), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if h, held, err := lock.HeldBy(dir); held || err != nil {
		t.Errorf("held by %+v, error %v: want a free lock", h, err)
	}
}

// Those who wait hear of each who goes before them.
func TestWaitForSeveral(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := lock.Acquire(context.Background(), dir, "first", func(lock.Holder) {})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	held, err := lock.Acquire(context.Background(), dir, "last", func(h lock.Holder) {
		told = append(told, h.Command)
		if h.Command == "first" { // the next one comes before this one looks again
			if err := os.WriteFile(filepath.Join(dir, "lock.holder"), []byte(`{"command": "second"}`), 0o644); err != nil {
				t.Error(err)
			}
			return
		}
		if err := first.Release(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != 2 || told[1] != "second" {
		t.Errorf("told of %q, want first and second", told)
	}
	if err := held.Release(); err != nil {
		t.Fatal(err)
	}
}

// There is one serve at a time, and it does not keep runs out.
func TestServe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	served, _, err := lock.Serve(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, h, err := lock.Serve(dir); !errors.Is(err, lock.ErrServed) || h.PID != os.Getpid() || h.Command != "serve" {
		t.Errorf("a second serve: held by %+v, error %v", h, err)
	}
	if _, held, err := lock.HeldBy(dir); held || err != nil {
		t.Errorf("run's lock: held %t, error %v", held, err)
	}
	if h, held, err := lock.ServedBy(dir); !held || err != nil || h.PID != os.Getpid() {
		t.Errorf("served by %+v, held %t, error %v", h, held, err)
	}
	if err := served.Release(); err != nil {
		t.Fatal(err)
	}
	if _, held, err := lock.ServedBy(dir); held || err != nil {
		t.Errorf("after its end: held %t, error %v", held, err)
	}
}
