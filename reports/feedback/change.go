package feedback

import (
	"path"

	"tonghop/pipeline"
	"tonghop/reports"
)

// A change is a figure that is another than in the version sent before.
type change struct {
	figure
	Before, By string // By is the difference, with its sign; empty where one of the two is no number
}

// setChanges lists what changed against the version that the unit sent before,
// in the order of the form.
func (a *answer) setChanges(f *reports.Feedback) {
	before := f.Previous
	if before == nil {
		return
	}
	a.Previous = a.Text("previous."+string(before.Verdict), "file", path.Base(before.File), "received", a.lang.Time(before.Received))
	known := map[pipeline.FactKey]pipeline.Fact{}
	for _, x := range before.Facts {
		known[x.Key()] = x
	}
	more := 0
	for i, now := range f.ReadBack {
		was, ok := known[now.Fact.Key()]
		if !ok || was.Same(now.Fact) {
			continue
		}
		if len(a.Changes) == maxChanges {
			more++
			continue
		}
		shown := a.figure(now)
		if i < len(a.Figures) {
			shown = a.Figures[i]
		}
		old := now
		old.Fact = was
		a.Changes = append(a.Changes, change{figure: shown, Before: a.before(old), By: a.difference(old, now)})
	}
	if more > 0 {
		a.MoreChanges = a.Text("section.more_changes", "n", more)
	}
}

// before words the earlier value: as it was written where it could not be read.
func (a *answer) before(r reports.ReadBack) string {
	if r.Fact.State == pipeline.StateBlank && r.Fact.Raw != "" {
		return a.Text("value.unread_raw", "raw", r.Fact.Raw)
	}
	return a.value(r)
}

func (a *answer) difference(old, now reports.ReadBack) string {
	if old.Fact.State == pipeline.StateBlank || now.Fact.State == pipeline.StateBlank || old.Fact.Value.Equal(now.Fact.Value) {
		return ""
	}
	now.Fact.Value = now.Fact.Value.Sub(old.Fact.Value)
	sign := ""
	if now.Fact.Value.IsPositive() {
		sign = "+"
	}
	return sign + a.number(now)
}
