package vntext_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/vntext"
)

// say words a reading in one line: "12066", "at_least 500", "0.6123 %", "zero",
// "nil", "blank", "ambiguous_number? 1250".
func say(r vntext.Reading) string {
	var words []string
	if r.Qualifier != pipeline.Exact {
		words = append(words, string(r.Qualifier))
	}
	switch {
	case r.Problem != "" && r.Proposal != nil:
		words = append(words, r.Problem+"?", r.Proposal.String())
	case r.Problem != "":
		words = append(words, r.Problem)
	case r.State == pipeline.StateNumber:
		words = append(words, r.Value.String())
	default:
		words = append(words, string(r.State))
	}
	if r.Percent {
		words = append(words, "%")
	}
	return strings.Join(words, " ")
}

var (
	people         = vntext.Expected{Kind: pipeline.KindPeople, Measure: "người"}
	classes        = vntext.Expected{Kind: pipeline.KindCount, Measure: "lớp"}
	participations = vntext.Expected{Kind: pipeline.KindParticipations, Measure: "lượt người"}
	organisations  = vntext.Expected{Kind: pipeline.KindOrganisations, Measure: "doanh nghiệp"}
	money          = vntext.Expected{Kind: pipeline.KindMoney, Measure: "đồng"}
	millions       = vntext.Expected{Kind: pipeline.KindMoney, Decimals: 1, Measure: "triệu đồng"}
	average        = vntext.Expected{Kind: pipeline.KindAverage, Decimals: 2, Measure: "đồng/người"}
	ratio          = vntext.Expected{Kind: pipeline.KindRatio, Decimals: 2, Measure: "%"}
)

