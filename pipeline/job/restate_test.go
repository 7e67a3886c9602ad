package job_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/publish"
)

// restated lists "unit indicator figure old>new" with the files of one period's
// last issue.
func (w *workspace) restated(period string) map[string]string {
	w.t.Helper()
	m, err := publish.Last(w.path("out/" + period))
	must(w.t, err)
	all := map[string]string{}
	for _, x := range m.Restatements {
		all[x.Unit+" "+x.Indicator+" "+x.Figure+" "+x.Old+">"+x.New] = x.File
	}
	return all
}

// A restated figure names the files that changed it: those of the unit or the
// units below it, with the indicator or a part of it. A changed target names the
// catalogue.
func TestRestatementsNameTheirFiles(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/bc.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 10, 5, 200, 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	w.drop("A/sửa.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 5, 12, 5, 200, 100)
	w.drop("B/sửa.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", 4, 11, 5, 200, 50)
	w.write("inputs/catalogue.xlsx", withCell(t, []byte(w.read("inputs/catalogue.xlsx")), "targets 2026", "B3", 15))
	w.run()
	want := map[string]string{
		"P LOP actual 7>9": "A/sửa.xlsx", "P LOP ytd 7>9": "A/sửa.xlsx",
		"A LOP actual 3>5": "A/sửa.xlsx", "A LOP ytd 3>5": "A/sửa.xlsx",
		"P NGUOI actual 20>23": "A/sửa.xlsx; B/sửa.xlsx", "P NGUOI ytd 20>23": "A/sửa.xlsx; B/sửa.xlsx",
		"A NGUOI actual 10>12": "A/sửa.xlsx", "A NGUOI ytd 10>12": "A/sửa.xlsx",
		"B NGUOI actual 10>11": "B/sửa.xlsx", "B NGUOI ytd 10>11": "B/sửa.xlsx",
		"P DV_NU actual 200>150": "B/sửa.xlsx", "P DV_NU ytd 200>150": "B/sửa.xlsx",
		"B DV_NU actual 100>50": "B/sửa.xlsx", "B DV_NU ytd 100>50": "B/sửa.xlsx",
		"P TLNU actual 0.5>0.375": "B/sửa.xlsx", "P TLNU ytd 0.5>0.375": "B/sửa.xlsx",
		"B TLNU actual 0.5>0.25": "B/sửa.xlsx", "B TLNU ytd 0.5>0.25": "B/sửa.xlsx",
		"B LOP target 10>15": "catalogue.xlsx", "P LOP target 30>35": "catalogue.xlsx",
	}
	if diff := cmp.Diff(want, w.restated("2026-Q1")); diff != "" {
		t.Errorf("restatements mismatch (-want +got):\n%s", diff)
	}
}

// A correction of an earlier part of the year changes the figures since its
// start, and is named for them.
func TestRestatementByEarlierPeriod(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.now = time.Date(2026, 7, 10, 8, 0, 0, 0, time.UTC)
	w.drop("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("B/q2.xlsx", "Công đoàn huyện Bình", "Quý II năm 2026", 4, 10, 5, 200, 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	w.drop("A/q1 sửa.xlsx", "Công đoàn huyện An", "Quý I năm 2026", nil, 10, 5, 300, 100)
	w.run()
	want := map[string]string{"P LOP ytd 7>4": "A/q1 sửa.xlsx", "A LOP ytd 3>": "A/q1 sửa.xlsx"}
	if diff := cmp.Diff(want, w.restated("2026-Q2")); diff != "" {
		t.Errorf("restatements of the second quarter mismatch (-want +got):\n%s", diff)
	}
	for figure, file := range w.restated("2026-Q1") {
		if file != "A/q1 sửa.xlsx" {
			t.Errorf("%s is restated by %q, want the file in which it became blank or another", figure, file)
		}
	}
}

// A target that is changed or first assigned in mid-year restates every
// published period of its year, and no other.
func TestRestatementOfTargets(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.now = time.Date(2026, 7, 10, 8, 0, 0, 0, time.UTC)
	w.drop("A/2025.xlsx", "Công đoàn huyện An", "Quý II năm 2025", 1, 10, 5, 100, 50)
	w.drop("A/q1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.drop("A/q2.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 4, 10, 5, 210, 100)
	w.run()
	w.now = w.now.Add(time.Hour)
	catalogue := withCell(t, []byte(w.read("inputs/catalogue.xlsx")), "targets 2026", "B3", 15)
	w.write("inputs/catalogue.xlsx", withCell(t, catalogue, "targets 2026", "C2", 250))
	w.run()
	want := map[string]string{
		"B LOP target 10>15": "catalogue.xlsx", "P LOP target 30>35": "catalogue.xlsx",
		"A DV target >250": "catalogue.xlsx", "P DV target >250": "catalogue.xlsx",
	}
	for _, period := range []string{"2026-Q1", "2026-Q2", "2026-H1"} {
		if diff := cmp.Diff(want, w.restated(period)); diff != "" {
			t.Errorf("restatements of %s mismatch (-want +got):\n%s", period, diff)
		}
	}
	if got := w.restated("2025-Q2"); len(got) > 0 {
		t.Errorf("restatements of 2025-Q2 = %q, want none", got)
	}
}

// A figure whose row disappears with its indicator is restated as none.
func TestRestatementOfWhatDisappeared(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.drop("A/bc.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
	w.run()
	catalogue := []byte(w.read("inputs/catalogue.xlsx"))
	for cell, value := range map[string]any{"A4": "KHAC", "B4": "Chỉ tiêu khác"} { // the women's row becomes another indicator
		catalogue = withCell(t, catalogue, "indicators", cell, value)
	}
	catalogue = withCell(t, catalogue, "checks", "B2", "KHAC")
	w.write("inputs/catalogue.xlsx", catalogue)
	w.write("inputs/forms/HD.xlsx", withCell(t, []byte(w.read("inputs/forms/HD.xlsx")), "Biểu", "D8", "{{KHAC}}"))
	result := w.run()
	if len(result.Catalogue) > 0 {
		t.Fatalf("catalogue: %+v", result.Catalogue)
	}
	got := w.restated("2026-Q1")
	if file, ok := got["A NGUOI_NU actual 5>"]; !ok || file != "" {
		t.Errorf("restatements = %q, want the figures of NGUOI_NU restated as none, by no file", got)
	}
}
