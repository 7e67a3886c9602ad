package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"tonghop/pipeline"
	"tonghop/pipeline/config"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/vntext"
)

// The exit codes of DESIGN: a refused submission is a result of run and a
// failure of check and cells.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3
)

// An exitError ends the program with a code of its own. A nil err has already
// been told.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

// A program is one call of the command with what it may use.
type program struct {
	stdout  io.Writer
	stderr  io.Writer
	text    *lang.Language // of messages
	issues  *lang.Language // of what is published: --lang does not change it
	config  *config.Config
	now     time.Time
	fixed   bool // now was given
	json    bool
	verbose bool
	log     *slog.Logger
	records bool // stderr is for a machine: each line a record of the log

	args []string // the command line

	executable string // this program's file
	settings   string // the settings file that was named
}

// flags are common to all commands.
type flags struct {
	Dir     string `short:"C" name:"dir" type:"path" default:"." placeholder:"DIR" help:"${help_dir}"`
	Config  string `name:"config" type:"path" placeholder:"FILE" help:"${help_config}"`
	Now     string `name:"now" placeholder:"RFC3339" help:"${help_now}"`
	Lang    string `name:"lang" placeholder:"vi|en" help:"${help_lang}"`
	JSON    bool   `name:"json" help:"${help_json}"`
	Log     string `name:"log" enum:"text,json" default:"text" placeholder:"text|json" help:"${help_log}"`
	Verbose bool   `short:"v" name:"verbose" help:"${help_verbose}"`
}

// commands is the command line.
type commands struct {
	flags

	Run    runCommand    `cmd:"" help:"${help_run}"`
	Check  checkCommand  `cmd:"" help:"${help_check}"`
	Cells  cellsCommand  `cmd:"" help:"${help_cells}"`
	Status statusCommand `cmd:"" help:"${help_status}"`
	Trace  traceCommand  `cmd:"" help:"${help_trace}"`
	Export exportCommand `cmd:"" help:"${help_export}"`

	Template templateCommand `cmd:"" help:"${help_template}"`
	Form     formCommand     `cmd:"" help:"${help_forms}"`

	Consolidate consolidateCommand `cmd:"" help:"${help_consolidate}"`
	Catalogue   catalogueCommand   `cmd:"" help:"${help_catalogue}"`

	Close    closeCommand    `cmd:"" help:"${help_close}"`
	Reopen   reopenCommand   `cmd:"" help:"${help_reopen}"`
	Withdraw withdrawCommand `cmd:"" help:"${help_withdraw}"`
	Accept   acceptCommand   `cmd:"" help:"${help_accept}"`
	Exempt   exemptCommand   `cmd:"" help:"${help_exempt}"`
	Upload   uploadCommand   `cmd:"" help:"${help_upload}"`

	Bundle bundleCommand `cmd:"" help:"${help_bundle}"`

	Remind remindCommand `cmd:"" help:"${help_remind}"`
	Serve  serveCommand  `cmd:"" help:"${help_serve}"`
	Doctor doctorCommand `cmd:"" help:"${help_doctor}"`

	Backup  backupCommand  `cmd:"" help:"${help_backup}"`
	Restore restoreCommand `cmd:"" help:"${help_restore}"`
	Rebuild rebuildCommand `cmd:"" help:"${help_rebuild}"`

	Init     initCommand     `cmd:"" help:"${help_init}"`
	Password passwordCommand `cmd:"" help:"${help_password}"`
	Version  versionCommand  `cmd:"" help:"${help_version}"`
	Worker   workerCommand   `cmd:"" hidden:""`
}

// Main runs the command line and returns the exit code. executable is this
// program's file, for its workers; without one, files are judged in this process.
func Main(ctx context.Context, executable string, args []string, stdout, stderr io.Writer) int {
	text, err := lang.Load(languageOf(args))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitUsage
	}
	p := &program{executable: executable, stdout: stdout, stderr: stderr, text: text, args: args}
	if err := p.run(ctx, args); err != nil {
		return p.fail(err)
	}
	return exitDone
}

// fail tells an error and returns its exit code.
func (p *program) fail(err error) int {
	exit := exitError{exitFailed, err}
	if errors.As(err, &exit); exit.err != nil {
		for line := range strings.Lines(p.text.Text("cli.error", "error", exit.err)) {
			fmt.Fprintln(p.stderr, vntext.Printable(strings.TrimSuffix(line, "\n")))
		}
	}
	return exit.code
}

func (p *program) run(ctx context.Context, args []string) error {
	var c commands
	c.explain(p.text)
	helped := false
	parser, err := kong.New(&c, kong.Name("tonghop"), kong.Description(p.text.Text("cli.description")),
		kong.Writers(p.stdout, p.stderr), p.helpTexts(), kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Help(p.help), kong.Bind(p), kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return fmt.Errorf("build command line: %w", err)
	}
	parser.Model.HelpFlag.Help = p.text.Text("cli.help.help")
	if len(args) == 0 {
		args = []string{"--help"}
	}
	call, err := parser.Parse(args)
	if helped {
		return nil
	}
	if err != nil {
		return exitError{exitUsage, p.misused(err)}
	}
	if err := p.prepare(c.flags, neededFolder(call.Command())); err != nil {
		return exitError{exitUsage, err}
	}
	return call.Run(p)
}

// A need is what a command needs of the folder it works in.
type need int

const (
	noFolder    need = iota // nothing: settings are the defaults
	anyFolder               // a folder, whose settings hold if there are any
	itWorkspace             // a workspace
)