// spellings gives what people write and how it reads, by what is expected.
var spellings = []struct {
	name string
	want vntext.Expected
	read map[string]string
}{
	{"plain digits", people, map[string]string{
		"0": "zero", "00": "zero", "1": "1", "01": "1", "05": "5", "007": "7", "41": "41", "746": "746", "1250": "1250", "23339": "23339",
		"1234567": "1234567", "999999999999999": "999999999999999", "+5": "5", " 12 ": "12", "12\n": "12", "\t12": "12", "\u00a012\u00a0": "12",
		"１２３": "123", "1\u200b2": "12", "\ufeff12": "12",
	}},
	{"groups of three", people, map[string]string{
		"12.066": "12066", "1.250": "1250", "53.527": "53527", "1.234.567": "1234567", "100.000": "100000", "12 066": "12066",
		"12\u00a0066": "12066", "12\u202f066": "12066", "1 234 567": "1234567", "１２．０６６": "12066", "+1.250": "1250", "12.066 ": "12066",
	}},
	{"unit of measure behind", people, map[string]string{
		"746 người": "746", "32.775 người": "32775", "32.775người": "32775", "746 NGƯỜI": "746", "746 nguoi": "746", "746\u00a0người": "746",
		"746 người.": "746", "0 người": "zero", "05\nngười": "5", "746 nguời": "746",
	}},
	{"unit of measure of a count", classes, map[string]string{
		"05 lớp": "5", "01 lớp": "1", "0 lớp": "zero", "48 Lớp": "48", "1.250 lớp": "1250", "05lớp": "5", "+5 lớp": "5", "5 l": "not_a_number",
	}},
	{"first words of the unit", participations, map[string]string{
		"41.640 lượt": "41640", "41.640 lượt người": "41640", "41.640 người": "not_a_number",
	}},
	{"unit of several words", organisations, map[string]string{
		"12 doanh nghiệp": "12", "12 Doanh  nghiệp": "12", "12 nghiệp": "not_a_number", "12 DN": "not_a_number",
	}},
	{"another word behind", people, map[string]string{
		"05 lớp": "not_a_number", "500 tiến sỹ": "not_a_number", "5k": "not_a_number", "5 triệu": "not_a_number", "5 chục": "not_a_number",
		"12 người nữ": "not_a_number", "12 người 5 nữ": "not_a_number", "1250 đồng": "not_a_number", "5 (lớp)": "not_a_number",
	}},
	{"nil", people, map[string]string{
		"-": "nil", "–": "nil", "—": "nil", "−": "nil", "--": "nil", "- - -": "nil", "không": "nil", "Không": "nil", "KHÔNG": "nil",
		"không có": "nil", "Không phát sinh": "nil", "không phát sinh.": "nil", "kps": "nil", "KPS": "nil", "ko": "nil", "k": "nil", "K": "nil",
		"khong": "nil", "khong phat sinh": "nil", "ko có": "nil", "không  có": "nil", "chưa phát sinh": "nil", " - ": "nil",
		"không có người": "nil", "không người": "nil", "kho\u0302ng": "nil",
	}},
	{"blank", people, map[string]string{
		"": "blank", " ": "blank", "\u00a0": "blank", "\n\t": "blank", ".": "blank", "...": "blank", "…": "blank", "……": "blank",
		"............": "blank", "____": "blank", ". . .": "blank", "\u200b": "blank",
	}},
	{"zero", people, map[string]string{
		"0,0": "zero", "0,00": "zero", "0.0": "zero", "0,000": "zero", "-0": "zero", "(0)": "zero", "000": "zero", "0.000": "zero",
	}},
	{"qualifiers", people, map[string]string{
		"trên 500": "at_least 500", "Trên 1.000": "at_least 1000", "hơn 500": "at_least 500", ">500": "at_least 500", "> 500": "at_least 500",
		"≥ 500": "at_least 500", "≥500": "at_least 500", ">= 500": "at_least 500", "ít nhất 500": "at_least 500", "tối thiểu 500": "at_least 500",
		"không dưới 500": "at_least 500", "trên 500 người": "at_least 500", "tren 500": "at_least 500", "gần 500": "about 500",
		"khoảng 500": "about 500", "~500": "about 500", "~ 500": "about 500", "≈500": "about 500", "ước 500": "about 500",
		"ước đạt 12.066 người": "about 12066", "xấp xỉ 500": "about 500", "trên  500": "at_least 500", "trên dưới 500": "about 500",
		"trên1.000": "at_least 1000", "dưới 500": "not_a_number", "<500": "not_a_number", "≤ 500": "not_a_number", "không quá 500": "not_a_number",
		"trên": "not_a_number", "tổng 500": "not_a_number", "ước trên 500": "not_a_number", "trên 12,5": "fraction_in_count",
	}},
	{"not certain in a count", people, map[string]string{
		"1,250": "ambiguous_number? 1250", "12,066": "ambiguous_number? 12066", "12,000": "ambiguous_number? 12000",
		"1,250,000": "ambiguous_number? 1250000", "1,234.00": "ambiguous_number? 1234", "12.0": "ambiguous_number? 12",
		"1250.00": "ambiguous_number? 1250", "12.": "ambiguous_number? 12", "1,250 người": "ambiguous_number? 1250", "trên 1,250": "ambiguous_number? 1250",
		"-1,250": "negative_count",
	}},
	{"fraction in a count", people, map[string]string{
		"12,5": "fraction_in_count", "12.5": "fraction_in_count", "12.06": "fraction_in_count", "0,5": "fraction_in_count",
		"0.125": "fraction_in_count", "1234,567": "fraction_in_count", "1.234.567,891": "fraction_in_count", "1,234.56": "fraction_in_count",
		"1.2345": "fraction_in_count", "12,50": "fraction_in_count",
	}},
	{"whole number with empty decimals", people, map[string]string{"12,0": "12", "12,00": "12", "12.066,00": "12066", "1250,00": "1250"}},
	{"negative count", people, map[string]string{
		"-5": "negative_count", "−5": "negative_count", "–5": "negative_count", "(123)": "negative_count", "-12.066": "negative_count", "-5 người": "negative_count",
		"- 5": "not_a_number", "5-": "not_a_number", "(123": "not_a_number", "(-5)": "not_a_number", "--5": "not_a_number", "+-5": "not_a_number",
	}},
	{"not a number", people, map[string]string{
		"x": "not_a_number", "X": "not_a_number", "/": "not_a_number", `"`: "not_a_number", "nt": "not_a_number", "abc": "not_a_number",
		"năm": "not_a_number", "1e3": "not_a_number", "1E+3": "not_a_number", "0x10": "not_a_number", "١٢": "not_a_number", "XII": "not_a_number",
		"1²": "not_a_number", "½": "not_a_number", "05/02/2016": "not_a_number", "1/5": "not_a_number", "12.06.2015": "not_a_number",
		"2015-06-30": "not_a_number", "5-2": "not_a_number", "32.775/53.527": "not_a_number", "1.25.000": "not_a_number", "1234.567.890": "not_a_number",
		"1.234 567": "not_a_number", "1.234,567,890": "not_a_number", "12 06": "not_a_number", "1 2 3": "not_a_number", "12  066": "not_a_number",
		"12\n066": "not_a_number", "12\t066": "not_a_number", ",5": "not_a_number", ".5": "not_a_number", "1..5": "not_a_number", "1,,5": "not_a_number",
		"1'250": "not_a_number", "12 %": "not_a_number", "61,23%": "not_a_number", "#DIV/0!": "not_a_number", "=1+1": "not_a_number",
		"chưa có": "not_a_number", "không có số liệu": "not_a_number", "05 lớp, 01 lớp": "not_a_number", "5+3": "not_a_number", "*": "not_a_number",
		"1.000.": "ambiguous_number? 1000", "NaN": "not_a_number", "Inf": "not_a_number", "true": "not_a_number", "+": "not_a_number", "%": "not_a_number",
	}},
	{"too large", people, map[string]string{
		"1000000000000000": "number_too_large", "1.000.000.000.000.000": "number_too_large", strings.Repeat("9", 40): "number_too_large",
		strings.Repeat("9", 41): "not_a_number", strings.Repeat("0", 39) + "7": "7", strings.Repeat(" ", 500) + "7": "7",
	}},
	{"money", money, map[string]string{
		"5.500.000": "5500000", "5.500.000 đồng": "5500000", "5.500.000đ": "5500000", "5.500.000 VNĐ": "5500000", "5.500.000 vnd": "5500000",
		"-5": "-5", "(5.500)": "-5500", "12,5": "12.5", "1,250": "ambiguous_number? 1250", "1.5": "ambiguous_number? 1.5",
		"1,234.56": "ambiguous_number? 1234.56", "1,250,000": "ambiguous_number? 1250000", "0,125": "0.125", "1234,567": "1234.567",
		"1.234.567,891": "1234567.891", "5 triệu": "not_a_number", "5 triệu đồng": "not_a_number", "5%": "not_a_number", "0.125": "ambiguous_number? 0.125",
		"0 đồng": "zero", "0,0": "zero", "0.0": "zero", "gần 5.500.000 đồng": "about 5500000", "-": "nil", "1.250,500": "1250.5",
	}},
	{"money in millions", millions, map[string]string{
		"12,5": "12.5", "12,5 triệu đồng": "12.5", "12,5 triệu": "12.5", "1.250 triệu đồng": "1250", "1,250": "1.25",
		"12.5": "ambiguous_number? 12.5", "12,5 đồng": "not_a_number", "12,5 tỷ đồng": "not_a_number",
	}},
	{"average", average, map[string]string{
		"7.500.000": "7500000", "7.500.000 đồng": "7500000", "7,25": "7.25", "1,250": "1.25", "7.25": "ambiguous_number? 7.25", "12.066": "12066",
	}},
	{"ratio", ratio, map[string]string{
		"61,23%": "0.6123 %", "61,23 %": "0.6123 %", "61,23\u00a0%": "0.6123 %", "100%": "1 %", "0%": "zero %", "97,9%": "0.979 %",
		"61,23": "61.23", "0,6123": "0.6123", "1": "1", "61,234%": "0.61234 %", "61 phần trăm": "0.61 %", "trên 70%": "at_least 0.7 %",
		"120,44%": "1.2044 %", "61.23%": "ambiguous_number? 0.6123", "0.6123": "ambiguous_number? 0.6123", "61.234%": "ambiguous_number? 0.61234",
		"1.234,5%": "12.345 %", "-5%": "-0.05 %", "61,23%%": "not_a_number", "61,23 ‰": "not_a_number", "1/2": "0.5", "1/4 ": "0.25",
		"3/0": "not_a_number", "5/2": "not_a_number", "1/2/3": "not_a_number", "1,5/2": "not_a_number", "0/7": "zero", "-1/2": "not_a_number",
		"61,23％": "0.6123 %", "% 61": "not_a_number", "không": "nil", "…": "blank",
	}},
}

