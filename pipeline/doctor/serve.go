package doctor

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"tonghop/pipeline/lock"
	"tonghop/pipeline/serve/access"
	"tonghop/pipeline/serve/schedule"
)

// served tells whether serve looks after the workspace.
func (e *exam) served() {
	h, held, err := lock.ServedBy(e.Config.Path(".tonghop"))
	switch {
	case err != nil:
		e.add("serve", Error, "lock_unreadable", "error", err)
	case held:
		e.add("serve", OK, "served", "pid", h.PID, "since", h.Since.In(e.Config.Zone))
	default:
		e.add("serve", OK, "not_served")
	}
}

// schedules tells what is due next and what went wrong last.
func (e *exam) schedules() {
	kept, err := schedule.Load(e.Config.Path(".tonghop", "schedules.json"))
	if err != nil {
		e.add("schedule", Error, "schedules_broken", "error", err)
		return
	}
	if len(e.Config.Schedules) == 0 {
		e.add("schedule", Warning, "no_schedules")
	}
	for _, s := range e.Config.Schedules {
		pairs := []any{"name", s.Name, "cron", s.Cron, "command", strings.Join(s.Command, " "), "next", s.Next(e.Now)}
		last, ran := kept[s.Name]
		pairs = append(pairs, "last", last.Started.In(e.Config.Zone), "job", last.Job)
		switch {
		case !ran || last.Result == "":
			e.add("schedule", OK, "schedule_new", pairs...)
		case last.Result == schedule.Failed || last.Result == schedule.Panicked:
			e.add("schedule", Warning, "schedule_failed", pairs...)
		default:
			e.add("schedule", OK, "schedule", pairs...)
		}
	}
}

// passwords looks at who may sign in, and whether others may read that.
func (e *exam) passwords() {
	path := e.Config.Serve.PasswordFile
	staff, err := access.Open(path, os.Getenv(access.Environment))
	switch {
	case err != nil:
		e.add("sign_in", Error, "passwords_broken", "error", err)
		return
	case staff.Empty() && !e.onlyHere():
		e.add("sign_in", Warning, "no_passwords_open", "listen", e.Config.Serve.Listen)
	case staff.Empty():
		e.add("sign_in", OK, "no_passwords")
	default:
		e.add("sign_in", OK, "passwords")
	}
	if info, err := os.Stat(path); path != "" && err == nil && info.Mode().Perm()&0o077 != 0 {
		e.add("sign_in", Warning, "passwords_readable", "file", path, "mode", info.Mode().Perm())
	}
}

// onlyHere tells whether serve answers this machine alone.
func (e *exam) onlyHere() bool {
	host, _, err := net.SplitHostPort(e.Config.Serve.Listen)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// notify looks for the program that is told.
func (e *exam) notify() {
	command := e.Config.Notify.Command
	if len(command) == 0 {
		return
	}
	name := command[0]
	if strings.ContainsRune(name, filepath.Separator) && !filepath.IsAbs(name) {
		name = e.Config.Path(name)
	}
	if _, err := exec.LookPath(name); errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		e.add("notify", Error, "no_program", "program", command[0])
		return
	}
	e.add("notify", OK, "program", "program", command[0])
}

// charts tells whether pages can draw.
func (e *exam) charts() {
	if e.Charts {
		e.add("program", OK, "charts")
	} else {
		e.add("program", Warning, "no_charts")
	}
}
