package job_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline"
)

// Invariant 3: what is not certain is a finding. Every dirty workbook of the
// demo is judged as its golden list says, and the figures close.
func TestDemo(t *testing.T) {
	t.Parallel()
	w := &workspace{t: t, dir: t.TempDir()}
	w.write("tonghop.toml", []byte("settle = \"0s\"\nyear_starts = \"12-01\"\n"))
	inputs, err := sample.Inputs()
	must(t, err)
	for _, in := range inputs {
		w.write(in.Path, in.Data)
	}
	deliveries, err := sample.Deliveries()
	must(t, err)
	for _, d := range deliveries {
		w.now = d.Now
		for _, f := range d.Files {
			w.write("inputs/inbox/"+f.Path, f.Data)
		}
		judged := map[string]string{}
		for _, s := range w.run().Submissions {
			judged[s.File] = string(s.Verdict) + " " + strings.Join(codes(s), " ")
		}
		want := map[string]string{}
		for _, f := range d.Files {
			if f.Verdict != "" {
				want[f.Path] = string(f.Verdict) + " " + strings.Join(f.Codes, " ")
			}
		}
		if diff := cmp.Diff(want, judged); diff != "" {
			t.Errorf("%s: verdicts mismatch (-want +got):\n%s", d.Heading, diff)
		}
	}
	for indicator, want := range map[string]string{
		"TT01": "1250", "TT02": "41640", "TT03": "500", "TT04": "1000", "CM00": "23339", "CM01": "500", "CM02": "12066", "CM03": "10773",
		"LL00": "1500", "TH01": "14581", "NN02": "3332", "NN03": "863", "HT01": "32775", "HT02": "53527", "CB01": "8891", "CB02": "9074",
		"CB10": "55", "CB14": "48", "CB11": "1", "CB12": "1", "CB13": "5", "CB20": "846",
		"HT90": "0.612307807274833", "CB90": "0.979832488428477",
	} {
		got := w.figure("2014..2015", "LDLD-ST", indicator, "actual")
		if d, err := decimal.NewFromString(got); err != nil || d.Round(15).String() != want {
			t.Errorf("%s = %s, want the article's %s", indicator, got, want)
		}
	}
	w.checkScores()
	plan := map[string]string{"KH01": "3 3 met", "KH02": "1 1 met", "KH03": "2 2 met", "KH04": "48 48 met", "KH05": "187  no_target"}
	for indicator, want := range plan {
		figure := func(column string) string { return w.figure("2020-Q3", "LDLD-ST", indicator, column) }
		if got := figure("actual") + " " + figure("target") + " " + figure("status"); got != want {
			t.Errorf("%s of the plan of 2020 = %s, want %s", indicator, got, want)
		}
	}
	page := w.read("out/2014..2015/index.html")
	for _, printed := range []string{"61,23%", "97,9%", "23.339", "41.640", "trên 1.000"} {
		if !strings.Contains(page, printed) {
			t.Errorf("the page does not print %s", printed)
		}
	}
}

// codes are the distinct codes of a submission's findings, without the notes on
// what replaces what, which are no part of the judgement.
func codes(s pipeline.Submission) []string {
	var all []string
	for _, f := range s.Findings {
		if f.Code != "newer_counts" && f.Code != "replaces_older" && !slices.Contains(all, f.Code) {
			all = append(all, f.Code)
		}
	}
	slices.Sort(all)
	return all
}

func (w *workspace) read(name string) string {
	w.t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
	must(w.t, err)
	return string(data)
}
