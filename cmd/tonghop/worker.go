package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"tonghop/pipeline/assess"
)

// workerCommand judges files for a run, in a process with limits of its own.
// Only a run starts it.
type workerCommand struct {
	Rules string `arg:"" type:"path" hidden:""`
}

// Run answers tasks from stdin until it ends.
func (c *workerCommand) Run(p *program) error {
	if err := limitMemory(p.config.Worker.MemoryBytes); err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	rules, _, err := assess.Load(os.DirFS(c.Rules), p.config.Calendar)
	if err != nil {
		return err
	}
	if rules == nil {
		return fmt.Errorf("the catalogue in %q has errors", c.Rules)
	}
	rules.Limits = p.config.Limits
	return rules.Serve(os.Stdin, p.stdout, p.config.Zone)
}

// newWorker makes a worker of the same workspace.
func (p *program) newWorker(ctx context.Context, rules string) *exec.Cmd {
	args := []string{"--dir", p.config.Dir}
	if p.settings != "" {
		args = append(args, "--config", p.settings)
	}
	return exec.CommandContext(ctx, p.executable, append(args, "worker", rules)...)
}
