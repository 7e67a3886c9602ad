// Package notify tells a program that staff have named what a run did, so that
// they hear of it by mail or in a group chat without looking.
//
// The program gets one JSON object on its standard input. It is started without a
// shell and has a time limit. What it makes of it fails no run; reminders that it does
// not pass on have failed.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"tonghop/pipeline/config"
	"tonghop/pipeline/process"
	"tonghop/pipeline/vntext"
)

// The events. More may follow: a program should pass over those it does not know.
const (
	Run      = "run"      // a run refused, held or published something
	Reminder = "reminder" // units owe reports

	Failed    = "failed"    // what went well before has failed
	Recovered = "recovered" // what failed goes well again
)

// An Event is what the program is told.
type Event struct {
	Event     string      `json:"event"`
	At        time.Time   `json:"at"`
	Workspace string      `json:"workspace"` // its folder
	Language  string      `json:"language"`
	Sample    bool        `json:"sample,omitempty"` // the figures are invented
	Text      string      `json:"text"`             // all of it in words, in that language
	Published []Published `json:"published,omitempty"`
	Refused   []File      `json:"refused,omitempty"`
	Held      []File      `json:"held,omitempty"`
	Reminders []Unit      `json:"reminders,omitempty"`
	Command   string      `json:"command,omitempty"` // that failed or goes well again: run, remind or backup
	Since     time.Time   `json:"since,omitzero"`    // since when it fails, or failed
	Fault     string      `json:"fault,omitempty"`
}

// A Published is a new issue of a period.
type Published struct {
	Period       string `json:"period"` // its code
	Name         string `json:"name"`
	Issue        int    `json:"issue"`
	Restatements int    `json:"restatements"` // figures that are others than in the issue before
	Page         string `json:"page"`         // below the workspace
}

// A File is one that a unit has sent.
type File struct {
	File     string `json:"file"` // below the inbox
	Unit     string `json:"unit,omitempty"`
	Form     string `json:"form,omitempty"`
	Period   string `json:"period,omitempty"`
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Feedback string `json:"feedback,omitempty"` // the answer, below the workspace
}

// A Unit is one that is to be reminded.
type Unit struct {
	Unit string `json:"unit"`
	Name string `json:"name"`
	Owes int    `json:"owes"` // reports
	Text string `json:"text"` // ready to be sent
}

// grace is between the request to end and the kill.
const grace = 2 * time.Second

// A Fault is why the program was not told, or what it made of it.
type Fault struct {
	Program string
	Exit    int    // its exit code, where it ended by itself; 0 otherwise
	Last    string // the last line that it said, cut, without what could drive a terminal
	Err     error  // in other words
}

func (f *Fault) Error() string {
	return fmt.Sprintf("notify %q: %v; it said last %q", f.Program, f.Err, f.Last)
}

func (f *Fault) Unwrap() error { return f.Err }

// Send tells the program, if staff have named one, and waits for it. dir is the
// workspace, where it is started. An error is a *Fault.
func Send(ctx context.Context, c config.Notify, dir string, e Event) error {
	if len(c.Command) == 0 {
		return nil
	}
	data, err := json.Marshal(e)
	if err != nil {
		return &Fault{Program: c.Command[0], Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	command := exec.CommandContext(ctx, c.Command[0], c.Command[1:]...)
	command.Dir = dir
	process.Prepare(command, grace)
	defer process.End(command)
	said := &tail{}
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(append(data, '\n')), said, said
	if err = command.Run(); err == nil {
		return nil
	}
	fault := &Fault{Program: c.Command[0], Last: said.line(), Err: err}
	var exit *exec.ExitError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		fault.Err = fmt.Errorf("it took longer than %s", c.Timeout)
	case errors.As(err, &exit):
		fault.Exit = max(0, exit.ExitCode())
	}
	return fault
}

// A tail keeps the end of what is written to it.
type tail struct{ kept []byte }

// Write keeps what there is room for.
func (t *tail) Write(data []byte) (int, error) {
	const most = 2048
	t.kept = append(t.kept, data...)
	t.kept = t.kept[max(0, len(t.kept)-most):]
	return len(data), nil
}

// line is the last line with something in it, fit to be shown.
func (t *tail) line() string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "\uFFFD"))
	return shown(text[strings.LastIndexAny(text, "\n\r")+1:])
}

// shown is text of others as it may stand in a message: short, on one line, without what
// could drive a terminal.
func shown(text string) string {
	const most = 200 // characters
	letters := []rune(strings.TrimSpace(vntext.Printable(text)))
	return string(letters[:min(most, len(letters))])
}
