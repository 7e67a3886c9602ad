package job_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// classRows is a quarterly form with a list of classes and two totals below it.
func classRows(unit, period string, classes, people any, rows ...[]any) [][]any {
	all := [][]any{
		{"Đơn vị báo cáo: " + unit}, {"CÁC LỚP ĐÃ MỞ"}, {"Kỳ báo cáo: " + period},
		{"TT", "Đơn vị mở lớp", "Tên lớp", "Cấp", "Ngày mở", "Số người"},
	}
	all = append(all, rows...)
	return append(all,
		[]any{"TT", "Nội dung", "Đơn vị tính", "Số lượng"}, []any{1, "Tổng số lớp", "lớp", classes}, []any{2, "Tổng số học viên", "người", people},
		[]any{}, []any{nil, "NGƯỜI LẬP BIỂU"})
}

// newClasses is a workspace whose one form has a list.
func newClasses(t *testing.T) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.write("inputs/catalogue.xlsx", book(t,
		sheet{"units", [][]any{
			{"code", "name", "kind", "parent"},
			{"P", "Liên đoàn Lao động tỉnh", "province", nil},
			{"A", "Công đoàn huyện An", "district", "P"},
			{"B", "Công đoàn huyện Bình", "district", "P"},
			{"C", "Công đoàn huyện Cần", "district", "P"},
		}},
		sheet{"indicators", [][]any{
			{"code", "name", "unit", "kind", "time", "from"},
			{"LOP", "Tổng số lớp", "lớp", "count", "flow", "count(classes)"},
			{"NGUOI", "Tổng số học viên", "người", "people", "flow", "sum(classes/people)"},
			{"LOP_CS", "Số lớp ở cơ sở", "lớp", "count", "flow", "count(classes); level = Cơ sở"},
			{"NGUOI_CS", "Số học viên ở cơ sở", "người", "people", "flow", "sum(classes/people); level = cơ sở"},
		}},
		sheet{"forms", [][]any{{"code", "name", "file", "frequency", "unit_kinds"}, {"LH", "Các lớp đã mở", "LH.xlsx", "quarter", "district"}}},
		sheet{"targets 2026", [][]any{{"unit", "LOP", "LOP_CS"}, {"A", 4, nil}, {"P", nil, 2}}},
	))
	form := classRows("{{@unit}}", "{{@period}}", "{{LOP}}", "{{NGUOI}}",
		[]any{1, "{{classes/unit}}", "{{classes/name}}", "{{classes/level}}", "{{classes/start:date}}", "{{classes/people:number}}"})
	w.write("inputs/forms/LH.xlsx", book(t, sheet{"Lớp", form}))
	return w
}

func (w *workspace) classes(name, unit, period string, classes, people any, rows ...[]any) {
	w.t.Helper()
	w.write("inputs/inbox/"+name, book(w.t, sheet{"Lớp", classRows(unit, period, classes, people, rows...)}))
}

