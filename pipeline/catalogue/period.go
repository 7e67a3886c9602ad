package catalogue

import (
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

func (l *loader) loadPeriods(t *table) {
	var versions []version
	for _, r := range t.rows {
		r.need("code")
		form := r.text("form")
		l.forms.check(r, "form", form)
		p := r.period("code")
		window := r.span("start", "end")
		exception := pipeline.PeriodException{Start: window.Start, End: window.End, Due: r.date("due")}
		if p.IsZero() {
			continue
		}
		versions = append(versions, version{key: form + " " + p.String(), row: r})
		if form == "" {
			l.cat.Periods = append(l.cat.Periods, p)
		}
		if exception != (pipeline.PeriodException{}) {
			l.addException(pipeline.FormPeriod{Form: form, Period: p}, exception)
		}
	}
	reportOverlaps(versions, "code", "catalogue_duplicate_code")
}

func (l *loader) addException(p pipeline.FormPeriod, x pipeline.PeriodException) {
	if l.cat.Calendar.Exceptions == nil {
		l.cat.Calendar.Exceptions = pipeline.Exceptions{}
	}
	l.cat.Calendar.Exceptions[p] = x
}

// period is the period whose code stands in the named column; none where the
// cell is empty or wrong. Excel makes a date of 2026-03 unless the cell is
// text; that month is proposed.
func (r row) period(column string) pipeline.Period {
	c, ok := r.cell(column)
	if !ok || c.broken != "" {
		return pipeline.Period{}
	}
	if c.Type == workbook.Date {
		f := pipeline.Finding{Code: "catalogue_bad_period"}
		if day, err := time.Parse(time.DateOnly, c.text); err == nil {
			f = pipeline.Finding{Code: "catalogue_date_for_period", Expected: day.Format("2006-01")}
		}
		r.report(column, f)
		return pipeline.Period{}
	}
	p, err := pipeline.ParsePeriod(c.text)
	if err != nil {
		r.report(column, pipeline.Finding{Code: "catalogue_bad_period"})
	}
	return p
}
