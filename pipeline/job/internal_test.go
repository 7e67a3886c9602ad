package job

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/config"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/store"
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

// Few answers are recalled at once, of large files fewer, each once and in order.
func TestBatches(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		records []int
		want    []int // how many are in each
	}{
		{"none", nil, nil},
		{"small ones", make([]int, 2*recallBatch+1), []int{recallBatch, recallBatch, 1}},
		{"just fitting", []int{recallRecords / 2, recallRecords / 2, 1}, []int{2, 1}},
		{"too large by itself", []int{1, recallRecords + 1, 1, 1}, []int{1, 1, 2}},
	} {
		var promised, together []store.Promise
		for i, records := range tt.records {
			p := store.Promise{Records: records}
			p.Size = int64(i)
			promised = append(promised, p)
		}
		var got []int
		for batch := range batches(promised) {
			got, together = append(got, len(batch)), append(together, batch...)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: batches mismatch (-want +got):\n%s", tt.name, diff)
		}
		for i, p := range together {
			if p.Size != int64(i) {
				t.Errorf("%s: answer %d stands at %d", tt.name, p.Size, i)
			}
		}
	}
}

// Outputs that are made side by side stand in their order; a fault of ours in one is an
// error, and the program lives on.
func TestTogether(t *testing.T) {
	t.Parallel()
	named := func(name string) func() ([]publish.Output, error) {
		return func() ([]publish.Output, error) { return []publish.Output{{Name: name}}, nil }
	}
	outputs, err := together(named("a"), named("b"), named("c"))
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]publish.Output{{Name: "a"}, {Name: "b"}, {Name: "c"}}, outputs); diff != "" {
		t.Errorf("outputs mismatch (-want +got):\n%s", diff)
	}
	var none []int
	_, err = together(named("a"), func() ([]publish.Output, error) { return nil, fmt.Errorf("%d", none[0]) })
	if err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("a panic gives the error %v", err)
	}
}
