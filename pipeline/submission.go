package pipeline

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// A Verdict is what became of a settled file.
type Verdict string

// The verdicts. A held file waits for staff: its unit is unknown or its period
// is closed. An attachment is kept and not read: a scan, a signed PDF. Withdrawn
// is what staff took out, whatever its verdict was.
const (
	Accepted   Verdict = "accepted"
	Refused    Verdict = "refused"
	Held       Verdict = "held"
	Attachment Verdict = "attachment"
	Withdrawn  Verdict = "withdrawn"
)

// A Submission is one file of a unit, read and judged.
type Submission struct {
	File      string // path below the inbox, with slashes
	Folder    string // the first part of File; empty in the inbox's root
	SHA256    string
	Size      int64
	ModTime   time.Time
	FirstSeen time.Time // the clock of the run that took it
	Acts      int       // how many acts of staff were on the record then
	Unit      string    // code; empty where unknown
	Form      string
	Period    Period
	Verdict   Verdict
	Findings  []Finding
	Facts     []Fact
	Lists     []ListCell
}

// Blanked is s with blanks for the cells that have errors: what counts of a
// submission that is accepted despite them. A blank of a list is no cell of it.
func (s Submission) Blanked() Submission {
	type place struct{ sheet, cell string }
	faulty := map[place]bool{}
	for _, f := range s.Findings {
		if f.Severity == SeverityError && f.Cell != "" {
			faulty[place{f.Sheet, f.Cell}] = true
		}
	}
	s.Facts = slices.Clone(s.Facts)
	for i := range s.Facts {
		if f := &s.Facts[i]; faulty[place{f.Sheet, f.Cell}] {
			f.State, f.Value, f.Qualifier = StateBlank, decimal.Zero, Exact
		}
	}
	s.Lists = slices.DeleteFunc(slices.Clone(s.Lists), func(c ListCell) bool { return faulty[place{c.Sheet, c.Cell}] })
	return s
}
