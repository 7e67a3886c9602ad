package sample

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// grouped writes a whole number as Vietnamese offices do: 12.066.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}

// codes lists the indicators that the report gives a figure for, in order.
func (r *report) codes() []string {
	var all []string
	for code := range r.cells {
		if _, reported := r.values[code]; reported {
			all = append(all, code)
		}
	}
	slices.Sort(all)
	return all
}

// textNumbers types every figure as text, as in columns formatted as text.
func textNumbers() trick {
	return trick{codes: []string{"numbers_as_text"}, after: func(r *report) {
		for _, code := range r.codes() {
			r.set(r.cells[code], grouped(r.values[code]))
		}
	}}
}

// allText types the printed ratios as text too.
func allText() trick {
	figures, ratios := textNumbers(), percentText()
	return trick{codes: figures.codes, after: func(r *report) {
		figures.after(r)
		ratios.after(r)
	}}
}

// unitWords types classes and sessions with their word: 05 lớp, 1.250 cuộc.
func unitWords() trick {
	return trick{codes: []string{"number_as_text"}, after: func(r *report) {
		for _, code := range []string{"TT01", "CB10", "CB14"} {
			digits := grouped(r.values[code])
			if len(digits) == 1 {
				digits = "0" + digits
			}
			r.set(r.cells[code], digits+" "+indicatorByCode(code).measure)
		}
	}}
}

// percentText types the printed ratios as text: 61,23%.
func percentText() trick {
	return trick{codes: []string{"number_as_text"}, after: func(r *report) {
		for _, code := range slices.Sorted(maps.Keys(r.cells)) {
			if ratio, is := r.value(code).(float64); is {
				printed := strconv.FormatFloat(100*ratio, 'f', decimalsOf(code), 64)
				r.set(r.cells[code], strings.Replace(printed, ".", ",", 1)+"%")
			}
		}
	}}
}

// atLeast says that a figure is a lower bound, as the article does of leaflets.
func atLeast(code string) trick {
	return trick{after: func(r *report) {
		r.set(r.cells[code], "trên "+grouped(r.values[code]))
	}}
}

// declaredNothing says in several ways that there is nothing to report, and
// leaves one such cell blank.
func declaredNothing() trick {
	return trick{after: func(r *report) {
		words, next := []any{"-", "không", nil, "không phát sinh"}, 0
		for _, code := range slices.Sorted(maps.Keys(r.cells)) {
			i := indicatorByCode(code)
			if r.values[code] == 0 && i.kind != percentage {
				r.set(r.cells[code], words[next%len(words)])
				next++
			}
		}
	}}
}

// wrongRate prints a ratio that its parts do not give.
func wrongRate(code string) trick {
	return trick{codes: []string{"ratio_mismatch"}, after: func(r *report) {
		if ratio, is := r.value(code).(float64); is {
			r.set(r.cells[code], float64(int64(ratio*1000)+40)/1000)
		}
	}}
}

// misstated reports a figure that is wrong and looks right; the unit finds out
// later.
func misstated(code string, by int64) trick {
	return trick{before: func(r *report) { r.values[code] += by }}
}

// ownFormulas computes a total and a ratio in the sheet, with stored results.
func ownFormulas() trick {
	return trick{after: func(r *report) {
		total := fmt.Sprintf("SUM(%s:%s)", r.cells["CM01"], r.cells["CM03"])
		r.raw[r.cells["CM00"]] = formula(total, strconv.FormatInt(r.values["CM00"], 10))
		quotient := r.cells["HT01"] + "/" + r.cells["HT02"]
		exact := float64(r.values["HT01"]) / float64(r.values["HT02"])
		r.raw[r.cells["HT90"]] = formula(quotient, strconv.FormatFloat(exact, 'g', 17, 64))
	}}
}

// formula is the XML of a formula's cell with its stored result.
func formula(text, result string) string { return "><f>" + text + "</f><v>" + result + "</v></c>" }

// englishThousands types the dot of 3.105 on an English Excel, which makes it
// three and a bit.
func englishThousands() trick {
	return trick{refused: true, codes: []string{"fraction_in_count"}, after: func(r *report) {
		for _, code := range r.codes() {
			if n := r.values[code]; n >= 1000 && indicatorByCode(code).kind == people {
				r.set(r.cells[code], float64(n)/1000)
			}
		}
	}}
}

// wrongPart gives a part that does not add up with its total.
func wrongPart(code string, by int64) trick {
	return trick{refused: true, codes: []string{"check_failed"}, before: func(r *report) { r.values[code] += by }}
}

// brokenReference leaves an error in a figure's cell.
func brokenReference(code string) trick {
	return trick{refused: true, codes: []string{"excel_error"}, after: func(r *report) {
		r.raw[r.cells[code]] = ` t="e"><f>#REF!+1</f><v>#REF!</v></c>`
	}}
}

// uncalculated sends a formula that no program has computed.
func uncalculated(code string) trick {
	return trick{refused: true, codes: []string{"formula_not_calculated"}, after: func(r *report) {
		r.raw[r.cells[code]] = "><f>SUM(" + r.cells["TL12"] + "," + r.cells["TL22"] + ")</f></c>"
	}}
}
