package catalogue_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/workbook"
)

// A change sets one cell of the good catalogue.
type change struct {
	at    string // such as units!C12
	value any
}

// A mistake is changes and the findings they give, each as "sheet!cell code",
// a warning with " warning" behind it.
type mistake struct {
	name    string
	changes []change
	want    []string
	args    string // name=value of the first finding's arguments that matter; expected=… too
}

func describe(findings []pipeline.Finding) []string {
	var all []string
	for _, f := range findings {
		s := f.Sheet + "!" + f.Cell + " " + strings.TrimPrefix(f.Code, "catalogue_")
		if f.Severity != pipeline.SeverityError {
			s += " " + string(f.Severity)
		}
		all = append(all, s)
	}
	return all
}

// details lists what a finding says beside its place.
func details(f pipeline.Finding) []string {
	all := []string{"read=" + f.Read, "expected=" + f.Expected}
	for _, arg := range f.Args {
		all = append(all, arg.Name+"="+arg.Value)
	}
	return all
}

func run(t *testing.T, mistakes []mistake) {
	t.Helper()
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			sheets := good()
			for _, c := range m.changes {
				sheets = with(t, sheets, c.at, c.value)
			}
			_, findings := catalogue.Load(book(sheets))
			if diff := cmp.Diff(m.want, describe(findings)); diff != "" {
				t.Fatalf("findings mismatch (-want +got):\n%s", diff)
			}
			for _, f := range findings {
				worded(t, f)
			}
			if m.args != "" && !slices.Contains(details(findings[0]), m.args) {
				t.Errorf("finding says %q, want %q among it", details(findings[0]), m.args)
			}
		})
	}
}

func TestCellMistakes(t *testing.T) {
	t.Parallel()
	run(t, []mistake{
		{"value missing", []change{{"units!B3", nil}}, []string{"units!B3 missing_value"}, "column=name"},
		{"only blanks", []change{{"units!B3", " \u00a0\n"}}, []string{"units!B3 missing_value"}, ""},
		{"code missing", []change{{"units!A6", nil}}, []string{"units!G3 unknown_code", "units!A6 missing_value"}, ""},
		{"Excel error", []change{{"units!B3", excelError()}}, []string{"units!B3 excel_error"}, "read=#REF!"},
		{"Excel error in an unknown column", []change{{"units!K3", excelError()}}, nil, ""},
		{"formula without a value", []change{{"forms!D2", uncalculated()}}, []string{"forms!D2 not_calculated"}, ""},
		{"date for a name", []change{{"units!B3", day("2026-01-02")}}, []string{"units!B3 date_for_text"}, ""},
		{"word unknown", []change{{"indicators!D2", "persons"}}, []string{"indicators!D2 unknown_word"}, "read=persons"},
		{"time unknown", []change{{"indicators!H2", "quý"}}, []string{"indicators!H2 unknown_word"}, "expected=flow (phát sinh trong kỳ), stock (tại thời điểm chốt), cumulative (lũy kế giai đoạn)"},
		{"time missing", []change{{"indicators!H3", nil}}, []string{"indicators!H3 missing_value"}, ""},
		{"better unknown", []change{{"indicators!I2", "sideways"}}, []string{"indicators!I2 unknown_word"}, ""},
		{"rounding unknown", []change{{"indicators!M2", "up"}}, []string{"indicators!M2 unknown_word"}, ""},
		{"frequency unknown", []change{{"forms!D2", "weekly"}}, []string{"forms!D2 unknown_word"}, ""},
		{"frequency missing", []change{{"forms!D2", nil}}, []string{"forms!D2 missing_value"}, ""},
		{"operator unknown", []change{{"checks!C2", "=="}}, []string{"checks!C2 unknown_word"}, ""},
		{"severity unknown", []change{{"checks!F2", "fatal"}}, []string{"checks!F2 unknown_word"}, ""},
		{"date of words", []change{{"units!E3", "a/b/2015"}}, []string{"units!E3 bad_date"}, ""},
		{"bad date", []change{{"units!E3", "31/02/2015"}}, []string{"units!E3 bad_date"}, ""},
		{"American date", []change{{"units!E3", "02/28/2015"}}, []string{"units!E3 bad_date"}, ""},
		{"date as a number", []change{{"units!E3", 42004}}, []string{"units!E3 bad_date"}, ""},
		{"small number shown as a date", []change{{"units!E3", day("0205-01-01")}}, []string{"units!E3 bad_date"}, ""},
		{"ends before it starts", []change{{"units!F3", "01/01/2012"}}, []string{"units!F3 ends_before_start"}, "first=E3"},
		{"period ends before it starts", []change{{"periods!C3", "01/01/2012"}}, []string{"periods!C3 ends_before_start"}, "first=B3"},
		{"bad period", []change{{"periods!A2", "Q1 2015"}}, []string{"periods!A2 bad_period"}, ""},
		{"period made a date by Excel", []change{{"periods!A2", day("2026-03-01")}}, []string{"periods!A2 date_for_period"}, "expected=2026-03"},
		{"bad since", []change{{"checks!G2", "2015-H3"}}, []string{"checks!G2 bad_period"}, ""},
		{"decimals not a number", []change{{"indicators!L2", "two"}}, []string{"indicators!L2 bad_number"}, ""},
		{"decimals too many", []change{{"indicators!L2", 11}}, []string{"indicators!L2 out_of_range"}, "expected=0–10"},
		{"due days negative", []change{{"forms!F2", -1}}, []string{"forms!F2 negative_number"}, ""},
		{"due days in halves", []change{{"forms!F2", 1.5}}, []string{"forms!F2 fraction"}, ""},
		{"score negative", []change{{"grades!D2", -85}}, []string{"grades!D2 negative_number"}, ""},
		{"score in percent", []change{{"grades!D2", percent("0.85")}}, []string{"grades!D2 bad_number"}, ""},
		{"cap without percent sign", []change{{"indicators!O2", 120}}, []string{"indicators!O2 percent_missing"}, "expected=120%"},
		{"number of a million digits", []change{{"forms!F2", workbook.Cell{Type: workbook.Number, Value: "1E999999999"}}}, []string{"forms!F2 bad_number"}, ""},
	})
}

