package handout_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/lang"
	"tonghop/reports/handout"
)

// A world is a random catalogue with one random form, and where its markers are.
type world struct {
	r          *rand.Rand
	indicators []indicator
	checks     []check
	columns    []string // of the table behind the labels: value, ytd, target …
	basis      string
	frequency  string
	list       int // rows above which it stands: 0 none, 1 above the table, 2 below
	lines      [][]any
	at         map[string][2]int // marker to row and column of the form, from 1
	listRow    int
	merged     string
}

type indicator struct {
	code, kind            string
	decimals              int
	numerator, denominate string
	from                  string
}

type check struct {
	code, operator, missing string
	left, right             []string
}

// newWorld draws a form with sections, parts with repeated labels, more columns
// of figures and perhaps a list.
func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 7)), at: map[string][2]int{}}
	w.basis = []string{"period", "ytd"}[w.r.IntN(2)]
	w.frequency = []string{"quarter", "half", "year", "month"}[w.r.IntN(4)]
	w.list = w.r.IntN(3)
	for n := range 2 + w.r.IntN(4) {
		w.group(n)
	}
	if w.list > 0 {
		w.indicators = append(w.indicators,
			indicator{code: "L1", kind: "count", from: "count(classes)"}, indicator{code: "L2", kind: "count", from: "count(classes); level = Cơ sở, tỉnh"},
			indicator{code: "L3", kind: "people", from: "sum(classes/people)"})
	}
	w.draw()
	return w
}

// group adds a total with parts, which a check holds together, and figures made
// of them.
func (w *world) group(n int) {
	total := fmt.Sprintf("T%d", n)
	kind := []string{"count", "people", "participations", "organisations"}[w.r.IntN(4)]
	w.indicators = append(w.indicators, indicator{code: total, kind: kind})
	c := check{code: "K" + total, operator: []string{"=", ">=", "both_or_neither", ">="}[w.r.IntN(4)], missing: []string{"skip_any", "skip_all", "zero"}[w.r.IntN(3)], left: []string{total}}
	for part := range 1 + w.r.IntN(3) {
		code := fmt.Sprintf("%sP%d", total, part)
		w.indicators = append(w.indicators, indicator{code: code, kind: kind})
		c.right = append(c.right, code)
	}
	if w.r.IntN(3) == 0 {
		c.left, c.right = c.right, c.left
		c.operator = strings.Replace(c.operator, ">=", "<=", 1)
	}
	w.checks = append(w.checks, c)
	switch w.r.IntN(3) {
	case 0:
		w.indicators = append(w.indicators, indicator{code: total + "R", kind: "ratio", decimals: w.r.IntN(3), numerator: total + "P0", denominate: total})
	case 1:
		w.indicators = append(w.indicators, indicator{code: total + "M", kind: "money", decimals: 2 * w.r.IntN(2)})
	}
}

func (w *world) draw() {
	w.columns = []string{""}
	for _, measure := range []string{"ytd", "target", "rate", "previous", "note"} {
		if (measure != "ytd" || w.basis == "period") && w.r.IntN(2) == 0 {
			w.columns = append(w.columns, measure)
		}
	}
	w.r.Shuffle(len(w.columns), func(i, j int) { w.columns[i], w.columns[j] = w.columns[j], w.columns[i] })
	w.line("Công đoàn cấp trên: {{@parent}}", nil, "BIỂU F-01")
	w.line("Đơn vị báo cáo: {{@unit}}")
	w.line("BÁO CÁO SỐ LIỆU")
	w.line("{{@period}} (Số liệu tính đến ngày {{@cutoff}})")
	if w.list == 1 {
		w.drawList()
	}
	w.line()
	header := []any{"TT", "Nội dung", "Đơn vị tính"}
	for _, measure := range w.columns {
		header = append(header, map[string]string{
			"": "Trong kỳ", "ytd": "Lũy kế", "target": "Kế hoạch năm", "rate": "Tỷ lệ đạt", "previous": "Cùng kỳ", "note": "Ghi chú"}[measure])
	}
	w.line(header...)
	for n, i := range w.indicators {
		if strings.HasPrefix(i.code, "T") && len(i.code) == 2 {
			w.line(strings.Repeat("I", n%3+1)+".", "Phần về việc "+i.code)
		}
		w.row(i)
	}
	if w.list == 2 {
		w.line()
		w.drawList()
	}
	w.line(nil, "NGƯỜI LẬP BIỂU", nil, "Nơi đó, {{@issued}}")
}

func (w *world) line(cells ...any) { w.lines = append(w.lines, cells) }

func (w *world) row(i indicator) {
	label := "Số việc " + i.code
	switch {
	case strings.Contains(i.code, "P"):
		label = "        - Trong đó: phần " + i.code[len(i.code)-1:]
	case i.kind == "ratio":
		label = "        + Tỷ lệ"
	}
	cells := []any{nil, label, "người"}
	for _, measure := range w.columns {
		marker := i.code
		if measure != "" {
			marker += ":" + measure
		}
		cells = append(cells, w.mark(marker, len(cells)+1))
	}
	w.line(cells...)
}

