package catalogue_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// load reads a catalogue that must be without findings.
func load(t *testing.T, b *workbook.Book) *pipeline.Catalogue {
	t.Helper()
	cat, findings := catalogue.Load(b)
	if len(findings) > 0 {
		t.Fatalf("findings in a good catalogue: %+v", findings)
	}
	return cat
}

func number(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func pointer(s string) *decimal.Decimal {
	d := number(s)
	return &d
}

func days(start, end string) pipeline.Window {
	return pipeline.Window{Start: date(start), End: date(end)}
}

func date(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

func at(sheet string, row int) pipeline.Origin { return pipeline.Origin{Sheet: sheet, Row: row} }

func TestLoadUnits(t *testing.T) {
	t.Parallel()
	want := []pipeline.Unit{
		{Code: "P", Name: "Liên đoàn Lao động tỉnh Sóc Trăng", Kind: "province", Folder: "P", Origin: at("units", 2)},
		{
			Code: "H01", Name: "Liên đoàn Lao động huyện Châu Thành", Kind: "district", Parent: "P",
			Valid: days("2013-01-01", "2025-06-30"), Successors: []string{"X01"},
			Aliases: []string{"LĐLĐ H. Châu Thành", "LDLD H. Châu Thành"}, Folder: "chau-thanh", Encoding: pipeline.EncodingTCVN3, Origin: at("units", 3),
		},
		{Code: "H02", Name: "Liên đoàn Lao động huyện Ngã Năm", Kind: "district", Parent: "P", Valid: days("", "2013-12-31"), Folder: "H02", Origin: at("units", 4)},
		{
			Code: "H02", Name: "Liên đoàn Lao động thị xã Ngã Năm", Kind: "district", Parent: "P",
			Valid: days("2014-01-01", ""), Aliases: []string{"LĐLĐ TX Ngã Năm"}, Folder: "H02", Origin: at("units", 5),
		},
		{Code: "X01", Name: "Công đoàn xã Phú Tâm", Kind: "commune", Parent: "P", Valid: days("2025-07-01", ""), Folder: "X01", Origin: at("units", 6)},
		{Code: "2013", Name: "Công đoàn ngành Y tế", Kind: "sector", Parent: "P", Folder: "2013", Origin: at("units", 8)},
	}
	if diff := cmp.Diff(want, load(t, book(good())).Units); diff != "" {
		t.Errorf("units mismatch (-want +got):\n%s", diff)
	}
}

func TestLoadIndicators(t *testing.T) {
	t.Parallel()
	cat := load(t, book(good()))
	want := map[string]pipeline.Indicator{
		"CM00": {
			Code: "CM00", Name: "Số người được đào tạo", Measure: "người", Kind: "people", Time: "flow", Better: "up", Group: "Đào tạo",
			Rounding: "half_up", ScoreWeight: pointer("10"), ScoreCap: pointer("1.2"), Origin: at("indicators", 2),
		},
		"HT90": {
			Code: "HT90", Name: "Tỷ lệ được học tập", Measure: "%", Kind: "ratio", Numerator: []string{"HT01"}, Denominator: []string{"HT02"},
			Time: "cumulative", Better: "up", Decimals: 2, Rounding: "truncate", ScoreWeight: pointer("5"), Origin: at("indicators", 6),
		},
		"TL01": {
			Code: "TL01", Name: "Tiền lương bình quân", Measure: "đồng", Kind: "average", WeightBy: "TL02", Time: "stock", Better: "up",
			Rounding: "half_up", Origin: at("indicators", 7),
		},
		"TL90": {
			Code: "TL90", Name: "Tỷ lệ chung", Measure: "%", Kind: "ratio", Numerator: []string{"HT01", "CM00"}, Denominator: []string{"HT02", "TL02"},
			Time: "stock", Better: "up", Decimals: 1, Rounding: "half_up", Origin: at("indicators", 9),
		},
		"CL02": {
			Code: "CL02", Name: "Số người học", Measure: "người", Kind: "participations", Time: "flow", Better: "down",
			Rounding: "half_up", Origin: at("indicators", 11),
			From: &pipeline.ListFigure{
				Text: "sum(classes/people); level = cơ sở", List: "classes", Field: "people", Cell: "P11",
				Filters: []pipeline.ListFilter{{Field: "level", Value: "cơ sở", Key: "co so"}},
			},
		},
	}
	for code, w := range want {
		got, _ := cat.Indicator(code)
		if diff := cmp.Diff(w, got); diff != "" {
			t.Errorf("indicator %s mismatch (-want +got):\n%s", code, diff)
		}
	}
	if len(cat.Indicators) != 10 {
		t.Errorf("%d indicators, want 10", len(cat.Indicators))
	}
}

func TestLoadFormsAndPeriods(t *testing.T) {
	t.Parallel()
	cat := load(t, book(good()))
	forms := []pipeline.Form{
		{
			Code: "1464", Name: "Báo cáo chương trình 1464", File: "1464.xlsx", Frequency: "year", Basis: "period", DueDays: 20,
			UnitKinds: []string{"district", "sector"}, Valid: days("", "2020-12-31"), CSV: true, Origin: at("forms", 2),
		},
		{
			Code: "1464", Name: "Báo cáo chương trình 1464", File: "cu/1464.xlsx", Frequency: "year", Basis: "period", DueDays: 15,
			Valid: days("2021-01-01", ""), Origin: at("forms", 3),
		},
		{
			Code: "2-HDCD", Name: "2-HDCD", File: "2-HDCD.xlsx", Frequency: "half", Basis: "ytd", DueDays: 15,
			UnitKinds: []string{"district", "commune"}, Origin: at("forms", 4),
		},
	}
	if diff := cmp.Diff(forms, cat.Forms); diff != "" {
		t.Errorf("forms mismatch (-want +got):\n%s", diff)
	}
	year, quarter := pipeline.Period{Kind: pipeline.Year, Year: 2015}, pipeline.Period{Kind: pipeline.Quarter, Year: 2016, N: 1}
	periods := []pipeline.Period{{Kind: pipeline.Span, Year: 2014, Last: 2015}, year, quarter}
	if diff := cmp.Diff(periods, cat.Periods); diff != "" {
		t.Errorf("periods mismatch (-want +got):\n%s", diff)
	}
	calendar := pipeline.Calendar{Exceptions: pipeline.Exceptions{
		{Period: year}:               {Start: date("2014-12-01"), End: date("2015-12-05"), Due: date("2015-12-20")},
		{Form: "1464", Period: year}: {Start: date("2014-09-01"), End: date("2015-05-31")},
		{Period: quarter}:            {Due: date("2016-05-01")},
	}}
	if diff := cmp.Diff(calendar, cat.Calendar); diff != "" {
		t.Errorf("calendar mismatch (-want +got):\n%s", diff)
	}
}

func TestLoadTargets(t *testing.T) {
	t.Parallel()
	target := func(unit, indicator string, year int, value string, cell string) pipeline.Target {
		sheet := "targets 2015"
		if year == 2014 {
			sheet = "targets 2014"
		}
		row, err := strconv.Atoi(cell[1:])
		if err != nil {
			panic(err)
		}
		return pipeline.Target{Unit: unit, Indicator: indicator, Year: year, Value: number(value), Origin: at(sheet, row), Cell: cell}
	}
	want := []pipeline.Target{
		target("H01", "CM00", 2014, "1000", "B2"),
		target("P", "CM00", 2015, "2500", "B2"),
		target("P", "HT90", 2015, "0.7", "C2"),
		target("H01", "CM00", 2015, "1250", "B3"),
		target("H01", "HT01", 2015, "0", "D3"),
		target("H01", "HT90", 2015, "0.7", "C3"),
		target("H02", "HT90", 2015, "0.65", "C4"),
		target("2013", "CM00", 2015, "12", "B5"),
		target("2013", "HT01", 2015, "5", "D5"),
		target("2013", "HT90", 2015, "1", "C5"),
	}
	if diff := cmp.Diff(want, load(t, book(good())).Targets); diff != "" {
		t.Errorf("targets mismatch (-want +got):\n%s", diff)
	}
}

func TestLoadChecksAndGrades(t *testing.T) {
	t.Parallel()
	cat := load(t, book(good()))
	code := func(c string) pipeline.Term { return pipeline.Term{Indicator: c} }
	checks := []pipeline.Check{
		{
			Code: "K1", Left: pipeline.Sum{code("CM00")}, Operator: "=", Right: pipeline.Sum{code("CM01")}, Missing: "skip_all", Severity: "warning",
			Since: pipeline.Period{Kind: pipeline.Half, Year: 2015, N: 1}, Instruction: "Kiểm tra lại tổng", Origin: at("checks", 2),
		},
		{
			Code: "K2", Left: pipeline.Sum{code("CM01"), code("CL01"), {Number: number("1.5")}}, Operator: "<=", Right: pipeline.Sum{{Number: number("12")}},
			Missing: "skip_any", Severity: "error", Origin: at("checks", 3),
		},
		{
			Code: "K3", Left: pipeline.Sum{code("CL01")}, Operator: "both_or_neither", Right: pipeline.Sum{code("CL02")},
			Missing: "zero", Severity: "beta", Origin: at("checks", 4),
		},
	}
	if diff := cmp.Diff(checks, cat.Checks); diff != "" {
		t.Errorf("checks mismatch (-want +got):\n%s", diff)
	}
	scale, next := days("2015-01-01", "2018-12-31"), days("2019-01-01", "")
	grades := []pipeline.Grade{
		{Valid: scale, Name: "Vững mạnh", MinScore: number("85"), Origin: at("grades", 2)},
		{Valid: scale, Name: "Khá", MinScore: number("70.5"), Origin: at("grades", 3)},
		{Valid: next, Name: "Vững mạnh", MinScore: number("85"), Origin: at("grades", 4)},
		{Valid: next, Name: "Yếu", Origin: at("grades", 5)},
	}
	if diff := cmp.Diff(grades, cat.Grades); diff != "" {
		t.Errorf("grades mismatch (-want +got):\n%s", diff)
	}
}

// vietnamese is sheets with the names, headings and words in Vietnamese, two
// title rows above, a column of remarks and the columns in reverse order.
func vietnamese(sheets []named) []named {
	var all []named
	for _, s := range sheets {
		english, year, _ := strings.Cut(s.name, " ")
		for _, spec := range catalogue.Sheets() {
			if spec.English != english {
				continue
			}
			g := grid{{"DANH MỤC CỦA LIÊN ĐOÀN LAO ĐỘNG TỈNH"}, {"Lập ngày 05/02/2016", nil, "từ ngày"}}
			for i, line := range s.grid {
				g = append(g, translate(spec, s.grid[0], line, i == 0))
			}
			all = append([]named{{strings.TrimSpace(spec.Vietnamese + " " + year), g}}, all...)
		}
	}
	return append(all, named{"Ghi chú", grid{{"Số liệu minh họa"}}})
}

func translate(spec catalogue.Sheet, header, line []any, isHeader bool) []any {
	out := make([]any, len(header)+1)
	out[0] = "ghi chú của cán bộ"
	if len(line) == 0 {
		return nil
	}
	for i, value := range line {
		text, _ := value.(string)
		for _, c := range spec.Columns {
			if header[i] != c.English {
				continue
			}
			if isHeader {
				value = strings.ToUpper(c.Vietnamese)
			}
			for _, w := range c.Words {
				text = strings.ReplaceAll(text, w.English, w.Vietnamese)
			}
			if !isHeader && len(c.Words) > 0 && text != "" {
				value = text
			}
		}
		out[len(out)-1-i] = value
	}
	return out
}

func TestLoadVietnamese(t *testing.T) {
	t.Parallel()
	want, got := load(t, book(good())), load(t, book(vietnamese(good())))
	ignoreOrigin := cmp.Transformer("origin", func(pipeline.Origin) string { return "" })
	ignoreCell := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Cell" }, cmp.Ignore())
	if diff := cmp.Diff(want, got, ignoreOrigin, ignoreCell, cmpopts.IgnoreUnexported(pipeline.Catalogue{})); diff != "" {
		t.Errorf("the Vietnamese catalogue reads otherwise (-english +vietnamese):\n%s", diff)
	}
	if origin := got.Units[0].Origin; origin != at("Đơn vị", 4) {
		t.Errorf("origin of the first unit = %v", origin)
	}
}

func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	unique := func(where string, seen map[string]string, owner string, names ...string) {
		for _, name := range names {
			key := name
			if strings.ContainsFunc(name, unicode.IsLetter) {
				key = vntext.Fold(strings.ReplaceAll(name, "_", " "))
			}
			if other, taken := seen[key]; key == "" || taken && other != owner {
				t.Errorf("%s: %q stands for %q and %q", where, name, other, owner)
			}
			seen[key] = owner
		}
	}
	for _, s := range catalogue.Sheets() {
		headings := map[string]string{}
		for _, c := range s.Columns {
			unique(s.English, headings, c.English, append(c.Also, c.English, c.Vietnamese)...)
			words := map[string]string{}
			for _, w := range c.Words {
				unique(s.English+"."+c.English, words, w.English, append(w.Also, w.English, w.Vietnamese)...)
			}
		}
	}
}

// languages are both languages, read once.
var languages = sync.OnceValues(func() ([]*lang.Language, error) {
	vi, err := lang.Load("vi")
	if err != nil {
		return nil, err
	}
	en, err := lang.Load("en")
	return []*lang.Language{vi, en}, err
})

// worded checks that a finding has its texts in both languages and that they
// name nothing that the finding lacks.
func worded(t *testing.T, f pipeline.Finding) {
	t.Helper()
	all, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		for _, text := range []string{l.Message(f), l.Remedy(f)} {
			if strings.HasPrefix(text, "finding.") || strings.ContainsAny(text, "{}") && !strings.Contains(f.Expected, "{") {
				t.Errorf("%s: wording of %s: %s", l.Code, f.Code, text)
			}
		}
	}
}
