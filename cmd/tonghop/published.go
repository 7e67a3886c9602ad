package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/reports/published"
)

// reader reads the published outputs. status, trace and export read nothing else:
// what they tell is what leadership sees.
func (p *program) reader() *published.Reader { return published.Open(p.config.Path("out")) }

// issue is what is published for a period.
func (p *program) issue(q pipeline.Period) (*published.Issue, error) {
	i, err := p.reader().Issue(q)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exitError{exitUsage, errors.New(p.text.Text("cli.not_published", "folder", filepath.Join("out", q.String())))}
	}
	return i, err
}
