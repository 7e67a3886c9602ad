package health_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tonghop/pipeline/config"
	"tonghop/pipeline/lock"
	"tonghop/pipeline/serve/health"
	"tonghop/pipeline/serve/schedule"
	"tonghop/pipeline/serve/work"
)

func TestReport(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	c, err := config.Load(t.TempDir(), "")
	must(t, err)
	now := time.Date(2026, 4, 10, 1, 0, 0, 0, time.UTC) // 08:00 in Vietnam
	var at atomic.Pointer[time.Time]
	at.Store(&now)
	clock := func() time.Time { return *at.Load() }
	later := func(by time.Duration) { next := clock().Add(by); at.Store(&next) }
	runner, err := work.Open(work.Options{
		Dir: filepath.Join(state, "jobs"), Now: clock, Log: log,
		Command: func(ctx context.Context, _ []string) *exec.Cmd { return exec.CommandContext(ctx, "true") },
	})
	must(t, err)
	t.Cleanup(func() { runner.Stop(context.Background()) })
	job, err := runner.Start(work.Request{Args: []string{"close", "2026-Q1", "--by=Lan", "--reason=secret"}, By: "Lan"})
	must(t, err)
	_, err = runner.Wait(context.Background(), job.ID)
	must(t, err)
	scheduler, err := schedule.Open(schedule.Options{
		Path: filepath.Join(state, "schedules.json"), Schedules: c.Schedules[:1], Now: clock, Log: log,
		Task: func(context.Context, config.Schedule) (string, error) { return "", errors.New("secret") },
	})
	must(t, err)
	h := &health.Handler{State: state, Version: "1", Started: now, Longest: time.Hour, Now: clock, Runner: runner, Scheduler: scheduler}
	ask := func(code int, status health.Status, problems ...string) (r health.Report) {
		t.Helper()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
		must(t, json.Unmarshal(w.Body.Bytes(), &r))
		var got []string
		for _, p := range r.Problems {
			if !strings.HasPrefix(p, "disk_") { // of the machine that tests run on
				got = append(got, p)
			}
		}
		if len(r.Problems) == len(got) && (w.Code != code || r.Status != status) || strings.Join(got, ", ") != strings.Join(problems, ", ") {
			t.Errorf("answer %d %s %q, want %d %s %q", w.Code, r.Status, r.Problems, code, status, problems)
		}
		if body := w.Body.String(); strings.Contains(body, "secret") || strings.Contains(body, "Lan") || strings.Contains(body, state) {
			t.Errorf("anybody may read\n%s", body)
		}
		return r
	}

	r := ask(200, health.OK)
	if r.LastJob == nil || r.LastJob.Command != "close" || r.LastJob.State != work.Done || len(r.Schedules) != 1 || r.Locked != nil {
		t.Errorf("report = %+v", r)
	}
	held, err := lock.Acquire(context.Background(), state, "run", func(lock.Holder) {})
	must(t, err)
	if r := ask(200, health.OK); r.Locked == nil {
		t.Error("the lock is held and nobody says so")
	}
	h.Longest = time.Nanosecond
	ask(200, health.Warning, "lock_held_long")
	must(t, held.Release())

	ticks := make(chan time.Time)
	ended := make(chan struct{})
	go func() { defer close(ended); scheduler.Run(context.Background(), ticks) }()
	later(5 * time.Minute)
	ticks <- clock()
	close(ticks)
	<-ended
	r = ask(200, health.Warning, "schedule_failed: intake")
	later(10 * time.Minute)
	ask(503, health.Failing, "schedules_asleep", "schedule_failed: intake")
	if r.Schedules[0].Fault != "" {
		t.Errorf("schedule = %+v", r.Schedules[0])
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
