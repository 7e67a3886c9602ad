package catalogue

import (
	"strings"

	"tonghop/pipeline"
)

// The days after the cut-off by which a form is due.
const (
	standardDueDays = 15
	maxDueDays      = 366
)

func (l *loader) loadForms(t *table) {
	l.forms = indexOf(t)
	var versions []version
	for _, r := range t.rows {
		f := l.form(r)
		l.cat.Forms = append(l.cat.Forms, f)
		versions = append(versions, version{key: strings.ToLower(f.Code), valid: f.Valid, row: r})
	}
	reportOverlaps(versions, "code", "catalogue_duplicate_code")
}

func (l *loader) form(r row) pipeline.Form {
	r.need("frequency")
	f := pipeline.Form{
		Code:      r.formCode(),
		Name:      r.text("name"),
		File:      strings.ReplaceAll(r.required("file"), `\`, "/"),
		Frequency: pipeline.Frequency(r.word("frequency", "")),
		Basis:     pipeline.Basis(r.word("basis", string(pipeline.BasisPeriod))),
		DueDays:   r.whole("due_days", standardDueDays, maxDueDays),
		UnitKinds: l.formKinds(r),
		CSV:       r.word("csv", "no") == "yes",
		Valid:     r.window(),
		Origin:    r.origin(),
	}
	if f.Name == "" {
		f.Name = f.Code
	}
	if f.File != "" && !isLocalFile(f.File) {
		r.report("file", pipeline.Finding{Code: "catalogue_bad_file", Expected: spaced(pathSigns)})
	}
	return f
}

// formCode is the code of a form, which names a file of every issue beside
// summary.xlsx.
func (r row) formCode() string {
	code := r.required("code")
	switch {
	case strings.EqualFold(code, "summary"):
		r.report("code", pipeline.Finding{Code: "catalogue_reserved_code"})
	case code != "" && !isPathElement(code):
		r.report("code", pipeline.Finding{Code: "catalogue_bad_code", Expected: spaced(pathSigns)})
	}
	return code
}

// formKinds is the kinds of unit that owe the form, in the spelling of the
// units sheet.
func (l *loader) formKinds(r row) []string {
	all := r.list("unit_kinds")
	for i, text := range all {
		all[i] = r.openWord("unit_kinds", text)
		if known, ok := l.kinds[fold(all[i])]; ok {
			all[i] = known
		} else if len(l.kinds) > 0 {
			r.report("unit_kinds", pipeline.Finding{
				Code: "catalogue_unused_kind", Severity: pipeline.SeverityWarning, Read: text,
			})
		}
	}
	return all
}
