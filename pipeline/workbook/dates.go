package workbook

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// An epoch is how a workbook counts the days of its dates.
type epoch int

const (
	epoch1900 epoch = iota // day 1 is 1900-01-01, and 1900-02-29 exists (ECMA-376 part 1, 18.17.4)
	epoch1904              // day 0 is 1904-01-01
)

// lastSerial is 9999-12-31 in epoch1900; Excel shows nothing later as a date.
const lastSerial = 2958465

// secondsPerDay is the number of seconds that a serial's fraction counts.
const secondsPerDay = 86400

// date appends the serial number of days as ISO 8601: a date, a date with a
// time, or a time alone for a serial below 1. It is false for what Excel cannot
// show.
func (e epoch) date(b []byte, serial float64) ([]byte, bool) {
	last := float64(lastSerial)
	if e == epoch1904 {
		last -= 1462
	}
	if !(serial >= 0 && serial < last+1) {
		return nil, false
	}
	days := int(serial)
	seconds := int64(math.Round((serial - float64(days)) * secondsPerDay))
	if seconds == secondsPerDay {
		days, seconds = days+1, 0
	}
	switch {
	case days == 0 && (e == epoch1900 || seconds > 0):
		return appendClock(b, seconds), true
	case seconds == 0:
		return e.day(b, days), true
	default:
		return appendClock(append(e.day(b, days), 'T'), seconds), true
	}
}

// day appends the whole serial number of days as yyyy-mm-dd.
func (e epoch) day(b []byte, days int) []byte {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case e == epoch1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return append(b, "1900-02-29"...)
	case days < 60:
		days++
	}
	return first.AddDate(0, 0, days).AppendFormat(b, time.DateOnly)
}

// serial is the reverse of date.
func (e epoch) serial(t time.Time) float64 {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if e == epoch1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	days := float64(t.Unix()-first.Unix()) / secondsPerDay
	days += float64(t.Nanosecond()) / 1e9 / secondsPerDay
	if e == epoch1900 && days < 61 {
		days--
	}
	return days
}

// isoLayouts are the forms of a stored date (ISO 8601, as ECMA-376 part 1,
// 18.18.11 allows); fractions of a second are understood in all of them.
var isoLayouts = [...]string{
	time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04", "2006-01-02T15:04Z07:00",
}

// parseISO is the serial number of a stored date, in local time as written, or
// of a length of time.
func (e epoch) parseISO(text string) (float64, bool) {
	if length, ok := strings.CutPrefix(text, "P"); ok {
		return parseISOLength(length)
	}
	for _, layout := range isoLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			_, offset := t.Zone()
			return e.serial(t.Add(time.Duration(offset) * time.Second)), true
		}
	}
	for _, layout := range [...]string{"15:04:05", "15:04", "T15:04:05"} {
		if t, err := time.Parse(layout, strings.TrimSuffix(text, "Z")); err == nil {
			return float64(t.Hour()*3600+t.Minute()*60+t.Second()) / secondsPerDay, true
		}
	}
	return 0, false
}

// isoUnits are the seconds that the letters behind the numbers of a length of
// time stand for: those before the T, which are of the calendar, and those after.
var isoUnits = [2]map[byte]float64{
	{'D': secondsPerDay},
	{'H': 3600, 'M': 60, 'S': 1},
}

// parseISOLength is a length of time in days, such as T36H30M0.000S.
func parseISOLength(text string) (float64, bool) {
	days, clock, timed := strings.Cut(text, "T")
	seconds := 0.0
	for i, part := range [...]string{days, clock} {
		for part != "" {
			at := strings.IndexFunc(part, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
			if at < 0 {
				return 0, false
			}
			n, err := strconv.ParseFloat(part[:at], 64)
			unit, ok := isoUnits[i][part[at]]
			if err != nil || !ok {
				return 0, false
			}
			seconds += n * unit
			part = part[at+1:]
		}
	}
	return seconds / secondsPerDay, days != "" || timed && clock != ""
}

// clock appends a length of time in days as hours, minutes and seconds: 36:00:00.
func clock(b []byte, days float64) ([]byte, bool) {
	if !(days >= 0 && days <= lastSerial) {
		return nil, false
	}
	return appendClock(b, int64(math.Round(days*secondsPerDay))), true
}

// appendClock appends seconds as hours, minutes and seconds.
func appendClock(b []byte, seconds int64) []byte {
	if seconds < 36_000 {
		b = append(b, '0')
	}
	b = strconv.AppendInt(b, seconds/3600, 10)
	minute, second := byte(seconds/60%60), byte(seconds%60)
	return append(b, ':', '0'+minute/10, '0'+minute%10, ':', '0'+second/10, '0'+second%10)
}
