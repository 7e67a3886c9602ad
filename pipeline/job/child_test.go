package job_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/job"
)

// childRun does a run, or what TEST_RUN_DO names, in a process of its own that can be
// killed: TestMain calls it where TEST_RUN_DIR names a workspace.
func childRun(dir string) int {
	var t testing.T
	w := &workspace{t: &t, dir: dir, worker: testWorker("")}
	now, err := time.Parse(time.RFC3339, os.Getenv("TEST_RUN_NOW"))
	if err == nil {
		w.now = now
		err = os.Unsetenv("TEST_RUN_DIR") // its workers are no runs
	}
	if os.Getenv("TEST_RUN_FAULT") != "" {
		w.worker = nil // it could not start
	}
	if err == nil {
		err = hamper()
	}
	if err == nil {
		options := w.options()
		options.Progress = progress{step: stages()}
		err = w.childDo(options)
	}
	fmt.Fprint(os.Stderr, w.log.String())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// childDo does what TEST_RUN_DO asks for: a run, or a command with what it needs. An act
// that is done already is no fault: serve does a job again that was cut off.
func (w *workspace) childDo(o job.Options) (err error) {
	ctx := context.Background()
	switch do, value, _ := strings.Cut(os.Getenv("TEST_RUN_DO"), " "); do {
	case "rebuild":
		_, err = job.Rebuild(ctx, o)
	case "backup":
		_, err = job.Backup(ctx, o, filepath.Join(filepath.Dir(w.dir), "copies"))
	case "close":
		o.Act = &pipeline.Act{Kind: pipeline.ActClose, Period: firstQuarter, By: "Lan"}
		_, err = job.Run(ctx, o)
	case "withdraw":
		o.Act = &pipeline.Act{Kind: pipeline.ActWithdraw, SHA256: value, By: "Lan", Reason: "vì thế"}
		_, err = job.Run(ctx, o)
	default:
		_, err = job.Run(ctx, o)
	}
	var refusal *job.Refusal
	if errors.As(err, &refusal) && refusal.Idle {
		return nil
	}
	return err
}

// stages tells when each stage of a run begins, where TEST_RUN_STAGES asks for it, and
// marks it by a file where TEST_RUN_MARKS names a folder.
func stages() func(string) {
	begun := time.Now()
	return func(name string) {
		if os.Getenv("TEST_RUN_STAGES") != "" {
			fmt.Fprintf(os.Stderr, "%8.1f s: %s begins\n", time.Since(begun).Seconds(), name)
		}
		if dir := os.Getenv("TEST_RUN_MARKS"); dir != "" {
			_ = os.WriteFile(filepath.Join(dir, "stage-"+name), nil, 0o600) // a kill that waits for it would come later
		}
	}
}

// child is a run of the workspace, or another command, in a process of its own.
func (w *workspace) child(do ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], "-test.run=^$")
	command.Env = append(os.Environ(), "TEST_RUN_DIR="+w.dir, "TEST_RUN_NOW="+w.now.Format(time.RFC3339), "TEST_RUN_DO="+strings.Join(do, " "))
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command
}
