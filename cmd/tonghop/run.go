package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/job"
)

// runCommand takes what is new and publishes what changed.
type runCommand struct {
	detailed
	Period []string `name:"period" placeholder:"P" help:"${help_period}"`
	All    bool     `name:"all" help:"${help_all}"`
	Issue  int      `name:"issue" placeholder:"N" help:"${help_issue}"`
}

// Run does one run and tells what came of it.
func (c *runCommand) Run(ctx context.Context, p *program) error {
	shown := newProgress(p)
	options := p.jobOptions(shown)
	options.All = c.All
	for _, code := range c.Period {
		q, err := p.period(code)
		if err != nil {
			return err
		}
		options.Periods = append(options.Periods, q)
	}
	if c.Issue != 0 {
		defer shown.Close()
		return c.printAgain(ctx, p, options)
	}
	result, err := job.Run(ctx, options)
	shown.Close()
	return p.endRun(result, err)
}

func (p *program) jobOptions(shown job.Progress) job.Options {
	options := job.Options{Config: p.config, Language: p.issues, Now: p.now, Log: p.log, Progress: shown, Version: edition(version, p.executable), Command: p.command(), By: osUser()}
	options.Job = os.Getenv(ofServe) != ""
	if p.executable != "" {
		options.Worker = p.newWorker
	}
	return options
}

// endRun tells what came of a run and chooses the exit code.
func (p *program) endRun(result job.Result, err error) error {
	if p.json {
		err = errors.Join(err, json.NewEncoder(p.stdout).Encode(runReport(p, result)))
	} else {
		p.tellRun(result)
	}
	if p.records {
		p.log.Info("run ended", "outcome", result.Outcome())
	}
	switch {
	case errors.Is(err, job.ErrCatalogue):
		return exitError{exitUsage, nil}
	case errors.Is(err, job.ErrNoInbox):
		return exitError{exitFailed, errors.New(p.text.Text("cli.no_inbox", "dir", p.config.Path("inputs", "inbox")))}
	case err != nil:
		return err
	case result.Faulty():
		return exitError{exitUsage, nil}
	}
	return nil
}

// printAgain puts an earlier issue of one period at the top again.
func (c *runCommand) printAgain(ctx context.Context, p *program, options job.Options) error {
	if len(options.Periods) != 1 || c.All {
		return exitError{exitUsage, errors.New(p.text.Text("cli.issue_of_one_period"))}
	}
	q := options.Periods[0]
	m, err := job.PrintAgain(ctx, options, q, c.Issue)
	if errors.Is(err, job.ErrNoIssue) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.no_issue", "period", p.text.Period(q), "issue", c.Issue))}
	}
	if err != nil {
		return err
	}
	if p.json {
		return json.NewEncoder(p.stdout).Encode(publishedJSON{Period: q.String(), Issue: m.Issue, Restatements: len(m.Restatements)})
	}
	p.say("printed_again", "period", p.text.Period(q), "issue", m.Issue, "newest", m.Newest, "code", q.String(),
		"page", path.Join("out", q.String(), "index.html"))
	return nil
}

func (p *program) tellRun(result job.Result) {
	p.tellCatalogue(result.Catalogue)
	if last := result.ClockBehind; !last.IsZero() {
		p.say("clock_behind", "now", p.text.Time(p.now.In(p.config.Zone)), "last", p.text.Time(last.In(p.config.Zone)))
	}
	p.tellNewCatalogue(result.Changes, result.Before)
	if a := result.Aside; a != nil {
		key := "database_older"
		if a.Damaged {
			key = "database_damaged"
		}
		p.say(key, "file", a.File)
	}
	for _, f := range result.SQL {
		p.line(0, p.wording(f.File, f.Finding))
		p.line(1, "→ "+p.text.Remedy(f.Finding))
	}
	if result.LastGood {
		p.say("last_good")
	}
	counts := map[pipeline.Verdict]int{}
	for _, s := range result.Submissions {
		counts[s.Verdict]++
		p.tellSubmission(s)
	}
	for _, name := range result.Conflicts {
		p.say("conflict", "file", name)
	}
	for _, name := range result.Unreadable {
		p.say("unreadable", "file", name)
	}
	for _, lost := range result.Lost {
		p.say("lost", "file", lost.File, "missing", lost.Missing)
	}
	for _, name := range result.Unanswered {
		p.say("unanswered", "file", name)
	}
	for _, q := range result.Kept {
		p.say("kept", "period", p.text.Period(q), "code", q.String())
	}
	for _, q := range result.Restored {
		p.say("restored", "period", p.text.Period(q))
	}
	for _, published := range result.Published {
		key := "published"
		if published.Restatements > 0 {
			key = "restated"
		}
		p.say(key, "period", p.text.Period(published.Period), "issue", published.Issue, "n", published.Restatements,
			"page", path.Join("out", published.Period.String(), "index.html"))
	}
	p.say("run_total", "accepted", counts[pipeline.Accepted], "refused", counts[pipeline.Refused], "held", counts[pipeline.Held],
		"attachments", counts[pipeline.Attachment], "unchanged", result.Unchanged, "moving", result.Moving, "published", len(result.Published))
	if result.Act != nil {
		p.tellAct(*result.Act)
	}
}

