package summary_test

import "testing"

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
	detail := cells(t, parts(t, write(t, d, "vi"))["xl/worksheets/sheet3.xml"])
	if got, want := at(t, detail, "A", "H01", "R").Text, "không hoạt động tại ngày chốt số liệu 31/05/2026"; got != want {
		t.Errorf("note on a unit not valid at the cut-off is %q, want %q", got, want)
	}
}
