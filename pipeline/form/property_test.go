package form

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// disturb changes a submission as people do without changing what it says:
// foreign rows, foreign columns, columns in another order, sheets in another
// order, labels in other case and spacing.
func disturb(r *rand.Rand, lines []string) *workbook.Book {
	lines = respell(r, lines)
	for n := range r.IntN(6) {
		at := 5 + r.IntN(len(lines)-5)
		lines = slices.Insert(lines, at, fmt.Sprintf("x | Dòng thêm %d | người | %d", n, 100+n))
	}
	for range r.IntN(3) {
		lines = slices.Insert(lines, r.IntN(len(lines)+1), "")
	}
	order := [][]string{{"1", "2", "3", "4", "5"}, {"2", "3", "4", "5", "1"}, {"1", "3", "2", "5", "4"}, {"4", "1", "2", "3", "5"}}[r.IntN(4)]
	order = slices.Clone(order)
	foreign := make([]string, len(lines))
	for i := range foreign {
		foreign[i] = fmt.Sprint(r.IntN(100))
	}
	for _, extra := range []string{"-", "x"} {
		if r.IntN(2) == 0 {
			order = slices.Insert(order, r.IntN(len(order)+1), extra)
		}
	}
	sheets := []workbook.Sheet{
		sheet("Trang tính", columns(lines, strings.Join(order, " "), foreign...)...), sheet("Bìa", "BÁO CÁO", "Năm | 2015"), sheet("Danh sách", "TT | Họ tên", "1 | An"),
	}
	r.Shuffle(len(sheets), func(i, j int) { sheets[i], sheets[j] = sheets[j], sheets[i] })
	return book(sheets...)
}

// respell changes case and spacing of the labels.
func respell(r *rand.Rand, lines []string) []string {
	out := slices.Clone(lines)
	for i := range out {
		cells := strings.Split(out[i], "|")
		for j := range cells {
			if strings.TrimLeft(cells[j], " 0123456789%") == "" {
				continue
			}
			switch r.IntN(6) {
			case 0:
				cells[j] = strings.ToUpper(cells[j])
			case 1:
				cells[j] = strings.ReplaceAll(cells[j], " ", "  ")
			case 2:
				cells[j] = strings.ReplaceAll(cells[j], "lao động", "lao\u00a0động")
			}
		}
		out[i] = strings.Join(cells, "|")
	}
	return out
}

func TestDisturbed(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	// Without the merged section row and note, which the columns cannot carry.
	clean := edit(filled(labourForm, labourValues), map[int][]string{0: {"LĐLĐ TỈNH"}, 2: {"BÁO CÁO"}, 3: {"NĂM 2015"}, 6: {" | I. Tình hình lao động"}})
	for seed := range uint64(300) {
		submitted := disturb(rand.New(rand.NewPCG(seed, 1)), clean)
		m, findings := Recognise([]*Layout{layout}, submitted, "")
		if m == nil {
			t.Fatalf("seed %d: Recognise found %v", seed, coded(findings))
		}
		facts, findings := m.Extract(catalogue())
		if diff := cmp.Diff(labourFacts, told(facts)); diff != "" {
			t.Fatalf("seed %d: facts mismatch (-want +got):\n%s\nfindings %v", seed, diff, coded(findings))
		}
		for _, f := range findings {
			if f.Severity != "notice" {
				t.Fatalf("seed %d: finding %+v, want notices only", seed, f)
			}
		}
	}
}

// One row deleted, added, moved or retyped never gives a figure another row's
// value: it is read, or it is blank, or the workbook is refused.
func TestOneFault(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		form    []string
		values  map[string]string
		first   int // the first row that is touched
		last    int // how many rows at the end are not
		facts   []string
		foreign []string
		retyped []string
	}{
		{"labour", labourForm, labourValues, 7, 1, labourFacts,
			[]string{" | Dòng lạ | | 901", " | + Số người được tính | | 902", " | - Trong đó: nữ | | 903", "III. Phần khác", " | Tổng số lao động | | 904"},
			[]string{"người", "ai", "Tổng", "Cộng", "lao", "việc"}},
		{"parts", partsForm, partsValues, 1, 0, partsFacts,
			[]string{" | Dòng lạ | 901", " | + Khu vực nhà nước | 902", " | - Trong đó: nữ | 903", "III. | Phần khác", "4 | Tổng số lao động | 904"},
			[]string{"Trong", "Gồm", "Số", "Tổng", "vực", "khối", "Tình", "Ước"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			layout := layoutOf(t, "F", sheet("Biểu", tt.form...))
			clean := filled(tt.form, tt.values)
			retype := strings.NewReplacer(tt.retyped...)
			for seed := range uint64(1500) {
				r := rand.New(rand.NewPCG(seed, 3))
				touched := len(clean) - tt.first - tt.last
				at, to := tt.first+r.IntN(touched), tt.first+r.IntN(touched)
				lines, row := slices.Clone(clean), clean[at]
				switch r.IntN(4) {
				case 0:
					lines = slices.Delete(lines, at, at+1)
				case 1:
					lines = slices.Insert(lines, at, tt.foreign[r.IntN(len(tt.foreign))])
				case 2:
					lines = slices.Insert(slices.Delete(lines, at, at+1), to, row)
				default:
					lines[at] = retype.Replace(row)
				}
				facts, findings := Align(layout, book(sheet("S", lines...))).Extract(catalogue())
				refused := slices.ContainsFunc(findings, func(f pipeline.Finding) bool { return f.Severity == pipeline.SeverityError })
				for _, f := range told(facts) {
					if !refused && !slices.Contains(tt.facts, f) {
						t.Errorf("seed %d: read %s; findings %v\n%s", seed, f, coded(findings), strings.Join(lines, "\n"))
					}
				}
			}
		})
	}
}

