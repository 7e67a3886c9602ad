package pipeline

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// PeriodKind says how long a period is and how it is named.
type PeriodKind int

// The kinds of period. A Running period is the months 1 to N of its year; a
// Span is several whole years.
const (
	Month PeriodKind = iota + 1
	Quarter
	Half
	NineMonths
	Year
	Running
	Span
)

// A Period is a reporting period by its code, such as 2026-Q1. Its days are
// not part of it: a Calendar has them. The zero Period is no period.
type Period struct {
	Kind PeriodKind
	Year int // of a Span, the first
	N    int // the month, quarter or half; of a Running period, its last month
	Last int // of a Span, the last year
}

// IsZero tells whether p is no period.
func (p Period) IsZero() bool { return p.Kind == 0 }

// String is the code of p.
func (p Period) String() string {
	switch p.Kind {
	case Month:
		return fmt.Sprintf("%04d-%02d", p.Year, p.N)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.N)
	case Half:
		return fmt.Sprintf("%04d-H%d", p.Year, p.N)
	case NineMonths:
		return fmt.Sprintf("%04d-9M", p.Year)
	case Year:
		return fmt.Sprintf("%04d", p.Year)
	case Running:
		return fmt.Sprintf("%04d-01..%02d", p.Year, p.N)
	case Span:
		return fmt.Sprintf("%04d..%04d", p.Year, p.Last)
	}
	return ""
}

// ParsePeriod reads a period code: 2026-03, 2026-Q1, 2026-H1, 2026-9M, 2026,
// 2026-01..05 or 2013..2015. Running months that make a whole year are the year.
func ParsePeriod(code string) (Period, error) {
	bad := fmt.Errorf("period code %q: want one like 2026-03, 2026-Q1, 2026-H1, 2026-9M, 2026, 2026-01..05 or 2013..2015", code)
	year, rest, dashed := strings.Cut(strings.TrimSpace(code), "-")
	if first, last, isSpan := strings.Cut(year, ".."); isSpan {
		from, to := atoi(first, 4), atoi(last, 4)
		if dashed || from < 1 || to <= from {
			return Period{}, bad
		}
		return Period{Kind: Span, Year: from, Last: to}, nil
	}
	y := atoi(year, 4)
	if y < 1 {
		return Period{}, bad
	}
	if !dashed {
		return Period{Kind: Year, Year: y}, nil
	}
	if p := parsePart(y, strings.ToUpper(rest)); !p.IsZero() {
		return p, nil
	}
	return Period{}, bad
}

// parsePart reads what follows the year and the dash, or returns no period.
func parsePart(year int, part string) Period {
	if part == "9M" {
		return Period{Kind: NineMonths, Year: year}
	}
	if last, ok := strings.CutPrefix(part, "01.."); ok {
		switch n := atoi(last, 2); {
		case n == 12:
			return Period{Kind: Year, Year: year}
		case n == 1:
			return Period{Kind: Month, Year: year, N: 1}
		case n > 1 && n < 12:
			return Period{Kind: Running, Year: year, N: n}
		}
		return Period{}
	}
	if n := atoi(strings.TrimPrefix(part, "Q"), 1); strings.HasPrefix(part, "Q") && n >= 1 && n <= 4 {
		return Period{Kind: Quarter, Year: year, N: n}
	}
	if n := atoi(strings.TrimPrefix(part, "H"), 1); strings.HasPrefix(part, "H") && n >= 1 && n <= 2 {
		return Period{Kind: Half, Year: year, N: n}
	}
	if n := atoi(part, 2); n >= 1 && n <= 12 {
		return Period{Kind: Month, Year: year, N: n}
	}
	return Period{}
}

// atoi reads a number of exactly digits digits, or returns -1.
func atoi(s string, digits int) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != digits || s[0] < '0' || s[0] > '9' {
		return -1
	}
	return n
}

// MarshalText is the code of p; no period is the empty text.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a period code, or no period from an empty text.
func (p *Period) UnmarshalText(code []byte) (err error) {
	*p = Period{}
	if len(code) > 0 {
		*p, err = ParsePeriod(string(code))
	}
	return err
}

// months is the part of the year that p takes, as months counted from the
// start of the year: from included, to excluded.
func (p Period) months() (from, to int) {
	switch p.Kind {
	case Month:
		return p.N - 1, p.N
	case Quarter:
		return 3 * (p.N - 1), 3 * p.N
	case Half:
		return 6 * (p.N - 1), 6 * p.N
	case NineMonths:
		return 0, 9
	case Running:
		return 0, p.N
	case Span:
		return 0, 12 * (p.Last - p.Year + 1)
	}
	return 0, 12
}

// Months are the first and the last month of p, counted through all years from
// the start of the statistical year 0. They tell which periods lie in each
// other: by their codes, whatever days the catalogue gives one of them.
func (p Period) Months() (first, last int) {
	from, to := p.months()
	return 12*p.Year + from, 12*p.Year + to - 1
}

// NewestFirst orders periods by the month they end with; of those that end together
// the longer stands first, being the fuller account, but for spans of years, which
// look back.
func NewestFirst(a, b Period) int {
	aFirst, aLast := a.Months()
	bFirst, bLast := b.Months()
	if a.Kind == Span {
		aFirst = aLast + 1
	}
	if b.Kind == Span {
		bFirst = bLast + 1
	}
	return cmp.Or(cmp.Compare(bLast, aLast), cmp.Compare(aFirst, bFirst), cmp.Compare(a.String(), b.String()))
}

// Covers tells whether all of q lies in p.
func (p Period) Covers(q Period) bool {
	first, last := p.Months()
	from, to := q.Months()
	return first <= from && to <= last
}

// EndsWith tells whether p and q end at once.
func (p Period) EndsWith(q Period) bool {
	_, last := p.Months()
	_, end := q.Months()
	return last == end
}

// EndYear is the year that p ends in.
func (p Period) EndYear() int {
	if p.Kind == Span {
		return p.Last
	}
	return p.Year
}

// Previous is the same period one year earlier. A span of years has none: the
// years before it would overlap it or be another stage.
func (p Period) Previous() Period {
	if p.Kind == Span || p.IsZero() {
		return Period{}
	}
	p.Year--
	return p
}

// YearOf is the whole year that p ends in.
func (p Period) YearOf() Period { return Period{Kind: Year, Year: p.EndYear()} }
