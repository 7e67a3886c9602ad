package job

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/workbook"
	"tonghop/reports"
	"tonghop/reports/feedback"
)

// How long a worker may take to be ready, and to let go of its pipes once it has
// ended.
const (
	readiness = 30 * time.Second
	grace     = 5 * time.Second
)

// A judge judges one file, or marks it up with the answer to it.
type judge interface {
	judge(t taken) (assess.Result, error)
	mark(f *reports.Feedback) ([]byte, error)
	close() error
}

// newJudge is a judge by whichever rules a file came under.
func (r *run) newJudge(ctx context.Context) judge {
	return &court{run: r, ctx: ctx, judges: map[string]judge{}}
}

// A court has a judge for each catalogue: nearly always one.
type court struct {
	run    *run
	ctx    context.Context // of the one stage that owns the court
	judges map[string]judge
}

func (c *court) judge(t taken) (assess.Result, error) { return c.by(t.rules).judge(t) }

// mark needs no rules; those that serve have a judge already, most of the time.
func (c *court) mark(f *reports.Feedback) ([]byte, error) { return c.by("").mark(f) }

// by is the judge by the catalogue of the given hash.
func (c *court) by(hash string) judge {
	by := c.run.rulesBy(hash)
	j, ok := c.judges[by.dir]
	if !ok {
		j = c.run.newJudgeBy(c.ctx, by)
		c.judges[by.dir] = j
	}
	return j
}

func (c *court) close() error {
	var faults []error
	for _, j := range c.judges {
		faults = append(faults, j.close())
	}
	return errors.Join(faults...)
}

// newJudgeBy starts a worker process, or judges in this process where the caller
// gave none to start.
func (r *run) newJudgeBy(ctx context.Context, by ruleset) judge {
	if r.Worker == nil {
		return &inProcess{run: r, rules: by}
	}
	return &worker{run: r, rules: by, ctx: ctx, patience: r.Config.Worker.Patience, readiness: readiness}
}

// inProcess does both in the run's own process.
type inProcess struct {
	run    *run
	rules  ruleset
	reader workbook.Reader
}

func (p *inProcess) judge(t taken) (assess.Result, error) {
	data, err := p.run.archive.Get(t.sha)
	if err != nil {
		return assess.Result{}, err
	}
	return p.rules.Assess(assess.Input{File: t.File, SHA256: t.sha, Data: data, Now: t.now, Zone: p.run.Config.Zone, Reader: &p.reader})
}

func (p *inProcess) mark(f *reports.Feedback) ([]byte, error) {
	original, err := p.run.archive.Get(f.Submission.SHA256)
	if err != nil {
		return nil, err
	}
	data, tripped, err := feedback.Book(original, f, p.run.Language)
	if tripped != nil {
		p.run.notMarked(f, tripped)
	}
	return data, err
}

func (*inProcess) close() error { return nil }

// A worker is a process that judges files and marks them up for the run. It is started when it is
// first needed and started anew when it ended.
type worker struct {
	run                 *run
	rules               ruleset
	ctx                 context.Context // of the one stage that owns the worker
	patience, readiness time.Duration

	command *exec.Cmd
	in      io.WriteCloser
	tasks   *gob.Encoder // to in
	answers *assess.Answers
	says    *head // what it wrote to stderr
	scratch string
}

// judge has the file judged. A file that ends its worker twice is refused and
// named: nothing that it does can end the run.
func (w *worker) judge(t taken) (assess.Result, error) {
	a, fault, err := w.try(assess.Task{File: t.File, SHA256: t.sha, Path: w.run.archive.Path(t.sha), Now: t.now})
	if err == nil && fault != nil {
		return w.rules.Refuse(t.File, t.sha, t.now, pipeline.Finding{
			Code: "reader_killed", Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "detail", Value: fault.Error()}},
		}), nil
	}
	return a.Result, err
}

