package catalogue

import (
	"strconv"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// fold reduces a name of a sheet, column or word to what comparing needs.
func fold(s string) string { return vntext.Fold(strings.ReplaceAll(s, "_", " ")) }

// A place is a sheet of the workbook and what it is in the catalogue.
type place struct {
	spec  Sheet
	sheet *workbook.Sheet
	year  int // of a yearly sheet
}

// find tells what the sheets of the workbook are, and reports those that are
// missing, that stand twice and that look misspelt.
func (l *loader) find(book *workbook.Book) []place {
	var found []place
	var unknown []*workbook.Sheet
	for i := range book.Sheets {
		sheet := &book.Sheets[i]
		if p, ok := identify(sheet); ok && !l.twice(p, found) {
			found = append(found, p)
		} else if !ok {
			unknown = append(unknown, sheet)
		}
	}
	for _, sheet := range unknown {
		l.suggestSheet(sheet, found)
	}
	for _, spec := range Sheets() {
		if spec.Required && !holds(found, spec) {
			l.add(pipeline.Finding{Code: "catalogue_missing_sheet", Expected: spec.title("")})
		}
	}
	return found
}

// identify tells which sheet of the catalogue the worksheet is.
func identify(sheet *workbook.Sheet) (place, bool) {
	name := fold(sheet.Name)
	base, year := cutYear(name)
	for _, spec := range Sheets() {
		want := name
		if spec.Yearly {
			want = base
		}
		for _, known := range spec.names() {
			if fold(known) == want && spec.Yearly == (want != name) {
				return place{spec: spec, sheet: sheet, year: year}, true
			}
		}
	}
	return place{}, false
}

// cutYear splits "targets 2026" into its name and year. A name without a year
// comes back whole.
func cutYear(name string) (base string, year int) {
	at := strings.LastIndexByte(name, ' ')
	if at < 0 || len(name)-at != len(" 2026") {
		return name, 0
	}
	year, err := strconv.Atoi(name[at+1:])
	if err != nil || year < firstYear || year > lastYear {
		return name, 0
	}
	return strings.TrimSpace(name[:at]), year
}

// twice reports p if the catalogue has such a sheet already.
func (l *loader) twice(p place, found []place) bool {
	for _, f := range found {
		if f.spec.English == p.spec.English && f.year == p.year {
			l.add(pipeline.Finding{
				Code: "catalogue_duplicate_sheet", Sheet: p.sheet.Name, Read: p.sheet.Name,
				Args: []pipeline.Arg{{Name: "first", Value: f.sheet.Name}},
			})
			return true
		}
	}
	return false
}

// suggestSheet warns of a sheet that is left alone although its name is one
// slip away from that of a sheet the workbook lacks.
func (l *loader) suggestSheet(sheet *workbook.Sheet, found []place) {
	base, year := cutYear(fold(sheet.Name))
	for _, spec := range Sheets() {
		suffix := ""
		switch {
		case spec.Yearly && year > 0:
			suffix = " " + strconv.Itoa(year)
		case spec.Yearly:
			suffix = " 20…"
		case year > 0 || holds(found, spec):
			continue
		}
		for _, known := range spec.names() {
			if near(base, fold(known)) || spec.Yearly && year == 0 && base == fold(known) {
				l.add(pipeline.Finding{
					Code: "catalogue_unknown_sheet", Severity: pipeline.SeverityWarning,
					Sheet: sheet.Name, Read: sheet.Name, Expected: spec.title(suffix),
				})
				return
			}
		}
	}
}

func holds(found []place, spec Sheet) bool {
	for _, f := range found {
		if f.spec.English == spec.English {
			return true
		}
	}
	return false
}

// near tells whether a becomes b by one letter left out, added, changed or
// swapped with its neighbour. Names under four letters are never near: too
// many words are.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < 4 || a == b {
		return false
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	swapped := len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
	return len(x) <= 1 && len(y) <= 1 || swapped
}
