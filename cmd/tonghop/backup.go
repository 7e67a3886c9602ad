package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/backup"
	"tonghop/pipeline/config"
	"tonghop/pipeline/job"
)

// backupCommand keeps a copy of the workspace.
type backupCommand struct {
	detailed
	To string `arg:"" name:"folder" type:"path" help:"${help_backup_to}"`
}

// Run makes the backup and tells what it holds.
func (c *backupCommand) Run(ctx context.Context, p *program) error {
	shown := newProgress(p)
	saved, err := job.Backup(ctx, p.jobOptions(shown), c.To)
	shown.Close()
	switch {
	case errors.Is(err, job.ErrInside):
		return exitError{exitUsage, errors.New(p.text.Text("cli.backup.inside", "dir", c.To))}
	case err != nil:
		return err
	case p.json:
		return json.NewEncoder(p.stdout).Encode(savedJSON(saved))
	}
	p.say("backup.done", "dir", saved.Dir, "n", saved.Files, "size", p.megabytes(saved.Bytes), "copied", saved.Copied, "new", p.megabytes(saved.New))
	for _, name := range saved.Left {
		p.say("backup.left", "file", name)
	}
	return nil
}

// A savedJSON is what `backup --json` prints.
type savedJSON struct {
	Dir    string   `json:"dir"`
	Files  int      `json:"files"`
	Bytes  int64    `json:"bytes"`
	Copied int      `json:"copied"` // of the files, those that the backup before had not
	New    int64    `json:"new_bytes"`
	Left   []string `json:"left,omitempty"`
}

// megabytes is a size as people read it.
func (p *program) megabytes(bytes int64) string {
	mb := decimal.NewFromInt(bytes).Div(decimal.NewFromInt(1 << 20))
	return p.text.Number(mb, 1, pipeline.HalfUp) + " MB"
}

// restoreCommand puts a backup back.
type restoreCommand struct {
	detailed
	From string `arg:"" name:"backup" type:"path" help:"${help_restore_from}"`
	To   string `arg:"" name:"folder" type:"path" help:"${help_restore_to}"`
}

// Run restores into an empty folder.
func (c *restoreCommand) Run(p *program) error {
	found, m, err := backup.Restore(c.From, c.To, func(string) {})
	switch {
	case errors.Is(err, backup.ErrNotEmpty):
		return exitError{exitUsage, errors.New(p.text.Text("cli.restore.not_empty", "dir", c.To))}
	case errors.Is(err, backup.ErrNone):
		return exitError{exitUsage, errors.New(p.text.Text("cli.restore.none", "dir", c.From))}
	case errors.Is(err, backup.ErrDamaged):
		return errors.New(p.text.Text("cli.restore.damaged", "dir", found, "error", err))
	case err != nil:
		return fmt.Errorf("restore %q: %w", c.From, err)
	}
	made := m.MadeAt
	if restored, err := config.Load(c.To, ""); err == nil { // the clock of the machine may be in another zone
		made = made.In(restored.Zone)
	}
	p.say("restore.done", "dir", c.To, "n", len(m.Files), "from", found, "at", p.text.Time(made))
	return nil
}
