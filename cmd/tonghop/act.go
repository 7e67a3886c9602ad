package main

import (
	"cmp"
	"context"
	"errors"
	"os/user"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
	"tonghop/pipeline/vntext"
)

// who says who acts and why; both stand on the record.
type who struct {
	By     string `name:"by" placeholder:"N" help:"${help_by}"`
	Reason string `name:"reason" placeholder:"R" help:"${help_reason}"`
}

// act does what staff decided and tells what came of it. needsReason is set for
// acts that nobody could defend later without one.
func (p *program) act(ctx context.Context, a pipeline.Act, w who, needsReason bool) error {
	return p.decide(ctx, w, needsReason, func(o *job.Options, by, reason string) {
		a.By, a.Reason = by, reason
		o.Act = &a
	})
}

// decide does a run with something that stands on the record by who did it and why.
func (p *program) decide(ctx context.Context, w who, needsReason bool, set func(o *job.Options, by, reason string)) error {
	by, reason := oneLine(w.By), oneLine(w.Reason)
	if by == "" {
		by = osUser()
	}
	switch {
	case needsReason && reason == "":
		return p.refused(&job.Refusal{Code: "no_reason"})
	case by == "":
		return p.refused(&job.Refusal{Code: "no_name"})
	}
	shown := newProgress(p)
	options := p.jobOptions(shown)
	set(&options, by, reason)
	options.By = by
	result, err := job.Run(ctx, options)
	shown.Close()
	var refusal *job.Refusal
	refused := errors.As(err, &refusal)
	if refused {
		err = nil
	}
	if err := p.endRun(result, err); err != nil {
		return err
	}
	if refused {
		return p.refused(refusal)
	}
	return nil
}

// osUser is who works on this machine, as far as it tells.
func osUser() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return cmp.Or(oneLine(u.Username), u.Uid)
}

// oneLine is text as it stands on the record: one line without what could drive
// a terminal.
func oneLine(text string) string { return strings.Join(strings.Fields(vntext.Printable(text)), " ") }

// refused tells why an act was not done. That there was nothing to do is no
// failure.
func (p *program) refused(r *job.Refusal) error {
	text := r.Text(p.text)
	if !r.Idle {
		return exitError{exitUsage, errors.New(text)}
	}
	if !p.json {
		p.line(0, text)
	}
	return nil
}

// tellAct tells what was put on the record.
func (p *program) tellAct(a pipeline.Act) {
	p.line(0, p.text.Text("act.done."+string(a.Kind), "period", p.text.Period(a.Period), "unit", a.Unit, "form", a.Form, "sha", short(a.SHA256)))
	p.line(1, p.text.Text("act.done.recorded", "seq", a.Seq, "by", a.By))
}

// short is enough of a hash to name a file by.
func short(sha string) string { return sha[:min(len(sha), 12)] }

// onPeriod are the arguments of the commands that decide about a period.
type onPeriod struct {
	Period string `arg:"" name:"period" help:"${help_period}"`
	who
}

func (c onPeriod) act(ctx context.Context, p *program, kind pipeline.ActKind) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	return p.act(ctx, pipeline.Act{Kind: kind, Period: q}, c.who, false)
}

// onSubmission are the arguments of the commands that decide about a submission,
// which the start of its hash names.
type onSubmission struct {
	SHA  string `arg:"" name:"sha" help:"${help_sha}"`
	Unit string `name:"unit" placeholder:"U" help:"${help_folder_unit}"`
	who
}

func (c onSubmission) act(ctx context.Context, p *program, kind pipeline.ActKind, needsReason bool) error {
	sha := strings.ToLower(strings.TrimSpace(c.SHA))
	if len(sha) < 8 || len(sha) > 64 || strings.Trim(sha, "0123456789abcdef") != "" {
		return p.refused(&job.Refusal{Code: "bad_sha", Pairs: []any{"sha", sha}})
	}
	return p.act(ctx, pipeline.Act{Kind: kind, SHA256: sha, Unit: c.Unit}, c.who, needsReason)
}
