package feedback_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

// every thins the corpus out: -every 1 takes minutes.
var every = flag.Int("every", 25, "mark up only one in so many workbooks of the corpus")

// TestCorpusIsKept marks real workbooks up, with findings all over, and reads
// them as our own reader does: but for the answer they must be what they were,
// also after the answer to the answer.
func TestCorpusIsKept(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/corpus/files/*.xls[xm]")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	marked, clean := 0, 0
	for i, file := range files {
		if i%*every != 0 {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before, err := workbook.Read(data, workbook.DefaultLimits())
		if err != nil || len(before.Sheets) == 0 {
			continue // refused: answered by a page
		}
		f := findingsOn(answer(t), before)
		once := write(t, data, f)
		after := read(t, once)
		if len(after) == 0 {
			clean++
			continue
		}
		marked++
		name := filepath.Base(file)
		if diff := differs(before.Sheets, after); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := differs(before.Sheets, read(t, write(t, once, f))); diff != "" {
			t.Errorf("%s, answered twice: %s", name, diff)
		}
	}
	t.Logf("%d marked up, %d answered by a clean workbook", marked, clean)
	if marked < clean {
		t.Errorf("%d workbooks marked up, %d answered by a clean one: want most on their own", marked, clean)
	}
}

// findingsOn has errors on some cells of each sheet: full ones, and one in a
// free row.
func findingsOn(f *reports.Feedback, book *workbook.Book) *reports.Feedback {
	f.Submission.Findings = nil
	for _, sheet := range book.Sheets {
		cells := []string{"C3"}
		for i := range 5 {
			if n := len(sheet.Cells); n > 0 {
				cells = append(cells, sheet.Cells[n*i/5].Name())
			}
		}
		slices.Sort(cells)
		for _, cell := range slices.Compact(cells) {
			f.Submission.Findings = append(f.Submission.Findings, pipeline.Finding{
				Code: "not_a_number", Severity: pipeline.SeverityError, Sheet: sheet.Name, Cell: cell, Read: "x",
			})
		}
	}
	return f
}

// read is what our reader sees of a workbook beside the answer's sheet.
func read(t *testing.T, data []byte) []workbook.Sheet {
	t.Helper()
	book, err := workbook.Read(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatalf("read the answer: %v", err)
	}
	return slices.DeleteFunc(book.Sheets, func(s workbook.Sheet) bool { return s.Name == feedback.SheetName })
}

// differs tells the first difference between two workbooks' sheets.
func differs(want, got []workbook.Sheet) string {
	if len(want) != len(got) {
		return fmt.Sprintf("%d sheets become %d", len(want), len(got))
	}
	for i, w := range want {
		g := got[i]
		if w.Name != g.Name || w.Hidden != g.Hidden || len(w.Cells) != len(g.Cells) {
			return fmt.Sprintf("sheet %q (hidden %t) of %d cells becomes %q (hidden %t) of %d", w.Name, w.Hidden, len(w.Cells), g.Name, g.Hidden, len(g.Cells))
		}
		for j := range w.Cells {
			if w.Cells[j] != g.Cells[j] {
				return fmt.Sprintf("sheet %q:\n%s", w.Name, cmp.Diff(w.Cells[j], g.Cells[j]))
			}
		}
		if diff := cmp.Diff(sorted(w.Merges), sorted(g.Merges)); diff != "" {
			return fmt.Sprintf("merges of sheet %q:\n%s", w.Name, diff)
		}
	}
	return ""
}

func sorted(merges []workbook.Range) []string {
	var all []string
	for _, m := range merges {
		all = append(all, fmt.Sprint(m))
	}
	slices.SortFunc(all, strings.Compare)
	return all
}
