package sample

import (
	"math/rand/v2"
	"slices"

	"tonghop/pipeline"
)

// A targetKey names one target.
type targetKey struct {
	unit, indicator string
	year            int
}

// targets are the invented targets of the units and the province. Counts are
// as they are, ratios in hundredths of a percent; what is not there is not
// assigned.
type targets map[targetKey]int64

// targeted lists the indicators that have targets, in the order of their
// columns.
func targeted() []string {
	return []string{"TT01", "CM00", "LL00", "TH01", "NN02", "HT90", "CB10", "CB90"}
}

// columnsOf lists the indicators on a year's sheet of targets.
func columnsOf(year int) []string {
	if year == quarter2020().Year {
		return []string{"KH01", "KH02", "KH03", "KH04"}
	}
	return targeted()
}

// assign makes up the targets from what the units reached, from a tenth below
// to a fifth above it.
func assign(from figures) targets {
	random := rand.New(rand.NewPCG(53, 2013))
	all := make(targets)
	for _, year := range []int{2014, 2015} {
		for _, code := range targeted() {
			for _, u := range units() {
				key := targetKey{u.code, code, year}
				reached := from[reportKey{u.code, programme, pipeline.Period{Kind: pipeline.Year, Year: year}}]
				factor := 88 + random.Int64N(30) // drawn in any case, so that one target moves no other
				if value := propose(code, reached, factor); value > 0 && !unassigned(key) {
					all[key] = value
				}
			}
		}
		all.assignProvince(year)
	}
	return all
}

// propose is factor percent of what was reached, as round as people set
// targets. The Confederation's goal for grassroots cadres is the same for all.
func propose(code string, reached values, factor int64) int64 {
	switch code {
	case "CB90":
		return 7000
	case "HT90":
		return 10000 * reached["HT01"] * factor / 100 / max(reached["HT02"], 1) / 100 * 100
	case "CB10":
		return reached[code] + factor/108 // more than was held, where the factor is high
	}
	step := int64(5)
	if reached[code] >= 200 {
		step = 10
	}
	return reached[code] * factor / 100 / step * step
}

// unassigned tells which targets were not set: language courses where there
// are few officials, political theory in the industrial zones.
func unassigned(key targetKey) bool {
	switch key.indicator {
	case "NN02":
		return slices.Contains([]string{"N04", "TT01", "H11", "H03"}, key.unit)
	case "LL00":
		return key.unit == "N04"
	case "TH01":
		return key.unit == "N04" && key.year == 2014
	}
	return false
}

// assignProvince gives the province targets of its own for most indicators.
// Where it has none, its rate rests on the units that have one.
func (t targets) assignProvince(year int) {
	t[targetKey{province, "CB90", year}] = 7000
	t[targetKey{province, "HT90", year}] = map[int]int64{2014: 3000, 2015: 6000}[year]
	for _, code := range []string{"TT01", "CM00", "TH01", "CB10"} {
		var sum int64
		for _, u := range units() {
			sum += t[targetKey{u.code, code, year}]
		}
		if code == "CB10" {
			sum += 4
		}
		t[targetKey{province, code, year}] = sum
	}
}
