package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/config"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/serve"
	"tonghop/pipeline/serve/access"
	"tonghop/pipeline/serve/daylog"
	"tonghop/pipeline/serve/health"
	"tonghop/pipeline/serve/schedule"
	"tonghop/pipeline/serve/work"
)

// serveCommand runs the schedules and the web pages until it is asked to end.
type serveCommand struct {
	detailed
	Listen string `name:"listen" placeholder:"A:P" help:"${help_listen}"`
}

const (
	closeTime = 5 * time.Second // for answers that are being written when serve ends
	jobGrace  = 20 * time.Second
)

// A service is one serve with what it is made of.
type service struct {
	program   *program
	clock     func() time.Time
	ticks     func(ctx context.Context) <-chan time.Time // when schedules look at the clock
	log       *slog.Logger
	runner    *work.Runner
	scheduler *schedule.Scheduler
	health    *health.Handler
	pages     *serve.Server
	rules     rules
}

// rules are the catalogue as it was read last.
type rules struct {
	mutex     sync.Mutex
	changed   time.Time // of its file
	catalogue *pipeline.Catalogue
}

// catalogue is the catalogue as it is now, read again when its file changes; while that is
// broken, the last one.
func (s *service) catalogue() *pipeline.Catalogue {
	s.rules.mutex.Lock()
	defer s.rules.mutex.Unlock()
	info, err := os.Stat(s.program.config.Path("inputs", assess.CatalogueFile))
	if err != nil || info.ModTime().Equal(s.rules.changed) {
		return s.rules.catalogue
	}
	s.rules.changed = info.ModTime()
	read, _, err := assess.Load(os.DirFS(s.program.config.Path("inputs")), s.program.config.Calendar)
	if err != nil {
		s.log.Error("catalogue not read", "error", err)
	}
	if read != nil {
		s.rules.catalogue = read.Catalogue
	}
	return s.rules.catalogue
}

// Run serves until ctx is done.
func (c *serveCommand) Run(ctx context.Context, p *program) (err error) {
	state := p.config.Path(".tonghop")
	held, holder, err := lock.Serve(state)
	if errors.Is(err, lock.ErrServed) {
		return exitError{exitFailed, errors.New(p.text.Text("cli.served_already", "pid", holder.PID, "since", p.text.Time(holder.Since.In(p.config.Zone))))}
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.Release()) }()
	listener, err := net.Listen("tcp", cmp.Or(c.Listen, p.config.Serve.Listen))
	if err != nil {
		return fmt.Errorf("listen for browsers: %w", err)
	}
	days := &daylog.Writer{Dir: p.config.Path(".tonghop", "log"), Zone: p.config.Zone, Days: p.config.Serve.LogDays, Now: time.Now}
	defer func() { err = errors.Join(err, days.Close()) }()
	clock := p.clock()
	ticks := func(ctx context.Context) <-chan time.Time { return schedule.Minutes(ctx, clock) }
	s := &service{program: p, clock: clock, ticks: ticks, log: slog.New(slog.NewMultiHandler(p.log.Handler(), slog.NewJSONHandler(days, nil)))}
	if err := s.open(listener.Addr().String()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return s.serve(ctx, listener)
}

// clock is the machine's, or one that goes on from --now.
func (p *program) clock() func() time.Time {
	if !p.fixed {
		return time.Now
	}
	start := time.Now()
	return func() time.Time { return p.now.Add(time.Since(start)) }
}

// open takes up what the last serve left.
func (s *service) open(listen string) (err error) {
	c := s.program.config
	s.runner, err = work.Open(work.Options{
		Dir: c.Path(".tonghop", "jobs"), Command: s.command, Now: s.clock, Log: s.log, Grace: jobGrace, Limit: c.Serve.JobLimit,
	})
	if err != nil {
		return err
	}
	s.scheduler, err = schedule.Open(schedule.Options{
		Path: c.Path(".tonghop", "schedules.json"), Schedules: c.Schedules, Task: s.task, Asked: s.asked, Now: s.clock, Log: s.log,
	})
	if err != nil {
		s.runner.Stop(ended())
		return err
	}
	s.health = &health.Handler{
		State: c.Path(".tonghop"), Version: version, Started: s.clock(), Longest: c.Serve.JobLimit, Now: s.clock, Runner: s.runner, Scheduler: s.scheduler,
	}
	s.pages, err = serve.New(serve.Options{
		Config: c, Language: s.program.text, Now: s.clock, Log: s.log, Jobs: s.runner, Schedules: s.scheduler.States, Catalogue: s.catalogue, Health: s.health,
		Listen: listen, Passwords: os.Getenv(access.Environment),
	})
	if err != nil {
		s.runner.Stop(ended())
	}
	return err
}