// mark has the file marked up. One that ends its worker by that is answered without.
func (w *worker) mark(f *reports.Feedback) ([]byte, error) {
	s := &f.Submission
	a, fault, err := w.try(assess.Task{File: intake.File{Path: s.File, Size: s.Size}, SHA256: s.SHA256, Path: w.run.archive.Path(s.SHA256), Mark: f})
	switch {
	case err != nil:
		return nil, err
	case fault != nil:
		w.run.notMarked(f, fault)
		return w.run.answerAlone(f)
	case a.Tripped != "":
		w.run.notMarked(f, errors.New(a.Tripped))
	}
	return a.Book, nil
}

// try sends the worker a task, and once more to a new one if that ends it. fault is
// how it ended the second time.
func (w *worker) try(task assess.Task) (a assess.Answer, fault, err error) {
	for range 2 {
		if err := w.start(); err != nil { // trouble with the machine, not with the file
			return a, nil, err
		}
		a, fault = w.ask(task)
		if fault == nil && a.Err != "" {
			return a, nil, errors.New(a.Err)
		}
		if fault == nil {
			return a, nil, nil
		}
		if w.ctx.Err() != nil {
			return a, nil, w.ctx.Err()
		}
		w.kill()
		w.run.Log.Warn("worker ended", "file", task.File.Path, "error", fault, "stderr", w.says.String())
	}
	return a, fault, nil
}

// ask sends the worker one task and waits for its answer.
func (w *worker) ask(task assess.Task) (a assess.Answer, err error) {
	defer w.limit(w.patience)()
	if err := w.tasks.Encode(task); err != nil {
		return a, fmt.Errorf("hand file to worker: %w", err)
	}
	return w.answers.Next()
}

// limit kills the worker that runs now after the given time; stop calls that off.
func (w *worker) limit(after time.Duration) (stop func() bool) {
	process := w.command.Process // not whatever worker runs then
	return time.AfterFunc(after, func() { _ = process.Kill() }).Stop
}

// start starts the process, if it does not run, and waits until it is ready.
func (w *worker) start() error {
	if w.command != nil {
		return nil
	}
	if err := w.launch(); err != nil {
		w.kill()
		return fmt.Errorf("start worker within %d MiB (limits.worker_memory_mib): %w; stderr: %q", w.run.Config.Worker.MemoryBytes>>20, err, w.says.String())
	}
	return nil
}

// launch starts the process with a folder of its own for temporary files.
func (w *worker) launch() (err error) {
	w.says = &head{}
	if w.scratch, err = os.MkdirTemp(w.run.Config.Path(".tonghop"), "worker-*"); err != nil {
		return fmt.Errorf("make worker's folder: %w", err)
	}
	command := w.run.Worker(w.ctx, w.rules.dir)
	command.Env = append(command.Environ(), "TMPDIR="+w.scratch)
	command.Stderr, command.WaitDelay = w.says, grace
	answers, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if w.in, err = command.StdinPipe(); err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	w.command, w.tasks, w.answers = command, gob.NewEncoder(w.in), assess.NewAnswers(answers)
	defer w.limit(w.readiness)()
	if _, err := w.answers.Next(); err != nil {
		return fmt.Errorf("%q ended before it was ready: %w", command.Args, err)
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
	_ = os.RemoveAll(w.scratch) // the next run removes what this one can't
}

// close lets the worker end.
func (w *worker) close() error {
	if w.command == nil {
		return nil
	}
	stop := w.limit(w.patience)
	err := errors.Join(w.in.Close(), w.command.Wait(), os.RemoveAll(w.scratch))
	stop()
	w.command = nil
	if err != nil {
		return fmt.Errorf("end worker: %w; stderr: %q", err, w.says.String())
	}
	return nil
}

// A head keeps the beginning of what is written to it.
type head struct {
	mutex sync.Mutex
	kept  []byte
}

// Write keeps what there is room for and takes the rest in silence.
func (h *head) Write(data []byte) (int, error) {
	const most = 4096
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.kept = append(h.kept, data[:min(len(data), most-len(h.kept))]...)
	return len(data), nil
}

// String is what was kept.
func (h *head) String() string {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return string(h.kept)
}
