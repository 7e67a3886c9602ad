// Package doctor examines a workspace and the machine under it: folders and
// rights, the lock, disk and clock, catalogue and forms, the record and the
// archive, and what serve needs.
//
// It changes nothing, takes no lock and never opens the database, so that it may
// be run while anything else works. The command doctor calls it; package lang words
// what it finds: doctor.<code>, and doctor.remedy.<code> unless all is well.
package doctor

import (
	"time"

	"tonghop/pipeline/config"
)

// A Level is how bad a finding is.
type Level string

// The levels.
const (
	OK      Level = "ok"
	Warning Level = "warning" // it works; somebody should look
	Error   Level = "error"   // something does not work
)

// A Finding is one thing that was looked at.
type Finding struct {
	Check string `json:"check"` // what was looked at
	Level Level  `json:"level"`
	Code  string `json:"code"`
	Pairs []any  `json:"-"` // name and value of what the sentence names
}

// A Patient is what is examined.
type Patient struct {
	Config *config.Config
	Now    time.Time // by the machine's clock
	Whole  bool      // read the whole archive, not a sample
	Charts bool      // the program carries the chart library
}

// An exam gathers findings.
type exam struct {
	Patient
	all []Finding
}

func (e *exam) add(check string, level Level, code string, pairs ...any) {
	e.all = append(e.all, Finding{check, level, code, pairs})
}

// Examine looks at everything, in an order in which one reads on.
func (p Patient) Examine() []Finding {
	e := &exam{Patient: p}
	for _, look := range []func(){
		e.folders, e.strangers, e.inbox, e.links, e.fileSystem, e.disk, e.clock, e.lock, e.rules, e.record, e.database, e.served, e.schedules, e.passwords, e.notify, e.charts,
	} {
		look()
	}
	return e.all
}
