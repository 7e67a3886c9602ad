package pipeline

import "slices"

// Frequency says how often a form is due.
type Frequency string

// The frequencies of the catalogue.
const (
	Monthly     Frequency = "month"
	Quarterly   Frequency = "quarter"
	HalfYearly  Frequency = "half"
	NineMonthly Frequency = "nine_months"
	Yearly      Frequency = "year"
)

// Basis says what the figures of a form cover: the period alone, or all since
// the start of the year (ytd).
type Basis string

// The bases of the catalogue.
const (
	BasisPeriod Basis = "period"
	BasisYTD    Basis = "ytd"
)

// A Form is a report form as the catalogue describes it. Its layout is the
// form workbook.
type Form struct {
	Code      string
	Name      string
	File      string // below inputs/forms
	Frequency Frequency
	Basis     Basis
	DueDays   int      // days after the cut-off
	UnitKinds []string // empty: units of every kind
	CSV       bool     // text tables are taken too
	Valid     Window
	Origin    Origin
}

// DueOf tells whether units of the given kind owe f.
func (f Form) DueOf(unitKind string) bool {
	return len(f.UnitKinds) == 0 || slices.Contains(f.UnitKinds, unitKind)
}

// Periods lists the periods of year y for which f is due. A form on basis ytd
// is due for the running spans that end where its frequency's periods end.
func (f Form) Periods(y int) []Period {
	year := Period{Kind: Year, Year: y}
	if f.Basis == BasisYTD {
		switch f.Frequency {
		case Monthly:
			all := []Period{{Kind: Month, Year: y, N: 1}}
			return append(append(all, periodsOfYear(y, []PeriodKind{Running})...), year)
		case Quarterly:
			return []Period{{Kind: Quarter, Year: y, N: 1}, {Kind: Half, Year: y, N: 1}, {Kind: NineMonths, Year: y}, year}
		case HalfYearly:
			return []Period{{Kind: Half, Year: y, N: 1}, year}
		}
	}
	return periodsOfYear(y, []PeriodKind{f.Frequency.kind()})
}

// kind is the kind of period that the frequency cuts the year into.
func (f Frequency) kind() PeriodKind {
	switch f {
	case Monthly:
		return Month
	case Quarterly:
		return Quarter
	case HalfYearly:
		return Half
	case NineMonthly:
		return NineMonths
	}
	return Year
}

// DuePeriod is the period for which f is due that ends where p ends, p itself
// where f is due for it, or none. So a workbook of a ytd form that says
// "Quý II" is the first half-year's; a second half-year is no running span.
func (f Form) DuePeriod(p Period) Period {
	due := f.Periods(p.EndYear())
	if slices.Contains(due, p) {
		return p
	}
	if p.Kind == Span || p.Kind == Half && p.N == 2 {
		return Period{}
	}
	_, end := p.months()
	for _, d := range due {
		if _, to := d.months(); to == end && f.Basis == BasisYTD {
			return d
		}
	}
	return Period{}
}

// SlicePeriod is the period of f's own frequency that ends where p ends: the
// second quarter for a quarterly ytd form's first half-year.
func (f Form) SlicePeriod(p Period) Period {
	if p.Kind == Span {
		return Period{}
	}
	_, end := p.months()
	for _, s := range periodsOfYear(p.Year, []PeriodKind{f.Frequency.kind()}) {
		if _, to := s.months(); to == end {
			return s
		}
	}
	return Period{}
}
