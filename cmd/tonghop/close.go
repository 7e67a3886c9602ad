package main

import (
	"context"

	"tonghop/pipeline"
)

// closeCommand freezes a period: what comes later for it is held.
type closeCommand struct {
	detailed
	onPeriod
}

// Run closes the period.
func (c *closeCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, pipeline.ActClose)
}