func TestReadNumber(t *testing.T) {
	t.Parallel()
	count := 0
	for _, group := range spellings {
		count += len(group.read)
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			for text, want := range group.read {
				if got := say(vntext.ReadNumber(text, group.want)); got != want {
					t.Errorf("ReadNumber(%q) = %s, want %s", text, got, want)
				}
			}
		})
	}
	if count < 200 {
		t.Errorf("spellings = %d, want at least 200", count)
	}
}

func TestReadNumberKeepsDecimals(t *testing.T) {
	t.Parallel()
	for text, exponent := range map[string]int32{"12.066": 0, "61,2": -1, "61,20": -2, "61,23%": -4} {
		if got := vntext.ReadNumber(text, average).Value.Exponent(); got != exponent {
			t.Errorf("ReadNumber(%q) has exponent %d, want %d", text, got, exponent)
		}
	}
}

func TestReadQuotient(t *testing.T) {
	t.Parallel()
	r := vntext.ReadNumber("32.775/53.527", ratio)
	if got := r.Value.StringFixed(4); r.Problem != "" || got != "0.6123" {
		t.Errorf("ReadNumber(32.775/53.527) = %s, %q; want 0.6123", got, r.Problem)
	}
}

func TestCheckNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		value string
		want  vntext.Expected
		says  string
	}{
		{"count", "12066", people, "12066"},
		{"count with decimals that say nothing", "12.00", people, "12"},
		{"zero", "0", people, "zero"},
		{"a group mark taken for a decimal mark", "12.066", people, "fraction_in_count? 12066"},
		{"its zeros lost", "1.25", people, "fraction_in_count? 1250"},
		{"too fine for a group", "12.0665", people, "fraction_in_count"},
		{"no group starts with zero", "0.5", people, "fraction_in_count"},
		{"no group has four digits", "1234.5", people, "fraction_in_count"},
		{"negative", "-3", people, "negative_count"},
		{"negative fraction", "-1.5", people, "negative_count"},
		{"largest", "999999999999999", people, "999999999999999"},
		{"too large", "1000000000000000", people, "number_too_large"},
		{"far too large", "1e10000", people, "number_too_large"},
		{"far too fine", "1e-10000", people, "zero"},
		{"money", "-12.5", money, "-12.5"},
		{"average", "7500000.25", average, "7500000.25"},
		{"ratio", "0.6123", ratio, "0.6123"},
		{"rate above a thousand", "12066", ratio, "12066"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := say(vntext.CheckNumber(decimal.RequireFromString(tt.value), tt.want)); got != tt.says {
				t.Errorf("CheckNumber(%s) = %s, want %s", tt.value, got, tt.says)
			}
		})
	}
}