// tellSubmission prints the verdict on a file with its errors; with its warnings and
// notes too if the caller asked for detail or they tell why it is held.
func (p *program) tellSubmission(s pipeline.Submission) {
	p.tellVerdict(s)
	for _, f := range s.Findings {
		if p.verbose || s.Verdict == pipeline.Held || f.Severity == pipeline.SeverityError {
			p.line(1, p.wording(path.Base(s.File), p.withoutReading(f)))
		}
	}
}

// withoutReading is a finding on a unit's file for where its words are kept beside the
// log: there is no text of a cell in it, which may be a person's name.
func (p *program) withoutReading(f pipeline.Finding) pipeline.Finding {
	if !p.records || f.Read == "" {
		return f
	}
	f.Args = slices.Clone(f.Args)
	for i, a := range f.Args {
		if a.Value == f.Read {
			f.Args[i].Value = "…"
		}
	}
	f.Read = "…"
	return f
}

func (p *program) tellVerdict(s pipeline.Submission) {
	p.say("verdict_"+string(s.Verdict), "file", s.File, "unit", s.Unit, "form", s.Form, "period", s.Period.String(),
		"errors", pipeline.Count(s.Findings, pipeline.SeverityError), "warnings", pipeline.Count(s.Findings, pipeline.SeverityWarning))
}

func (p *program) tellCatalogue(findings []assess.FileFinding) {
	for _, f := range findings {
		p.line(0, p.wording(path.Join("inputs", f.File), f.Finding))
		p.line(1, "→ "+p.text.Remedy(f.Finding))
	}
}

// wording is a finding on one line: file!sheet!cell: severity: message.
func (p *program) wording(file string, f pipeline.Finding) string {
	place := file
	if f.Sheet != "" {
		place += "!" + f.Sheet
	}
	if f.Cell != "" {
		place += "!" + f.Cell
	}
	return place + ": " + p.text.Text("severity."+string(f.Severity)) + ": " + p.text.Message(f)
}

// A runJSON is what `run --json` prints.
type runJSON struct {
	Catalogue   []findingJSON      `json:"catalogue,omitempty"`
	Changes     []catalogue.Change `json:"catalogue_changes,omitempty"`
	SQL         []findingJSON      `json:"sql,omitempty"`
	LastGood    bool               `json:"last_good_catalogue,omitempty"`
	Submissions []submissionJSON   `json:"submissions"`
	Conflicts   []string           `json:"conflicts,omitempty"`
	Unreadable  []string           `json:"unreadable,omitempty"`
	Lost        []lostJSON         `json:"lost,omitempty"`
	Unanswered  []string           `json:"unanswered,omitempty"`
	Unchanged   int                `json:"unchanged"`
	Moving      int                `json:"moving"`
	Published   []publishedJSON    `json:"published"`
	Restored    []string           `json:"restored,omitempty"`
	Kept        []string           `json:"kept,omitempty"` // closed periods whose figures would be others
	Act         *pipeline.Act      `json:"act,omitempty"`
	Aside       string             `json:"database_set_aside,omitempty"` // where the database lies that could not serve
}

type lostJSON struct {
	File    string `json:"file"`
	Missing string `json:"missing"`
}

type publishedJSON struct {
	Period       string `json:"period"`
	Issue        int    `json:"issue"`
	Restatements int    `json:"restatements"`
}

func runReport(p *program, result job.Result) runJSON {
	report := runJSON{
		LastGood: result.LastGood, Conflicts: result.Conflicts, Unreadable: result.Unreadable, Unanswered: result.Unanswered,
		Unchanged: result.Unchanged, Moving: result.Moving,
		Submissions: []submissionJSON{}, Published: []publishedJSON{}, Act: result.Act,
		Restored: codesOf(result.Restored), Kept: codesOf(result.Kept), Changes: result.Changes,
	}
	if result.Aside != nil {
		report.Aside = result.Aside.File
	}
	for _, lost := range result.Lost {
		report.Lost = append(report.Lost, lostJSON(lost))
	}
	for _, f := range result.Catalogue {
		report.Catalogue = append(report.Catalogue, p.findingJSON(f.File, f.Finding))
	}
	for _, f := range result.SQL {
		report.SQL = append(report.SQL, p.findingJSON(f.File, f.Finding))
	}
	for _, s := range result.Submissions {
		report.Submissions = append(report.Submissions, p.submissionJSON(s))
	}
	for _, x := range result.Published {
		report.Published = append(report.Published, publishedJSON{x.Period.String(), x.Issue, x.Restatements})
	}
	return report
}

func codesOf(periods []pipeline.Period) []string {
	var all []string
	for _, q := range periods {
		all = append(all, q.String())
	}
	return all
}
