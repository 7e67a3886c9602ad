package work

import (
	"context"
	"errors"
	"os/exec"
	"time"

	"tonghop/pipeline/process"
)

// run runs one job to its end.
func (r *Runner) run(ctx context.Context, e *entry) {
	defer e.cancel(nil)
	if r.Limit > 0 {
		defer time.AfterFunc(r.Limit, func() { e.cancel(errLimit) }).Stop()
	}
	id := e.job.ID
	r.Log.Info("job begins", "job", id, "args", e.job.Args)
	err := r.child(ctx, e)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.conclude(e, err, context.Cause(ctx))
	r.Log.Info("job ended", "job", id, "state", e.job.State, "exit", e.job.ExitCode, "elapsed", e.job.Ended.Sub(e.job.Started))
}

// child runs the process of a job and takes down what it writes.
func (r *Runner) child(ctx context.Context, e *entry) error {
	command := r.Command(ctx, e.job.Args)
	process.Prepare(command, r.Grace)
	process.EndWithUs(command)
	out, fault := &lineWriter{take: func(text string) { r.takeOut(e, text) }}, &lineWriter{take: func(text string) { r.takeFault(e, text) }}
	command.Stdout, command.Stderr = out, fault
	if err := command.Start(); err != nil {
		return errors.Join(errUnstarted, err)
	}
	err := command.Wait()
	process.End(command)
	out.flush()
	fault.flush()
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil // it was done, and what it left behind held its pipes
	}
	return err
}

var errUnstarted = errors.New("start process")

// conclude sets the state of a job whose process has ended. The caller holds the
// mutex.
func (r *Runner) conclude(e *entry, err, cause error) {
	j := &e.job
	j.State, j.Ended, j.Progress = Done, r.Now(), Progress{}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		j.ExitCode = exit.ExitCode()
	}
	switch {
	case err == nil:
	case errors.Is(err, errUnstarted):
		r.add(e, Line{Kind: Log, Level: "ERROR", Text: err.Error()})
		j.State, j.Fault = Failed, Unstarted
	case cause == errStopping:
		j.State, j.Ended, j.Started = Waiting, time.Time{}, time.Time{}
		j.Attempts--
	case cause == errCancelled:
		j.State = Cancelled
	case cause == errLimit:
		j.State, j.Fault = Failed, TimeLimit
	default:
		j.State = Failed
	}
	for _, l := range e.tail {
		e.number(l)
	}
	if err := r.store.saveLines(j.ID, e.lines); err != nil {
		r.Log.Error("lines of a job not kept", "job", j.ID, "error", err)
	}
	e.lines, e.tail = nil, nil
	_ = r.changed(e) // told in the log
}
