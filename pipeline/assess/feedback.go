package assess

import (
	"time"

	"tonghop/pipeline"
	"tonghop/reports"
)

// Feedback is the answer to a judged submission: who sent what, in time or not,
// and every figure as it was read.
func (r *Rules) Feedback(result Result, zone *time.Location) *reports.Feedback {
	f := &reports.Feedback{Submission: result.Submission, UnitName: r.unitName(result.Unit), Received: result.FirstSeen.In(zone)}
	if form, ok := r.form(result); ok {
		f.FormName = form.Name
		if !result.Period.IsZero() {
			f.Due = r.Catalogue.Calendar.Of(form.Code).Due(result.Period, form.DueDays)
			f.Late = pipeline.DayIn(result.FirstSeen, zone).After(f.Due)
		}
	}
	for _, fact := range r.Catalogue.Counted(result.Facts, result.Lists) {
		i, ok := r.Catalogue.Indicator(fact.Indicator)
		if !ok {
			continue
		}
		f.ReadBack = append(f.ReadBack, reports.ReadBack{
			Name: i.Name, Measure: i.Measure, Fact: fact, Places: i.Decimals, Ratio: i.Kind == pipeline.KindRatio,
		})
	}
	return f
}

// form is the catalogue's row for the submission's form: the version that is
// valid on the period's cut-off, else any.
func (r *Rules) form(result Result) (pipeline.Form, bool) {
	if !result.Period.IsZero() {
		if f, ok := r.Catalogue.FormOn(result.Form, r.Catalogue.Calendar.Of(result.Form).Window(result.Period).End); ok {
			return f, true
		}
	}
	for _, f := range r.Catalogue.Forms {
		if f.Code == result.Form {
			return f, true
		}
	}
	return pipeline.Form{}, false
}
