package job

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/config"
)

// A worker that starts and never gets ready is ended.
func TestWorkerThatIsNeverReady(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, ".tonghop"), 0o755); err != nil {
		t.Fatal(err)
	}
	r := &run{Options: Options{
		Config: &config.Config{Dir: dir},
		Worker: func(ctx context.Context, _ string) *exec.Cmd { return exec.CommandContext(ctx, "cat") }, // waits for its input
	}}
	w := &worker{run: r, ctx: context.Background(), patience: time.Minute, readiness: time.Millisecond}
	if err := w.start(); err == nil || !strings.Contains(err.Error(), "ready") {
		t.Errorf("start = %v, want it told that the worker was not ready", err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, ".tonghop")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	h := &head{}
	for range 3 {
		if n, err := h.Write(make([]byte, 3000)); n != 3000 || err != nil {
			t.Fatalf("Write = %d, %v; want all taken", n, err)
		}
	}
	if got := len(h.String()); got != 4096 {
		t.Errorf("%d bytes kept, want 4096", got)
	}
}

// Judging waits while much is judged and not loaded, and goes on once it is.
func TestBacklog(t *testing.T) {
	t.Parallel()
	var b backlog
	isLittle := func() bool {
		select {
		case <-b.little():
			return true
		default:
			return false
		}
	}
	much := pipeline.Submission{Facts: []pipeline.Fact{{Note: strings.Repeat("x", mostWaiting/2)}}}
	b.add(weight(&much))
	if !isLittle() {
		t.Error("half of the bound is too much")
	}
	b.add(weight(&much))
	waiting := b.little()
	if isLittle() {
		t.Error("the bound is none")
	}
	b.add(-weight(&much))
	select {
	case <-waiting:
	default:
		t.Error("who waits is not told that the backlog shrank")
	}
}
