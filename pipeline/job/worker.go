package job

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
)

// patience is how long a worker may take over one file. Honest files take well
// under a second.
const patience = 60 * time.Second

// A judge judges one file.
type judge interface {
	judge(t taken) (assess.Result, error)
	close() error
}

// newJudge starts a worker process, or judges in this process where the caller
// gave none to start.
func (r *run) newJudge(ctx context.Context) judge {
	if r.Worker == nil {
		return inProcess{r}
	}
	return &worker{run: r, ctx: ctx}
}

// inProcess judges in the run's own process.
type inProcess struct{ run *run }

func (p inProcess) judge(t taken) (assess.Result, error) {
	data, err := p.run.archive.Get(t.sha)
	if err != nil {
		return assess.Result{}, err
	}
	return p.run.rules.Assess(assess.Input{File: t.File, SHA256: t.sha, Data: data, Now: p.run.Now, Zone: p.run.Config.Zone})
}

func (inProcess) close() error { return nil }

// A worker is a process that judges files for the run. It is started when it is
// first needed and started anew when it ended.
type worker struct {
	run     *run
	ctx     context.Context // of the one call to judge that owns the worker
	command *exec.Cmd
	tasks   io.WriteCloser
	answers *bufio.Reader
	scratch string
}

// judge has the file judged. A file that ends its worker twice is refused and
// named: nothing that it does can end the run.
func (w *worker) judge(t taken) (assess.Result, error) {
	var fault error
	for range 2 {
		if err := w.start(); err != nil { // trouble with the machine, not with the file
			return assess.Result{}, err
		}
		a, err := w.ask(t)
		if err == nil && a.Err != "" {
			return a.Result, errors.New(a.Err)
		}
		if err == nil {
			return a.Result, nil
		}
		if w.ctx.Err() != nil {
			return assess.Result{}, w.ctx.Err()
		}
		fault = err
		w.run.Log.Warn("worker ended", "file", t.Path, "error", err)
		w.kill()
	}
	return w.run.rules.Refuse(t.File, t.sha, w.run.Now, pipeline.Finding{
		Code: "reader_killed", Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "detail", Value: fault.Error()}},
	}), nil
}

// ask sends the worker one task and waits for its answer.
func (w *worker) ask(t taken) (a assess.Answer, err error) {
	timer := time.AfterFunc(patience, func() { _ = w.command.Process.Kill() }) // a worker that has ended needs no killing
	defer timer.Stop()
	task := assess.Task{File: t.File, SHA256: t.sha, Path: w.run.archive.Path(t.sha), Now: w.run.Now}
	if err := json.NewEncoder(w.tasks).Encode(task); err != nil {
		return a, fmt.Errorf("hand file to worker: %w", err)
	}
	line, err := w.answers.ReadBytes('\n')
	if err != nil {
		return a, fmt.Errorf("wait for worker: %w", err)
	}
	if err := json.Unmarshal(line, &a); err != nil {
		return a, fmt.Errorf("read worker's answer: %w", err)
	}
	return a, nil
}

// start starts the process, if it does not run, with a folder of its own for
// temporary files, and waits until it is ready.
func (w *worker) start() (err error) {
	if w.command != nil {
		return nil
	}
	if w.scratch, err = os.MkdirTemp(w.run.Config.Path(".tonghop"), "worker-*"); err != nil {
		return fmt.Errorf("make worker's folder: %w", err)
	}
	rules := filepath.Join(w.run.acceptedDir(), w.run.rules.Catalogue.Hash)
	command := w.run.Worker(w.ctx, rules)
	command.Env = append(command.Environ(), "TMPDIR="+w.scratch)
	answers, err := command.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	if w.tasks, err = command.StdinPipe(); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	if err := command.Start(); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	w.command, w.answers = command, bufio.NewReader(answers)
	if _, err := w.answers.ReadBytes('\n'); err != nil {
		w.kill()
		return fmt.Errorf("start worker %q: it ended before it was ready", command.Args)
	}
	return nil
}

// kill ends the process and forgets it.
func (w *worker) kill() {
	if w.command != nil {
		_ = w.command.Process.Kill()
		_ = w.command.Wait() // its fault has been told
	}
	w.command = nil
	_ = os.RemoveAll(w.scratch)
}

// close lets the worker end.
func (w *worker) close() error {
	if w.command == nil {
		return nil
	}
	err := errors.Join(w.tasks.Close(), w.command.Wait(), os.RemoveAll(w.scratch))
	w.command = nil
	if err != nil {
		return fmt.Errorf("end worker: %w", err)
	}
	return nil
}