func TestReferenceMistakes(t *testing.T) {
	t.Parallel()
	run(t, []mistake{
		{"parent unknown", []change{{"units!D3", "Q"}}, []string{"units!D3 unknown_code"}, "list=units"},
		{"successor unknown", []change{{"units!G3", "X01;X99"}}, []string{"units!G3 unknown_code"}, "read=X99"},
		{"invisible sign in a code", []change{{"units!D3", "P\u200b"}}, nil, ""},
		{"duplicate unit", []change{{"units!A6", "H01"}, {"units!E6", "2020-01-01"}, {"units!G3", nil}}, []string{"units!A6 duplicate_code"}, "first=A3"},
		{"versions overlap by one day", []change{{"units!F4", "2014-01-01"}}, []string{"units!A5 duplicate_code"}, "first=A4"},
		{"third version overlaps the second", []change{{"units!A8", "H02"}, {"units!E8", "2015-01-01"}, {"units!F5", "2015-01-01"}, {"targets 2015!A5", nil}, {"targets 2015!B5", nil}, {"targets 2015!C5", nil}, {"targets 2015!D5", nil}}, []string{"units!A8 duplicate_code"}, "first=A5"},
		{"parent of itself", []change{{"units!D2", "P"}}, []string{"units!D2 cycle"}, "chain=P → P"},
		{"unit below a cycle", []change{{"units!D6", "X01"}, {"units!D3", "H02"}, {"units!D5", "X01"}, {"units!E6", nil}}, []string{"units!D6 cycle"}, "chain=X01 → X01"},
		{"younger version first", []change{{"units!E4", "2014-01-01"}, {"units!F4", nil}, {"units!E5", nil}, {"units!F5", "2014-01-01"}}, []string{"units!A5 duplicate_code"}, "first=A4"},
		{"cycle of parents", []change{{"units!D2", "H02"}}, []string{"units!D2 cycle"}, "chain=P → H02 → P"},
		{"parents that swap in time", []change{{"units!D2", "X01"}, {"units!F2", "2020-12-31"}, {"units!D6", nil}}, nil, ""},
		{"cycle only in later years", []change{{"units!D3", "X01"}, {"units!F3", nil}, {"units!D6", "H01"}, {"units!G3", nil}}, []string{"units!D6 cycle"}, "chain=X01 → H01 → X01"},
		{"successor below the unit that ended", []change{{"units!D6", "H01"}}, []string{"units!D6 cycle"}, "chain=H01 → X01 → H01"},
		{"cycle of successors", []change{{"units!G6", "H01"}}, []string{"units!G3 successor_cycle"}, "chain=H01 → X01 → H01"},
		{"list sign in a code", []change{{"units!A8", "Y|T"}, {"targets 2015!A5", "P2"}, {"units!I8", "y"}}, []string{"targets 2015!A5 unknown_code", "units!A8 bad_code"}, ""},
		{"folder of two units", []change{{"units!I6", "CHAU-THANH"}}, []string{"units!I6 duplicate_folder"}, "unit=H01"},
		{"folder is another's code", []change{{"units!I6", "h02"}}, []string{"units!I6 duplicate_folder"}, "first=I4"},
		{"folder with a slash", []change{{"units!I3", "a/b"}}, []string{"units!I3 bad_folder"}, ""},
		{"folder above", []change{{"units!I3", ".."}}, []string{"units!I3 bad_folder"}, ""},
		{"folder hidden", []change{{"units!I3", ".git"}}, []string{"units!I3 bad_folder"}, ""},
		{"code that is no folder", []change{{"units!A8", `Y\T`}, {"targets 2015!A5", `Y\T`}}, []string{"units!I8 bad_folder"}, ""},
		{"alias is another's name", []change{{"units!H8", "CÔNG ĐOÀN XÃ PHÚ TÂM"}}, []string{"units!H8 same_name warning"}, "first=B6"},
		{"alias is another's alias", []change{{"units!H8", "lđlđ h. châu thành"}}, []string{"units!H8 same_name warning"}, "unit=H01"},
		{"two units of one name", []change{{"units!B8", "công đoàn xã phú tâm"}}, []string{"units!B8 same_name warning"}, "unit=X01"},
		{"indicator twice", []change{{"indicators!A10", "CM00"}}, []string{"checks!B3 unknown_code", "checks!B4 unknown_code", "indicators!A10 duplicate_code"}, ""},
		{"indicator code with a plus", []change{{"indicators!A8", "TL+2"}}, []string{"indicators!G7 unknown_code", "indicators!A8 bad_code", "indicators!F9 unknown_code"}, ""},
		{"part of an unknown", []change{{"indicators!K3", "CM99"}}, []string{"indicators!K3 unknown_code"}, ""},
		{"parts in a circle", []change{{"indicators!K2", "CM01"}}, []string{"indicators!K2 cycle"}, "chain=CM00 → CM01 → CM00"},
		{"ratio without numerator", []change{{"indicators!E6", nil}}, []string{"indicators!E6 ratio_without_part"}, ""},
		{"ratio without denominator", []change{{"indicators!F6", nil}}, []string{"indicators!F6 ratio_without_part"}, ""},
		{"ratio of an unknown", []change{{"indicators!F6", "HT02+HT99"}}, []string{"indicators!F6 unknown_code"}, "read=HT99"},
		{"ratio of a ratio", []change{{"indicators!E9", "HT01+HT90"}}, []string{"indicators!E9 ratio_of_ratio"}, "read=HT90"},
		{"sum with a plus too many", []change{{"indicators!E9", "HT01+"}}, []string{"indicators!E9 bad_sum"}, ""},
		{"average without weight", []change{{"indicators!G7", nil}}, []string{"indicators!G7 average_without_weight"}, ""},
		{"weight is a ratio", []change{{"indicators!G7", "HT90"}}, []string{"indicators!G7 weight_not_additive"}, ""},
		{"count with a numerator", []change{{"indicators!E2", "HT01"}}, []string{"indicators!E2 unused_cell warning"}, "kind=people"},
		{"from misspelt", []change{{"indicators!P10", "counts(classes)"}}, []string{"indicators!P10 bad_from"}, ""},
		{"sum without a field", []change{{"indicators!P11", "sum(classes)"}}, []string{"indicators!P11 bad_from"}, ""},
		{"from with an empty condition", []change{{"indicators!P11", "sum(classes/people); level ="}}, []string{"indicators!P11 bad_from"}, ""},
		{"from with two conditions", []change{{"indicators!P11", "sum( classes / people ); level = Cơ sở ;months=4"}}, nil, ""},
		{"from with half a condition", []change{{"indicators!P11", "count(classes); level = cơ sở; months"}}, []string{"indicators!P11 bad_from"}, ""},
		{"from with a condition of signs", []change{{"indicators!P11", "count(classes); level = --"}}, []string{"indicators!P11 bad_from"}, ""},
		{"ratio from a list", []change{{"indicators!P6", "count(classes)"}}, []string{"indicators!P6 from_not_additive"}, "kind=ratio"},
		{"forms overlap", []change{{"forms!I2", "2021-01-01"}}, []string{"forms!A3 duplicate_code"}, "first=A2"},
		{"form codes differ in case", []change{{"forms!A2", "2-hdcd"}}, []string{"forms!A4 duplicate_code"}, ""},
		{"form code is no file name", []change{{"forms!A4", "2/HDCD"}}, []string{"forms!A4 bad_code"}, ""},
		{"form code is taken", []change{{"forms!A4", "Summary"}}, []string{"forms!A4 reserved_code"}, ""},
		{"form file above", []change{{"forms!C2", "../1464.xlsx"}}, []string{"forms!C2 bad_file"}, ""},
		{"form file absolute", []change{{"forms!C2", `C:\1464.xlsx`}}, []string{"forms!C2 bad_file"}, ""},
		{"kind that no unit has", []change{{"forms!G2", "district;village"}}, []string{"forms!G2 unused_kind warning"}, "read=village"},
		{"period of a form that is not there", []change{{"periods!E5", "1465"}}, []string{"periods!E5 unknown_code"}, "list=forms"},
		{"period twice for a form", []change{{"periods!A4", 2015}, {"periods!E4", 1464}}, []string{"periods!A5 duplicate_code"}, "first=A4"},
		{"period twice", []change{{"periods!A4", "2015"}}, []string{"periods!A4 duplicate_code"}, "first=A3"},
		{"check twice", []change{{"checks!A3", "K1"}}, []string{"checks!A3 duplicate_code"}, "first=A2"},
		{"check of an unknown", []change{{"checks!B2", "CM00+CM99"}}, []string{"checks!B2 unknown_code"}, "read=CM99"},
		{"check without a side", []change{{"checks!D2", nil}}, []string{"checks!D2 missing_value"}, ""},
		{"check with a group mark", []change{{"checks!D3", "1.000"}}, []string{"checks!D3 ambiguous_number"}, "expected=1000"},
		{"grade twice in a scale", []change{{"grades!C3", "VỮNG MẠNH"}}, []string{"grades!C3 duplicate_grade"}, "first=C2"},
		{"score twice in a scale", []change{{"grades!D3", "85,0"}}, []string{"grades!D3 same_score"}, "first=D2"},
	})
}

