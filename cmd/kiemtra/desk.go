package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
	"tonghop/pipeline/clerk"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/vntext"
)

// The exit codes are those of tonghop check.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3
)

// programName is what people drag files onto.
func programName() string { return cmp.Or(clerk.Programs[runtime.GOOS], "kiemtra") }

// mostOpened is how many answers are opened at once.
const mostOpened = 3

// A desk checks the files of one call.
type desk struct {
	dir  string // of the bundle
	now  time.Time
	out  io.Writer
	open func(path string) error // shows a file in its program; nil: it is not shown

	text   *lang.Language
	bundle *clerk.Bundle
}

// say prints one line in the reader's language.
func (d *desk) say(key string, pairs ...any) {
	for line := range strings.Lines(d.text.Text("clerk."+key, pairs...)) {
		fmt.Fprintln(d.out, norm.NFC.String(vntext.Printable(strings.TrimSuffix(line, "\n"))))
	}
}

// serve checks the named files, or what is new in the bundle's folder, and
// returns the exit code.
func (d *desk) serve(names []string) int {
	var err error
	if d.text, err = lang.Load("vi"); err != nil {
		fmt.Fprintln(d.out, err)
		return exitFailed
	}
	if d.bundle, err = clerk.Open(d.dir); err != nil {
		d.say("no_bundle", "error", err)
		return exitUsage
	}
	d.text = d.bundle.Text
	d.greet()
	if len(names) == 0 {
		if names, err = d.waiting(); err != nil {
			d.say("failed", "error", err)
			return exitFailed
		}
		if len(names) == 0 {
			return exitDone
		}
	}
	return d.checkAll(names)
}

func (d *desk) greet() {
	made := d.text.Date(d.bundle.Config.Clerk.Made)
	if unit := d.bundle.UnitName(d.now); unit != "" {
		d.say("of_unit", "unit", unit, "made", made)
	} else {
		d.say("of_any", "made", made)
	}
}

// waiting lists what is new in the bundle's folder, and says what to do where
// nothing is.
func (d *desk) waiting() ([]string, error) {
	names, all, err := d.bundle.Waiting()
	switch {
	case err != nil || len(names) > 0:
	case all > 0:
		d.say("unchanged", "n", all, "program", programName())
	default:
		d.say("none", "program", programName(), "guide", clerk.GuideName)
		d.show([]string{filepath.Join(d.dir, clerk.GuideName)})
	}
	return names, err
}

// checkAll checks one file after the other; a bad one stops none of the others.
func (d *desk) checkAll(names []string) int {
	code := exitDone
	var answers []string
	for _, name := range names {
		check, err := d.check(name)
		switch {
		case err != nil:
			code = max(code, exitUsage)
			d.sayFault(filepath.Base(name), err)
		case check.Verdict == pipeline.Refused:
			code = exitRefused
		}
		if check.Answer != "" {
			answers = append(answers, check.Answer)
		}
	}
	if len(answers) > 0 {
		fmt.Fprintln(d.out)
		d.say("not_sent")
		d.show(answers)
	}
	return code
}

// sayFault says why a file could not be checked.
func (d *desk) sayFault(file string, err error) {
	switch {
	case errors.Is(err, errTold):
	case errors.Is(err, fs.ErrNotExist):
		d.say("absent", "file", file)
	case errors.Is(err, fs.ErrPermission):
		d.say("forbidden", "file", file)
	default:
		d.say("unreadable", "file", file, "error", err)
	}
}

// errTold is an error that has been told.
var errTold = errors.New("told")

func (d *desk) check(name string) (clerk.Check, error) {
	base := filepath.Base(name)
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		d.say("folder", "file", base, "program", programName())
		return clerk.Check{}, errTold
	}
	check, err := d.bundle.Check(name, d.now)
	if err != nil {
		return check, err
	}
	fmt.Fprintln(d.out)
	d.say(string(check.Verdict), "file", base, "errors", pipeline.Count(check.Findings, pipeline.SeverityError),
		"warnings", pipeline.Count(check.Findings, pipeline.SeverityWarning)+pipeline.Count(check.Findings, pipeline.SeverityBeta))
	if clerk.IsOpen(name) {
		d.say("unsaved", "file", base)
	}
	switch {
	case check.Moved:
		d.say("moved", "answer", check.Answer)
	case check.Answer != "":
		d.say("answer", "answer", filepath.Base(check.Answer))
	}
	if check.Again {
		d.say("kept")
	}
	return check, nil
}

// show opens the answers, unless they are many.
func (d *desk) show(files []string) {
	if d.open == nil {
		return
	}
	if len(files) > mostOpened {
		d.say("many")
		return
	}
	for _, file := range files {
		if err := d.open(file); err != nil {
			d.say("not_opened")
		}
	}
}
