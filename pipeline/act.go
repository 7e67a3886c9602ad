package pipeline

import "time"

// An ActKind is what staff decided.
type ActKind string

// The kinds of act. Of the acts on the same thing the last one counts.
const (
	ActClose    ActKind = "close"    // what comes later for the period is held
	ActReopen   ActKind = "reopen"   // and counts again
	ActWithdraw ActKind = "withdraw" // the submission is out
	ActAccept   ActKind = "accept"   // it counts, despite its errors or again
	ActExempt   ActKind = "exempt"   // the unit does not owe the form for the period
	ActLift     ActKind = "lift"     // and owes it again
	ActUpload   ActKind = "upload"   // staff brought the file on behalf of the unit
)

// Known tells whether this program knows what follows from such an act.
func (k ActKind) Known() bool {
	switch k {
	case ActClose, ActReopen, ActWithdraw, ActAccept, ActExempt, ActLift, ActUpload:
		return true
	}
	return false
}

// An Act is a decision of staff on the record: who, when, why. Only the fields
// that its kind speaks of are set.
type Act struct {
	Seq    int       `json:"seq,omitzero"` // counted from 1
	At     time.Time `json:"at"`           // the clock of the command
	Kind   ActKind   `json:"act"`
	Period Period    `json:"period,omitzero"`
	Unit   string    `json:"unit,omitempty"`
	Form   string    `json:"form,omitempty"`
	Folder string    `json:"folder,omitempty"` // with SHA256, the submission
	SHA256 string    `json:"sha256,omitempty"`
	By     string    `json:"by"`
	Reason string    `json:"reason,omitempty"`
	Hash   string    `json:"-"` // of its line in the journal
}

// A Receipt records that a file was taken.
type Receipt struct {
	Folder    string    `json:"folder"`
	SHA256    string    `json:"sha256"`
	File      string    `json:"file"` // path below the inbox
	Size      int64     `json:"size"`
	ModTime   time.Time `json:"mtime"`
	FirstSeen time.Time `json:"first_seen"`
	At        time.Time `json:"at"`              // the clock to judge it by; later than FirstSeen where its folder was unknown before
	Acts      int       `json:"acts"`            // how many acts were on the record then
	Rules     string    `json:"rules,omitempty"` // the hash of the catalogue to judge it by; empty where there was none, or the record is older
}
