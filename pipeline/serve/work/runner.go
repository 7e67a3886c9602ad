package work

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Options says how jobs are run.
type Options struct {
	Dir string // where jobs and what they wrote are kept
	// Command makes the process of a job from the arguments it was asked for.
	Command func(ctx context.Context, args []string) *exec.Cmd
	Now     func() time.Time
	Log     *slog.Logger
	Grace   time.Duration // between the request to end and the kill
	Limit   time.Duration // how long a job may run; 0 is for ever
}

// What the caller of a Runner branches on.
var (
	ErrUnknown = errors.New("no such job")
	ErrOver    = errors.New("job is over")
	ErrStopped = errors.New("no more jobs: serve is stopping")
)

// A Runner runs jobs. It is safe for concurrent use.
type Runner struct {
	Options
	store store

	mutex   sync.Mutex
	entries []*entry      // in the order they were asked for
	wake    chan struct{} // holds one: there may be something to do
	stop    context.CancelFunc
	stopped bool
	ended   chan struct{} // closed when the loop has ended
}

// An entry is a job in memory.
type entry struct {
	job     Job
	lines   []Line        // while it is not over
	tail    []Line        // the last of those after mostLines
	changed chan struct{} // closed at the next change
	cancel  context.CancelCauseFunc
}

// The causes for which a job is ended.
var (
	errCancelled = errors.New("cancelled")
	errStopping  = errors.New("serve is stopping")
	errLimit     = errors.New("ran too long")
)

// Open reads the jobs of earlier times and begins with those that wait.
func Open(o Options) (*Runner, error) {
	r := &Runner{Options: o, store: store{dir: o.Dir}, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	jobs, err := r.store.load()
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		e := &entry{job: j, changed: make(chan struct{})}
		r.entries = append(r.entries, e)
		if j.State == Running {
			if err := r.takeUp(e); err != nil {
				return nil, err
			}
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	r.wake <- struct{}{}
	go r.loop(ctx)
	return r, nil
}

// takeUp puts a job back that ran when serve was killed. One that has been there
// twice may well be what killed it.
func (r *Runner) takeUp(e *entry) error {
	e.job.State, e.job.Progress = Waiting, Progress{}
	if e.job.Attempts >= 2 {
		e.job.State, e.job.Fault, e.job.Ended = Failed, Interrupted, r.Now()
	}
	r.Log.Warn("job was interrupted", "job", e.job.ID, "state", e.job.State)
	return r.store.save(e.job)
}

// Start asks for a job. One that waits and does the same stands for both.
func (r *Runner) Start(request Request) (Job, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.stopped {
		return Job{}, ErrStopped
	}
	for _, e := range r.entries {
		if e.job.State == Waiting && e.job.same(request) {
			return e.job, nil
		}
	}
	e := &entry{job: Job{ID: r.nextID(), Request: request, State: Waiting, Asked: r.Now()}, changed: make(chan struct{})}
	if err := r.store.save(e.job); err != nil {
		return Job{}, fmt.Errorf("keep job: %w", err)
	}
	r.entries = append(r.entries, e)
	r.poke()
	return e.job, nil
}

// nextID counts on from the newest job, which is never thrown away.
func (r *Runner) nextID() string {
	n := 0
	if len(r.entries) > 0 {
		_, _ = fmt.Sscanf(r.entries[len(r.entries)-1].job.ID, "%d", &n) // we wrote it
	}
	return fmt.Sprintf("%06d", n+1)
}

func (r *Runner) poke() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Jobs lists the jobs that are kept, newest first.
func (r *Runner) Jobs() []Job {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	all := make([]Job, 0, len(r.entries))
	for _, e := range slices.Backward(r.entries) {
		all = append(all, e.job)
	}
	return all
}

// Job is the job of that ID, or ErrUnknown.
func (r *Runner) Job(id string) (Job, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	e, err := r.find(id)
	if err != nil {
		return Job{}, err
	}
	return e.job, nil
}

func (r *Runner) find(id string) (*entry, error) {
	for _, e := range r.entries {
		if e.job.ID == id {
			return e, nil
		}
	}
	return nil, fmt.Errorf("job %q: %w", id, ErrUnknown)
}

// Cancel takes a waiting job out, and asks a running one to end: it rolls back
// and frees the lock. One that does not is killed after the grace. Follow tells
// when it is over.
func (r *Runner) Cancel(id string) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	e, err := r.find(id)
	if err != nil {
		return err
	}
	switch e.job.State {
	case Waiting:
		e.job.State, e.job.Ended = Cancelled, r.Now()
		return r.changed(e)
	case Running:
		e.cancel(errCancelled)
		return nil
	default:
		return fmt.Errorf("job %q: %w", id, ErrOver)
	}
}

// Stop takes no more jobs and waits for the one that runs; when ctx is done that
// one is ended and waits, with the others, for the next start. It may be called
// twice.
func (r *Runner) Stop(ctx context.Context) {
	r.mutex.Lock()
	r.stopped = true
	r.mutex.Unlock()
	r.stop()
	select {
	case <-r.ended:
		return
	case <-ctx.Done():
	}
	r.mutex.Lock()
	for _, e := range r.entries {
		if e.job.State == Running {
			e.cancel(errStopping)
		}
	}
	r.mutex.Unlock()
	<-r.ended
}

// loop runs what waits until serve stops. Children end with the thread that
// started them, so it keeps its own.
func (r *Runner) loop(ctx context.Context) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(r.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		}
		for e, life := r.next(ctx); e != nil; e, life = r.next(ctx) {
			r.run(life, e)
			r.prune()
		}
	}
}

// next is the job that has waited longest, now running, with the life of its
// process, which the request to stop does not end; nil if there is none.
func (r *Runner) next(ctx context.Context) (*entry, context.Context) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, e := range r.entries {
		if e.job.State == Waiting && ctx.Err() == nil {
			e.job.State, e.job.Started, e.job.Lines, e.job.Last = Running, r.Now(), 0, nil
			e.job.ExitCode, e.job.Outcome = 0, nil // of an attempt that was cut off
			e.job.Attempts++
			e.lines, e.tail = nil, nil
			life, cancel := context.WithCancelCause(context.Background())
			e.cancel = cancel
			_ = r.changed(e) // told in the log
			return e, life
		}
	}
	return nil, nil
}

// changed keeps a job as it is now and tells those who follow it. The caller holds
// the mutex.
func (r *Runner) changed(e *entry) error {
	r.tell(e)
	if err := r.store.save(e.job); err != nil {
		r.Log.Error("job not kept", "job", e.job.ID, "error", err)
		return fmt.Errorf("keep job: %w", err)
	}
	return nil
}

// tell wakes those who follow a job.
func (r *Runner) tell(e *entry) {
	close(e.changed)
	e.changed = make(chan struct{})
}
