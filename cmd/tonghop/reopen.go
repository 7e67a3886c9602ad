package main

import (
	"context"

	"tonghop/pipeline"
)

// reopenCommand lets a closed period count again.
type reopenCommand struct {
	detailed
	Period string `arg:"" name:"period" help:"${help_period}"`
	who
}

// Run reopens the period.
func (c *reopenCommand) Run(ctx context.Context, p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	return p.act(ctx, pipeline.Act{Kind: pipeline.ActReopen, Period: q}, c.who, false)
}
