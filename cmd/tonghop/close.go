package main

import (
	"context"

	"tonghop/pipeline"
)

// closeCommand freezes a period: what comes later for it is held.
type closeCommand struct {
	detailed
	Period string `arg:"" name:"period" help:"${help_period}"`
	who
}

// Run closes the period.
func (c *closeCommand) Run(ctx context.Context, p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	return p.act(ctx, pipeline.Act{Kind: pipeline.ActClose, Period: q}, c.who, false)
}
