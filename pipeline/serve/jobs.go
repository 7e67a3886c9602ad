package serve

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/logbook"
	"tonghop/pipeline/serve/work"
)

// A jobView is one job.
type jobView struct {
	ID, Title, By, Reason, State, Class     string
	Asked, Started, Ended, Elapsed, Outcome string
	Stage                                   string
	Done, Total                             int
	Over, Waiting                           bool
	Lines                                   []lineView
	Published                               []link
}

// refresh asks browsers without scripts to look again while the job goes on.
func (v jobView) refresh() int {
	if v.Over {
		return 0
	}
	return 5
}

// A lineView is one line that a job has written.
type lineView struct {
	N    int    `json:"n"`
	At   string `json:"at"`
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func (s *Server) jobView(j work.Job) jobView {
	v := jobView{
		ID: j.ID, Title: j.Title, By: j.By, Reason: j.Reason, State: s.text("job.state." + string(j.State)), Class: string(j.State),
		Asked: s.moment(j.Asked), Started: s.moment(j.Started), Ended: s.moment(j.Ended), Over: j.Over(), Waiting: j.State == work.Waiting,
		Stage: s.stage(j.Progress.Stage), Done: j.Progress.Done, Total: j.Progress.Total,
	}
	if key := "web.schedule." + j.Title; j.By == "" && s.Language.Has(key) {
		v.Title = s.Language.Text(key)
	}
	if v.Title == "" {
		v.Title = s.text("job.untitled")
	}
	if j.Fault != "" {
		v.State += ": " + s.text("job.fault."+string(j.Fault))
	}
	if !j.Ended.IsZero() && !j.Started.IsZero() {
		v.Elapsed = j.Ended.Sub(j.Started).Round(time.Second).String()
	}
	if o := j.Outcome; o != nil {
		v.Outcome = s.outcome(*o)
		for _, code := range o.Published {
			if name := s.periodName(code); name != "" {
				v.Published = append(v.Published, link{name, "/out/" + code + "/"})
			}
		}
	}
	return v
}

// runView is a run that serve did not start.
func (s *Server) runView(e logbook.Entry) jobView {
	state := map[logbook.State]work.State{logbook.Running: work.Running, logbook.Done: work.Done, logbook.Stopped: work.Cancelled}[e.State]
	v := s.jobView(work.Job{
		Request: work.Request{Title: "tonghop " + e.Command, By: strings.TrimPrefix(s.text("jobs.command_line", "by", e.By), ", ")}, State: cmp.Or(state, work.Failed),
		Asked: e.Started, Started: e.Started, Ended: e.Ended, Outcome: e.Outcome,
	})
	switch {
	case e.State == logbook.Killed:
		v.State, v.Ended = s.text("job.state.killed"), v.Started
	case e.Fault != "":
		v.State += ": " + e.Fault
	}
	return v
}

// An activity is a job or a run that serve did not start.
type activity struct {
	at          time.Time
	over, quiet bool
	view        jobView
}

// activities are the jobs and the runs from elsewhere, newest first.
func (s *Server) activities() ([]activity, error) {
	var all []activity
	if s.Jobs != nil {
		for _, j := range s.Jobs.Jobs() {
			all = append(all, activity{j.Asked, j.Over(), j.Quiet(), s.jobView(j)})
		}
	}
	entries, err := logbook.Book{Dir: s.Config.Path(".tonghop")}.Entries()
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !e.Job {
			all = append(all, activity{e.Started, e.State != logbook.Running, e.Quiet(), s.runView(e)})
		}
	}
	slices.SortStableFunc(all, func(a, b activity) int { return b.at.Compare(a.at) })
	return all, nil
}

// outcome words what a run did.
func (s *Server) outcome(o logbook.Outcome) string {
	var parts []string
	for _, part := range []struct {
		key string
		n   int
	}{{"accepted", o.Accepted}, {"refused", o.Refused}, {"held", o.Held}, {"attachments", o.Attachments}, {"published", len(o.Published)}} {
		if part.n > 0 {
			parts = append(parts, s.text("job.outcome."+part.key, "n", part.n))
		}
	}
	if len(parts) == 0 {
		return s.text("job.nothing")
	}
	return strings.Join(parts, ", ")
}

// stage is the name of a stage of a run.
func (s *Server) stage(name string) string {
	if key := "web.job.stage." + name; s.Language.Has(key) {
		return s.Language.Text(key)
	}
	return name
}

func (s *Server) lineView(l work.Line) lineView {
	text := l.Text
	if l.Kind == work.Stage {
		text = s.stage(l.Text)
	}
	return lineView{l.N, l.At.In(s.Config.Zone).Format(time.TimeOnly), string(l.Kind), text}
}

// jobs lists what ran, newest first.
func (s *Server) jobs(w http.ResponseWriter, r *request) error {
	view := struct {
		Jobs  []jobView
		Quiet int // looks into the inbox that found nothing, not listed
		All   bool
	}{All: r.URL.Query().Get("all") != ""}
	all, err := s.activities()
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.quiet && !view.All {
			view.Quiet++
			continue
		}
		view.Jobs = append(view.Jobs, a.view)
	}
	s.show(w, r, http.StatusOK, "jobs", s.text("jobs.title"), view)
	return nil
}

// job is one job with what it has written.
func (s *Server) job(w http.ResponseWriter, r *request) error {
	for u, err := range s.Jobs.Follow(r.Context(), r.PathValue("id"), 0) {
		if errors.Is(err, work.ErrUnknown) {
			return notFound
		}
		if err != nil {
			return err
		}
		view := s.jobView(u.Job)
		for _, l := range u.Lines {
			view.Lines = append(view.Lines, s.lineView(l))
		}
		s.show(w, r, http.StatusOK, "job", view.Title, view)
		return nil
	}
	return nil
}

// cancel takes a job out, or asks it to end.
func (s *Server) cancel(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	err := s.Jobs.Cancel(id)
	switch {
	case errors.Is(err, work.ErrUnknown):
		return notFound
	case err != nil && !errors.Is(err, work.ErrOver):
		return err
	}
	s.Log.Info("job cancelled", "job", id, "by", r.User)
	http.Redirect(w, r.Request, "/jobs/"+id, http.StatusSeeOther)
	return nil
}