// TestCheckHugeExponent would not end if the numbers were written out.
func TestCheckHugeExponent(t *testing.T) {
	t.Parallel()
	for exponent, says := range map[int32]string{math.MaxInt32: "number_too_large", math.MinInt32: "zero"} {
		if got := say(vntext.CheckNumber(decimal.New(7, exponent), people)); got != says {
			t.Errorf("CheckNumber(7e%d) = %s, want %s", exponent, got, says)
		}
	}
}

// TestPrintedReadsBack holds printing and reading to each other: a number
// printed in Vietnamese reads as itself; printed in English it reads as itself
// or proposes itself, but never as another.
func TestPrintedReadsBack(t *testing.T) {
	t.Parallel()
	vietnamese, english := load(t, "vi"), load(t, "en")
	for _, kind := range []pipeline.Kind{pipeline.KindPeople, pipeline.KindMoney, pipeline.KindAverage} {
		for places := range 4 {
			if kind.Whole() && places > 0 {
				continue
			}
			want := vntext.Expected{Kind: kind, Decimals: places}
			for n := int64(1); n < 1e14; n = n*7/2 + 3 {
				value := decimal.New(n, -int32(places))
				printed := vietnamese.Number(value, places, pipeline.HalfUp)
				if r := vntext.ReadNumber(printed, want); r.Problem != "" || !r.Value.Equal(value) {
					t.Errorf("%s: ReadNumber(%q) = %s, want %s", kind, printed, say(r), value)
				}
				printed = english.Number(value, places, pipeline.HalfUp)
				r := vntext.ReadNumber(printed, want)
				if r.Problem != "" && (r.Proposal == nil || !r.Proposal.Equal(value)) || r.Problem == "" && !r.Value.Equal(value) {
					// 1.234 with three decimals is a group in Vietnamese, and the text alone cannot tell.
					if !(places == 3 && strings.Count(printed, ".") == 1 && !strings.Contains(printed, ",")) {
						t.Errorf("%s: ReadNumber(%q) = %s, want %s", kind, printed, say(r), value)
					}
				}
			}
		}
	}
}

