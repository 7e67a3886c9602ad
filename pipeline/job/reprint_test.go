package job_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
)

// top are the files of the first quarter where people open them.
func (w *workspace) top() map[string]string {
	all := w.outputs()
	maps.DeleteFunc(all, func(name, _ string) bool {
		return !strings.HasPrefix(name, "2026-Q1/") || strings.HasPrefix(name, "2026-Q1/issues/")
	})
	return all
}

// An earlier issue is printed again byte for byte, and the newest comes back.
func TestPrintAgain(t *testing.T) {
	t.Parallel()
	w := published(t)
	first := w.top()
	w.correct(4)
	w.run()
	second := w.top()
	if cmp.Equal(first, second) {
		t.Fatal("the correction changed nothing")
	}
	quarter := pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}
	w.write("out/2026-Q1/issues/1/index.html", []byte("spoilt")) // the hash in the manifest tells
	if _, err := job.PrintAgain(context.Background(), w.options(), quarter, 1); err == nil {
		t.Error("a spoilt issue was printed")
	}
	w = published(t)
	first = w.top()
	w.correct(4)
	w.run()
	reprint, err := job.PrintAgain(context.Background(), w.options(), quarter, 1)
	must(t, err)
	if reprint.Issue != 1 || reprint.Newest != 2 {
		t.Errorf("printed issue %d, newest %d; want 1 and 2", reprint.Issue, reprint.Newest)
	}
	if diff := cmp.Diff(first, w.top()); diff != "" {
		t.Errorf("issue 1 mismatch (-as published +again):\n%s", diff)
	}
	w.run("2026-Q1")
	if diff := cmp.Diff(second, w.top()); diff != "" {
		t.Errorf("issue 2 mismatch (-as published +brought back):\n%s", diff)
	}
	if _, err := job.PrintAgain(context.Background(), w.options(), quarter, 3); !errors.Is(err, job.ErrNoIssue) {
		t.Errorf("an issue that never was gave %v", err)
	}
}
