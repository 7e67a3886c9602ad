package pipeline_test

import (
	"testing"
	"time"

	"tonghop/pipeline"
)

func TestParsePeriod(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"2026-03": "2026-03", "2026-q1": "2026-Q1", "2026-H1": "2026-H1", "2026-H2": "2026-H2", "2026-9M": "2026-9M",
		"2026": "2026", "2026-01..05": "2026-01..05", "2026-01..12": "2026", "2026-01..01": "2026-01", "2013..2015": "2013..2015",
		"2026-13": "", "2026-00": "", "2026-Q5": "", "2026-H3": "", "2026-02..05": "", "2015..2013": "", "2015..2015": "",
		"26": "", "": "", "2026-": "", "2026-1": "", "+026": "", "2013..2015-Q1": "",
	} {
		p, err := pipeline.ParsePeriod(code)
		if got := p.String(); got != want || (err == nil) != (want != "") {
			t.Errorf("ParsePeriod(%q) = %q, %v; want %q", code, got, err, want)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	union := pipeline.Calendar{StartMonth: time.December}
	school := pipeline.Calendar{StartMonth: time.September}
	moved := pipeline.Calendar{Exceptions: map[pipeline.Period]pipeline.PeriodException{
		{Kind: pipeline.Year, Year: 2026}: {End: pipeline.Day(2026, time.December, 15), Due: pipeline.Day(2027, time.February, 1)},
	}}
	tests := []struct {
		name     string
		calendar pipeline.Calendar
		code     string
		want     string
	}{
		{"calendar year", pipeline.Calendar{}, "2026", "2026-01-01 2026-12-31"},
		{"union year", union, "2015", "2014-12-01 2015-11-30"},
		{"union first half", union, "2015-H1", "2014-12-01 2015-05-31"},
		{"union first quarter ends in a leap February", union, "2016-Q1", "2015-12-01 2016-02-29"},
		{"union running months", union, "2015-01..05", "2014-12-01 2015-04-30"},
		{"union span", union, "2013..2015", "2012-12-01 2015-11-30"},
		{"school year", school, "2015", "2014-09-01 2015-08-31"},
		{"nine months", pipeline.Calendar{}, "2026-9M", "2026-01-01 2026-09-30"},
		{"second half", pipeline.Calendar{}, "2026-H2", "2026-07-01 2026-12-31"},
		{"exception", moved, "2026", "2026-01-01 2026-12-15"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := pipeline.ParsePeriod(tt.code)
			if err != nil {
				t.Fatal(err)
			}
			w := tt.calendar.Window(p)
			if got := w.Start.Format(time.DateOnly) + " " + w.End.Format(time.DateOnly); got != tt.want {
				t.Errorf("Window(%s) = %s, want %s", tt.code, got, tt.want)
			}
		})
	}
	if got := moved.Due(pipeline.Period{Kind: pipeline.Year, Year: 2026}, 15); !got.Equal(pipeline.Day(2027, time.February, 1)) {
		t.Errorf("Due with an exception = %v", got)
	}
}

func TestFormPeriods(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		frequency pipeline.Frequency
		basis     pipeline.Basis
		want      string
		read, due string // the period a workbook names, and what it is due for
	}{
		{"quarterly", pipeline.Quarterly, pipeline.BasisPeriod, "2026-Q1 2026-Q2 2026-Q3 2026-Q4", "2026-H1", ""},
		{"quarterly ytd", pipeline.Quarterly, pipeline.BasisYTD, "2026-Q1 2026-H1 2026-9M 2026", "2026-Q2", "2026-H1"},
		{"half-yearly", pipeline.HalfYearly, pipeline.BasisPeriod, "2026-H1 2026-H2", "2026-H2", "2026-H2"},
		{"half-yearly ytd", pipeline.HalfYearly, pipeline.BasisYTD, "2026-H1 2026", "2026-Q4", "2026"},
		{"monthly ytd", pipeline.Monthly, pipeline.BasisYTD, "2026-01 2026-01..02 2026-01..03 2026-01..04 2026-01..05 2026-01..06 2026-01..07 2026-01..08 2026-01..09 2026-01..10 2026-01..11 2026", "2026-03", "2026-01..03"},
		{"yearly", pipeline.Yearly, pipeline.BasisPeriod, "2026", "2025..2026", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := pipeline.Form{Frequency: tt.frequency, Basis: tt.basis}
			got := ""
			for _, p := range f.Periods(2026) {
				got += " " + p.String()
			}
			if got != " "+tt.want {
				t.Errorf("Periods =%s, want %s", got, tt.want)
			}
			p, _ := pipeline.ParsePeriod(tt.read)
			if due := f.DuePeriod(p).String(); due != tt.due {
				t.Errorf("DuePeriod(%s) = %q, want %q", tt.read, due, tt.due)
			}
		})
	}
}
