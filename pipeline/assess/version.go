package assess

import (
	"slices"
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
