package job

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/notify"
	"tonghop/reports/feedback"
)

// notify tells the program that staff have named what the run refused, held and
// published. It is told after the lock is free, so that nobody waits for it, and
// of what a run that failed came to, too.
func (o Options) notify(ctx context.Context, result Result) {
	e := o.event(result)
	if len(o.Config.Notify.Command) == 0 || len(e.Refused)+len(e.Held)+len(e.Published) == 0 {
		return
	}
	if err := notify.Send(ctx, o.Config.Notify, o.Config.Dir, e); err != nil {
		o.Log.Error("not notified", "error", err)
	}
}

func (o Options) event(result Result) notify.Event {
	e := notify.Event{Event: notify.Run, At: o.Now, Workspace: o.Config.Dir, Language: o.Language.Code, Sample: o.Config.Sample}
	var lines []string
	say := func(key string, pairs ...any) { lines = append(lines, o.Language.Text("cli."+key, pairs...)) }
	for _, p := range result.Published {
		page := path.Join("out", p.Period.String(), "index.html")
		e.Published = append(e.Published, notify.Published{
			Period: p.Period.String(), Name: o.Language.Period(p.Period), Issue: p.Issue, Restatements: p.Restatements, Page: page,
		})
		key := "published"
		if p.Restatements > 0 {
			key = "restated"
		}
		say(key, "period", o.Language.Period(p.Period), "issue", p.Issue, "n", p.Restatements, "page", page)
	}
	for _, s := range result.Submissions {
		f := notify.File{
			File: s.File, Unit: s.Unit, Form: s.Form, Errors: pipeline.Count(s.Findings, pipeline.SeverityError),
			Warnings: pipeline.Count(s.Findings, pipeline.SeverityWarning), Feedback: o.answerTo(s.File),
		}
		if !s.Period.IsZero() {
			f.Period = s.Period.String()
		}
		switch s.Verdict {
		case pipeline.Refused:
			e.Refused = append(e.Refused, f)
		case pipeline.Held:
			e.Held = append(e.Held, f)
		default:
			continue
		}
		say("verdict_"+string(s.Verdict), "file", f.File, "errors", f.Errors, "warnings", f.Warnings)
	}
	e.Text = strings.Join(lines, "\n")
	return e
}

// answerTo is where the answer to a file lies below the workspace; empty if there
// is none.
func (o Options) answerTo(file string) string {
	for _, ending := range []string{feedback.BookEnding, feedback.PageEnding} {
		name := filepath.Join("inputs", "feedback", feedback.FileName(file, ending))
		if _, err := os.Stat(o.Config.Path(name)); err == nil {
			return filepath.ToSlash(name)
		}
	}
	return ""
}
