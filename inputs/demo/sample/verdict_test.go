package sample_test

import (
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
)

// TestVerdicts judges every file of the demo as the pipeline does and compares
// verdict and findings with what the demo expects of it. Then the accepted
// reports that count must add up to the province's article.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	rules := load(t)
	counting := make(map[string]assess.Result)
	for _, d := range deliveries(t) {
		for _, f := range d.Files {
			if f.Verdict == "" {
				continue // the same bytes again: the ledger knows them
			}
			result, err := rules.Assess(assess.Input{File: intake.File{Path: f.Path}, Data: f.Data, Now: d.Now, Zone: d.Now.Location()})
			if err != nil {
				t.Fatal(err)
			}
			compare(t, f, result)
			if result.Verdict == pipeline.Accepted {
				counting[fmt.Sprint(result.Unit, " ", result.Form, " ", result.Period)] = result
			}
		}
	}
	if got, want := len(counting), 98; got != want {
		t.Errorf("%d reports count at last, want %d", got, want)
	}
	addUp(t, rules.Catalogue, counting)
}

func load(t *testing.T) *assess.Rules {
	t.Helper()
	inputs, err := sample.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	files := make(fstest.MapFS)
	for _, input := range inputs {
		files[input.Path] = &fstest.MapFile{Data: input.Data}
	}
	below, err := fs.Sub(files, "inputs")
	if err != nil {
		t.Fatal(err)
	}
	rules, findings, err := assess.Load(below, func(x pipeline.Exceptions) pipeline.Calendar {
		return pipeline.Calendar{StartMonth: time.December, StartDay: 1, Exceptions: x}
	})
	if err != nil || len(findings) > 0 {
		t.Fatalf("load catalogue and forms: %v, %v", err, findings)
	}
	return rules
}

func compare(t *testing.T, f sample.File, got assess.Result) {
	t.Helper()
	codes := make([]string, len(got.Findings))
	for i, finding := range got.Findings {
		codes[i] = finding.Code
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if got.Verdict != f.Verdict || !slices.Equal(codes, f.Codes) {
		t.Errorf("%s: %s %v, want %s %v", f.Path, got.Verdict, codes, f.Verdict, f.Codes)
		for _, finding := range got.Findings {
			t.Logf("  %+v", finding)
		}
	}
}

// addUp sums the reports of form 1464: flows over both years, all else as of
// the end of 2015.
func addUp(t *testing.T, cat *pipeline.Catalogue, counting map[string]assess.Result) {
	t.Helper()
	got := make(map[string]string)
	sums := make(map[string]decimal.Decimal)
	for _, r := range counting {
		for _, f := range r.Facts {
			i, _ := cat.Indicator(f.Indicator)
			if r.Form == "1464" && i.Kind.Whole() && (i.Time == pipeline.Flow || r.Period.Year == 2015) {
				sums[f.Indicator] = sums[f.Indicator].Add(f.Value)
				got[f.Indicator] = sums[f.Indicator].String()
			}
		}
	}
	want := map[string]string{
		"TT01": "1250", "TT02": "41640", "TT03": "500", "TT04": "1000", "CM00": "23339", "CM01": "500", "CM02": "12066", "CM03": "10773",
		"LL00": "1500", "TH01": "14581", "NN02": "3332", "NN03": "863", "HT01": "32775", "HT02": "53527",
		"CB10": "55", "CB11": "1", "CB12": "1", "CB13": "5", "CB14": "48", "CB20": "846", "CB21": "41", "CB22": "59", "CB23": "746",
		"CB01": "8891", "CB02": "9074",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("totals of the accepted reports mismatch (-want +got):\n%s", diff)
	}
}
