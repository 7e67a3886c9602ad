package handout_test

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/reports/handout"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
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
