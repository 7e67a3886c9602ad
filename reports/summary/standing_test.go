package summary_test

import (
	"strings"
	"testing"

	"tonghop/reports"
)

// TestBlankTargets has targets and no figure for any: none is met or missed.
func TestBlankTargets(t *testing.T) {
	t.Parallel()
	d := sample(t)
	for n := range d.Achievements {
		a := &d.Achievements[n]
		if a.Actual, a.YTD, a.Rate, a.Pace = nil, nil, nil, nil; a.Status != "no_target" {
			a.Status = "no_data"
		}
	}
	d.Scores = tallied(d)
	f := open(t, write(t, d, "vi"))
	for text, want := range map[string]bool{"chưa có số liệu cho 5 chỉ tiêu có kế hoạch": true, "0/5": false} {
		found, err := f.SearchSheet("Tổng quan", text)
		if err != nil || len(found) > 0 != want {
			t.Errorf("%q stands in %v, %v; want it said: %t", text, found, err, want)
		}
	}
}

func TestInactiveUnit(t *testing.T) {
	t.Parallel()
	d := sample(t)
	d.Units[1].Valid = false
	detail := sheet(t, write(t, d, "vi"), "Chi tiết")
	if got, want := at(t, detail, "A", "H01", "W").Text, "không hoạt động tại ngày chốt số liệu 31/05/2026"; got != want {
		t.Errorf("note on a unit not valid at the cut-off is %q, want %q", got, want)
	}
}

// TestTwoRoots has a table for each of two trees.
func TestTwoRoots(t *testing.T) {
	t.Parallel()
	d := sample(t)
	d.Units = append(d.Units, reports.Unit{Code: "X", Name: "Công đoàn ngành", Valid: true})
	d.Achievements = append(d.Achievements, reports.Achievement{Unit: "X", Indicator: "TT01", Actual: dec(t, "7"), YTD: dec(t, "7"), Status: "no_target"})
	f := open(t, write(t, d, "vi"))
	for _, name := range []string{"Liên đoàn Lao động tỉnh Sóc Trăng", "Công đoàn ngành"} {
		if found, err := f.SearchSheet("Tổng quan", name); err != nil || len(found) == 0 {
			t.Errorf("no table of %q: %v", name, err)
		}
	}
}

// TestRanking shows scores, grades and ranks, and what is left of a target.
func TestRanking(t *testing.T) {
	t.Parallel()
	data := write(t, sample(t), "vi")
	ranking, detail := sheet(t, data, "Xếp hạng"), sheet(t, data, "Chi tiết")
	for _, tt := range []struct{ name, got, want string }{
		{"rank", at(t, ranking, "A", "H01", "C").Value, "2"},
		{"places won", at(t, ranking, "A", "H01", "E").Value, "3"},
		{"rank a year earlier", at(t, ranking, "A", "H01", "D").Value, "5"},
		{"score in full", at(t, ranking, "A", "LDLD-ST", "F").Value, "61.229897"},
		{"share", at(t, ranking, "A", "H01", "H").Value, "0.95"},
		{"grade as text", at(t, ranking, "A", "H01", "I").Text, "=1+1"},
		{"no score", at(t, ranking, "A", "H02", "F").Value, ""},
		{"targets met", at(t, ranking, "A", "LDLD-ST", "J").Value, "2"},
		{"targets without data", at(t, ranking, "A", "H02", "L").Value, "0"},
		{"gap in points", at(t, detail, "C", "HT90", "R").Value, "-1.017"},
		{"gap", at(t, detail, "C", "CM00", "R").Value, "-14778"},
		{"needed", at(t, detail, "C", "CM00", "S").Value, "2447.55"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	note := at(t, sheet(t, data, "Tổng quan"), "B", "Số cuộc tuyên truyền, phổ biến", "M").Text
	if want := "1/2 đơn vị đạt"; !strings.Contains(note, want) {
		t.Errorf("note %q does not say %q", note, want)
	}
}
