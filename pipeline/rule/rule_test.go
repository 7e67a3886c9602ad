package rule_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/rule"
)

func sum(codes ...string) pipeline.Sum {
	var s pipeline.Sum
	for _, c := range codes {
		s = append(s, pipeline.Term{Indicator: c})
	}
	return s
}

func constant(n int64) pipeline.Sum {
	return pipeline.Sum{{Number: decimal.NewFromInt(n)}}
}

// facts gives each named indicator a value; a negative one stands for blank.
func facts(values map[string]int64) []pipeline.Fact {
	var all []pipeline.Fact
	for code, v := range values {
		f := pipeline.Fact{Indicator: code, Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: decimal.NewFromInt(v), Cell: "D" + code}
		if v < 0 {
			f.State, f.Value = pipeline.StateBlank, decimal.Zero
		}
		all = append(all, f)
	}
	return all
}

func TestCheck(t *testing.T) {
	t.Parallel()
	equal := pipeline.Check{Code: "K1", Left: sum("A"), Operator: "=", Right: sum("B", "C"), Severity: pipeline.SeverityError}
	with := func(c pipeline.Check, missing string) pipeline.Check { c.Missing = missing; return c }
	operator := func(op string, right pipeline.Sum) pipeline.Check {
		return pipeline.Check{Code: "K", Left: sum("A"), Operator: op, Right: right, Severity: pipeline.SeverityWarning}
	}
	period := pipeline.Period{Kind: pipeline.Year, Year: 2015}
	since := equal
	since.Since = pipeline.Period{Kind: pipeline.Year, Year: 2016}
	tests := []struct {
		name   string
		check  pipeline.Check
		values map[string]int64
		want   bool // violated
	}{
		{"sum holds", equal, map[string]int64{"A": 5, "B": 2, "C": 3}, false},
		{"sum fails", equal, map[string]int64{"A": 6, "B": 2, "C": 3}, true},
		{"skip_any skips with one blank", equal, map[string]int64{"A": 6, "B": 2, "C": -1}, false},
		{"skip_all judges with one blank", with(equal, "skip_all"), map[string]int64{"A": 6, "B": 2, "C": -1}, true},
		{"skip_all skips when all are blank", with(equal, "skip_all"), map[string]int64{"A": -1, "B": -1, "C": -1}, false},
		{"zero judges blanks as zero", with(equal, "zero"), map[string]int64{"A": 1, "B": -1, "C": -1}, true},
		{"another form's check", equal, map[string]int64{"A": 6}, false},
		{"an unreadable cell", with(operator("=", sum("D")), "zero"), map[string]int64{"A": 3, "D": -1}, false},
		{"not yet in force", since, map[string]int64{"A": 6, "B": 2, "C": 3}, false},
		{"at least a constant", operator(">=", constant(3)), map[string]int64{"A": 3}, false},
		{"more than a constant", operator(">", constant(3)), map[string]int64{"A": 3}, true},
		{"at most", operator("<=", sum("B")), map[string]int64{"A": 4, "B": 3}, true},
		{"less", operator("<", sum("B")), map[string]int64{"A": 2, "B": 3}, false},
		{"differs", operator("<>", sum("B")), map[string]int64{"A": 3, "B": 3}, true},
		{"both or neither: one", operator("both_or_neither", sum("B")), map[string]int64{"A": 3, "B": -1}, true},
		{"both or neither: none", operator("both_or_neither", sum("B")), map[string]int64{"A": -1, "B": -1}, false},
		{"both or neither: both", operator("both_or_neither", sum("B")), map[string]int64{"A": 3, "B": 0}, false},
		{"not both: both", operator("not_both", sum("B")), map[string]int64{"A": 3, "B": 1}, true},
		{"not both: one", operator("not_both", sum("B")), map[string]int64{"A": 3, "B": -1}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found := rule.New(&pipeline.Catalogue{Checks: []pipeline.Check{tt.check}}).Check(facts(tt.values), map[string]bool{"D": true}, period)
			if (len(found) > 0) != tt.want {
				t.Fatalf("Check = %+v, want violated %t", found, tt.want)
			}
			if tt.want && (found[0].Severity != tt.check.Severity || found[0].Cell != "DA") {
				t.Errorf("finding = %+v, want severity %s at DA", found[0], tt.check.Severity)
			}
		})
	}
}

