package main

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// newProgress shows a bar on a terminal and one log line per stage elsewhere.
func newProgress(p *program) *progress {
	file, ok := p.stderr.(*os.File)
	return &progress{program: p, terminal: ok && term.IsTerminal(int(file.Fd()))}
}

// A progress tells people how far a run has come, on stderr.
type progress struct {
	program  *program
	terminal bool
	bar      *progressbar.ProgressBar
}

// Waiting tells that another run holds the workspace.
func (g *progress) Waiting(holder string) {
	g.program.log.Info("wait for another run", "holder", holder)
}

// Settling tells that new files are watched.
func (g *progress) Settling(n int, wait time.Duration) {
	g.program.log.Info("wait for new files to settle", "files", n, "wait", wait)
}

// Step begins a stage.
func (g *progress) Step(name string, total int) {
	g.Close()
	if !g.terminal {
		g.program.log.Info(name, "parts", total)
		return
	}
	if total == 0 {
		total = -1
	}
	g.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(g.program.stderr), progressbar.OptionShowCount(),
		progressbar.OptionSetDescription(g.program.text.Text("cli.stage."+name)), progressbar.OptionClearOnFinish())
}

// Part ends one part of the stage.
func (g *progress) Part(name string) {
	g.program.log.Debug("done", "part", name)
	if g.bar != nil {
		_ = g.bar.Add(1) // a bar that can't be drawn must not stop the run
	}
}

// Close ends the last stage.
func (g *progress) Close() {
	if g.bar != nil {
		_ = g.bar.Finish()
		g.bar = nil
	}
}
