// Package health tells machines whether `tonghop serve` is well: its schedules,
// its jobs, the lock and the disk. Anybody may ask, so it names no unit, no person
// and no path.
package health

import (
	"encoding/json"
	"net/http"
	"time"

	"tonghop/pipeline/disk"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/serve/schedule"
	"tonghop/pipeline/serve/work"
)

// A Status sums it up.
type Status string

// The statuses. Failing is answered with 503.
const (
	OK      Status = "ok"
	Warning Status = "warning" // it works; somebody should look
	Failing Status = "failing"
)

// A Report is what is answered.
type Report struct {
	Status    Status           `json:"status"`
	Problems  []string         `json:"problems,omitempty"`
	Version   string           `json:"version"`
	Now       time.Time        `json:"now"`
	Started   time.Time        `json:"started"`
	Looked    time.Time        `json:"looked"` // at the clock, last
	Schedules []schedule.State `json:"schedules"`
	Running   *Job             `json:"running,omitempty"`
	Waiting   int              `json:"waiting"`
	LastJob   *Job             `json:"last_job,omitempty"` // that is over
	Locked    *time.Time       `json:"locked_since,omitempty"`
	DiskFree  uint64           `json:"disk_free_bytes"`
	DiskTotal uint64           `json:"disk_total_bytes"`
}

// A Job is what anybody may know of one.
type Job struct {
	ID       string     `json:"id"`
	Command  string     `json:"command"` // without its arguments
	State    work.State `json:"state"`
	ExitCode int        `json:"exit_code"`
	Started  time.Time  `json:"started"`
	Ended    time.Time  `json:"ended,omitzero"`
	Stage    string     `json:"stage,omitempty"`
}

// asleep is for how long the schedules may not have been looked at.
const asleep = 5 * time.Minute

// A Handler answers with a Report.
type Handler struct {
	State     string // the folder .tonghop
	Version   string
	Started   time.Time
	Longest   time.Duration // a job may take
	Now       func() time.Time
	Runner    *work.Runner
	Scheduler *schedule.Scheduler
}

// ServeHTTP answers.
func (h *Handler) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	r := h.Report()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if r.Status == Failing {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(r) // who asked may have gone away
}

// Report looks at everything.
func (h *Handler) Report() *Report {
	r := &Report{Status: OK, Version: h.Version, Now: h.Now(), Started: h.Started, Looked: h.Scheduler.Looked(), Schedules: h.Scheduler.States()}
	h.jobs(r)
	if r.Now.Sub(r.Looked) > asleep {
		r.add(Failing, "schedules_asleep")
	}
	for i := range r.Schedules {
		s := &r.Schedules[i]
		s.Fault, s.Command = "", s.Command[:1]
		if s.Result == schedule.Failed || s.Result == schedule.Panicked {
			r.add(Warning, "schedule_failed: "+s.Name)
		}
	}
	holder, held, err := lock.HeldBy(h.State)
	switch {
	case err != nil:
		r.add(Failing, "lock_unreadable")
	case held:
		r.Locked = &holder.Since
		if time.Since(holder.Since) > h.Longest {
			r.add(Warning, "lock_held_long")
		}
	}
	if r.DiskFree, r.DiskTotal, err = disk.Free(h.State); err == nil && r.DiskFree < disk.Least {
		r.add(Failing, "disk_full")
	} else if err == nil && r.DiskFree < disk.Scarce {
		r.add(Warning, "disk_scarce")
	}
	return r
}

// jobs tells of the job that runs and of the last one.
func (h *Handler) jobs(r *Report) {
	for _, j := range h.Runner.Jobs() {
		switch {
		case j.State == work.Waiting:
			r.Waiting++
		case j.State == work.Running:
			r.Running = known(j)
		case r.LastJob == nil && !j.Started.IsZero():
			r.LastJob = known(j)
		}
	}
}

func known(j work.Job) *Job {
	k := &Job{ID: j.ID, State: j.State, ExitCode: j.ExitCode, Started: j.Started, Ended: j.Ended, Stage: j.Progress.Stage}
	if len(j.Args) > 0 {
		k.Command = j.Args[0]
	}
	return k
}

// add tells of a problem; the worst one counts.
func (r *Report) add(s Status, problem string) {
	if r.Status != Failing {
		r.Status = s
	}
	r.Problems = append(r.Problems, problem)
}
