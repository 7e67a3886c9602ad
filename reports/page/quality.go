package page

import (
	"slices"
	"strconv"

	"tonghop/pipeline"
	"tonghop/reports"
)

// findingsShown bounds the findings listed of one file; the unit's own feedback
// has them all.
const findingsShown = 50

// A qualityView lists the files that were returned or held, and the warnings.
type qualityView struct {
	Title                 string
	Refused, Held, Warned []fileView
}

// A fileView is one submission with its findings.
type fileView struct {
	Of                       string // place of the unit in the dataset, for filters; empty where unknown
	Unit, File, Time, Counts string
	Findings                 []findingView
	More                     string
}

// A findingView is one finding.
type findingView struct {
	Severity, Word, Place, Message, Remedy string
}

func (c *composer) quality() qualityView {
	var view qualityView
	warnings := 0
	for _, s := range c.d.Submissions {
		switch {
		case s.Status == string(pipeline.Refused):
			view.Refused = append(view.Refused, c.fileView(s))
		case s.Status == string(pipeline.Held):
			view.Held = append(view.Held, c.fileView(s))
		case s.Status == string(pipeline.Accepted) && s.Warnings+s.Errors > 0: // with errors where staff accepted it despite them
			view.Warned = append(view.Warned, c.fileView(s))
			warnings += s.Warnings
		}
	}
	view.Title = c.l.Text("page.quality.title", "refused", len(view.Refused), "held", len(view.Held), "warnings", warnings)
	if len(view.Refused)+len(view.Held)+warnings == 0 {
		view.Title = c.l.Text("page.quality.title_clean")
	}
	return view
}

func (c *composer) fileView(s reports.Submission) fileView {
	view := fileView{
		Unit: c.fullName(s.Unit), File: s.File, Time: c.l.Time(s.FirstSeen),
		Counts: c.l.Text("page.quality.counts", "errors", s.Errors, "warnings", s.Warnings),
	}
	if n, ok := c.unitAt[s.Unit]; ok {
		view.Of = strconv.Itoa(n)
	}
	if s.Unit == "" {
		view.Unit = c.l.Text("page.quality.unknown")
	}
	for _, f := range c.d.Findings {
		if f.SHA256 == s.SHA256 && f.File == s.File {
			view.Findings = append(view.Findings, c.findingView(f))
		}
	}
	if n := len(view.Findings); n > findingsShown {
		view.Findings = view.Findings[:findingsShown]
		view.More = c.l.Text("page.more", "count", n-findingsShown)
	}
	return view
}

func (c *composer) findingView(f reports.Finding) findingView {
	known := []pipeline.Severity{pipeline.SeverityError, pipeline.SeverityWarning, pipeline.SeverityBeta, pipeline.SeverityNotice}
	if !slices.Contains(known, f.Severity) {
		f.Severity = pipeline.SeverityNotice
	}
	view := findingView{
		Severity: string(f.Severity), Word: c.l.Text("page.quality." + string(f.Severity)),
		Message: f.Message, Place: f.Sheet,
	}
	if f.Cell != "" {
		view.Place = f.Sheet + "!" + f.Cell
	}
	if f.Remedy != "" {
		view.Remedy = c.l.Text("page.quality.remedy", "remedy", f.Remedy)
	}
	return view
}
