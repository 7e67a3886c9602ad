package main

import (
	"context"

	"tonghop/pipeline"
)

// reopenCommand lets a closed period count again.
type reopenCommand struct {
	detailed
	onPeriod
}

// Run reopens the period.
func (c *reopenCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, pipeline.ActReopen)
}