func TestTargetMistakes(t *testing.T) {
	t.Parallel()
	run(t, []mistake{
		{"unit unknown", []change{{"targets 2015!A3", "H99"}}, []string{"targets 2015!A3 unknown_code"}, "list=units"},
		{"unit missing", []change{{"targets 2015!A3", nil}}, []string{"targets 2015!A3 missing_value"}, ""},
		{"unit twice", []change{{"targets 2015!A3", "P"}}, []string{"targets 2015!A3 duplicate_code"}, "first=A2"},
		{"indicator unknown", []change{{"targets 2015!E1", "CM99"}, {"targets 2015!E3", 5}}, []string{"targets 2015!E1 unknown_code"}, "list=indicators"},
		{"remarks", []change{{"targets 2015!E1", "Tên đơn vị"}, {"targets 2015!E3", "Châu Thành"}, {"targets 2015!F1", "STT"}, {"targets 2015!F3", 2}}, nil, ""},
		{"indicator twice", []change{{"targets 2015!E1", "CM00"}}, []string{"targets 2015!E1 duplicate_column"}, "first=B1"},
		{"unreadable", []change{{"targets 2015!B3", "many"}}, []string{"targets 2015!B3 bad_number"}, ""},
		{"another unit of measure", []change{{"targets 2015!B3", "5 lớp"}}, []string{"targets 2015!B3 bad_number"}, ""},
		{"negative", []change{{"targets 2015!B3", -5}}, []string{"targets 2015!B3 negative_number"}, ""},
		{"thousands typed on an English Excel", []change{{"targets 2015!B3", 12.066}}, []string{"targets 2015!B3 ambiguous_number"}, "expected=12066"},
		{"ambiguous text", []change{{"targets 2015!B3", "1,250"}}, []string{"targets 2015!B3 ambiguous_number"}, "expected=1250"},
		{"about", []change{{"targets 2015!B3", "khoảng 500"}}, []string{"targets 2015!B3 bad_number"}, ""},
		{"at least", []change{{"targets 2015!C3", "trên 70%"}, {"targets 2015!B3", "trên 500"}}, nil, ""},
		{"count in percent", []change{{"targets 2015!B3", percent("1")}}, []string{"targets 2015!B3 bad_number"}, ""},
		{"rate over 200 percent", []change{{"targets 2015!C3", "250%"}, {"targets 2015!C2", percent("3")}}, nil, ""},
		{"rate without percent sign", []change{{"targets 2015!C3", 70}}, []string{"targets 2015!C3 percent_missing"}, "expected=70%"},
		{"rate in text without percent sign", []change{{"targets 2015!C3", "70,5"}}, []string{"targets 2015!C3 percent_missing"}, "expected=70,5%"},
		{"unreadable rate", []change{{"targets 2015!C3", "nhiều"}}, []string{"targets 2015!C3 bad_number"}, ""},
		{"dotted line", []change{{"targets 2015!B3", "....."}, {"indicators!O6", "..."}, {"grades!D5", "..."}}, nil, ""},
		{"dash", []change{{"targets 2015!B3", "-"}}, []string{"targets 2015!B3 target_nil warning"}, ""},
		{"Excel error", []change{{"targets 2015!B3", excelError()}}, []string{"targets 2015!B3 excel_error"}, ""},
		{"formula without a value", []change{{"targets 2015!C3", uncalculated()}}, []string{"targets 2015!C3 not_calculated"}, ""},
		{"date", []change{{"targets 2015!B3", day("2015-05-01")}}, []string{"targets 2015!B3 bad_number"}, ""},
	})
}

