package feedback

import (
	"path"
	"slices"
	"strconv"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
)

const (
	// maxFindings is how many findings are listed, linked and commented: more
	// than a clerk mends in one go, and as many as Excel shows at ease.
	maxFindings = 500
	maxFigures  = 2000
	maxChanges  = 200
)

// The ways in which an answer goes out. They differ in what the unit is told
// to do next.
const (
	ownWorkbook   = ""
	cleanWorkbook = "_clean"
	htmlPage      = "_html"
)

// superseded is what an answer says of an accepted submission that no longer
// counts, because the unit has sent a newer one.
const superseded pipeline.Verdict = "superseded"

// newerCounts is the code of the finding that says so.
const newerCounts = "newer_counts"

// An answer is a feedback in words, as both the sheet and the page show it.
type answer struct {
	Title, Verdict, Next string
	Kind                 pipeline.Verdict
	Labels               []label
	Findings             []finding
	Figures              []figure
	Previous             string // the version that Changes are against; empty where this is the first
	Changes              []change
	MoreFindings         string // said where not all are listed; empty otherwise
	MoreChanges          string
	MoreFigures          string

	lang  *lang.Language
	trial bool
}

// A label is a named fact about the submission.
type label struct {
	Name, Value string
	Bad         bool
}

// A finding is a finding in words.
type finding struct {
	Number                                             int // in the list
	Severity                                           pipeline.Severity
	Word, Sheet, Cell, Read, Expected, Message, Remedy string
}

// Text is the feedback's text for key; that of a trial where it has another. The
// page's template calls it.
func (a *answer) Text(key string, pairs ...any) string {
	if own := "feedback.trial." + key; a.trial && a.lang.Has(own) {
		return a.lang.Text(own, pairs...)
	}
	return a.lang.Text("feedback."+key, pairs...)
}

func newAnswer(f *reports.Feedback, l *lang.Language, way string) *answer {
	a := &answer{Kind: verdict(f.Submission), lang: l, trial: f.Trial}
	a.Title, a.Verdict = a.Text("title"), a.Text("verdict."+string(a.Kind))
	a.Next = a.next(f, way)
	a.Labels = a.labels(f)
	sorted := slices.Clone(f.Submission.Findings)
	pipeline.SortFindings(sorted)
	for n, x := range sorted[:min(len(sorted), maxFindings)] {
		a.Findings = append(a.Findings, finding{
			Number: n + 1, Severity: x.Severity, Word: a.Text("severity." + string(x.Severity)), Sheet: x.Sheet, Cell: x.Cell,
			Read: x.Read, Expected: l.Expected(x), Message: l.Message(x), Remedy: l.Remedy(x),
		})
	}
	if n := len(sorted) - len(a.Findings); n > 0 {
		a.MoreFindings = a.Text("section.more_findings", "n", n)
	}
	a.setFigures(f)
	a.setChanges(f)
	return a
}

func verdict(s pipeline.Submission) pipeline.Verdict {
	newer := func(f pipeline.Finding) bool { return f.Code == newerCounts }
	if s.Verdict == pipeline.Accepted && slices.ContainsFunc(s.Findings, newer) {
		return superseded
	}
	return s.Verdict
}

// next says what the unit is to do now.
func (a *answer) next(f *reports.Feedback, way string) string {
	errors := pipeline.Count(f.Submission.Findings, pipeline.SeverityError)
	switch n := worth(f); {
	case a.Kind == pipeline.Accepted && errors > 0:
		return a.Text("next.accepted_despite", "n", errors)
	case a.Kind == pipeline.Accepted && n > 0:
		return a.Text("next.accepted_warnings", "n", n)
	case a.Kind == pipeline.Refused:
		return a.Text("next.refused"+way, "n", errors)
	}
	return a.Text("next." + string(a.Kind))
}

// worth counts the findings that deserve a look without being errors.
func worth(f *reports.Feedback) int {
	return pipeline.Count(f.Submission.Findings, pipeline.SeverityWarning) +
		pipeline.Count(f.Submission.Findings, pipeline.SeverityBeta)
}

// returned tells texts for a submission that has to be sent again from others:
// a unit that is told "in time" must not take its duty for done.
func (a *answer) returned() string {
	if a.Kind == pipeline.Refused {
		return "_returned"
	}
	return ""
}

func (a *answer) labels(f *reports.Feedback) []label {
	s, unknown := f.Submission, a.Text("unknown")
	or := func(values ...string) string {
		for _, v := range values {
			if v != "" {
				return v
			}
		}
		return unknown
	}
	received, due := unknown, unknown
	if !f.Received.IsZero() {
		received = a.lang.Time(f.Received)
	}
	if !f.FirstReceived.IsZero() && !f.FirstReceived.Equal(f.Received) {
		first := f.FirstReceived.In(f.Received.Location())
		received = a.Text("received.again", "received", received, "first", a.lang.Date(first))
	}
	switch {
	case f.Due.IsZero():
	case f.Late:
		due = a.Text("due.late"+a.returned(), "due", a.lang.Date(f.Due))
	default:
		due = a.Text("due.on_time"+a.returned(), "due", a.lang.Date(f.Due))
	}
	errors := pipeline.Count(s.Findings, pipeline.SeverityError)
	all := []label{
		{"unit", or(f.UnitName, s.Unit), false}, {"received", received, false},
		{"form", or(f.FormName, s.Form), false}, {"due", due, f.Late},
		{"period", or(a.lang.Period(s.Period)), false}, {"errors", strconv.Itoa(errors), errors > 0},
		{"file", or(path.Base(s.File)), false}, {"warnings", strconv.Itoa(worth(f)), false},
	}
	for i := range all {
		all[i].Name = a.Text("label." + all[i].Name)
	}
	return all
}
