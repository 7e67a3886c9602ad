package handout_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/lang"
	"tonghop/reports/handout"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

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

func judge(t *testing.T, rules *assess.Rules, data []byte) assess.Result {
	t.Helper()
	result, err := rules.Assess(assess.Input{
		File: intake.File{Path: "A/bao cao.xlsx", Size: int64(len(data))}, Data: data,
		Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC,
	})
	must(t, err)
	return result
}

// fill types figures into the inputs and returns what was typed by marker.
func (w *world) fill(t *testing.T, file *excelize.File, wrong bool) map[string]string {
	t.Helper()
	numbers, typed := w.numbers(wrong), map[string]string{}
	set := func(marker string, value any) {
		if cell := w.cell(marker); !isOpen(t, file, "Biểu", cell) {
			t.Fatalf("%s of %s is locked", cell, marker)
		}
		must(t, file.SetCellValue("Biểu", w.cell(marker), value))
		typed[marker] = fmt.Sprint(value)
	}
	for _, i := range w.indicators {
		for _, measure := range w.columns {
			switch value, filled := numbers[i.code]; {
			case measure == "ytd" && i.kind != "ratio":
				set(i.code+":ytd", 5000+w.r.IntN(1000))
			case measure == "note" && w.r.IntN(3) == 0:
				must(t, file.SetCellStr("Biểu", w.cell(i.code+":note"), "ghi chú của "+i.code))
			case measure == "" && filled && value.IsZero() && i.kind != "ratio":
				set(i.code, "-")
			case measure == "" && filled:
				set(i.code, value.InexactFloat64())
			}
		}
	}
	return typed
}

// numbers makes figures that agree with the checks and with each other; wrong
// ones need not, and may be missing.
func (w *world) numbers(wrong bool) map[string]decimal.Decimal {
	all := map[string]decimal.Decimal{}
	for _, i := range w.indicators {
		if i.kind != "ratio" {
			all[i.code] = decimal.New(int64(1+w.r.IntN(900)), -int32(i.decimals))
		}
		if strings.Contains(i.code, "P") && i.kind != "ratio" {
			all[i.code] = decimal.NewFromInt(int64(w.r.IntN(4)) * 7)
		}
	}
	for _, c := range w.checks {
		total, parts := c.left[0], c.right
		if strings.Contains(total, "P") {
			total, parts = c.right[0], c.left
		}
		sum := decimal.Zero
		for _, part := range parts {
			sum = sum.Add(all[part])
		}
		all[total] = sum
	}
	for _, i := range w.indicators {
		if i.kind == "ratio" && all[i.denominate].IsPositive() {
			all[i.code] = all[i.numerator].DivRound(all[i.denominate], int32(i.decimals)+2)
		}
		if wrong && w.r.IntN(4) == 0 && i.kind != "ratio" {
			delete(all, i.code)
		} else if wrong && w.r.IntN(4) == 0 && i.kind != "ratio" {
			all[i.code] = decimal.NewFromInt(int64(w.r.IntN(30)))
		}
	}
	return all
}

// fillList types rows into the list, and their totals.
func (w *world) fillList(t *testing.T, file *excelize.File, typed map[string]string) (rows int) {
	t.Helper()
	if w.list == 0 {
		return 0
	}
	rows = 1 + w.r.IntN(handout.DefaultRows)
	people, base := 0, 0
	for n := range rows {
		at, count := w.listRow+n, 10+w.r.IntN(50)
		level := []string{"Cơ sở, tỉnh", "huyện"}[w.r.IntN(2)]
		people += count
		if level != "huyện" {
			base++
		}
		for col, value := range []any{fmt.Sprintf("Lớp %d", n+1), level, time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC), count} {
			name := cellAt(at, col+2)
			style, err := file.GetCellStyle("Biểu", name)
			must(t, err)
			must(t, file.SetCellValue("Biểu", name, value))
			must(t, file.SetCellStyle("Biểu", name, name, style))
		}
	}
	for marker, value := range map[string]int{"L1": rows, "L2": base, "L3": people} {
		must(t, file.SetCellInt("Biểu", w.cell(marker), int64(value)))
		typed[marker] = fmt.Sprint(value)
	}
	return rows
}

func isOpen(t *testing.T, file *excelize.File, sheet, cell string) bool {
	t.Helper()
	style, err := file.GetCellStyle(sheet, cell)
	must(t, err)
	look, err := file.GetStyle(style)
	must(t, err)
	return look.Protection != nil && !look.Protection.Locked
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data))
	must(t, err)
	return file
}

// said is the facts with a content by marker, as a clerk would type them.
func said(facts []pipeline.Fact) map[string]string {
	all := map[string]string{}
	for _, f := range facts {
		marker := f.Indicator
		if f.Measure != pipeline.MeasureValue {
			marker += ":" + string(f.Measure)
		}
		switch f.State {
		case pipeline.StateNil:
			all[marker] = "-"
		case pipeline.StateNumber, pipeline.StateZero:
			all[marker] = f.Value.String()
		}
	}
	return all
}

