package feedback

import (
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// WriteUnit writes a unit's own board: what is due and by when, what was
// received and what became of each file, with links to the answers beside it.
func WriteUnit(w io.Writer, b *reports.UnitBoard, l *lang.Language) error {
	return render(w, "unit.gohtml", newUnitView(b, l))
}

// A unitView is the content of a unit's board.
type unitView struct {
	Language, Title, Name, AsOf, Lead string
	Reports                           []reportView
	Files                             []fileView
	lang                              *lang.Language
}

// A reportView is one due report.
type reportView struct {
	Form, Period, Due, State, Received string
	Class                              string // of what is overdue
	Mark                               string // of the state, as all pages mark it
}

// A fileView is one file that came.
type fileView struct {
	Name, Received, Period, Status, Answer string
	Refused                                bool
}

// Text is a text of the unit's board.
func (v unitView) Text(key string) string { return v.lang.Text("feedback.unit." + key) }

func newUnitView(b *reports.UnitBoard, l *lang.Language) unitView {
	v := unitView{Language: l.Code, Name: b.Name, AsOf: l.Time(b.AsOf), lang: l}
	v.Title = l.Text("feedback.unit.title")
	missing, received := split(b.Reports)
	for _, r := range missing {
		v.Reports = append(v.Reports, v.missing(b, r))
	}
	for _, r := range received {
		view := v.report(b, r)
		view.State = l.Text("feedback.unit.state." + r.State)
		if !r.Received.IsZero() { // an exempted report never comes
			view.Received = l.Date(r.Received)
		}
		view.Mark = r.State
		v.Reports = append(v.Reports, view)
	}
	switch {
	case len(b.Reports) == 0:
		v.Lead = l.Text("feedback.unit.nothing_due")
	case len(missing) > 0:
		v.Lead = l.Text("feedback.unit.lacking", "n", len(missing))
	default:
		v.Lead = l.Text("feedback.unit.complete")
	}
	for i, s := range b.Submissions {
		view := newFileView(s, l)
		if view.Refused && mended(s, b.Submissions[:i]) {
			view.Refused, view.Status = false, l.Text("feedback.unit.status.mended")
		}
		v.Files = append(v.Files, view)
	}
	return v
}

// split has the missing reports apart, the one that is due first at the top: they
// are what the clerk has to do.
func split(all []reports.Reporting) (missing, received []reports.Reporting) {
	for _, r := range all {
		if r.State == "missing" {
			missing = append(missing, r)
		} else {
			received = append(received, r)
		}
	}
	slices.SortStableFunc(missing, func(a, b reports.Reporting) int { return a.Due.Compare(b.Due) })
	return missing, received
}

func (v unitView) report(b *reports.UnitBoard, r reports.Reporting) reportView {
	return reportView{Form: r.Form + " · " + b.FormNames[r.Form], Period: printed(r.Period, v.lang), Due: v.lang.Date(r.Due)}
}

// missing is a report that has not come: how many days are left, or gone.
func (v unitView) missing(b *reports.UnitBoard, r reports.Reporting) reportView {
	view := v.report(b, r)
	days := int(r.Due.Sub(pipeline.DayIn(b.AsOf, b.AsOf.Location())).Hours() / 24)
	switch {
	case days < 0:
		view.State, view.Class = v.lang.Text("feedback.unit.state.overdue", "n", -days), "missing"
		view.Mark = "missing"
	case days == 0:
		view.State, view.Mark = v.lang.Text("feedback.unit.state.due_today"), "pending"
	default:
		view.State, view.Mark = v.lang.Text("feedback.unit.state.due_in", "n", days), "pending"
	}
	if r.Refused > 0 {
		view.State += " " + v.lang.Text("feedback.unit.returned", "n", r.Refused)
	}
	return view
}

// mended tells whether a newer file took the place of a refused one: it has the
// same name, or reports the same form and period, and was accepted.
func mended(s reports.Submission, newer []reports.Submission) bool {
	return slices.ContainsFunc(newer, func(n reports.Submission) bool {
		same := n.File == s.File || s.Period != "" && n.Form == s.Form && n.Period == s.Period
		return same && (n.Status == string(pipeline.Accepted) || n.Status == "superseded")
	})
}

func newFileView(s reports.Submission, l *lang.Language) fileView {
	below := strings.TrimPrefix(s.File, s.Unit+"/")
	view := fileView{
		Name: below, Received: l.Time(s.FirstSeen), Period: printed(s.Period, l),
		Status: l.Text("feedback.unit.status." + s.Status), Refused: s.Status == string(pipeline.Refused),
	}
	if s.Status != string(pipeline.Attachment) && (s.Status != string(pipeline.Held) || s.Form != "") {
		folder := ""
		if dir := path.Dir(below); dir != "." {
			folder = (&url.URL{Path: dir}).EscapedPath() + "/"
		}
		view.Answer = "./" + folder
	}
	return view
}

// printed is the name of the period with the given code.
func printed(code string, l *lang.Language) string {
	p, err := pipeline.ParsePeriod(code)
	if err != nil {
		return ""
	}
	return l.Period(p)
}