func TestHeaderMistakes(t *testing.T) {
	t.Parallel()
	run(t, []mistake{
		{"column missing", []change{{"indicators!H1", nil}}, []string{"indicators!A1 missing_column"}, "expected=time (Tính theo thời gian)"},
		{"column misspelt", []change{{"indicators!L1", "decimal"}, {"indicators!L9", nil}}, []string{"indicators!L1 unknown_column warning"}, "expected=decimals (Số chữ số thập phân)"},
		{"column with a wrong letter", []change{{"indicators!L1", "decymalz"}, {"indicators!M1", "roumding"}, {"indicators!L9", nil}, {"indicators!M6", nil}}, []string{"indicators!M1 unknown_column warning"}, ""},
		{"header below the header", []change{{"periods!B1", nil}, {"periods!A2", "code"}, {"periods!B2", "start"}, {"periods!C2", "end"}, {"periods!D2", "due"}}, []string{"periods!A2 bad_period", "periods!C2 bad_date", "periods!D2 bad_date"}, ""},
		{"column unknown", []change{{"units!J1", "điện thoại"}, {"units!J3", "0299 3821"}}, nil, ""},
		{"column twice", []change{{"units!J1", "Tên đơn vị"}}, []string{"units!J1 duplicate_column"}, "first=B1"},
		{"targets without units", []change{{"targets 2015!A1", "Tên"}}, []string{"targets 2015! missing_column"}, ""},
	})
}