func TestLists(t *testing.T) {
	t.Parallel()
	w := newClasses(t)
	w.classes("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 2, nil,
		[]any{1, nil, "Lớp kỹ năng", "Cơ sở", "05/01/2026", 40}, []any{2, nil, "=cmd|' /C calc'!A0", "tỉnh", "06/02/2026", "trên 30"},
		[]any{nil, nil, "Cộng", nil, nil, 70})
	w.classes("B/q1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", nil, 25, []any{1, "LĐLĐ Bình", "Lớp nữ công", "CƠ SỞ", "07/03/2026", 25})
	w.classes("C/q1.xlsx", "Công đoàn huyện Cần", "Quý I năm 2026", nil, nil, []any{nil, nil, "Không phát sinh"})
	w.classes("C/q1 sai.xlsx", "Công đoàn huyện Cần", "Quý I năm 2026", 5, 10, []any{1, nil, "Lớp A", "Cơ sở", "07/03/2026", 9})
	w.run()
	w.now = w.now.AddDate(0, 3, 0)
	w.classes("A/q2.xlsx", "Công đoàn huyện An", "Quý II năm 2026", nil, nil, []any{1, nil, "Lớp tin học", "tỉnh", "05/05/2026", 12})
	w.run()

	if diff := cmp.Diff("A/q1.xlsx: accepted\nB/q1.xlsx: accepted\nC/q1 sai.xlsx: refused\nC/q1.xlsx: accepted\nA/q2.xlsx: accepted", w.verdicts()); diff != "" {
		t.Errorf("verdicts mismatch (-want +got):\n%s", diff)
	}
	for _, tt := range []struct{ period, unit, indicator, column, want string }{
		{"2026-Q1", "A", "LOP", "actual", "2"},
		{"2026-Q1", "A", "NGUOI", "actual", "70"},
		{"2026-Q1", "A", "NGUOI", "qualifier", "at_least"},
		{"2026-Q1", "A", "NGUOI_CS", "actual", "40"},
		{"2026-Q1", "P", "LOP", "actual", "3"},
		{"2026-Q1", "P", "LOP", "reported", "3"},
		{"2026-Q1", "P", "LOP_CS", "actual", "2"},
		{"2026-Q1", "P", "LOP_CS", "status", "met"},
		{"2026-Q1", "C", "LOP", "actual", "0"},
		{"2026-Q1", "C", "LOP", "state", "nil"},
		{"2026-H1", "P", "LOP", "actual", "4"},
		{"2026-H1", "A", "LOP", "rate", "0.75"},
		{"2026-H1", "P", "NGUOI", "actual", "107"},
		{"2026-Q2", "A", "LOP_CS", "actual", "0"},
		{"2026-Q2", "P", "LOP", "reported", "1"},
		{"2026-Q2", "P", "LOP", "due", "3"},
	} {
		if got := w.figure(tt.period, tt.unit, tt.indicator, tt.column); got != tt.want {
			t.Errorf("%s %s %s %s = %q, want %q", tt.period, tt.unit, tt.indicator, tt.column, got, tt.want)
		}
	}
	var rows []string
	for _, r := range w.table("2026-Q1", "lists") {
		rows = append(rows, strings.Join([]string{r["unit"], r["row"], r["field"], r["type"], r["value"], r["cell"], r["indicators"]}, " | "))
	}
	want := []string{
		"A | 1 | name | text | Lớp kỹ năng | C5 | LOP_CS", "A | 1 | level | text | Cơ sở | D5 | ", "A | 1 | start | date | 2026-01-05 | E5 | ", "A | 1 | people | number | 40 | F5 | NGUOI;NGUOI_CS",
		"A | 2 | name | text | =cmd|' /C calc'!A0 | C6 | ", "A | 2 | level | text | tỉnh | D6 | ", "A | 2 | start | date | 2026-02-06 | E6 | ", "A | 2 | people | number | 30 | F6 | NGUOI",
		"B | 1 | unit | text | LĐLĐ Bình | B5 | LOP;LOP_CS", "B | 1 | name | text | Lớp nữ công | C5 | ", "B | 1 | level | text | CƠ SỞ | D5 | ", "B | 1 | start | date | 2026-03-07 | E5 | ", "B | 1 | people | number | 25 | F5 | NGUOI_CS",
		"C | 0 | unit | text |  | C5 | ",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("lists mismatch (-want +got):\n%s", diff)
	}
	if file := w.read("out/2026-Q1/data/lists.csv"); !strings.Contains(file, ",'=cmd|") || strings.Contains(file, ",=cmd|") {
		t.Errorf("a text may pass for a formula of Excel:\n%s", file)
	}
	if answer := w.feedback("A/q1.xlsx"); !strings.Contains(answer, "Số học viên ở cơ sở") || !strings.Contains(answer, "ít nhất 70") || !strings.Contains(answer, "2 dòng của danh sách") {
		t.Errorf("the answer does not tell what was read in the list:\n%s", answer)
	}
	if answer := w.feedback("C/q1 sai.xlsx"); !strings.Contains(answer, "theo các dòng của danh sách là 1") || !strings.Contains(answer, "là 9") {
		t.Errorf("the answer does not tell that the totals differ:\n%s", answer)
	}
}

