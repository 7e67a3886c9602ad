package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports"
)

// lacking is a province short of its target for classes, and three units.
func lacking() *reports.Dataset {
	d := &reports.Dataset{
		Units: []reports.Unit{
			{Code: "P", Name: "Tỉnh"}, {Code: "A", Name: "A", Parent: "P", Level: 1}, {Code: "B", Name: "B", Parent: "P", Level: 1}, {Code: "C", Name: "C", Parent: "P", Level: 1},
		},
		Indicators: []pipeline.Indicator{{Code: "L", Name: "Số lớp", Measure: "lớp", Kind: pipeline.KindCount, Better: pipeline.BetterUp}},
		Achievements: []reports.Achievement{
			{Unit: "P", Indicator: "L", YTD: dec("30"), Target: dec("42"), Rate: dec("0.714285"), Expected: dec("31.5"), Pace: dec("0.95"), Status: "not_met", Gap: dec("-12"), NeededPerMonth: dec("4.02")},
			{Unit: "A", Indicator: "L", YTD: dec("8"), Target: dec("12"), Rate: dec("0.666"), Pace: dec("0.9"), Status: "not_met", Gap: dec("-4"), Contribution: dec("0.25")},
			{Unit: "B", Indicator: "L", YTD: dec("3"), Target: dec("15"), Rate: dec("0.2"), Pace: dec("0.3"), Status: "not_met", Gap: dec("-12"), Contribution: dec("0.75")},
			{Unit: "C", Indicator: "L", YTD: dec("19"), Target: dec("15"), Rate: dec("1.27"), Pace: dec("1.7"), Status: "met", Gap: dec("4"), Contribution: dec("0")},
		},
	}
	d.Stamp.Period, d.Stamp.Elapsed = pipeline.Period{Kind: pipeline.NineMonths, Year: 2026}, 0.75
	return d
}

func TestShortfall(t *testing.T) {
	t.Parallel()
	d := lacking()
	view := newComposer(d, language(t, "vi")).shortfall(d.Units[0])
	if want := "Số lớp còn thiếu 12 lớp; thiếu nhiều nhất: B (75%)"; view.Title != want {
		t.Errorf("title = %q, want %q", view.Title, want)
	}
	want := []shortfallRow{{
		Name: "Số lớp", Rate: "71,4%", Lacks: "12 lớp", Needed: "5 lớp", Standing: standingBehind, // 4 classes a month would fall short
		Units: []lackingUnit{{Name: "B", Share: "75%", Width: "0.75", Lacks: "12 lớp"}, {Name: "A", Share: "25%", Width: "0.25", Lacks: "4 lớp"}},
	}}
	if diff := cmp.Diff(want, view.Rows); diff != "" {
		t.Errorf("rows mismatch (-want +got):\n%s", diff)
	}
}

func TestShortfallTie(t *testing.T) {
	t.Parallel()
	d := lacking()
	d.Achievements[1].Contribution, d.Achievements[2].Contribution = dec("0.5"), dec("0.5")
	view := newComposer(d, language(t, "vi")).shortfall(d.Units[0])
	if want := "Số lớp còn thiếu 12 lớp; nhiều đơn vị cùng thiếu nhiều nhất, mỗi đơn vị 50%"; view.Title != want {
		t.Errorf("title = %q, want %q", view.Title, want)
	}
}

// TestYearIsOver has the same figures at the year's end: what is short is not
// late any more, and no month is left.
func TestYearIsOver(t *testing.T) {
	t.Parallel()
	d := lacking()
	if text := marking.ReplaceAllString(rendered(t, d, "vi", bare()), ""); !strings.Contains(text, "1 chỉ tiêu chậm tiến độ") || !strings.Contains(text, "Mỗi tháng còn lại cần") {
		t.Error("the page of nine months does not say what is behind and what a month must bring")
	}
	d.Stamp.Elapsed, d.Achievements[0].NeededPerMonth = 1, nil
	text := marking.ReplaceAllString(rendered(t, d, "vi", bare()), "")
	if !strings.Contains(text, "1 chỉ tiêu chưa đạt") {
		t.Error("the page of the year does not say what was missed")
	}
	for _, bad := range []string{"chậm tiến độ", "Mỗi tháng còn lại cần", "100% thời gian"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page says %q of a year that is over", bad)
		}
	}
}
