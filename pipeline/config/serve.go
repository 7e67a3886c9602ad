package config

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// A Serve is the settings of `tonghop serve`.
type Serve struct {
	Listen       string   // address and port; loopback unless staff say otherwise
	Hosts        []string // further names by which browsers may call it
	PasswordFile string   // lines name:hash of staff; empty: none, see also access.Environment
	PublicRead   bool     // pages are read without signing in
	HTTPS        bool     // browsers reach it by https, through a proxy: cookies say so
	UploadBytes  int64
	Session      time.Duration // how long a sign-in lasts
	JobLimit     time.Duration // a job that runs longer is ended
	StopWait     time.Duration // how long stopping waits for the running job
	LogDays      int           // how many days of log are kept
}

// serve is the table [serve] of tonghop.toml.
type serve struct {
	Listen       string   `toml:"listen"`
	Hosts        []string `toml:"hosts"`
	PasswordFile string   `toml:"password_file"`
	PublicRead   bool     `toml:"public_read"`
	HTTPS        bool     `toml:"https"`
	UploadMiB    int64    `toml:"upload_mib"`
	Session      string   `toml:"session"`
	JobLimit     string   `toml:"job_limit"`
	StopWait     string   `toml:"stop_wait"`
	LogDays      int      `toml:"log_days"`
}

func defaultServe() serve {
	return serve{Listen: "127.0.0.1:8337", UploadMiB: 32, Session: "12h", JobLimit: "2h", StopWait: "1m", LogDays: 30}
}

// validate turns the table into settings. dir is the workspace.
func (s serve) validate(dir string) (Serve, error) {
	c := Serve{
		Listen: s.Listen, Hosts: s.Hosts, PasswordFile: s.PasswordFile, PublicRead: s.PublicRead, HTTPS: s.HTTPS,
		UploadBytes: s.UploadMiB * mib, LogDays: s.LogDays,
	}
	var problems []error
	wrong := func(key string, value any, want string) {
		problems = append(problems, fmt.Errorf("serve.%s = %#v: want %s", key, value, want))
	}
	if _, port, err := net.SplitHostPort(s.Listen); err != nil || !isPort(port) {
		wrong("listen", s.Listen, "address and port such as 127.0.0.1:8337")
	}
	if slices.Contains(s.Hosts, "") {
		wrong("hosts", s.Hosts, "names of this machine such as tonghop.ldld.vn")
	}
	if s.PasswordFile != "" && !filepath.IsAbs(s.PasswordFile) {
		c.PasswordFile = filepath.Join(dir, s.PasswordFile)
	}
	if s.UploadMiB < 1 || s.UploadMiB > 1024 {
		wrong("upload_mib", s.UploadMiB, "a number from 1 to 1024")
	}
	if s.LogDays < 1 || s.LogDays > 3660 {
		wrong("log_days", s.LogDays, "a number of days from 1 to 3660")
	}
	for _, d := range []struct {
		key, value string
		into       *time.Duration
		least      time.Duration
	}{
		{"session", s.Session, &c.Session, time.Minute}, {"job_limit", s.JobLimit, &c.JobLimit, time.Second}, {"stop_wait", s.StopWait, &c.StopWait, 0},
	} {
		var err error
		if *d.into, err = time.ParseDuration(d.value); err != nil || *d.into < d.least {
			wrong(d.key, d.value, fmt.Sprintf("a duration such as 2h, at least %s", d.least))
		}
	}
	return c, errors.Join(problems...)
}

func isPort(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= 0 && n <= 65535
}

// A Notify is the program that is told what a run did.
type Notify struct {
	Command []string // and its arguments; no shell. Empty: none
	Timeout time.Duration
}

// notify is the table [notify] of tonghop.toml.
type notify struct {
	Command []string `toml:"command"`
	Timeout string   `toml:"timeout"`
}

func (n notify) validate() (Notify, error) {
	var problems []error
	timeout, err := time.ParseDuration(n.Timeout)
	if err != nil || timeout <= 0 || timeout > time.Hour {
		problems = append(problems, fmt.Errorf("notify.timeout = %q: want a duration such as 30s, at most 1h", n.Timeout))
	}
	if len(n.Command) > 0 && n.Command[0] == "" {
		problems = append(problems, fmt.Errorf("notify.command = %q: want a program and its arguments", n.Command))
	}
	return Notify{Command: n.Command, Timeout: timeout}, errors.Join(problems...)
}

// A Remind says when units are reminded of a report.
type Remind struct {
	DaysBefore int // the due date; from then on until the report has come
}

// remind is the table [remind] of tonghop.toml.
type remind struct {
	DaysBefore int `toml:"days_before"`
}

func (r remind) validate() (Remind, error) {
	if r.DaysBefore < 0 || r.DaysBefore > 366 {
		return Remind{}, fmt.Errorf("remind.days_before = %d: want a number of days from 0 to 366", r.DaysBefore)
	}
	return Remind(r), nil
}
