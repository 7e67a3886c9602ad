package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"tonghop/pipeline/assess"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

// workerCommand judges files and marks them up for a run, in a process with limits of its own.
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
	service := assess.Service{Rules: rules, Zone: p.config.Zone, Mark: func(original []byte, f *reports.Feedback) ([]byte, error, error) {
		return feedback.Book(original, f, p.issues)
	}}
	return service.Serve(os.Stdin, p.stdout)
}

// newWorker makes a worker of the same workspace.
func (p *program) newWorker(ctx context.Context, rules string) *exec.Cmd {
	args := []string{"--dir", p.config.Dir}
	if p.settings != "" {
		args = append(args, "--config", p.settings)
	}
	return exec.CommandContext(ctx, p.executable, append(args, "worker", rules)...)
}
