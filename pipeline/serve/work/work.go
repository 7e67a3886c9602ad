// Package work runs the jobs of `tonghop serve`: commands of this same program,
// each as a child process, one at a time, in the order they were asked for.
//
// A child takes the workspace's lock like a run from the command line, so a crash,
// a leak or a hang ends with the job. What was asked for stands on the disk before
// anything acts on it: a job that waited when serve ended, or was cut off, is done
// when it starts again. Schedules and pages ask; only this package starts processes.
package work

import (
	"slices"
	"time"

	"tonghop/pipeline/logbook"
)

// A Request asks for one job.
type Request struct {
	// Args are the arguments of tonghop, such as run --period=2026-Q1. Values that
	// people typed must be joined to their flag by =, so that none reads as a flag.
	Args   []string `json:"args"`
	By     string   `json:"by,omitempty"` // who asked; empty for a schedule
	Reason string   `json:"reason,omitempty"`
	Title  string   `json:"title,omitempty"` // what people read
}

// A State is how far a job has come.
type State string

// The states of a job.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// A Fault is why a job failed, where its exit code does not tell.
type Fault string

// The faults of a job.
const (
	Unstarted   Fault = "unstarted"   // no process could be started
	TimeLimit   Fault = "time_limit"  // it ran longer than a job may and was ended
	Interrupted Fault = "interrupted" // serve was killed while it ran, twice
)

// A Job is a request and what came of it.
type Job struct {
	ID string `json:"id"`
	Request
	State    State            `json:"state"`
	Fault    Fault            `json:"fault,omitempty"`
	Asked    time.Time        `json:"asked"`
	Started  time.Time        `json:"started,omitzero"`
	Ended    time.Time        `json:"ended,omitzero"`
	Attempts int              `json:"attempts,omitempty"` // how often it was started
	ExitCode int              `json:"exit_code"`          // of one that ended by itself; see DESIGN
	Progress Progress         `json:"progress,omitzero"`  // the stage it is in
	Outcome  *logbook.Outcome `json:"outcome,omitempty"`  // of a run that came to its end
	Lines    int              `json:"lines"`              // how many it has written
	Last     []string         `json:"last,omitempty"`     // the last of them, without stages and log
}

// Over tells whether nothing more will come of the job.
func (j Job) Over() bool { return j.State != Waiting && j.State != Running }

// Quiet tells whether the job went well and there was nothing to do.
func (j Job) Quiet() bool {
	return j.State == Done && j.By == "" && j.Outcome != nil && j.Outcome.Nothing()
}

// same tells whether one job would do what both ask for.
func (r Request) same(other Request) bool {
	return r.By == other.By && r.Reason == other.Reason && slices.Equal(r.Args, other.Args)
}

// A Progress is the stage of a run: archive, judge, compute, publish, answer, or
// settle and lock while it waits for files or for another run.
type Progress struct {
	Stage string `json:"stage"`
	Done  int    `json:"done"`
	Total int    `json:"total"` // 0 is unknown
}

// A Kind is what a line is.
type Kind string

// The kinds of lines.
const (
	Out   Kind = "out"   // for people, in their language: what the command printed
	Note  Kind = "note"  // for people: what it told beside, such as why it failed
	Log   Kind = "log"   // for those who run the machine
	Stage Kind = "stage" // a stage began; Text is its name
)

// A Line is one line that a job has written.
type Line struct {
	N     int       `json:"n"` // counted from 1
	At    time.Time `json:"at"`
	Kind  Kind      `json:"kind"`
	Level string    `json:"level,omitempty"` // of the log: INFO, WARN, ERROR
	Text  string    `json:"text"`
}

// An Update tells a follower what is new.
type Update struct {
	Job   Job    `json:"job"`
	Lines []Line `json:"lines,omitempty"` // since the update before
}
