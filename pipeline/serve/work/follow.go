package work

import (
	"context"
	"iter"
	"time"
)

// breath is the least time between two updates: a stage of many parts would
// otherwise flood those who follow it.
const breath = 100 * time.Millisecond

// Follow gives what a job writes, as it comes: first what there is after line
// from, then what is new, until the job is over, ctx is done or the caller has
// enough. An error ends it: ErrUnknown, or lines that can't be read.
func (r *Runner) Follow(ctx context.Context, id string, from int) iter.Seq2[Update, error] {
	return func(yield func(Update, error) bool) {
		for {
			u, changed, err := r.since(id, from)
			if err != nil {
				yield(u, err)
				return
			}
			if !yield(u, nil) || u.Job.Over() {
				return
			}
			if len(u.Lines) > 0 {
				from = u.Lines[len(u.Lines)-1].N
			}
			select {
			case <-ctx.Done():
				return
			case <-changed:
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(breath):
			}
		}
	}
}

// since is what is new of a job after line from, and what tells of the next
// change.
func (r *Runner) since(id string, from int) (Update, <-chan struct{}, error) {
	r.mutex.Lock()
	e, err := r.find(id)
	if err != nil {
		r.mutex.Unlock()
		return Update{}, nil, err
	}
	u, lines, changed := Update{Job: e.job}, e.lines, e.changed
	r.mutex.Unlock()
	if u.Job.Over() && lines == nil {
		if lines, err = r.store.lines(id); err != nil {
			return u, nil, err
		}
	}
	if from < 0 || from > len(lines) { // of an attempt that was cut off
		from = 0
	}
	u.Lines = lines[from:]
	return u, changed, nil
}

// Wait waits until a job is over.
func (r *Runner) Wait(ctx context.Context, id string) (j Job, err error) {
	for u, err := range r.Follow(ctx, id, 0) {
		if err != nil {
			return u.Job, err
		}
		j = u.Job
	}
	return j, ctx.Err()
}
