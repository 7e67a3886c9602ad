package lang_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
)

func load(t *testing.T, code string) *lang.Language {
	t.Helper()
	l, err := lang.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// Both languages say the same things: the same keys with the same placeholders.
func TestLanguagesAgree(t *testing.T) {
	t.Parallel()
	vi, en := load(t, "vi"), load(t, "en")
	if diff := cmp.Diff(vi.Keys(), en.Keys()); diff != "" {
		t.Errorf("keys mismatch (-vi +en):\n%s", diff)
	}
	for _, key := range vi.Keys() {
		inVi, inEn := placeholder.FindAllString(vi.Text(key), -1), placeholder.FindAllString(en.Text(key), -1)
		slices.Sort(inVi)
		slices.Sort(inEn)
		if diff := cmp.Diff(slices.Compact(inVi), slices.Compact(inEn)); diff != "" {
			t.Errorf("placeholders of %s mismatch (-vi +en):\n%s", key, diff)
		}
	}
}

// Every finding that has a message has a remedy.
func TestFindingsHaveRemedies(t *testing.T) {
	t.Parallel()
	vi := load(t, "vi")
	message := regexp.MustCompile(`^finding\.(\w+)\.message$`)
	count := 0
	for _, key := range vi.Keys() {
		if m := message.FindStringSubmatch(key); m != nil {
			count++
			if !vi.Has("finding." + m[1] + ".remedy") {
				t.Errorf("finding %s has no remedy", m[1])
			}
		}
	}
	if count == 0 {
		t.Error("no findings are worded")
	}
}

func TestPrint(t *testing.T) {
	t.Parallel()
	vi, en := load(t, "vi"), load(t, "en")
	d := decimal.RequireFromString
	for _, tt := range []struct{ name, got, want string }{
		{"thousands", vi.Number(d("41640"), 0, pipeline.HalfUp), "41.640"},
		{"millions with decimals", vi.Number(d("1234567.891"), 3, pipeline.HalfUp), "1.234.567,891"},
		{"negative", vi.Number(d("-1234.5"), 1, pipeline.HalfUp), "-1.234,5"},
		{"negative rounded to zero", vi.Number(d("-0.4"), 0, pipeline.HalfUp), "0"},
		{"English", en.Number(d("1234567.5"), 1, pipeline.HalfUp), "1,234,567.5"},
		{"small", vi.Number(d("5"), 0, pipeline.HalfUp), "5"},
		{"percent", vi.Percent(d("0.612307807"), 2, pipeline.HalfUp), "61,23%"},
		{"percent rounded", vi.Percent(d("0.97983248"), 1, pipeline.HalfUp), "98,0%"},
		{"percent cut", vi.Percent(d("0.97983248"), 1, pipeline.Truncate), "97,9%"},
		{"date", vi.Date(pipeline.Day(2016, time.February, 5)), "05/02/2016"},
		{"quarter", vi.Period(pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}), "Quý I năm 2026"},
		{"half", vi.Period(pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}), "6 tháng đầu năm 2026"},
		{"quarter in a sentence", vi.PeriodWithin(pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}), "quý I năm 2026"},
		{"half in a sentence", vi.PeriodWithin(pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}), "6 tháng đầu năm 2026"},
		{"span", vi.Period(pipeline.Period{Kind: pipeline.Span, Year: 2013, Last: 2015}), "Giai đoạn 2013-2015"},
		{"finding names the period", vi.Message(pipeline.Finding{Code: "period_not_due", Args: []pipeline.Arg{{Name: "form", Value: "1464"}, {Name: "period", Value: "2015-H1"}}}), "Biểu 1464 không báo cáo theo kỳ 6 tháng đầu năm 2015."},
		{"what is filled in is not filled itself", vi.Text("page.indicators.fraction", "denominator", 2, "numerator", "{denominator}"), "{denominator}/2"},
		{"nothing for a placeholder", vi.Text("page.indicators.fraction", "numerator", "{x", "other", 2), "{x/{denominator}"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}
