package main

import (
	"context"

	"tonghop/pipeline"
)

// withdrawCommand takes a submission out.
type withdrawCommand struct {
	detailed
	onSubmission
}

// Run withdraws the submission.
func (c *withdrawCommand) Run(ctx context.Context, p *program) error {
	return c.act(ctx, p, pipeline.ActWithdraw, false)
}
