package main

import (
	"context"
	"slices"

	"tonghop/pipeline"
	"tonghop/reports/published"
)

// closeCommand freezes a period: what comes later for it is held.
type closeCommand struct {
	detailed
	onPeriod
}

// Run says who still owes reports, by what is published, and closes the period.
func (c *closeCommand) Run(ctx context.Context, p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	if !p.json {
		if err := p.tellOwed(q); err != nil {
			return err
		}
	}
	return c.act(ctx, p, pipeline.ActClose)
}

// tellOwed lists the reports that have not come for a period that is published and open.
func (p *program) tellOwed(q pipeline.Period) error {
	o, err := p.reader().Look(p.now.In(p.config.Zone))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(o.Issues, func(i *published.Issue) bool { return i.Period == q && i.Closed == nil }) {
		return nil // why it can't be closed is told in a moment
	}
	owed, err := o.DuesWithin(q)
	if err != nil {
		return err
	}
	owed = slices.DeleteFunc(owed, func(d published.Due) bool { return d.State != "missing" && d.State != "not_due" })
	units, err := o.Units()
	if err != nil || len(owed) == 0 {
		return err
	}
	names := map[string]string{}
	for _, u := range units {
		names[u.Code] = u.Name
	}
	p.say("owed", "period", p.text.PeriodWithin(q), "n", len(owed))
	const most = 30 // that are named
	for _, d := range owed[:min(most, len(owed))] {
		p.line(1, p.text.Text("cli.owed_report", "unit", names[d.Unit], "code", d.Unit, "form", d.Form, "period", p.text.PeriodWithin(d.Period),
			"state", p.text.Text("cli.state."+d.State), "due", p.text.Date(d.Due)))
	}
	if len(owed) > most {
		p.line(1, p.text.Text("cli.owed_more", "n", len(owed)-most, "code", q.String()))
	}
	return nil
}
