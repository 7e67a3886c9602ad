package intake

import (
	"path"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// A Text is a text of a workbook with its place.
type Text struct {
	Text, Sheet, Cell string
}

// Evidence is what may say which period a workbook is for.
type Evidence struct {
	Period []Text // what stands at the form's period fields
	CutOff []Text // what stands at its cut-off field
	Top    []Text // every text above the table, where the fields are silent
	File   string // path below the inbox: supplies a period only where the workbook is silent
}

// A PeriodReader reads the period of submissions.
type PeriodReader struct {
	Calendar pipeline.Calendar
	Today    time.Time // a period that begins later can't be reported
}

// Read finds the period of a workbook of the given form. It gives an error
// finding where the workbook contradicts itself or its name, names none or none
// that is understood, one that the form is not due for, or one that has not
// begun.
func (r PeriodReader) Read(form pipeline.Form, e Evidence) (pipeline.Period, []pipeline.Finding) {
	r.Calendar = r.Calendar.Of(form.Code)
	stated, place, conflict := statedIn(e)
	if conflict != nil {
		return pipeline.Period{}, []pipeline.Finding{*conflict}
	}
	period, finding := r.settle(form, stated, place, e)
	if finding != nil {
		return pipeline.Period{}, []pipeline.Finding{*finding}
	}
	named := namedBy(e.File)
	if period.IsZero() {
		place = Text{Text: e.File}
		if period, finding = r.settle(form, named, place, e); finding != nil {
			return pipeline.Period{}, []pipeline.Finding{*finding}
		}
	} else if !named.IsZero() && !agree(period, named) {
		return pipeline.Period{}, findings("period_contradiction", place, arg("one", period.String()), arg("other", named.String()), arg("file", e.File))
	}
	if period.IsZero() {
		return pipeline.Period{}, findings("period_missing", Text{})
	}
	return r.due(form, period, place)
}

// due brings a period to the one that the form is due for: a quarter of a ytd
// form is the running span that ends with it.
func (r PeriodReader) due(form pipeline.Form, named pipeline.Period, place Text) (pipeline.Period, []pipeline.Finding) {
	period := form.DuePeriod(named)
	if period.IsZero() {
		return pipeline.Period{}, findings("period_not_due", place, arg("period", named.String()), arg("form", form.Code))
	}
	if start := r.Calendar.Window(named).Start; start.After(r.Today) {
		return period, findings("period_not_begun", place, arg("period", named.String()), arg("start", start.Format("02/01/2006")))
	}
	if period != named {
		taken := findings("period_taken_as_running", place, arg("one", named.String()), arg("other", period.String()), arg("form", form.Code))
		taken[0].Severity = pipeline.SeverityWarning
		return period, taken
	}
	return period, nil
}

// statedIn is the period that the workbook itself names. Where it names several
// that lie in each other ("Quý I" and "Năm 2026"), the shortest is meant.
func statedIn(e Evidence) (pipeline.Period, Text, *pipeline.Finding) {
	period, place, conflict := agreed(e.Period)
	if period.IsZero() && conflict == nil {
		return agreed(e.Top)
	}
	return period, place, conflict
}

func agreed(texts []Text) (period pipeline.Period, place Text, conflict *pipeline.Finding) {
	for _, text := range texts {
		named, unclear := PeriodsIn(text.Text)
		if unclear {
			f := findings("period_unclear", text)[0]
			return pipeline.Period{}, Text{}, &f
		}
		for _, p := range named {
			switch {
			case period.IsZero() || period.Covers(p):
				period, place = p, text
			case !p.Covers(period):
				f := findings("period_contradiction", text, arg("one", period.String()), arg("other", p.String()), arg("file", ""))[0]
				return pipeline.Period{}, Text{}, &f
			}
		}
	}
	return period, place, nil
}

// settle brings a stated year and a stated cut-off together: the year 2015 with
// figures as of 31/5 is the first half-year of 2015.
func (r PeriodReader) settle(form pipeline.Form, stated pipeline.Period, place Text, e Evidence) (pipeline.Period, *pipeline.Finding) {
	cut, at, ok := r.cutOff(e)
	if !ok {
		return stated, nil
	}
	if stated.IsZero() {
		return r.endingOn(form, cut), nil
	}
	candidates := []pipeline.Period{stated}
	if stated.Kind == pipeline.Year {
		candidates = append(form.Periods(stated.Year), stated)
	}
	for _, p := range candidates {
		if cut.is(r.Calendar.Window(p).End) {
			return p, nil
		}
	}
	f := findings("period_contradiction", at, arg("one", at.Text), arg("other", stated.String()), arg("file", ""))[0]
	return pipeline.Period{}, &f
}

// cutOff is the cut-off that the workbook states, at its field or above the
// table in a line that speaks of figures as of a date.
func (r PeriodReader) cutOff(e Evidence) (cutOff, Text, bool) {
	for _, text := range e.CutOff {
		if c, ok := cutOffIn(text.Text); ok {
			return c, text, true
		}
	}
	if len(e.CutOff) > 0 {
		return cutOff{}, Text{}, false
	}
	for _, text := range e.Top {
		if asOf.MatchString(vntext.Fold(text.Text)) {
			if c, ok := cutOffIn(text.Text); ok {
				return c, text, true
			}
		}
	}
	return cutOff{}, Text{}, false
}

// endingOn is the period of the form that ends on a cut-off stated with its year.
func (r PeriodReader) endingOn(form pipeline.Form, c cutOff) pipeline.Period {
	if c.year == 0 {
		return pipeline.Period{}
	}
	for _, year := range []int{c.year, c.year + 1} {
		for _, p := range form.Periods(year) {
			if c.is(r.Calendar.Window(p).End) {
				return p
			}
		}
	}
	return pipeline.Period{}
}

// namedBy is the period that the file's name gives, else the nearest folder above
// it. The unit's own folder says nothing of periods.
func namedBy(file string) pipeline.Period {
	parts := strings.Split(file, "/")
	if len(parts) > 1 {
		parts = parts[1:]
	}
	last := len(parts) - 1
	parts[last] = strings.TrimSuffix(parts[last], path.Ext(parts[last]))
	slices.Reverse(parts)
	for _, part := range parts {
		p, _, conflict := agreed([]Text{{Text: strings.ReplaceAll(part, "_", " ")}})
		if !p.IsZero() && conflict == nil {
			return p
		}
	}
	return pipeline.Period{}
}

// agree tells whether two periods can be the same report's: one lies in the
// other, or both end at once.
func agree(a, b pipeline.Period) bool {
	return a.Covers(b) || b.Covers(a) || a.EndsWith(b)
}

// findings is one error at place.
func findings(code string, place Text, args ...pipeline.Arg) []pipeline.Finding {
	return []pipeline.Finding{{
		Code: code, Severity: pipeline.SeverityError,
		Sheet: place.Sheet, Cell: place.Cell, Read: place.Text, Args: args,
	}}
}

func arg(name, value string) pipeline.Arg { return pipeline.Arg{Name: name, Value: value} }
