package schedule

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// Minutes gives the time at the start of every minute by the given clock, until
// ctx is done.
func Minutes(ctx context.Context, now func() time.Time) <-chan time.Time {
	ticks := make(chan time.Time)
	go func() {
		defer close(ticks)
		for {
			at := now()
			select {
			case <-ctx.Done():
				return
			case <-time.After(at.Truncate(time.Minute).Add(time.Minute).Sub(at)):
			}
			select {
			case <-ctx.Done():
				return
			case ticks <- now():
			}
		}
	}()
	return ticks
}

// Run starts what is due, at once and at every tick, which carries the time. Of what
// is due together each waits for those that stand before it in tonghop.toml. It ends
// when ctx is done or there are no more ticks, after all that it started.
func (s *Scheduler) Run(ctx context.Context, ticks <-chan time.Time) {
	var tasks sync.WaitGroup
	defer tasks.Wait()
	jobs := make([]cron.Job, len(s.entries))
	for i, e := range s.entries {
		l := logger{s.Log.With("schedule", e.Name)}
		// Recover outside of the other would leave a schedule "running" for ever after a panic.
		jobs[i] = cron.NewChain(cron.SkipIfStillRunning(l), cron.Recover(l)).Then(cron.FuncJob(func() { s.do(ctx, e) }))
	}
	look := func(now time.Time) {
		due := s.due(now)
		tasks.Go(func() { // one after the other: who is reminded rests on what was taken
			for _, i := range due {
				jobs[i].Run()
			}
		})
	}
	look(s.Now())
	for {
		select {
		case <-ctx.Done():
			return
		case now, ok := <-ticks:
			if !ok {
				return
			}
			look(now)
		}
	}
}

// due are the schedules of which a slot has passed since the last one.
func (s *Scheduler) due(now time.Time) (due []int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.looked = now
	for i, e := range s.entries {
		if e.pass(now, s.Log) {
			due = append(due, i)
		}
	}
	if len(due) > 0 {
		s.save()
	}
	return due
}

// pass moves on to the last slot that has passed and tells whether there is a new
// one.
func (e *entry) pass(now time.Time, log *slog.Logger) bool {
	if e.slot.After(now.Add(ahead)) {
		log.Warn("the clock was ahead", "schedule", e.Name, "slot", e.slot, "now", now)
		e.slot = now
	}
	slots := 0
	for next := e.Next(e.slot); !next.After(now); next = e.Next(next) {
		e.slot = next
		slots++
	}
	if slots == 0 {
		return false
	}
	if slots > 1 || now.Sub(e.slot) >= late {
		log.Warn("slots were missed and are made up for once", "schedule", e.Name, "slot", e.slot, "slots", slots)
	}
	if e.last.Result != Running { // it is kept before it begins, lest it be forgotten in between
		e.last = Record{Result: Running, Started: now, Missed: slots - 1}
	}
	return true
}

// do does the task of a schedule and keeps what came of it, also of a panic.
func (s *Scheduler) do(ctx context.Context, e *entry) {
	r := Record{Result: Panicked}
	defer func() {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		r.Started, r.Ended, r.Missed = e.last.Started, s.Now(), e.last.Missed
		e.last = r
		s.save()
	}()
	job, err := s.Task(ctx, e.Schedule)
	r.Job, r.Result = job, Done
	switch {
	case ctx.Err() != nil:
		r.Result = Stopped
	case err != nil:
		r.Result, r.Fault = Failed, err.Error()
		s.Log.Error("schedule failed", "schedule", e.Name, "job", job, "error", err)
	}
}

// States tells of all schedules, in the order of tonghop.toml.
func (s *Scheduler) States() []State {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.states()
}

func (s *Scheduler) states() []State {
	all := []State{}
	for _, e := range s.entries {
		all = append(all, State{Name: e.Name, Cron: e.Cron, Command: e.Command, Next: e.Next(e.slot), Slot: e.slot, Record: e.last})
	}
	return all
}

// Looked is when the clock was last looked at: long ago, the loop has ended or
// hangs.
func (s *Scheduler) Looked() time.Time {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.looked
}

// A logger lets the library write to our log.
type logger struct{ *slog.Logger }

// Info tells what the library did: a slot that was passed over.
func (l logger) Info(message string, pairs ...any) { l.Logger.Info(message, pairs...) }

// Error tells of a panic.
func (l logger) Error(err error, message string, pairs ...any) {
	l.Logger.Error(message, append(pairs, "error", err)...)
}
