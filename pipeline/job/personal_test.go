package job_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tonghop/pipeline"
)

// Names and birth dates that stand in units' files are kept where they must be: in the
// files themselves, the answers to their own unit, and the outputs that show lists and
// findings. No log, no record and no other table has them.
func TestNamesStayWhereTheyMust(t *testing.T) {
	t.Parallel()
	w := newClasses(t)
	const name, born = "NGƯỜI BÍ MẬT", "17/11/1987"
	w.classes("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 1, 40, []any{1, nil, name, "Cơ sở", "05/01/2026", 40})
	w.classes("B/q1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", name, born, []any{1, name, "Lớp", name, name, born})
	w.classes("C/q1.xlsx", name, "Quý I năm 2026", 1, 40, []any{1, nil, "Lớp", name, "05/01/2026", 40})
	w.classes("C/q1 sai kỳ.xlsx", "Công đoàn huyện Cần", name, 1, 40)
	w.write("inputs/inbox/A/danh sách.xlsx", book(t, sheet{"DS", [][]any{{"TT", "Họ và tên", "Ngày sinh"}, {1, name, born}, {2, name, born}, {3, name, born}}}))
	w.write("inputs/inbox/A/hỏng.xlsx", []byte(name+born))
	w.write("inputs/inbox/A/scan.pdf", []byte(name+born))
	w.hook("20s", "sh", "-c", "cat >> told.json")
	w.run()
	w.do(w.on(pipeline.ActAccept, "B/q1.xlsx"))
	w.run("2026-Q1")

	for _, secret := range []string{name, born} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log has %q: %s", secret, w.log.String())
		}
		held := map[string]bool{}
		for _, file := range w.holding(".", secret) {
			below, err := filepath.Rel(w.dir, file)
			must(t, err)
			if held[below] = true; !mayHoldNames(filepath.ToSlash(below)) {
				t.Errorf("%s has %q", below, secret)
			}
		}
		for _, own := range []string{"out/data/findings.csv", "inputs/feedback/B/q1.xlsx.phan-hoi.xlsx"} { // or this test tests nothing
			if !held[filepath.FromSlash(own)] {
				t.Errorf("%s does not have %q", own, secret)
			}
		}
	}
	if told := w.read("told.json"); !strings.Contains(told, `"refused"`) {
		t.Errorf("the program was told %s", told)
	}
}

// mayHoldNames tells whether a file of the workspace is one of those that show what
// units wrote: docs/can-bo-tong-hop.md names them.
func mayHoldNames(name string) bool {
	switch top, rest, _ := strings.Cut(name, "/"); top {
	case "inputs":
		return strings.HasPrefix(rest, "inbox/") || strings.HasPrefix(rest, "feedback/")
	case ".tonghop":
		return strings.HasPrefix(rest, "archive/") || strings.HasPrefix(rest, "tonghop.duckdb")
	case "out":
		base := filepath.Base(name)
		kind := strings.TrimSuffix(strings.TrimSuffix(base, ".csv"), ".parquet")
		return kind == "findings" || kind == "lists" || kind == "facts" || base == "summary.xlsx" || base == "LH.xlsx" || base == "index.html" && rest != base
	}
	return false
}
