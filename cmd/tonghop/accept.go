package main

import (
	"context"

	"tonghop/pipeline"
)

// acceptCommand lets a submission count despite its errors, or again.
type acceptCommand struct {
	detailed
	SHA  string `arg:"" name:"sha" help:"${help_sha}"`
	Unit string `name:"unit" placeholder:"U" help:"${help_folder_unit}"`
	who
}

// Run accepts the submission.
func (c *acceptCommand) Run(ctx context.Context, p *program) error {
	a, err := p.submission(pipeline.ActAccept, c.SHA, c.Unit)
	if err != nil {
		return err
	}
	return p.act(ctx, a, c.who, true)
}
