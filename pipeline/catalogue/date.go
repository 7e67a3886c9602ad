package catalogue

import (
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// The years that a date in a catalogue may have. What lies outside is a slip,
// such as a small number that is formatted as a date.
const (
	firstYear = 1900
	lastYear  = 2999
)

// date is the day in the named column; zero where the cell is empty.
func (r row) date(column string) time.Time {
	c, ok := r.cell(column)
	if !ok || c.broken != "" {
		return time.Time{}
	}
	if c.Type == workbook.Date || c.Type == workbook.Text {
		day, _, _ := strings.Cut(c.text, "T") // a date cell may carry the time of day
		if t, ok := parseDate(day); ok {
			return t
		}
	}
	r.report(column, pipeline.Finding{Code: "catalogue_bad_date"})
	return time.Time{}
}

// window is the validity of a record. valid_to is inclusive.
func (r row) window() pipeline.Window {
	return r.span("valid_from", "valid_to")
}

// span is the days between two columns, either of which may be empty.
func (r row) span(from, to string) pipeline.Window {
	w := pipeline.Window{Start: r.date(from), End: r.date(to)}
	if !w.End.IsZero() && w.End.Before(w.Start) {
		r.report(to, pipeline.Finding{
			Code: "catalogue_ends_before_start",
			Args: []pipeline.Arg{{Name: "first", Value: r.name(from)}},
		})
		w.End = w.Start
	}
	return w
}

// parseDate reads yyyy-mm-dd or dd/mm/yyyy.
func parseDate(s string) (time.Time, bool) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, sensible(t)
	}
	parts := strings.Split(s, "/")
	if len(parts) != 3 || len(parts[2]) != 4 {
		return time.Time{}, false
	}
	var numbers [3]int
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return time.Time{}, false
		}
		numbers[i] = int(n)
	}
	t := pipeline.Day(numbers[2], time.Month(numbers[1]), numbers[0])
	return t, t.Day() == numbers[0] && int(t.Month()) == numbers[1] && sensible(t)
}

func sensible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }
