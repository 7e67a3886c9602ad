package sample

import "strings"

// calledBy names the unit as its people call it.
func calledBy(name string) trick {
	return trick{before: func(r *report) { r.text["unit"] = name }}
}

// unnamed leaves the unit's name blank.
func unnamed() trick {
	return trick{codes: []string{"unit_unnamed"}, before: func(r *report) { r.text["unit"] = "" }}
}

// anotherUnit sends the workbook of another unit.
func anotherUnit(code string) trick {
	return trick{refused: true, codes: []string{"unit_mismatch"}, before: func(r *report) { r.text["unit"] = unitByCode(code).name }}
}

// tickedBox gives the year and ticks the cut-off, as the printed form has it.
func tickedBox(year, boxes string) trick {
	return trick{before: func(r *report) {
		r.text["period"] = "NĂM " + year
		r.text["cutoff"] = boxes
	}}
}

// silentPeriod leaves the period blank; the file's name gives it.
func silentPeriod() trick {
	return trick{before: func(r *report) {
		r.text["period"], r.text["cutoff"] = "NĂM .....................", "..../..../........"
	}}
}

// futurePeriod names a year that has not begun.
func futurePeriod() trick {
	return trick{refused: true, codes: []string{"period_not_begun"}, before: func(r *report) {
		r.text["period"], r.text["cutoff"] = "Năm 2016", "30/11/2016"
	}}
}

// contradictoryPeriod keeps last year's title over this year's cut-off.
func contradictoryPeriod() trick {
	return trick{refused: true, codes: []string{"period_contradiction"}, before: func(r *report) {
		r.text["period"] = strings.Replace(r.text["period"], "2015", "2014", 1)
	}}
}

// truncated breaks off the copying of the file.
func truncated() trick {
	return trick{refused: true, codes: []string{"truncated"}, file: func(data []byte) []byte { return data[:len(data)*2/3] }}
}
