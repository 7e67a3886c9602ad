package main

import (
	"context"

	"tonghop/pipeline"
)

// exemptCommand takes a report that a unit owes off the due list, on the record.
type exemptCommand struct {
	detailed
	Unit   string `name:"unit" required:"" placeholder:"U" help:"${help_unit}"`
	Form   string `name:"form" required:"" placeholder:"F" help:"${help_form}"`
	Period string `name:"period" required:"" placeholder:"P" help:"${help_period}"`
	Lift   bool   `name:"lift" help:"${help_lift}"`
	who
}

// Run exempts the unit, or lifts that.
func (c *exemptCommand) Run(ctx context.Context, p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	a := pipeline.Act{Kind: pipeline.ActExempt, Unit: c.Unit, Form: c.Form, Period: q}
	if c.Lift {
		a.Kind = pipeline.ActLift
	}
	return p.act(ctx, a, c.who, !c.Lift)
}
