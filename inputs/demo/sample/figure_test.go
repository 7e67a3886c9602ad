package sample

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
)

// TestArticle compares the reports with what the province's article of 5
// February 2016 prints for both years: flows added over them, running counts
// and stocks as they stood on 30/11/2015.
func TestArticle(t *testing.T) {
	t.Parallel()
	got := make(map[string]int64)
	for key, v := range invent() {
		for code, value := range v {
			if key.form == programme && (indicatorByCode(code).time == flow || key.period == year2015()) {
				got[code] += value
			}
		}
	}
	want := map[string]int64{
		"TT01": 1250, "TT02": 41640, "TT03": 500, "TT04": 1000,
		"CM00": 23339, "CM01": 500, "CM02": 12066, "CM03": 10773,
		"LL00": 1500, "TH01": 14581, "NN02": 3332, "NN03": 863, "HT01": 32775, "HT02": 53527,
		"CB10": 55, "CB11": 1, "CB12": 1, "CB13": 5, "CB14": 48, "CB20": 846, "CB21": 41, "CB22": 59, "CB23": 746,
		"CB01": 8891, "CB02": 9074,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("totals mismatch (-want +got):\n%s", diff)
	}
}

// TestReportsAreSound checks each report by itself and against the year before.
func TestReportsAreSound(t *testing.T) {
	t.Parallel()
	all := invent()
	if len(all) != 16*6+3 {
		t.Errorf("%d reports, want %d", len(all), 16*6+3)
	}
	for key, v := range all {
		sums := map[string]bool{
			"CM00": v["CM00"] == v["CM01"]+v["CM02"]+v["CM03"],
			"CB10": v["CB10"] == v["CB11"]+v["CB12"]+v["CB13"]+v["CB14"],
			"CB20": v["CB20"] == v["CB21"]+v["CB22"]+v["CB23"],
			"HT01": v["HT01"] <= v["HT02"], "CB01": v["CB01"] <= v["CB02"], "TT02": (v["TT01"] > 0) == (v["TT02"] > 0),
			"LD02": v["LD02"] <= v["LD01"], "LD03": v["LD03"] <= v["LD01"], "LD04": v["LD04"] <= v["LD03"] && v["LD04"] <= v["LD02"],
			"TL02": v["TL02"] <= v["LD01"], "TL12": v["TL12"]+v["TL22"] <= v["TL02"], "HD02": v["HD02"] <= v["HD01"] && v["HD01"] <= v["LD01"],
		}
		for _, code := range slices.Sorted(maps.Keys(sums)) {
			if !sums[code] {
				t.Errorf("%v: %s does not fit: %v", key, code, v)
			}
		}
		before := all[reportKey{key.unit, key.form, key.period.Previous()}]
		for code, value := range v {
			if indicatorByCode(code).time == cumulative && value < before[code] {
				t.Errorf("%v: %s falls from %d to %d", key, code, before[code], value)
			}
			if value < 0 {
				t.Errorf("%v: %s is %d", key, code, value)
			}
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	g := &generator{rand: rand.New(rand.NewPCG(1, 1))}
	for _, total := range []int64{0, 1, 15, 16, 500, 53527} {
		var sum int64
		for _, share := range g.split(total, []int64{52, 1, 7, 19, 3}) {
			sum += share
		}
		if sum != total {
			t.Errorf("shares of %d add up to %d", total, sum)
		}
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	all := assign(invent())
	for key, value := range all {
		if value <= 0 {
			t.Errorf("target %v is %d", key, value)
		}
	}
	if got := all[targetKey{province, "CB90", 2015}]; got != 7000 {
		t.Errorf("target of the province for CB90 is %d, want 7000", got)
	}
	if _, assigned := all[targetKey{"N04", "NN02", 2015}]; assigned {
		t.Error("N04 has a target for NN02, want none")
	}
}

func TestFormsHoldEveryIndicator(t *testing.T) {
	t.Parallel()
	var got, want []string
	for _, l := range slices.Concat(programmeLines(), activityLines(), planForm().lines) {
		if l.code != "" {
			got = append(got, l.code)
		}
	}
	for _, i := range indicators() {
		if i.from == "" || slices.Contains(got, i.code) { // the list gives the others
			want = append(want, i.code)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("codes on the forms mismatch (-want +got):\n%s", diff)
	}
	if got := periodText(pipeline.Period{Kind: pipeline.Half, Year: 2014, N: 1}); got != "6 tháng đầu năm 2014" {
		t.Errorf("period printed as %q", got)
	}
}
