package main

import (
	"context"

	"tonghop/pipeline"
)

// acceptCommand lets a submission count despite its errors, or again.
type acceptCommand struct {
	detailed
	onSubmission
}

// Run accepts the submission.
func (c *acceptCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, pipeline.ActAccept, true)
}