// mark is a marker, noted with where it stands in the line that comes next.
func (w *world) mark(name string, col int) string {
	w.at[name] = [2]int{len(w.lines) + 1, col}
	return "{{" + name + "}}"
}

func (w *world) drawList() {
	w.line("TT", "Tên lớp", "Cấp", "Khai giảng", "Học viên")
	w.listRow = len(w.lines) + 1
	w.line(1, w.mark("classes/name", 2), w.mark("classes/level", 3), w.mark("classes/start:date", 4), w.mark("classes/people:number", 5))
	w.line()
}

// cell is where a marker's cell is once the list has its rows.
func (w *world) cell(marker string) string {
	at := w.at[marker]
	if w.listRow > 0 && at[0] > w.listRow {
		at[0] += handout.DefaultRows - 1
	}
	return cellAt(at[0], at[1])
}

func cellAt(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

func (w *world) form(t *testing.T) []byte {
	t.Helper()
	file := excelize.NewFile()
	must(t, file.SetSheetName("Sheet1", "Biểu"))
	for i, cells := range w.lines {
		must(t, file.SetSheetRow("Biểu", fmt.Sprintf("A%d", i+1), &cells))
	}
	return saved(t, file)
}

func saved(t *testing.T, file *excelize.File) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, file.Write(&out))
	must(t, file.Close())
	return out.Bytes()
}

func (w *world) catalogue(t *testing.T) []byte {
	t.Helper()
	indicators := [][]any{{"code", "name", "unit", "kind", "time", "decimals", "numerator", "denominator", "from"}}
	targets := [][]any{{"unit"}, {"A"}}
	for n, i := range w.indicators {
		indicators = append(indicators, []any{i.code, "Số việc " + i.code, "người", i.kind, "flow", i.decimals, i.numerator, i.denominate, i.from})
		if i.kind != "ratio" {
			targets[0], targets[1] = append(targets[0], i.code), append(targets[1], 100+n)
		}
	}
	checks := [][]any{{"code", "left", "operator", "right", "missing", "severity", "instruction"}}
	for _, c := range w.checks {
		checks = append(checks, []any{c.code, strings.Join(c.left, "+"), "'" + c.operator, strings.Join(c.right, "+"), c.missing, "error", "phải khớp " + c.code})
	}
	file := excelize.NewFile()
	for _, s := range []struct {
		name string
		rows [][]any
	}{
		{"units", [][]any{{"code", "name", "kind", "parent"}, {"P", "Liên đoàn tỉnh", "province", nil}, {"A", "Huyện An", "district", "P"}}},
		{"indicators", indicators}, {"targets 2026", targets}, {"checks", checks},
		{"forms", [][]any{{"code", "name", "file", "frequency", "basis", "unit_kinds"}, {"F-01", "Báo cáo", "f.xlsx", w.frequency, w.basis, "district"}}},
	} {
		_, err := file.NewSheet(s.name)
		must(t, err)
		for i, row := range s.rows {
			for j, value := range row {
				if text, ok := value.(string); ok {
					value = strings.TrimPrefix(text, "'")
				}
				must(t, file.SetCellValue(s.name, cellAt(i+1, j+1), value))
			}
		}
	}
	must(t, file.DeleteSheet("Sheet1"))
	return saved(t, file)
}

// load reads the world as a workspace's rules.
func (w *world) load(t *testing.T) *assess.Rules {
	t.Helper()
	inputs := fstest.MapFS{"catalogue.xlsx": {Data: w.catalogue(t)}, "forms/f.xlsx": {Data: w.form(t)}}
	rules, findings, err := assess.Load(inputs, func(x pipeline.Exceptions) pipeline.Calendar {
		return pipeline.Calendar{StartMonth: time.December, StartDay: 1, Exceptions: x}
	})
	if err != nil || rules == nil || len(findings) > 0 {
		t.Fatalf("Load: %v %+v\n%v", err, findings, w.lines)
	}
	return rules
}

// hand hands the form out for one of its periods.
func (w *world) hand(t *testing.T, rules *assess.Rules) (handed []byte, period pipeline.Period) {
	t.Helper()
	l := rules.Layouts[0]
	periods := l.Form.Periods(2026)
	period = periods[w.r.IntN(len(periods))]
	owing := rules.Owing(l, period)
	if len(owing) != 1 || owing[0].Code != "A" {
		t.Fatalf("Owing: %v, want unit A alone", owing)
	}
	vi, err := lang.Load("vi")
	must(t, err)
	var out bytes.Buffer
	must(t, handout.Write(&out, rules.Blank(l, owing[0], period), vi))
	return out.Bytes(), period
}
