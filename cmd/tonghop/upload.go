package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"tonghop/pipeline/job"
)

// uploadCommand puts a file into the inbox on behalf of a unit, on the record, and runs.
type uploadCommand struct {
	detailed
	File   string `arg:"" name:"file" type:"path" help:"${help_upload_file}"`
	Unit   string `name:"unit" required:"" placeholder:"U" help:"${help_unit}"`
	Staged bool   `name:"staged" hidden:""` // the file is of the pages of serve: it goes once it is taken
	who
}

// Run puts the file on the record and into the unit's folder, and does a run.
func (c *uploadCommand) Run(ctx context.Context, p *program) error {
	if c.Staged { // the workspace may have been moved, or restored from a backup, since
		c.File = p.config.Path(".tonghop", "upload", filepath.Base(filepath.Dir(c.File)), filepath.Base(c.File))
	}
	err := p.decide(ctx, c.who, true, func(o *job.Options, by, reason string) {
		o.Upload = &job.Upload{Path: c.File, Name: filepath.Base(c.File), Unit: c.Unit, By: by, Reason: reason}
	})
	var exit exitError
	if c.Staged && (err == nil || errors.As(err, &exit)) { // after a failure it is tried again
		err = errors.Join(err, os.RemoveAll(filepath.Dir(c.File)))
	}
	return err
}
