package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"

	"tonghop/pipeline/assess"
	"tonghop/pipeline/notify"
)

// remindCommand words for each unit what it owes and tells staff's program.
type remindCommand struct {
	detailed
	Days *int `name:"days" placeholder:"N" help:"${help_days}"`
}

// Run prints the reminders and hands them to the program, if there are any. The
// words go to units, so they are in the workspace's language.
func (c *remindCommand) Run(ctx context.Context, p *program) error {
	days := p.config.Remind.DaysBefore
	if c.Days != nil {
		days = *c.Days
	}
	outlook, err := p.reader().Look(p.now.In(p.config.Zone))
	if err != nil {
		return err
	}
	rules, _, err := assess.Load(os.DirFS(p.config.Path("inputs")), p.config.Calendar)
	if err != nil {
		return err
	}
	if rules != nil { // a broken catalogue is told by every run; what is published still tells
		outlook.Plan(rules.Catalogue, days)
	}
	reminders, err := outlook.Reminders(p.issues, days)
	if err != nil {
		return err
	}
	e := notify.Event{Event: notify.Reminder, At: p.now, Workspace: p.config.Dir, Language: p.issues.Code, Sample: p.config.Sample, Reminders: []notify.Unit{}}
	var texts []string
	for _, r := range reminders {
		e.Reminders = append(e.Reminders, notify.Unit{Unit: r.Unit.Code, Name: r.Unit.Name, Owes: r.Count, Text: r.Text})
		texts = append(texts, r.Text)
	}
	e.Text = strings.Join(texts, "\n\n")
	if p.json {
		if err := json.NewEncoder(p.stdout).Encode(e.Reminders); err != nil {
			return err
		}
	} else {
		p.tellReminders(e)
	}
	if len(e.Reminders) == 0 {
		return nil
	}
	var fault *notify.Fault
	if err := notify.Send(ctx, p.config.Notify, p.config.Dir, e); errors.As(err, &fault) {
		return errors.New(p.unsent(fault))
	}
	return nil
}

// unsent tells that the program passed nothing on, and what it said.
func (p *program) unsent(f *notify.Fault) string {
	how := p.text.Text("cli.notify.failed", "error", f.Err)
	if f.Exit > 0 {
		how = p.text.Text("cli.notify.ended", "exit", f.Exit)
	}
	last := ""
	if f.Last != "" {
		last = " " + p.text.Text("cli.notify.said", "last", f.Last)
	}
	return p.text.Text("cli.notify.unsent", "program", f.Program, "how", how) + last
}

func (p *program) tellReminders(e notify.Event) {
	for _, line := range strings.Split(e.Text, "\n") {
		if len(e.Reminders) > 0 {
			p.line(0, line)
		}
	}
	p.say("reminded", "n", len(e.Reminders))
}
