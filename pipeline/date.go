package pipeline

import "time"

// Day is the date y-m-d as midnight UTC, the only form in which the domain
// keeps dates: a date has no time zone, and DuckDB stores a local midnight as
// the day before.
func Day(y int, m time.Month, d int) time.Time {
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// DayIn is the calendar day that the instant t falls on in zone.
func DayIn(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return Day(y, m, d)
}

// A Window is a stretch of days, both ends included. A zero End is open.
type Window struct {
	Start, End time.Time
}

// Contains tells whether the day d lies in w.
func (w Window) Contains(d time.Time) bool {
	return !d.Before(w.Start) && (w.End.IsZero() || !d.After(w.End))
}

// Overlaps tells whether w and v share a day.
func (w Window) Overlaps(v Window) bool {
	return (w.End.IsZero() || !v.Start.After(w.End)) && (v.End.IsZero() || !w.Start.After(v.End))
}

// Days is the number of days in a closed window.
func (w Window) Days() int {
	return int(w.End.Sub(w.Start).Hours()/24) + 1
}