// Whatever a sheet says, reading it ends, and soon.
func TestHostile(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	repeat := func(lines []string, times int) []string {
		var all []string
		for range times {
			all = append(all, lines...)
		}
		return all
	}
	clean := filled(labourForm, labourValues)
	tall := sheet("S", clean...)
	tall.Merges = append(tall.Merges, workbook.Range{LastRow: 1 << 20, LastCol: 1 << 14})
	tests := []struct {
		name  string
		sheet workbook.Sheet
		code  string
	}{
		{"the form 5000 times", sheet("S", repeat(clean, 5000)...), "sheet_too_long"},
		{"one label 100,000 times", sheet("S", append(slices.Clone(clean), repeat([]string{" | + Số người được tính | | 1"}, 100_000)...)...), "sheet_too_long"},
		{"headers 100,000 times", sheet("S", append(slices.Clone(clean), repeat(clean[4:5], 100_000)...)...), "sheet_too_long"},
		{"numbers below", sheet("S", append(slices.Clone(clean), repeat([]string{"1 | 2 | 3 | 4"}, 100_000)...)...), ""},
		{"everything merged", tall, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			m := Align(layout, book(tt.sheet))
			_, findings := m.Extract(catalogue())
			t.Logf("%v", time.Since(start))
			if tt.code != "" && !slices.ContainsFunc(coded(findings), func(f string) bool { return strings.HasPrefix(f, tt.code) }) {
				t.Errorf("findings lack %s", tt.code)
			}
		})
	}
}

// A sheet may have a long list of something else around the form.
func TestLongSheet(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	clean := filled(labourForm, labourValues)
	var rows, beside []string
	for i := range 20_000 {
		rows = append(rows, fmt.Sprintf("%d | Nguyễn Văn %d | người | %d", i, i, i))
		line := "| | | | "
		if i < len(clean) {
			line = clean[i] + strings.Repeat("|", 4-strings.Count(clean[i], "|"))
		}
		beside = append(beside, line+fmt.Sprintf("| | Nguyễn Văn %d | %d", i, i))
	}
	tests := []struct {
		name  string
		lines []string
	}{
		{"above", append(slices.Clone(rows), clean...)},
		{"below", append(slices.Clone(clean), rows...)},
		{"beside", beside},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			facts, _ := Align(layout, book(sheet("S", tt.lines...))).Extract(catalogue())
			if diff := cmp.Diff(labourFacts, told(facts)); diff != "" {
				t.Errorf("facts mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// mangle cuts, doubles and overwrites pieces of a text.
func mangle(r *rand.Rand, text string) string {
	for range 1 + r.IntN(60) {
		if text == "" {
			return "x"
		}
		at := r.IntN(len(text))
		end := min(len(text), at+r.IntN(200))
		switch r.IntN(4) {
		case 0:
			text = text[:at] + text[min(end, at+40):]
		case 1:
			text = text[:at] + text[at:end] + text[at:]
		case 2:
			text = text[:at] + string("|\n<^ 1{}"[r.IntN(8)]) + text[at+1:]
		default:
			text = text[:at] + []string{"|", "\n", " | ", "{{A1}}", "<", "^", "I. ", "- "}[r.IntN(8)] + text[at:]
		}
	}
	return text
}

// Whatever is done to forms and submissions, reading them neither fails nor
// gives more than a fact for each marker.
func TestMangled(t *testing.T) {
	t.Parallel()
	layout := layoutOf(t, "2-HDCD", sheet("Biểu", labourForm...))
	seeds := [][]string{filled(labourForm, labourValues), labourForm, wideForm}
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 2))
		mangled := book(sheet("S", strings.Split(mangle(r, strings.Join(seeds[seed%3], "\n")), "\n")...))
		facts, _ := Align(layout, mangled).Extract(catalogue())
		if len(facts) != len(labourFacts) {
			t.Fatalf("seed %d: %d facts, want one for each marker", seed, len(facts))
		}
		own, _ := Parse(specOf("F"), mangled, catalogue())
		Align(own, mangled).Extract(catalogue())
	}
}

func FuzzAlign(f *testing.F) {
	layout, _ := Parse(specOf("F"), book(sheet("Biểu", labourForm...)), catalogue())
	f.Add(strings.Join(filled(labourForm, labourValues), "\n"))
	f.Add(strings.Join(wideForm, "\n"))
	f.Fuzz(func(t *testing.T, text string) {
		submitted := book(sheet("S", strings.Split(text, "\n")...))
		facts, _ := Align(layout, submitted).Extract(catalogue())
		if len(facts) != len(labourFacts) {
			t.Errorf("%d facts, want one for each marker", len(facts))
		}
		if own, _ := Parse(specOf("F"), submitted, catalogue()); own != nil {
			Align(own, submitted).Extract(catalogue())
		}
	})
}
