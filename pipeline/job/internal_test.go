package job

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tonghop/pipeline/config"
)

// A fault of ours over one answer is an error, not the end of the run.
func TestGuarded(t *testing.T) {
	t.Parallel()
	data, err := guarded(func(w io.Writer) error {
		if _, err := w.Write([]byte("half")); err != nil {
			return err
		}
		panic("fault")
	})
	if err == nil || !strings.Contains(err.Error(), "fault") || data != nil {
		t.Errorf("guarded = %q, %v; want the panic as an error and nothing half written", data, err)
	}
}

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

func TestAnswerName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ắ", 85) // as long as a name may be
	tests := []struct{ name, file, want string }{
		{"short", "A/tháng 3/bc.xlsx", "A/tháng 3/bc.xlsx.phan-hoi.xlsx"},
		{"just short enough", "A/" + long[:240] + "b", "A/" + long[:240] + "b.phan-hoi.xlsx"},
		{"too long", "A/" + long, ""},
		{"too long by a letter", "A/" + long[:240] + "bc", ""},
		{"folder too long", long + "ắ/bc.xlsx", ""},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := filepath.ToSlash(answerName(tt.file, bookEnding))
			if tt.want != "" && got != tt.want {
				t.Errorf("answerName = %q, want %q", got, tt.want)
			}
			for _, element := range strings.Split(got, "/") {
				if len(element) > 255 || !utf8.ValidString(element) {
					t.Errorf("answerName = %q: %d bytes, valid %t", got, len(element), utf8.ValidString(element))
				}
			}
			if !strings.HasSuffix(got, bookEnding) || seen[got] {
				t.Errorf("answerName = %q: want one of its own with the ending", got)
			}
			seen[got] = true
		})
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
