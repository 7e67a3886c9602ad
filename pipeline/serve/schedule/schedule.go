// Package schedule tells `tonghop serve` when to do what tonghop.toml asks for by
// the clock.
//
// It looks at the clock every minute, instead of waiting for a timer, so that
// sleep, downtime and a clock set anew are all the same to it: slots that passed
// since the last one are made up for once. A slot that comes while the one before
// still runs is passed over. What a schedule has done stands on the disk.
package schedule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tonghop/pipeline/config"
	"tonghop/pipeline/disk"
)

const (
	// late is how long after its slot a schedule has to run to be told of.
	late = 2 * time.Minute
	// ahead is how far a last slot may lie in the future before the clock must have
	// been wrong.
	ahead = time.Hour
)

// A Result is what came of a slot.
type Result string

// The results of a slot.
const (
	Running  Result = "running"
	Done     Result = "done"
	Failed   Result = "failed"
	Panicked Result = "panicked"
	Stopped  Result = "stopped" // serve stopped; its job is done after the next start
)

// A State is a schedule and what it did last.
type State struct {
	Name    string    `json:"name"`
	Cron    string    `json:"cron"`
	Command []string  `json:"command"`
	Next    time.Time `json:"next"`
	Slot    time.Time `json:"slot,omitzero"` // the last one that has passed
	Record
}

// A Record is the last run of a schedule.
type Record struct {
	Result  Result    `json:"result,omitempty"` // empty: it has never run
	Started time.Time `json:"started,omitzero"`
	Ended   time.Time `json:"ended,omitzero"`
	Missed  int       `json:"missed,omitempty"` // slots that it made up for, beside its own
	Job     string    `json:"job,omitempty"`
	Fault   string    `json:"fault,omitempty"`
}

// Options says what to do when.
type Options struct {
	Path      string // of the file that keeps what the schedules did
	Schedules []config.Schedule
	// Task does what a schedule asks for and returns when that is over, with the job
	// that did it.
	Task func(ctx context.Context, s config.Schedule) (job string, err error)
	// Asked tells whether the job of a schedule was asked for since then, so that it is
	// done whatever became of who waited for it; nil is no.
	Asked func(s config.Schedule, since time.Time) bool
	Now   func() time.Time
	Log   *slog.Logger
}

// A Scheduler starts tasks by the clock. It is safe for concurrent use.
type Scheduler struct {
	Options

	mutex   sync.Mutex
	entries []*entry
	looked  time.Time
}

// An entry is a schedule with its last slot and its last run.
type entry struct {
	config.Schedule
	slot time.Time
	last Record
}

// Open reads what the schedules did before. One that has never been seen begins
// now; one that was cut off before its job was asked for is due again.
func Open(o Options) (*Scheduler, error) {
	kept, err := Load(o.Path)
	if err != nil {
		return nil, err
	}
	if err := disk.Clear(filepath.Dir(o.Path)); err != nil {
		return nil, fmt.Errorf("clear schedules: %w", err)
	}
	s := &Scheduler{Options: o, looked: o.Now()}
	for _, each := range o.Schedules {
		e := &entry{Schedule: each, slot: s.looked}
		if k, ok := kept[each.Name]; ok {
			e.slot, e.last = k.Slot, k.Record
		}
		if e.last.Result == Running {
			o.Log.Warn("schedule was cut off", "schedule", each.Name, "slot", e.slot)
			e.last.Result = Stopped
			if o.Asked == nil || !o.Asked(each, e.last.Started) {
				e.slot = e.slot.Add(-time.Second)
			}
		}
		s.entries = append(s.entries, e)
	}
	s.save()
	return s, nil
}

// Load reads what the schedules did, by their names.
func Load(path string) (map[string]State, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	var kept []State
	if err := json.Unmarshal(data, &kept); err != nil {
		return nil, fmt.Errorf("read schedules %q: %w", path, err)
	}
	byName := map[string]State{}
	for _, k := range kept {
		byName[k.Name] = k
	}
	return byName, nil
}

// save keeps what the schedules did. The caller holds the mutex.
func (s *Scheduler) save() {
	data, err := json.MarshalIndent(s.states(), "", "\t")
	if err == nil {
		err = disk.Replace(s.Path, append(data, '\n'))
	}
	if err != nil { // they go on; at worst a slot is made up for twice
		s.Log.Error("schedules not kept", "file", s.Path, "error", err)
	}
}
