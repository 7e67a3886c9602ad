package main

import (
	"context"

	"tonghop/pipeline"
)

// withdrawCommand takes a submission out.
type withdrawCommand struct {
	detailed
	SHA  string `arg:"" name:"sha" help:"${help_sha}"`
	Unit string `name:"unit" placeholder:"U" help:"${help_folder_unit}"`
	who
}

// Run withdraws the submission.
func (c *withdrawCommand) Run(ctx context.Context, p *program) error {
	a, err := p.submission(pipeline.ActWithdraw, c.SHA, c.Unit)
	if err != nil {
		return err
	}
	return p.act(ctx, a, c.who, false)
}
