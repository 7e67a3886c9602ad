// Package logbook keeps the list of a workspace's runs: what ran, who started it and
// what came of it, whoever that was.
//
// A run enters itself while it holds the workspace's lock, and closes its entry before it
// frees it. So an entry that is open while nobody holds the lock is that of a run that
// was killed; the next one says so. Pages read the list without a lock.
package logbook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/disk"
	"tonghop/pipeline/lock"
)

// A State is how far a run has come.
type State string

// The states of a run.
const (
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed"
	Stopped State = "stopped" // it was asked to end
	Killed  State = "killed"  // it ended without a word: kill, crash or power cut
)

// An Entry is one run. Its times are the machine's, not those of --now.
type Entry struct {
	Command string    `json:"command"` // such as run --period 2026-Q1
	By      string    `json:"by,omitempty"`
	Job     bool      `json:"job,omitempty"` // serve started it, and keeps it among its jobs
	PID     int       `json:"pid"`
	State   State     `json:"state"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended,omitzero"` // of a killed one not known
	Fault   string    `json:"fault,omitempty"`
	Outcome *Outcome  `json:"outcome,omitempty"`
}

// An Outcome is what a run did.
type Outcome struct {
	Accepted    int      `json:"accepted"`
	Refused     int      `json:"refused"`
	Held        int      `json:"held"`
	Attachments int      `json:"attachments"`
	Published   []string `json:"published,omitempty"` // codes of periods
}

// Nothing tells whether nothing came in and nothing went out.
func (o Outcome) Nothing() bool {
	return o.Accepted+o.Refused+o.Held+o.Attachments+len(o.Published) == 0
}

// Quiet tells whether the run went well and there was nothing to do.
func (e Entry) Quiet() bool { return e.State == Done && e.Outcome != nil && e.Outcome.Nothing() }

// Folder is the folder in .tonghop.
const Folder = "runs"

// How many runs are kept of each kind. Those that found nothing to do are many and tell
// nothing.
const (
	keptQuiet = 30
	kept      = 300
)

// A Book is the list of the workspace whose state lies in Dir.
type Book struct{ Dir string }

func (b Book) path() string { return filepath.Join(b.Dir, Folder, "log.json") }

// Begin enters a run that begins now and gives it back, and those before it that were
// killed. The caller holds the lock.
func (b Book) Begin(e Entry) (Entry, []Entry, error) {
	e.PID, e.State, e.Started = os.Getpid(), Running, time.Now().UTC()
	all, err := b.load()
	if err != nil {
		return e, nil, err
	}
	var killed []Entry
	for i := range all {
		if all[i].State == Running {
			all[i].State = Killed
			killed = append(killed, all[i])
		}
	}
	return e, killed, b.save(append(all, e))
}

// End says what came of the run that began last. The caller holds the lock.
func (b Book) End(e Entry) error {
	all, err := b.load()
	if err != nil {
		return err
	}
	e.Ended = time.Now().UTC()
	at := slices.IndexFunc(all, e.same)
	if at < 0 { // it could not be entered, or somebody removed the list
		return b.save(append(all, e))
	}
	all[at] = e
	return b.save(all)
}

// Entries lists the runs, newest first.
func (b Book) Entries() ([]Entry, error) {
	all, err := b.load()
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(all, open); at >= 0 {
		seen := all[at]
		_, held, err := lock.HeldBy(b.Dir)
		if err != nil {
			return nil, err
		}
		if all, err = b.load(); err != nil { // had it ended meanwhile, it said so before it freed the lock
			return nil, err
		}
		if at := slices.IndexFunc(all, seen.same); at >= 0 && open(all[at]) && !held {
			all[at].State = Killed
		}
	}
	slices.Reverse(all)
	return all, nil
}

func open(e Entry) bool { return e.State == Running }

func (e Entry) same(o Entry) bool { return o.PID == e.PID && o.Started.Equal(e.Started) }

// load reads the list, the oldest first. One that can't be read is none: it is told to
// people and decides nothing.
func (b Book) load() ([]Entry, error) {
	data, err := os.ReadFile(b.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read list of runs: %w", err)
	}
	var all []Entry
	if json.Unmarshal(data, &all) != nil {
		return nil, nil
	}
	return all, nil
}

// save keeps the list without what is too old.
func (b Book) save(all []Entry) error {
	var quiet, others int
	var list []Entry
	for _, e := range slices.Backward(all) {
		n, most := &others, kept
		if e.Quiet() {
			n, most = &quiet, keptQuiet
		}
		if *n++; *n <= most {
			list = append(list, e)
		}
	}
	slices.Reverse(list)
	data, err := json.MarshalIndent(list, "", "\t")
	if err == nil {
		err = disk.Replace(b.path(), append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep list of runs: %w", err)
	}
	return nil
}
