// Package notify tells a program that staff have named what a run did, so that
// they hear of it by mail or in a group chat without looking.
//
// The program gets one JSON object on its standard input. It is started without a
// shell, has a time limit, and nothing that it does fails what it is told of.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"tonghop/pipeline/config"
	"tonghop/pipeline/process"
)

// The events. More may follow: a program should pass over those it does not know.
const (
	Run      = "run"      // a run refused, held or published something
	Reminder = "reminder" // units owe reports
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

// Send tells the program, if staff have named one, and waits for it. dir is the
// workspace, where it is started.
func Send(ctx context.Context, c config.Notify, dir string, e Event) error {
	if len(c.Command) == 0 {
		return nil
	}
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("notify %q: %w", c.Command[0], err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	command := exec.CommandContext(ctx, c.Command[0], c.Command[1:]...)
	command.Dir = dir
	process.Prepare(command, grace)
	defer process.End(command)
	said := &tail{}
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(append(data, '\n')), said, said
	err = command.Run()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("it took longer than %s", c.Timeout)
	}
	if err != nil {
		return fmt.Errorf("notify %q: %w; it said %q", c.Command[0], err, said.kept)
	}
	return nil
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
