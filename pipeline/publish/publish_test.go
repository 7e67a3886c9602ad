package publish_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/publish"
)

func read(t *testing.T, elements ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elements...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestIssue(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for n, text := range map[int]string{1: "first"} {
		if err := publish.Issue(dir, publish.Manifest{Issue: n}, []publish.Output{{Name: "data/a.csv", Data: []byte(text)}}); err != nil {
			t.Fatal(err)
		}
	}
	// A run that was killed left half of issue 2.
	if err := os.MkdirAll(filepath.Join(dir, "issues", "2"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "issues", "2", "left.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := publish.Issue(dir, publish.Manifest{Issue: 2}, []publish.Output{{Name: "data/a.csv", Data: []byte("second")}}); err != nil {
		t.Fatal(err)
	}
	got := []string{read(t, dir, "data", "a.csv"), read(t, dir, "issues", "1", "data", "a.csv"), read(t, dir, "issues", "2", "data", "a.csv")}
	if diff := cmp.Diff([]string{"second", "first", "second"}, got); diff != "" {
		t.Errorf("files mismatch (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(dir, "issues", "2", "left.csv")); err == nil {
		t.Error("the unfinished issue was kept")
	}
	m, err := publish.Last(dir)
	if err != nil || m.Issue != 2 || len(m.Files) != 1 || m.Files[0].Size != len("second") {
		t.Errorf("Last = %+v, %v; want issue 2 with one file", m, err)
	}
}

func TestLastWithoutIssue(t *testing.T) {
	t.Parallel()
	if m, err := publish.Last(t.TempDir()); err != nil || m.Issue != 0 {
		t.Errorf("Last = %+v, %v; want none", m, err)
	}
}
