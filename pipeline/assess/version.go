package assess

import (
	"slices"
	"strconv"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/workbook"
)

// recognise finds the form: by the newest versions that have begun, else by any
// other version, the newest first. An old workbook may come late.
func (r *Rules) recognise(book *workbook.Book, in Input) (*form.Match, []pipeline.Finding) {
	current, others := r.current(in)
	match, found := form.Recognise(current, book, in.File.Path)
	if match != nil {
		return match, found
	}
	for _, l := range others {
		if match, older := form.Recognise([]*form.Layout{l}, book, in.File.Path); match != nil {
			return match, older
		}
	}
	return nil, found
}

// current parts the layouts into the newest begun version of each form and all
// others, the newest first. Of a form that has not begun, the first counts.
func (r *Rules) current(in Input) (current, others []*form.Layout) {
	today := pipeline.DayIn(in.Now, in.Zone)
	newest := map[string]*form.Layout{}
	for _, l := range r.Layouts {
		known, ok := newest[l.Form.Code]
		if !ok || better(l.Form, known.Form, today) {
			newest[l.Form.Code] = l
		}
	}
	for _, l := range r.Layouts {
		if newest[l.Form.Code] == l {
			current = append(current, l)
		} else {
			others = append(others, l)
		}
	}
	slices.SortStableFunc(others, func(a, b *form.Layout) int { return b.Form.Valid.Start.Compare(a.Form.Valid.Start) })
	return current, others
}

// better tells whether a serves for recognising rather than b: begun before not
// begun, then the newer of the begun and the earlier of the others.
func better(a, b pipeline.Form, today time.Time) bool {
	aBegun, bBegun := !a.Valid.Start.After(today), !b.Valid.Start.After(today)
	if aBegun != bBegun {
		return aBegun
	}
	return a.Valid.Start.After(b.Valid.Start) == aBegun && !a.Valid.Start.Equal(b.Valid.Start)
}

// version chooses the version of the recognised form whose period ends while it
// is valid: another version may be due for other periods. Where none does, the
// one that fits the workbook best tells what is wrong.
func (r *Rules) version(match *form.Match, book *workbook.Book, in Input) (*form.Match, pipeline.Period, []pipeline.Finding) {
	period, found := r.periodOf(match, in)
	if pipeline.Count(found, pipeline.SeverityError) == 0 {
		return match, period, found
	}
	for _, l := range r.Layouts {
		if l.Form.Code != match.Layout.Form.Code || l == match.Layout {
			continue
		}
		other := form.Align(l, book)
		if p, f := r.periodOf(other, in); pipeline.Count(f, pipeline.SeverityError) == 0 {
			return other, p, f
		} else if other.Better(match) {
			match, period, found = other, p, f
		}
	}
	return match, period, found
}

// periodOf reads the period as the match's version of the form is due for it; an
// error is found where that version is not valid on its cut-off.
func (r *Rules) periodOf(match *form.Match, in Input) (pipeline.Period, []pipeline.Finding) {
	period, found := r.period(match, in)
	f := match.Layout.Form
	if period.IsZero() || f.Valid.Contains(r.Catalogue.Calendar.Of(f.Code).Window(period).End) {
		return period, found
	}
	return period, append(found, pipeline.Finding{
		Code: "form_not_valid", Severity: pipeline.SeverityError,
		Args: []pipeline.Arg{{Name: "form", Value: f.Code}, {Name: "period", Value: period.String()}},
	})
}

// outdated tells of a workbook that was made from another version of the form
// than the one that counts for its period: rows that only that version has are
// not read, and fewer than half of the rows that count refuse the workbook.
func (r *Rules) outdated(match *form.Match, book *workbook.Book, period pipeline.Period) []pipeline.Finding {
	if match.Found == match.Rows || period.IsZero() {
		return nil
	}
	f := match.Layout.Form
	for _, l := range r.Layouts {
		if l.Form.Code != f.Code || l == match.Layout || !form.Align(l, book).Better(match) {
			continue
		}
		found := pipeline.Finding{Code: "form_outdated", Severity: pipeline.SeverityWarning}
		day := l.Form.Valid.End
		if l.Form.Valid.Start.After(f.Valid.Start) {
			found.Code, day = "form_too_new", l.Form.Valid.Start
		}
		if 2*match.Found < match.Rows {
			found.Severity = pipeline.SeverityError
		}
		found.Args = []pipeline.Arg{
			{Name: "form", Value: f.Code}, {Name: "period", Value: period.String()}, {Name: "day", Value: day.Format(time.DateOnly)},
			{Name: "missing", Value: strconv.Itoa(match.Rows - match.Found)},
		}
		return []pipeline.Finding{found}
	}
	return nil
}

// blankAsOutdated refuses a report of which nothing can be read because it was
// made from another version, by that name: to its unit it is not blank.
func (r *Result) blankAsOutdated() {
	named := slices.IndexFunc(r.Findings, func(f pipeline.Finding) bool { return f.Code == "form_outdated" || f.Code == "form_too_new" })
	if named < 0 {
		return
	}
	n := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f pipeline.Finding) bool { return f.Code == "form_blank" })
	if len(r.Findings) < n {
		r.Findings[named].Severity = pipeline.SeverityError
	}
}
