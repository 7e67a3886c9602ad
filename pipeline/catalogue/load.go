package catalogue

import (
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// A loader collects the catalogue and its findings. The slices of rows run
// parallel to the catalogue's records.
type loader struct {
	cat      *pipeline.Catalogue
	findings []pipeline.Finding

	unitRows      []row
	indicatorRows []row
	units         index
	indicators    index
	forms         index
	kinds         map[string]string // folded kinds of unit to their spelling
}

// Load reads the catalogue in book. All findings come back, sorted; one of
// severity error means that the catalogue must not be used. Hash and the start
// of the calendar's year are left to the caller.
func Load(book *workbook.Book) (*pipeline.Catalogue, []pipeline.Finding) {
	l := &loader{cat: &pipeline.Catalogue{}, kinds: map[string]string{}}
	tables := l.tables(book)
	l.loadUnits(only(tables, "units"))
	l.loadIndicators(only(tables, "indicators"))
	l.loadForms(only(tables, "forms"))
	l.loadPeriods(only(tables, "periods"))
	l.loadChecks(only(tables, "checks"))
	l.loadGrades(only(tables, "grades"))
	for _, t := range tables {
		if t.spec.English == "targets" {
			l.loadTargets(t)
		}
	}
	pipeline.SortFindings(l.findings)
	return l.cat, l.findings
}

// tables reads the sheets of book that belong to the catalogue, the targets by
// year, so that the order of sheets changes nothing.
func (l *loader) tables(book *workbook.Book) []*table {
	var all []*table
	for _, p := range l.find(book) {
		all = append(all, l.read(p))
	}
	slices.SortStableFunc(all, func(a, b *table) int { return a.year - b.year })
	return all
}

// only is the table of the named sheet, an empty one where the book lacks it.
func only(tables []*table, sheet string) *table {
	for _, t := range tables {
		if t.spec.English == sheet {
			return t
		}
	}
	return &table{}
}

// add enters a finding, an error unless it says otherwise.
func (l *loader) add(f pipeline.Finding) {
	if f.Severity == "" {
		f.Severity = pipeline.SeverityError
	}
	l.findings = append(l.findings, f)
}
