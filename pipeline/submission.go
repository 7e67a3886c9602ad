package pipeline

import "time"

// A Verdict is what became of a settled file.
type Verdict string

// The verdicts. A held file waits for staff: its unit is unknown or its period
// is closed. An attachment is kept and not read: a scan, a signed PDF.
const (
	Accepted   Verdict = "accepted"
	Refused    Verdict = "refused"
	Held       Verdict = "held"
	Attachment Verdict = "attachment"
)

// A Submission is one file of a unit, read and judged.
type Submission struct {
	File      string // path below the inbox, with slashes
	Folder    string // the first part of File; empty in the inbox's root
	SHA256    string
	Size      int64
	ModTime   time.Time
	FirstSeen time.Time // the clock of the run that took it
	Unit      string    // code; empty where unknown
	Form      string
	Period    Period
	Verdict   Verdict
	Findings  []Finding
	Facts     []Fact
}
