package pipeline_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	own := pipeline.Calendar{StartMonth: time.December, Exceptions: pipeline.Exceptions{
		{Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}}:                  {End: pipeline.Day(2026, time.November, 20), Due: pipeline.Day(2026, time.December, 1)},
		{Form: "E", Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}}:       {Start: pipeline.Day(2025, time.September, 1), End: pipeline.Day(2026, time.May, 31)},
		{Form: "E", Period: pipeline.Period{Kind: pipeline.Half, Year: 2026, N: 1}}: {Start: pipeline.Day(2025, time.September, 1), Due: pipeline.Day(2026, time.June, 30)},
	}}
	moved := pipeline.Calendar{Exceptions: pipeline.Exceptions{
		{Period: pipeline.Period{Kind: pipeline.Year, Year: 2026}}: {End: pipeline.Day(2026, time.December, 15), Due: pipeline.Day(2027, time.February, 1)},
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
		{"the school year of one form", own.Of("E"), "2026", "2025-09-01 2026-05-31"},
		{"a form's own start beside the calendar's end", own.Of("E"), "2026-H1", "2025-09-01 2026-05-31"},
		{"another form beside it", own.Of("F"), "2026", "2025-12-01 2026-11-20"},
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

// A form's own due day stands before that for every form, and that before the
// form's due days.
func TestDue(t *testing.T) {
	t.Parallel()
	year := pipeline.Period{Kind: pipeline.Year, Year: 2026}
	c := pipeline.Calendar{Exceptions: pipeline.Exceptions{
		{Period: year}:            {Due: pipeline.Day(2027, time.February, 1)},
		{Form: "E", Period: year}: {End: pipeline.Day(2026, time.May, 31), Due: pipeline.Day(2026, time.June, 10)},
	}}
	for form, want := range map[string]time.Time{"E": pipeline.Day(2026, time.June, 10), "F": pipeline.Day(2027, time.February, 1)} {
		if got := c.Of(form).Due(year, 15); !got.Equal(want) {
			t.Errorf("Due of form %s = %v, want %v", form, got, want)
		}
	}
	if got, want := c.Of("E").Due(year.Previous(), 15), pipeline.Day(2026, time.January, 15); !got.Equal(want) {
		t.Errorf("Due without an exception = %v, want %v", got, want)
	}
}

// Periods lie in each other by their codes.
func TestCovers(t *testing.T) {
	t.Parallel()
	parse := func(code string) pipeline.Period {
		p, err := pipeline.ParsePeriod(code)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, tt := range []struct {
		outer, inner string
		covers, ends bool
	}{
		{"2026-H1", "2026-Q2", true, true}, {"2026-9M", "2026-H1", true, false}, {"2026", "2026-01..05", true, false},
		{"2025..2026", "2026", true, true}, {"2025..2026", "2024-Q4", false, false}, {"2026-Q1", "2026-H1", false, false},
		{"2026", "2026", true, true}, {"2026-H2", "2026-9M", false, false}, {"2026-01..09", "2026-9M", true, true},
	} {
		if got := parse(tt.outer).Covers(parse(tt.inner)); got != tt.covers {
			t.Errorf("%s covers %s: %t", tt.outer, tt.inner, got)
		}
		if got := parse(tt.outer).EndsWith(parse(tt.inner)); got != tt.ends {
			t.Errorf("%s ends with %s: %t", tt.outer, tt.inner, got)
		}
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

func TestNewestFirst(t *testing.T) {
	t.Parallel()
	parsed := func(code string) pipeline.Period {
		p, err := pipeline.ParsePeriod(code)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	want := []string{"2020", "2020-Q4", "2020-12", "2019..2020", "2020-9M", "2020-Q3", "2020-01..05", "2020-05", "2019"}
	for range 20 {
		got := slices.Clone(want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, func(a, b string) int { return pipeline.NewestFirst(parsed(a), parsed(b)) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("order mismatch (-want +got):\n%s", diff)
		}
	}
}
