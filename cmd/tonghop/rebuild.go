package main

import (
	"context"
	"encoding/json"

	"tonghop/pipeline/job"
)

// rebuildCommand makes the database again from the record and the archive.
type rebuildCommand struct {
	detailed
}

// Run rebuilds and tells whether everything is as it was; if not, the exit code is
// that of a failure.
func (c *rebuildCommand) Run(ctx context.Context, p *program) error {
	shown := newProgress(p)
	if !p.json {
		p.say("rebuild.what")
	}
	b, err := job.Rebuild(ctx, p.jobOptions(shown))
	shown.Close()
	if p.json && err == nil {
		if err := json.NewEncoder(p.stdout).Encode(rebuildReport(p, b)); err != nil {
			return err
		}
	} else if !p.json {
		if err := p.endRun(b.Result, err); err != nil {
			return err
		}
		p.tellRebuilt(b)
	}
	if err == nil && !b.Equal() {
		err = exitError{exitFailed, nil}
	}
	return err
}

func (p *program) tellRebuilt(b job.Rebuilt) {
	p.say("rebuild.made", "n", b.Made)
	var rows int64
	for _, t := range b.Tables {
		rows += t.After
		if t.Differing > 0 {
			p.say("rebuild.other_table", "table", t.Table, "n", t.Differing, "before", t.Before, "after", t.After)
		}
	}
	for _, name := range b.Changed {
		p.say("rebuild.other_file", "file", name)
	}
	switch {
	case len(b.Tables) == 0:
		p.say("rebuild.nothing_to_compare")
	case b.Equal():
		p.say("rebuild.equal", "tables", len(b.Tables), "rows", rows, "files", b.Outputs)
	}
	if b.Kept != "" {
		p.say("rebuild.kept", "file", b.Kept)
	}
}

// A rebuiltJSON is what `rebuild --json` prints.
type rebuiltJSON struct {
	Run     runJSON     `json:"run"`
	Made    int         `json:"made"`
	Equal   bool        `json:"equal"`
	Tables  []tableJSON `json:"tables"`
	Outputs int         `json:"outputs"`
	Changed []string    `json:"changed"`
	Kept    string      `json:"kept,omitempty"`
}

type tableJSON struct {
	Table     string `json:"table"`
	Before    int64  `json:"before"`
	After     int64  `json:"after"`
	Differing int64  `json:"differing"`
}

func rebuildReport(p *program, b job.Rebuilt) rebuiltJSON {
	report := rebuiltJSON{
		Run: runReport(p, b.Result), Made: b.Made, Equal: len(b.Tables) > 0 && b.Equal(), Tables: []tableJSON{},
		Outputs: b.Outputs, Changed: append([]string{}, b.Changed...), Kept: b.Kept,
	}
	for _, t := range b.Tables {
		report.Tables = append(report.Tables, tableJSON(t))
	}
	return report
}
