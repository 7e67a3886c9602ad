package published_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports/published"
)

var half = pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// issue publishes an issue of the period with one table.
func issue(t *testing.T, out string, number int, name string) {
	t.Helper()
	must(t, publish.Issue(filepath.Join(out, half.String()), publish.Manifest{Period: half.String(), Issue: number},
		[]publish.Output{{Name: "data/units.csv", Data: []byte("unit,name\nA," + name + "\n")}}))
}

func nameOf(t *testing.T, i *published.Issue) string {
	t.Helper()
	rows, err := i.Records("units")
	must(t, err)
	return rows[0]["name"]
}

// A reader that has begun with an issue ends with it, whatever is published
// meanwhile, and one that begins while top copies are replaced gets the issue before.
func TestAnIssueIsReadWhole(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	reader := published.Open(out)
	if _, err := reader.Issue(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("issue of an empty folder: %v", err)
	}
	issue(t, out, 1, "cũ")
	first, err := reader.Issue(half)
	must(t, err)
	top := filepath.Join(out, half.String(), publish.ManifestName)
	manifest, err := os.ReadFile(top)
	must(t, err)
	issue(t, out, 2, "mới")
	if got := nameOf(t, first); got != "cũ" {
		t.Errorf("the first issue says %q after the second is out", got)
	}
	must(t, os.WriteFile(top, manifest, 0o600)) // as while the second is being put there
	during, err := reader.Issue(half)
	must(t, err)
	if during.Number() != 1 || nameOf(t, during) != "cũ" {
		t.Errorf("while top copies are replaced: issue %d says %q", during.Number(), nameOf(t, during))
	}
	must(t, os.Remove(top))
	last, err := reader.Issue(half)
	must(t, err)
	if last.Number() != 2 || nameOf(t, last) != "mới" {
		t.Errorf("without a manifest at the top: issue %d", last.Number())
	}
	one, err := reader.Numbered(half, 1)
	must(t, err)
	if nameOf(t, one) != "cũ" {
		t.Errorf("issue 1 by its number says %q", nameOf(t, one))
	}
	if _, err := last.File("../units.csv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that the issue has not: %v", err)
	}
}

func TestLedgerIsOfOneRun(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	reader := published.Open(out)
	empty, err := reader.Ledger()
	must(t, err)
	if len(empty.Submissions.Rows) > 0 {
		t.Errorf("an empty folder has files: %v", empty)
	}
	tables := func(run string) []publish.Output {
		return []publish.Output{
			{Name: "submissions.csv", Data: []byte("file\n" + run + "\n")}, {Name: "findings.csv", Data: []byte("message\n" + run + "\n")},
			{Name: "journal.csv", Data: []byte("seq\n" + run + "\n")},
		}
	}
	data := filepath.Join(out, "data")
	must(t, publish.Tables(data, tables("1")))
	read := func() [3]string {
		l, err := reader.Ledger()
		must(t, err)
		return [3]string{l.Submissions.Rows[0][0], l.Findings.Rows[0][0], l.Journal.Rows[0][0]}
	}
	if diff := cmp.Diff([3]string{"1", "1", "1"}, read()); diff != "" {
		t.Errorf("ledger mismatch (-want +got):\n%s", diff)
	}
	second := tables("2")
	must(t, publish.WriteFile(filepath.Join(data, "findings.csv"), second[1].Data)) // and there the run was killed
	if diff := cmp.Diff([3]string{"1", "1", "1"}, read()); diff != "" {
		t.Errorf("ledger of a run that was killed mismatch (-want +got):\n%s", diff)
	}
	must(t, publish.Tables(data, second))
	if diff := cmp.Diff([3]string{"2", "2", "2"}, read()); diff != "" {
		t.Errorf("ledger mismatch (-want +got):\n%s", diff)
	}
	must(t, os.Remove(filepath.Join(data, publish.ManifestName))) // of an earlier version
	if diff := cmp.Diff([3]string{"2", "2", "2"}, read()); diff != "" {
		t.Errorf("ledger without a manifest mismatch (-want +got):\n%s", diff)
	}
}