// Every operator with every way of taking blanks: whether the check is violated
// where the left is below, equal to and above the right, and where the right,
// the left and both are blank.
func TestOperatorsAndBlanks(t *testing.T) {
	t.Parallel()
	const blank = -1
	cases := []struct{ left, right int64 }{{2, 3}, {3, 3}, {4, 3}, {2, blank}, {blank, 3}, {blank, blank}}
	for operator, want := range map[string]map[string]string{
		"=":               {"skip_any": "x.x...", "skip_all": "x.xxx.", "zero": "x.xxx."},
		"<>":              {"skip_any": ".x....", "skip_all": ".x....", "zero": ".x...x"},
		">":               {"skip_any": "xx....", "skip_all": "xx..x.", "zero": "xx..xx"},
		">=":              {"skip_any": "x.....", "skip_all": "x...x.", "zero": "x...x."},
		"<":               {"skip_any": ".xx...", "skip_all": ".xxx..", "zero": ".xxx.x"},
		"<=":              {"skip_any": "..x...", "skip_all": "..xx..", "zero": "..xx.."},
		"both_or_neither": {"skip_any": "...xx.", "skip_all": "...xx.", "zero": "...xx."},
		"not_both":        {"skip_any": "xxx...", "skip_all": "xxx...", "zero": "xxx..."},
	} {
		for missing, want := range want {
			for _, severity := range []pipeline.Severity{pipeline.SeverityError, pipeline.SeverityWarning, pipeline.SeverityBeta} {
				check := pipeline.Check{Code: "K", Left: sum("A"), Operator: operator, Right: sum("B"), Missing: missing, Severity: severity}
				got := ""
				for _, c := range cases {
					found := rule.New(&pipeline.Catalogue{Checks: []pipeline.Check{check}}).Check(facts(map[string]int64{"A": c.left, "B": c.right}), nil, pipeline.Period{})
					switch {
					case len(found) == 0:
						got += "."
					case found[0].Severity == severity:
						got += "x"
					default:
						got += "?"
					}
				}
				if got != want {
					t.Errorf("%s with %s, %s: %s, want %s", operator, missing, severity, got, want)
				}
			}
		}
	}
}

// A finding writes its check out so that the reader can do the sum.
func TestFindingShowsTheSum(t *testing.T) {
	t.Parallel()
	cat := &pipeline.Catalogue{
		Indicators: []pipeline.Indicator{{Code: "A", Name: "Tổng số"}, {Code: "B", Name: "Nam"}, {Code: "C", Name: "Nữ"}, {Code: "R", Name: "Tỷ lệ", Kind: pipeline.KindRatio}},
	}
	for name, tt := range map[string]struct {
		check       pipeline.Check
		left, right string
	}{
		"a sum":                {pipeline.Check{Left: sum("A"), Right: sum("B", "C")}, "«Tổng số» (DA: 6)", "«Nam» (DB: 2) + «Nữ» (DC: 3) = 5"},
		"with a blank":         {pipeline.Check{Left: sum("A"), Right: sum("B", "D"), Missing: "zero"}, "«Tổng số» (DA: 6)", "«Nam» (DB: 2) + «D» (DD: –) = 2"},
		"of many":              {pipeline.Check{Left: sum("A"), Right: sum("B", "C", "B", "C")}, "«Tổng số» (DA: 6)", "DB (2) + DC (3) + DB (2) + DC (3) = 10"},
		"against a number":     {pipeline.Check{Left: sum("A"), Right: constant(7)}, "«Tổng số» (DA: 6)", "7"},
		"of another form":      {pipeline.Check{Left: sum("A"), Right: sum("B", "E"), Missing: "zero"}, "«Tổng số» (DA: 6)", "«Nam» (DB: 2) + «E» (–) = 2"},
		"a ratio, in per cent": {pipeline.Check{Left: sum("A"), Right: sum("R")}, "«Tổng số» (DA: 6)", "«Tỷ lệ» (DR: 100%)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.check.Operator, tt.check.Instruction = "=", "Xem lại."
			c := *cat
			c.Checks = []pipeline.Check{tt.check}
			found := rule.New(&c).Check(facts(map[string]int64{"A": 6, "B": 2, "C": 3, "D": -1, "R": 1}), nil, pipeline.Period{})
			if len(found) != 1 {
				t.Fatalf("found %d, want one", len(found))
			}
			args := map[string]string{}
			for _, a := range found[0].Args {
				args[a.Name] = a.Value
			}
			if args["left"] != tt.left || args["right"] != tt.right || args["instruction"] != "Xem lại." {
				t.Errorf("left %q, right %q, want %q and %q", args["left"], args["right"], tt.left, tt.right)
			}
		})
	}
}
