package main

import (
	"errors"
	"io/fs"

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
		return nil, exitError{exitUsage, p.notPublished(q)}
	}
	return i, err
}

// notPublished says that there is nothing of a period, and what there is.
func (p *program) notPublished(q pipeline.Period) error {
	periods, err := p.reader().Periods()
	if err != nil || len(periods) == 0 {
		return errors.New(p.text.Text("cli.nothing_published"))
	}
	return errors.New(p.text.Text("cli.not_published", "period", p.text.Period(q), "code", q.String(), "periods", p.listed(codesOf(periods))))
}
