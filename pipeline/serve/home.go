package serve

import (
	"net/http"
	"slices"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/serve/schedule"
	"tonghop/reports/published"
)

// A homeView is the content of the first page.
type homeView struct {
	Jobs      []jobView // what runs and waits
	Last      *jobView  // else what ran last
	Tasks     []taskView
	Periods   []periodView
	Schedules []slotView
	Staff     bool
}

// A taskView is something that waits for staff.
type taskView struct {
	Text, Link string
}

// A periodView is one published period.
type periodView struct {
	Code, Name, Link, Folder string // the folder of its issue below out, with a slash
	Issue                    int
	AsOf                     string
	Headline, Units          string
	Met, Reported            bar
	Closed                   string
	Runs                     string // that it is not over, and when it will be
}

// A slotView is one schedule.
type slotView struct {
	Title, Last, Next, Result, Job string
}

// home is the first page: what runs, what waits for staff, where the periods stand.
func (s *Server) home(w http.ResponseWriter, r *request) error {
	o, err := s.look(r)
	if err != nil {
		return err
	}
	view := homeView{Staff: r.User != ""}
	view.Periods = s.periodViews(o)
	if view.Staff {
		if view.Tasks, err = s.tasks(o); err != nil {
			return err
		}
	}
	if view.Jobs, view.Last, err = s.nowView(); err != nil {
		return err
	}
	if !view.Staff { // what staff do is theirs to know; that figures may soon change is not
		view.Last = nil
		for i := range view.Jobs {
			view.Jobs[i].Title = s.text("home.update")
		}
	}
	if s.Schedules != nil {
		for _, slot := range s.Schedules() {
			view.Schedules = append(view.Schedules, s.slotView(slot))
		}
	}
	s.show(w, r, http.StatusOK, "home", s.text("home.title"), view)
	return nil
}

func (s *Server) slotView(state schedule.State) slotView {
	v := slotView{Title: state.Name, Last: s.moment(state.Started), Next: s.moment(state.Next), Job: state.Job}
	if key := "web.schedule." + state.Name; s.Language.Has(key) {
		v.Title = s.Language.Text(key)
	}
	if state.Result != "" {
		v.Result = s.text("home.slot." + string(state.Result))
	}
	return v
}

// text is a text of the pages.
func (s *Server) text(key string, pairs ...any) string { return s.Language.Text("web."+key, pairs...) }

// moment prints a time in the workspace's zone, or that there is none.
func (s *Server) moment(t time.Time) string {
	if t.IsZero() {
		return s.text("never")
	}
	return s.Language.Time(t.In(s.Config.Zone))
}

// nowView is what runs and waits, and what ran last that was no idle look into the inbox.
func (s *Server) nowView() (active []jobView, last *jobView, err error) {
	all, err := s.activities()
	for _, a := range all {
		switch {
		case !a.over:
			active = append([]jobView{a.view}, active...)
		case last == nil && !a.quiet:
			last = &a.view
		}
	}
	return active, last, err
}

// periodViews are the published periods, newest first; but the newest that is over
// stands before those that still run, whose figures are not yet for judging.
func (s *Server) periodViews(o *published.Outlook) []periodView {
	var over, running []periodView
	for _, i := range o.Issues {
		v := s.periodView(i)
		cutOff, err := time.Parse(time.DateOnly, i.CutOff)
		if err != nil || i.CutOff < o.Now.Format(time.DateOnly) { // issues of earlier versions have none
			over = append(over, v)
			continue
		}
		v.Runs = s.text("home.runs", "date", s.Language.Date(cutOff))
		running = append(running, v)
	}
	return slices.Insert(over, min(1, len(over)), running...)
}

func (s *Server) periodView(i *published.Issue) periodView {
	m := i.Manifest
	view := periodView{
		Code: m.Period, Name: s.Language.Period(i.Period), Folder: issueFolder(i), Issue: m.Issue, AsOf: s.moment(m.AsOf),
		Headline: s.Language.Text("page.index.no_targets"), Units: s.Language.Text("page.index.no_due"),
		Met: newBar(m.Met, m.Targets-m.Met-m.NoData, m.NoData), Reported: newBar(m.Reported, m.Due-m.Reported, 0),
	}
	view.Link = view.Folder + "index.html"
	switch {
	case m.Targets == 0:
	case m.NoData == m.Targets:
		view.Headline = s.Language.Text("page.index.blank", "targets", m.Targets)
	case m.NoData > 0:
		view.Headline = s.Language.Text("page.index.met_no_data", "met", m.Met, "targets", m.Targets, "no_data", m.NoData)
	default:
		view.Headline = s.Language.Text("page.index.met", "met", m.Met, "targets", m.Targets)
	}
	if m.Due > 0 {
		view.Units = s.Language.Text("page.index.reported", "reported", m.Reported, "due", m.Due)
	}
	if m.Closed != nil {
		view.Closed = s.text("home.closed", "at", s.moment(m.Closed.At), "by", m.Closed.By)
	}
	return view
}

// tasks are what waits for staff.
func (s *Server) tasks(o *published.Outlook) ([]taskView, error) {
	files, err := o.Files()
	if err != nil {
		return nil, err
	}
	dues, err := o.Dues()
	if err != nil {
		return nil, err
	}
	held, returned, overdue := 0, 0, map[string]bool{}
	for _, f := range files {
		switch {
		case f.Status == string(pipeline.Held):
			held++
		case f.Status == string(pipeline.Refused) && !f.Mended:
			returned++
		}
	}
	for _, d := range dues {
		if d.Overdue() {
			overdue[d.Unit] = true
		}
	}
	var all []taskView
	for _, task := range []struct {
		n         int
		key, link string
	}{{held, "held", "/status#waiting"}, {returned, "returned", "/status#returned"}, {len(overdue), "overdue", "/status#reminders"}} {
		if task.n > 0 {
			all = append(all, taskView{s.text("home.task."+task.key, "n", task.n), task.link})
		}
	}
	return all, nil
}

// A bar is a whole as three parts, for a drawing: reached, short of it, not known.
type bar struct {
	Met, Rest, Blank float64 // in hundredths of the whole
	RestAt, BlankAt  float64
	Whole            bool // there is something to share
}

func newBar(met, rest, blank int) bar {
	whole := met + rest + blank
	if whole <= 0 {
		return bar{}
	}
	part := func(n int) float64 { return 100 * float64(n) / float64(whole) }
	return bar{part(met), part(rest), part(blank), part(met), part(met + rest), true}
}
