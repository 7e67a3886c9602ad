package lang

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// Number prints d with exactly places decimals, cut by rounding: 41.640 and
// 61,23 in Vietnamese, 41,640 and 61.23 in English.
func (l *Language) Number(d decimal.Decimal, places int, rounding pipeline.Rounding) string {
	fixed := rounding.Print(d, places).StringFixed(int32(places))
	sign := ""
	if strings.HasPrefix(fixed, "-") {
		sign, fixed = "-", fixed[1:]
	}
	whole, fraction, _ := strings.Cut(fixed, ".")
	group, mark := ".", ","
	if l.Code == "en" {
		group, mark = ",", "."
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + group + whole[at:]
	}
	if fraction != "" {
		fraction = mark + fraction
	}
	return sign + whole + fraction
}

// Percent prints the ratio d as a percentage: 0.6123 is 61,23%.
func (l *Language) Percent(d decimal.Decimal, places int, rounding pipeline.Rounding) string {
	return l.Number(d.Shift(2), places, rounding) + "%"
}

// Rate prints a rate like Percent, with more decimals where these would print
// 100% of a rate that is not.
func (l *Language) Rate(d decimal.Decimal, places int, rounding pipeline.Rounding) string {
	places, rounding = rounding.Rate(d, places)
	return l.Percent(d, places, rounding)
}

// LongDate prints the day of t as letters do: ngày 05 tháng 02 năm 2016. Days
// below ten and the first two months bear a zero, by the rules for office letters.
func (l *Language) LongDate(t time.Time) string {
	if l.Code == "en" {
		return t.Format("2 January 2006")
	}
	month := "1"
	if t.Month() < time.March {
		month = "01"
	}
	return t.Format("ngày 02 tháng " + month + " năm 2006")
}

// Date prints the day of t: 05/02/2016 in Vietnamese, 5 Feb 2016 in English.
func (l *Language) Date(t time.Time) string {
	if l.Code == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02/01/2006")
}

// Time prints t to the minute in its own zone.
func (l *Language) Time(t time.Time) string {
	if l.Code == "en" {
		return t.Format("2 Jan 2006, 15:04")
	}
	return t.Format("15:04 02/01/2006")
}

// PeriodWithin prints the name of p inside a sentence: "chốt quý I năm 2026".
func (l *Language) PeriodWithin(p pipeline.Period) string {
	name := l.Period(p)
	if l.Code != "vi" || name == "" {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:] // all begin with a plain letter or a digit
}

// Period prints the name of p: "Quý I năm 2026", "6 tháng đầu năm 2026".
func (l *Language) Period(p pipeline.Period) string {
	roman := [...]string{"", "I", "II", "III", "IV"}
	switch p.Kind {
	case pipeline.Month:
		return l.Text("period.month", "n", p.N, "year", p.Year)
	case pipeline.Quarter:
		return l.Text("period.quarter", "n", roman[p.N], "year", p.Year)
	case pipeline.Half:
		if p.N == 1 {
			return l.Text("period.half1", "year", p.Year)
		}
		return l.Text("period.half2", "year", p.Year)
	case pipeline.NineMonths:
		return l.Text("period.nine_months", "year", p.Year)
	case pipeline.Year:
		return l.Text("period.year", "year", p.Year)
	case pipeline.Running:
		return l.Text("period.running", "n", p.N, "year", p.Year)
	case pipeline.Span:
		return l.Text("period.span", "year", p.Year, "last", p.Last)
	}
	return ""
}

// Size prints a number of bytes in GiB or, of less than one, in MiB.
func (l *Language) Size(bytes uint64) string {
	unit, shift := "GiB", 30
	if bytes < 1<<30 {
		unit, shift = "MiB", 20
	}
	return l.Number(decimal.NewFromUint64(bytes).Div(decimal.NewFromInt(1<<shift)), 1, pipeline.HalfUp) + " " + unit
}