func TestPrintedPercentReadsBack(t *testing.T) {
	t.Parallel()
	vietnamese := load(t, "vi")
	for places := range 3 {
		for n := int64(1); n < 1000; n += 7 {
			value := decimal.New(n, -int32(places)-2)
			printed := vietnamese.Percent(value, places, pipeline.HalfUp)
			r := vntext.ReadNumber(printed, vntext.Expected{Kind: pipeline.KindRatio, Decimals: places})
			if r.Problem != "" || !r.Percent || !r.Value.Equal(value) {
				t.Errorf("ReadNumber(%q) = %s, want %s %%", printed, say(r), value)
			}
		}
	}
}

func TestProblemsAreWorded(t *testing.T) {
	t.Parallel()
	for _, code := range []string{vntext.NotANumber, vntext.AmbiguousNumber, vntext.FractionInCount, vntext.NegativeCount, vntext.NumberTooLarge} {
		for _, language := range []*lang.Language{load(t, "vi"), load(t, "en")} {
			f := pipeline.Finding{Code: code, Read: "1,250", Expected: "1.250", Args: []pipeline.Arg{{Name: "name", Value: "Số người"}}}
			for _, text := range []string{language.Message(f), language.Remedy(f)} {
				if strings.HasPrefix(text, "finding.") || strings.ContainsAny(text, "{}") {
					t.Errorf("%s %s is worded %q", language.Code, code, text)
				}
			}
		}
	}
}

func load(t *testing.T, code string) *lang.Language {
	t.Helper()
	l, err := lang.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func FuzzReadNumber(f *testing.F) {
	for _, group := range spellings {
		for text := range group.read {
			f.Add(text, group.want.Measure)
		}
	}
	kinds := []pipeline.Kind{pipeline.KindPeople, pipeline.KindMoney, pipeline.KindRatio, pipeline.KindAverage, ""}
	f.Fuzz(func(t *testing.T, text, measure string) {
		for _, kind := range kinds {
			r := vntext.ReadNumber(text, vntext.Expected{Kind: kind, Decimals: len(measure) % 3, Measure: measure})
			if fault := faultOf(r, kind); fault != "" {
				t.Errorf("ReadNumber(%q) as %q = %s: %s", text, kind, say(r), fault)
			}
		}
	})
}

// faultOf says what no reading may be.
func faultOf(r vntext.Reading, kind pipeline.Kind) string {
	limit := decimal.New(1, 15)
	switch {
	case r.Problem != "" && (r.State != pipeline.StateBlank || !r.Value.IsZero()):
		return "a problem with a value"
	case (r.State == pipeline.StateNumber) == r.Value.IsZero():
		return fmt.Sprintf("state %q does not fit the value", r.State)
	case r.Problem == vntext.AmbiguousNumber && r.Proposal == nil:
		return "ambiguous without a proposal"
	case kind.Whole() && (!r.Value.IsInteger() || r.Value.IsNegative() || r.Percent):
		return "no count"
	case r.Value.Abs().GreaterThanOrEqual(limit):
		return "too large"
	}
	return ""
}

func BenchmarkReadNumber(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		vntext.ReadNumber("12.066 người", people)
	}
}