func TestSheetMistakes(t *testing.T) {
	t.Parallel()
	rename := func(from, to string) []named {
		sheets := good()
		for i := range sheets {
			if sheets[i].name == from {
				sheets[i].name = to
			}
		}
		return sheets
	}
	tests := []struct {
		name   string
		sheets []named
		want   []string
	}{
		{"empty workbook", nil, []string{"! missing_sheet", "! missing_sheet", "! missing_sheet"}},
		{"required sheet empty", append(rename("units", "bỏ"), named{"units", nil}), []string{"units! missing_column", "units! missing_column", "units! missing_column"}},
		{"required sheet misspelt", rename("indicators", "indicator"), []string{"! missing_sheet", "indicator! unknown_sheet warning"}},
		{"year misspelt", rename("targets 2014", "targts 2014"), []string{"targts 2014! unknown_sheet warning"}},
		{"year missing", rename("targets 2014", "Kế hoạch"), []string{"Kế hoạch! unknown_sheet warning"}},
		{"year twice", rename("targets 2014", "Kế hoạch năm 2015"), []string{"Kế hoạch năm 2015! duplicate_sheet"}},
		{"sheet twice", append(good(), named{"Biểu mẫu", nil}), []string{"Biểu mẫu! duplicate_sheet"}},
		{"sheet unknown", append(good(), named{"Danh bạ", grid{{"Tên", "Điện thoại"}}}), nil},
		{"optional sheet empty", append(rename("grades", "bỏ"), named{"grades", nil}), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := catalogue.Load(book(tt.sheets))
			if diff := cmp.Diff(tt.want, describe(findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
			for _, f := range findings {
				worded(t, f)
			}
		})
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	t.Parallel()
	sheets := good()
	for at, value := range map[string]any{
		"units!D3": "Q", "units!E4": "never", "indicators!F6": nil, "indicators!D3": "persons", "forms!D4": "weekly",
		"periods!A2": "soon", "targets 2014!A2": "H99", "targets 2015!B3": "many", "checks!C2": "==", "grades!D2": "high",
	} {
		sheets = with(t, sheets, at, value)
	}
	want := []string{
		"checks!C2 unknown_word", "forms!D4 unknown_word", "grades!D2 bad_number",
		"indicators!D3 unknown_word", "indicators!F6 ratio_without_part", "periods!A2 bad_period",
		"targets 2014!A2 unknown_code", "targets 2015!B3 bad_number", "units!D3 unknown_code", "units!E4 bad_date",
	}
	_, findings := catalogue.Load(book(sheets))
	if diff := cmp.Diff(want, describe(findings)); diff != "" {
		t.Errorf("findings mismatch (-want +got):\n%s", diff)
	}
}

func TestTooManyRows(t *testing.T) {
	t.Parallel()
	sheets := good()
	for len(sheets[0].grid) < 20_010 {
		sheets[0].grid = append(sheets[0].grid, []any{nil, "Đơn vị", "district"})
	}
	_, findings := catalogue.Load(book(sheets))
	at := slices.IndexFunc(findings, func(f pipeline.Finding) bool { return f.Code == "catalogue_too_many_rows" })
	if at < 0 {
		t.Fatal("20,009 rows are not reported")
	}
	worded(t, findings[at])
}

// Every unit below the one before it: a thousand times deeper than any
// hierarchy, and still read in one walk.
func TestDeepHierarchy(t *testing.T) {
	t.Parallel()
	sheets := good()
	for i := range 10_000 {
		unit := "D" + strconv.Itoa(i)
		parent := "D" + strconv.Itoa(i-1)
		if i == 0 {
			parent = "P"
		}
		sheets[0].grid = append(sheets[0].grid, []any{unit, "Đơn vị " + unit, "district", parent})
	}
	load(t, book(sheets))
	sheets = with(t, sheets, "units!D2", "D9999")
	_, findings := catalogue.Load(book(sheets))
	if diff := cmp.Diff([]string{"units!D2 cycle"}, describe(findings)); diff != "" {
		t.Errorf("findings mismatch (-want +got):\n%s", diff)
	}
}
