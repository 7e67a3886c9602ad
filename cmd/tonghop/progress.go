package main

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"tonghop/pipeline/lock"
	"tonghop/pipeline/vntext"
)

// newProgress shows a bar on a terminal and one log line per stage elsewhere.
func newProgress(p *program) *progress {
	file, ok := p.stderr.(*os.File)
	return &progress{program: p, terminal: ok && !p.records && term.IsTerminal(int(file.Fd()))}
}

// A progress tells how far a run has come, on stderr: people by a bar or lines of
// the log, and with --log json serve by records, which package work reads.
type progress struct {
	program  *program
	terminal bool
	bar      *progressbar.ProgressBar

	stage       string
	done, total int
	told        time.Time
}

// breath is the least time between two records of the same stage.
const breath = 100 * time.Millisecond

// Waiting tells that another run holds the workspace, what it does and since when.
func (g *progress) Waiting(h lock.Holder) {
	p := g.program
	g.stage = "lock"
	g.record()
	text := p.text.Text("cli.waiting_turn")
	if h.PID != 0 {
		text = p.text.Text("cli.waiting_for", "command", vntext.Printable(h.Command), "pid", h.PID, "since", p.text.Time(h.Since.In(p.config.Zone)))
	}
	fmt.Fprintln(p.stderr, text)
}

// Settling tells that new files are watched.
func (g *progress) Settling(n int, wait time.Duration) {
	g.stage, g.done, g.total = "settle", 0, n
	g.record()
	g.program.log.Info("wait for new files to settle", "files", n, "wait", wait)
}

// Step begins a stage.
func (g *progress) Step(name string, total int) {
	g.Close()
	g.stage, g.done, g.total = name, 0, total
	switch {
	case g.program.records:
		g.record()
	case g.terminal:
		if total == 0 {
			total = -1
		}
		g.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(g.program.stderr), progressbar.OptionShowCount(),
			progressbar.OptionSetDescription(g.program.text.Text("cli.stage."+name)), progressbar.OptionClearOnFinish())
	default:
		g.program.log.Info(name, "parts", total)
	}
}

// Part ends one part of the stage.
func (g *progress) Part(name string) {
	g.program.log.Debug("done", "part", name)
	g.done++
	if time.Since(g.told) >= breath || g.done == g.total {
		g.record()
	}
	if g.bar != nil {
		_ = g.bar.Add(1) // a bar that can't be drawn must not stop the run
	}
}

// record writes the stage as a record, where these are asked for.
func (g *progress) record() {
	g.told = time.Now()
	if g.program.records {
		g.program.log.Info("progress", "stage", g.stage, "done", g.done, "total", g.total)
	}
}

// Close ends the last stage.
func (g *progress) Close() {
	if g.bar != nil {
		_ = g.bar.Finish()
		g.bar = nil
	}
}
