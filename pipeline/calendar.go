package pipeline

import "time"

// A Calendar gives periods their days. The year's start and the exceptions are
// data of the catalogue: the unions' statistical year runs from 1 December to
// 30 November, so that their first half-year ends on 31 May.
type Calendar struct {
	StartMonth time.Month // zero means January
	StartDay   int        // zero means the 1st
	Exceptions Exceptions
	Form       string // whose own exceptions hold besides those for every form; see Of
}

// Exceptions are the days that the catalogue gives instead of the calendar's.
type Exceptions map[FormPeriod]PeriodException

// A FormPeriod is a period of one form: an education union's school year has
// other days than the year of every other form. Without a form it is the period
// of all of them.
type FormPeriod struct {
	Form   string
	Period Period
}

// A PeriodException replaces what the calendar would compute for one period.
// Zero fields replace nothing.
type PeriodException struct {
	Start, End, Due time.Time
}

// Of is the calendar that the form's periods have their days from.
func (c Calendar) Of(form string) Calendar {
	c.Form = form
	return c
}

// exception is what replaces the days of p: the form's own, where it has them.
func (c Calendar) exception(p Period) PeriodException {
	x := c.Exceptions[FormPeriod{Period: p}]
	if c.Form == "" {
		return x
	}
	own := c.Exceptions[FormPeriod{c.Form, p}]
	for _, day := range []struct{ of, own *time.Time }{{&x.Start, &own.Start}, {&x.End, &own.End}, {&x.Due, &own.Due}} {
		if !day.own.IsZero() {
			*day.of = *day.own
		}
	}
	return x
}

// yearStart is the first day of year y. A year that starts in July or later is
// named after the calendar year that most of its months lie in, the next one.
func (c Calendar) yearStart(y int) time.Time {
	month, day := c.StartMonth, c.StartDay
	if month == 0 {
		month = time.January
	}
	if day == 0 {
		day = 1
	}
	if month >= time.July {
		y--
	}
	return Day(y, month, day)
}

// Window is the days of p, from its start to its cut-off. Months are counted
// from the start of the year, so that every period lies within its year.
func (c Calendar) Window(p Period) Window {
	start := c.yearStart(p.Year)
	from, to := p.months()
	w := Window{Start: start.AddDate(0, from, 0), End: start.AddDate(0, to, -1)}
	x := c.exception(p)
	if !x.Start.IsZero() {
		w.Start = x.Start
	}
	if !x.End.IsZero() {
		w.End = x.End
	}
	return w
}

// YearWindow is the days of the whole year that p ends in; of a span, the days
// of all its years.
func (c Calendar) YearWindow(p Period) Window {
	if p.Kind == Span {
		return c.Window(p)
	}
	return c.Window(p.YearOf())
}

// Due is the last day on which a report for p is on time.
func (c Calendar) Due(p Period, dueDays int) time.Time {
	if x := c.exception(p); !x.Due.IsZero() {
		return x.Due
	}
	return c.Window(p).End.AddDate(0, 0, dueDays)
}

// periodsOfYear lists the periods of the given kinds in year y, in order.
func periodsOfYear(y int, kinds []PeriodKind) []Period {
	var all []Period
	for _, kind := range kinds {
		switch kind {
		case Month:
			for n := 1; n <= 12; n++ {
				all = append(all, Period{Kind: Month, Year: y, N: n})
			}
		case Running:
			for n := 2; n <= 11; n++ {
				all = append(all, Period{Kind: Running, Year: y, N: n})
			}
		case Quarter:
			for n := 1; n <= 4; n++ {
				all = append(all, Period{Kind: Quarter, Year: y, N: n})
			}
		case Half:
			all = append(all, Period{Kind: Half, Year: y, N: 1}, Period{Kind: Half, Year: y, N: 2})
		case NineMonths, Year:
			all = append(all, Period{Kind: kind, Year: y})
		}
	}
	return all
}

// Around lists the regular periods that p lies in: its quarter, half-year, nine
// months and year, p itself and second half-years left out: those are reported
// as the year.
func (p Period) Around() []Period {
	if p.Kind == Span {
		return nil
	}
	var all []Period
	for _, around := range periodsOfYear(p.Year, []PeriodKind{Quarter, Half, NineMonths, Year}) {
		if around != p && around != (Period{Kind: Half, Year: p.Year, N: 2}) && around.Covers(p) {
			all = append(all, around)
		}
	}
	return all
}