// A form that is handed out and filled in where it is open is accepted without
// a word, and says what was typed; one that is sent back as it came is blank.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for seed := range uint64(25) {
		w := newWorld(seed)
		rules := w.load(t)
		handed, period := w.hand(t, rules)
		if got := judge(t, rules, handed); got.Verdict != pipeline.Refused || len(got.Findings) != 1 || got.Findings[0].Code != "form_blank" || got.Unit != "A" || got.Period != period {
			t.Fatalf("seed %d: a blank form is %s for %s %s with %+v, want refused as blank for A %s", seed, got.Verdict, got.Unit, got.Period, got.Findings, period)
		}
		file := open(t, handed)
		typed := w.fill(t, file, false)
		rows := w.fillList(t, file, typed)
		filled := saved(t, file)
		got := judge(t, rules, filled)
		if got.Verdict != pipeline.Accepted || len(got.Findings) > 0 || got.Period != period || got.Form != "F-01" {
			t.Fatalf("seed %d: %s %s %s with %+v, want accepted without findings for %s\n%v", seed, got.Verdict, got.Form, got.Period, got.Findings, period, w.lines)
		}
		if facts := said(got.Facts); fmt.Sprint(facts) != fmt.Sprint(typed) {
			t.Fatalf("seed %d: read %v, want %v", seed, facts, typed)
		}
		if n := len(got.Lists); n != 4*rows {
			t.Fatalf("seed %d: %d cells of the list, want %d", seed, n, 4*rows)
		}
		bare := open(t, filled) // the seal is a help, never needed
		must(t, bare.DeleteSheet(form.SealSheetName))
		if without := judge(t, rules, saved(t, bare)); fmt.Sprint(without.Facts) != fmt.Sprint(got.Facts) || len(without.Findings) > 0 {
			t.Fatalf("seed %d: read without the seal %+v %+v, want the same", seed, without.Facts, without.Findings)
		}
	}
}

// What turns red while it is typed is what refuses the report, and a blank form
// shows no red at all.
func TestRedIsWhatIsRefused(t *testing.T) {
	t.Parallel()
	red, calm := 0, 0
	for seed := range uint64(40) {
		w := newWorld(seed)
		rules := w.load(t)
		handed, _ := w.hand(t, rules)
		if cells := reds(t, open(t, handed)); len(cells) > 0 {
			t.Fatalf("seed %d: a blank form is red in %v", seed, cells)
		}
		file := open(t, handed)
		w.fill(t, file, true)
		filled := saved(t, file)
		want := map[string]bool{}
		for _, f := range judge(t, rules, filled).Findings {
			if strings.HasPrefix(f.Code, "check_") {
				want[instructionOf(f)] = true
			}
		}
		got := map[string]bool{}
		for _, cell := range reds(t, open(t, filled)) {
			got[w.checkShownAt(cell)] = true
		}
		red, calm = red+len(got), calm+len(w.checks)-len(got)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("seed %d: red are %v, want %v\n%+v", seed, got, want, w.checks)
		}
	}
	if red < 10 || calm < 10 {
		t.Errorf("%d checks red and %d not: the test tries too little", red, calm)
	}
}

func instructionOf(f pipeline.Finding) string {
	for _, arg := range f.Args {
		if arg.Name == "instruction" {
			return arg.Value
		}
	}
	return ""
}

// checkShownAt is the check whose total stands in a cell.
func (w *world) checkShownAt(cell string) string {
	for _, c := range w.checks {
		shown := c.left
		if len(c.right) == 1 && len(c.left) > 1 {
			shown = c.right
		}
		if slices.ContainsFunc(shown, func(code string) bool { return w.cell(code) == cell }) {
			return "phải khớp " + c.code
		}
	}
	return cell
}

// reds lists the cells whose colour for mistakes applies, by Excel's reckoning as
// excelize does it.
func reds(t *testing.T, file *excelize.File) []string {
	t.Helper()
	formats, err := file.GetConditionalFormats("Biểu")
	must(t, err)
	var all []string
	for area, rules := range formats {
		for _, rule := range rules {
			if strings.HasPrefix(rule.Criteria, "LEN(TRIM(") { // waits to be filled in
				continue
			}
			must(t, file.SetCellFormula("Biểu", "ZZ1", rule.Criteria))
			value, err := file.CalcCellValue("Biểu", "ZZ1")
			if err != nil {
				t.Fatalf("calculate %s: %v", rule.Criteria, err)
			}
			if value == "TRUE" {
				all = append(all, area)
			}
		}
	}
	slices.SortFunc(all, cmp.Compare[string])
	return all
}
