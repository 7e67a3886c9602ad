package job

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/logbook"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/transform"
)

// checkIn puts the run on the list of runs, and tells of one before it that was killed: at
// once, for the same may come of this one. A list that can't be written stops no run.
func (r *run) checkIn(ctx context.Context) logbook.Entry {
	entry, killed, err := r.book().Begin(logbook.Entry{Command: r.Command, By: r.By, Job: r.Job})
	if err != nil {
		r.Log.Warn("run not listed", "error", err)
	}
	for _, k := range killed {
		r.Log.Warn("a run was killed", "command", k.Command, "pid", k.PID, "started", k.Started)
		what := notify.OfRuns
		if strings.HasPrefix(k.Command, notify.OfBackups) {
			what = notify.OfBackups
		}
		alarm := notify.Alarm{Config: r.Config, Language: r.Language}
		if err := alarm.Ended(ctx, what, k.Started, r.Language.Text("alarm.fault.killed")); err != nil {
			r.Log.Error("not notified", "error", err)
		}
	}
	return entry
}

// checkOut says on the list what came of the run.
func (r *run) checkOut(ctx context.Context, entry logbook.Entry, err error) {
	entry.State, entry.Fault = logbook.Done, r.fault(r.result, err)
	switch {
	case err != nil && ctx.Err() != nil:
		entry.State, entry.Fault = logbook.Stopped, ""
	case entry.Fault != "":
		entry.State = logbook.Failed
	}
	if err == nil && r.rules != nil { // it was one that takes what is new
		o := r.result.Outcome()
		entry.Outcome = &o
	}
	if err := r.book().End(entry); err != nil {
		r.Log.Warn("run not listed", "error", err)
	}
}

func (r *run) book() logbook.Book { return logbook.Book{Dir: r.Config.Path(".tonghop")} }

// Outcome is what the run did, in short.
func (result Result) Outcome() logbook.Outcome {
	var o logbook.Outcome
	for _, s := range result.Submissions {
		switch s.Verdict {
		case pipeline.Accepted:
			o.Accepted++
		case pipeline.Refused:
			o.Refused++
		case pipeline.Held:
			o.Held++
		case pipeline.Attachment:
			o.Attachments++
		}
	}
	for _, x := range result.Published {
		o.Published = append(o.Published, x.Period.String())
	}
	return o
}

// Faulty tells whether a run that came to its end calls for somebody who looks at it:
// the catalogue or staff's own SQL has errors.
func (result Result) Faulty() bool { return result.LastGood || result.faultySQL() }

func (result Result) faultySQL() bool {
	return slices.ContainsFunc(result.SQL, func(f transform.Found) bool { return f.Severity == pipeline.SeverityError })
}

// fault words why a run failed; empty if it went well.
func (o Options) fault(result Result, err error) string {
	var refusal *Refusal
	key := ""
	switch {
	case errors.As(err, &refusal):
		if refusal.Idle {
			return ""
		}
		return refusal.Text(o.Language)
	case errors.Is(err, ErrCatalogue):
		key = "catalogue"
	case errors.Is(err, ErrNoInbox):
		key = "no_inbox"
	case err != nil:
		return err.Error()
	case result.LastGood:
		key = "last_good"
	case result.faultySQL():
		key = "sql"
	default:
		return ""
	}
	return o.Language.Text("alarm.fault." + key)
}

// alarm tells the program that staff have named whether it failed: what was asked to end,
// and an act that was refused, say nothing about that.
func (o Options) alarm(ctx context.Context, what string, result Result, err error) {
	var refusal *Refusal
	if err != nil && ctx.Err() != nil || errors.As(err, &refusal) {
		return
	}
	alarm := notify.Alarm{Config: o.Config, Language: o.Language}
	if err := alarm.Ended(ctx, what, o.Now, o.fault(result, err)); err != nil {
		o.Log.Error("not notified", "error", err)
	}
}