// The consolidated form has the rows of all units, named where they leave room
// for it, and what stands below moved down.
func TestConsolidatedList(t *testing.T) {
	t.Parallel()
	w := newClasses(t)
	w.classes("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 2, nil,
		[]any{1, nil, "Lớp kỹ năng", "Cơ sở", "05/01/2026", 40}, []any{2, nil, "=1+1", "-", nil, "trên 30"})
	w.classes("B/q1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", nil, 25, []any{1, "LĐLĐ Bình", "Lớp nữ công", "CƠ SỞ", "07/03/2026", 25})
	w.run()
	file, err := excelize.OpenReader(bytes.NewReader([]byte(w.read("out/2026-Q1/LH.xlsx"))))
	must(t, err)
	rows, err := file.GetRows("Lớp")
	must(t, err)
	must(t, file.Close())
	var got []string
	for _, row := range rows[4:10] {
		got = append(got, strings.Join(row[1:], " | "))
	}
	want := []string{
		"Công đoàn huyện An | Lớp kỹ năng | Cơ sở | 05/01/2026 | 40", "Công đoàn huyện An | =1+1 | - |  | trên 30", "LĐLĐ Bình | Lớp nữ công | CƠ SỞ | 07/03/2026 | 25",
		"Nội dung | Đơn vị tính | Số lượng", "Tổng số lớp | lớp | 3", "Tổng số học viên | người | trên 95",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("consolidated form mismatch (-want +got):\n%s", diff)
	}
	if formula := fmt.Sprint(rows); strings.Contains(formula, "{{") {
		t.Error("markers are left")
	}
}

// A newer version of a report that is nothing but a list is told in which rows it
// is another, and its answer which figures filled from them changed.
func TestNewerList(t *testing.T) {
	t.Parallel()
	w := newClasses(t)
	row := func(n int, level string, people any) []any {
		return []any{n, nil, fmt.Sprint("Lớp ", n), level, "05/01/2026", people}
	}
	w.classes("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", nil, nil, row(1, "tỉnh", 40), row(2, "tỉnh", 30))
	w.run()
	w.now = w.now.Add(time.Hour)
	w.classes("A/q1 v2.xlsx", "Công đoàn huyện An", "Quý I năm 2026", nil, nil, row(1, "tỉnh", 40), row(2, "tỉnh", 35))
	w.run()
	answer := w.feedback("A/q1 v2.xlsx")
	if !strings.Contains(answer, "Bản trước: q1.xlsx") || !strings.Contains(answer, "Tổng số học viên    người 70 75 F5 +5") {
		t.Errorf("the answer does not tell what changed:\n%s", answer)
	}
	if strings.Contains(answer, "Tổng số lớp    lớp 2 2") {
		t.Errorf("the answer tells of changes that are none:\n%s", answer)
	}
	for _, f := range w.table("", "findings") {
		if f["code"] == "newer_counts" || f["code"] == "replaces_older" {
			if !strings.Contains(f["message"], "F6") || strings.Contains(f["message"], "F5") {
				t.Errorf("%s names other cells than the one that differs: %s", f["code"], f["message"])
			}
		}
	}
}

// Of a refused file with very much in it nothing is kept for the answer; it is read
// again.
func TestMuchOfARefusedFileIsReadAgain(t *testing.T) {
	t.Parallel()
	w := newClasses(t)
	long := strings.Repeat("Lớp kỹ năng ", 1000)
	var rows [][]any
	for n := range 100 {
		rows = append(rows, []any{n + 1, nil, long, "Cơ sở", "05/01/2026", 40})
	}
	rows[3][4] = "hôm qua"
	w.classes("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", nil, nil, rows...)
	result := w.run()
	if s := result.Submissions[0]; s.Verdict != pipeline.Refused || len(s.Facts)+len(s.Lists) > 0 {
		t.Errorf("%s, with %d figures and %d cells of lists kept", s.Verdict, len(s.Facts), len(s.Lists))
	}
	if answer := w.feedback("A/q1.xlsx"); !strings.Contains(answer, "hôm qua") || !strings.Contains(answer, "Tổng số lớp") {
		t.Errorf("the answer does not tell what was read:\n%.3000s", answer)
	}
}