// command is this same program with a job's arguments.
func (s *service) command(ctx context.Context, args []string) *exec.Cmd {
	p := s.program
	common := []string{"--dir", p.config.Dir, "--log", "json", "--lang", p.text.Code}
	if p.settings != "" {
		common = append(common, "--config", p.settings)
	}
	if p.fixed {
		common = append(common, "--now", s.clock().Format(time.RFC3339))
	}
	command := exec.CommandContext(ctx, p.executable, append(common, args...)...)
	command.Env = append(command.Environ(), ofServe+"=1")
	return command
}

// ofServe names the variable by which a command knows that it is a job of serve.
const ofServe = "TONGHOP_SERVE_JOB"

// task does what a schedule asks for, as a job among the others.
func (s *service) task(ctx context.Context, each config.Schedule) (string, error) {
	j, err := s.runner.Start(work.Request{Args: each.Command, Title: each.Name})
	if err != nil {
		return "", err
	}
	if j, err = s.runner.Wait(ctx, j.ID); err != nil {
		return j.ID, err
	}
	s.alarm(ctx, j)
	if j.State != work.Done {
		return j.ID, fmt.Errorf("job %s %s with exit code %d", j.ID, j.State, j.ExitCode)
	}
	return j.ID, nil
}

// alarm tells staff's program of a schedule that fails and of one that goes well again.
// Runs and backups do so themselves, unless they were killed or could not even begin.
func (s *service) alarm(ctx context.Context, j work.Job) {
	p, fault := s.program, ""
	switch {
	case j.State == work.Done:
	case j.State != work.Failed:
		return
	case j.Fault != "":
		fault = p.issues.Text("web.job.fault." + string(j.Fault))
	case len(j.Last) > 0:
		fault = p.issues.Text("alarm.fault.said", "exit", j.ExitCode, "last", j.Last[len(j.Last)-1])
	default:
		fault = p.issues.Text("alarm.fault.exit", "exit", j.ExitCode)
	}
	alarm := notify.Alarm{Config: p.config, Language: p.issues}
	if err := alarm.Ended(ctx, j.Args[0], s.clock(), fault); err != nil {
		s.log.Error("not notified", "schedule", j.Title, "error", err)
	}
}

// asked tells whether the job of a schedule was asked for since then: one that a kill cut
// off is taken up by the runner, and units are not to be reminded twice.
func (s *service) asked(each config.Schedule, since time.Time) bool {
	return slices.ContainsFunc(s.runner.Jobs(), func(j work.Job) bool { return j.By == "" && j.Title == each.Name && !j.Asked.Before(since) })
}

// serve answers browsers and runs schedules until ctx is done; then it lets what
// runs come to its end, or waits for the next start.
func (s *service) serve(ctx context.Context, listener net.Listener) error {
	p := s.program
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := s.pages.HTTP()
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	s.log.Info("serve begins", "version", version, "dir", p.config.Dir, "listen", listener.Addr().String())
	p.say("serving", "url", "http://"+listener.Addr().String())
	for _, each := range s.scheduler.States() {
		p.say("serving_schedule", "name", each.Name, "command", strings.Join(each.Command, " "), "next", p.text.Time(each.Next))
	}
	var fault error
	var parts sync.WaitGroup
	parts.Go(func() {
		defer cancel()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			fault = fmt.Errorf("answer browsers: %w", err)
		}
	})
	parts.Go(func() { s.scheduler.Run(ctx, s.ticks(ctx)) })
	<-ctx.Done()
	p.say("stopping")
	s.log.Info("serve ends")
	closing, done := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer done()
	if server.Shutdown(closing) != nil { // some answer takes too long
		_ = server.Close()
	}
	waiting, done := context.WithTimeout(context.WithoutCancel(ctx), p.config.Serve.StopWait)
	defer done()
	s.runner.Stop(waiting)
	parts.Wait()
	s.log.Info("serve ended")
	return fault
}

// ended is a context that is done.
func ended() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