// neededFolder tells what the command needs.
func neededFolder(command string) need {
	switch name, _, _ := strings.Cut(command, " "); name {
	case "version", "init", "password", "restore":
		return noFolder
	case "cells", "form", "worker", "doctor":
		return anyFolder
	}
	return itWorkspace
}

// prepare reads the settings, the language and the clock.
func (p *program) prepare(f flags, needed need) error {
	if err := p.open(f, needed); err != nil {
		return err
	}
	var err error
	if p.issues, err = lang.Load(p.config.Language); err != nil {
		return err
	}
	p.text = p.issues
	if f.Lang != "" {
		text, err := lang.Load(f.Lang)
		if err != nil {
			return errors.New(p.text.Text("cli.bad_language", "language", f.Lang))
		}
		p.text = text
	}
	p.now = time.Now()
	if p.fixed = f.Now != ""; p.fixed {
		if p.now, err = time.Parse(time.RFC3339, f.Now); err != nil {
			return errors.New(p.text.Text("cli.bad_now", "now", f.Now))
		}
	}
	level := slog.LevelInfo
	if f.Verbose {
		level = slog.LevelDebug
	}
	p.json, p.verbose = f.JSON, f.Verbose
	p.settings = f.Config
	p.records = f.Log == "json"
	p.log = slog.New(p.logHandler(p.stderr, level))
	return nil
}

// open reads the settings of the folder that was named.
func (p *program) open(f flags, needed need) (err error) {
	if needed == noFolder {
		p.config, err = config.Default()
		p.config.Language = p.text.Code
		return err
	}
	if info, err := os.Stat(f.Dir); err != nil || !info.IsDir() {
		return errors.New(p.text.Text("cli.no_folder", "dir", f.Dir))
	}
	if needed == itWorkspace && f.Config == "" && !isWorkspace(f.Dir) {
		return errors.New(p.text.Text("cli.no_workspace", "dir", f.Dir))
	}
	if f.Config != "" {
		if _, err := os.Stat(f.Config); errors.Is(err, fs.ErrNotExist) {
			return errors.New(p.text.Text("cli.file_missing", "file", f.Config))
		}
	}
	if p.config, err = config.Load(f.Dir, f.Config); err != nil {
		return errors.New(p.text.Text("cli.bad_settings", "error", err))
	}
	return nil
}

// logHandler writes the log in the form that was asked for.
func (p *program) logHandler(to io.Writer, level slog.Level) slog.Handler {
	options := &slog.HandlerOptions{Level: level}
	if p.records {
		return slog.NewJSONHandler(to, options)
	}
	return slog.NewTextHandler(to, options)
}

// command is what was called, without the flags that all commands have: it names
// this run to those who wait for it.
func (p *program) command() string {
	var kept []string
	for i := 0; i < len(p.args); i++ {
		switch name, _, joined := strings.Cut(p.args[i], "="); {
		case slices.Contains([]string{"--dir", "--config", "--now", "--lang", "--log", "-C"}, name):
			if !joined {
				i++
			}
		case strings.HasPrefix(name, "-C"), name == "-v", name == "--verbose", name == "--json":
		default:
			kept = append(kept, vntext.Printable(p.args[i]))
		}
	}
	return strings.Join(kept, " ")
}

// languageOf finds the language before the command line is understood, for its
// help and its errors.
func languageOf(args []string) string {
	dir := "."
	for i, arg := range args {
		value, joined := strings.CutPrefix(arg, "--lang=")
		if !joined && arg == "--lang" && i+1 < len(args) {
			value, joined = args[i+1], true
		}
		if joined && (value == "vi" || value == "en") {
			return value
		}
		if (arg == "-C" || arg == "--dir") && i+1 < len(args) {
			dir = args[i+1]
		} else if short, ok := strings.CutPrefix(arg, "-C"); ok && short != "" {
			dir = short
		} else if long, ok := strings.CutPrefix(arg, "--dir="); ok {
			dir = long
		}
	}
	if c, err := config.Load(dir, ""); err == nil {
		return c.Language
	}
	return "vi"
}

// period reads a period given on the command line.
func (p *program) period(code string) (pipeline.Period, error) {
	q, err := pipeline.ParsePeriod(code)
	if err != nil {
		return q, exitError{exitUsage, errors.New(p.text.Text("cli.bad_period", "code", code))}
	}
	return q, nil
}

// readFile reads a file given on the command line, one byte more at most than a
// workbook may have: that is enough to refuse it.
func (p *program) readFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exitError{exitUsage, errors.New(p.text.Text("cli.file_missing", "file", name))}
	}
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, exitError{exitUsage, errors.Join(errors.New(p.text.Text("cli.file_is_folder", "file", name)), file.Close())}
	}
	data, err := io.ReadAll(io.LimitReader(file, p.config.Limits.FileBytes+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	return data, nil
}

// line prints one line, without what could drive the terminal. A reader that
// has gone away, such as head, is no trouble of ours.
func (p *program) line(indent int, text string) {
	fmt.Fprintf(p.stdout, "%s%s\n", strings.Repeat("    ", indent), vntext.Printable(text))
}

// say prints a text in the reader's language. Only the text itself may have several
// lines: a name of a file with a line break in it must not pass for one of ours.
func (p *program) say(key string, pairs ...any) {
	pairs = slices.Clone(pairs)
	for i, value := range pairs {
		if text, ok := value.(string); ok {
			pairs[i] = vntext.Printable(text)
		}
	}
	for line := range strings.Lines(p.text.Text("cli."+key, pairs...)) {
		p.line(0, strings.TrimSuffix(line, "\n"))
	}
}
