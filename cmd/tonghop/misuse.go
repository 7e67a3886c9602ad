package main

import (
	"errors"
	"regexp"

	"github.com/alecthomas/kong"
)

// kong words its errors in English. Each of these is one of them, with the values
// in it; a test holds them to the version of kong that is used.
var misuses = []struct {
	key     string
	pattern *regexp.Regexp
}{
	{"argument", regexp.MustCompile(`^unexpected argument (?P<what>.+?)(?:, did you mean .*)?$`)},
	{"flag", regexp.MustCompile(`^unknown flag (?P<what>.+?)(?:, did you mean .*)?$`)},
	{"missing_flags", regexp.MustCompile(`^missing flags: (?P<what>.+)$`)},
	{"missing_command", regexp.MustCompile(`^expected (?:one of .+|"[^<].*)$`)},
	{"missing_argument", regexp.MustCompile(`^expected "(?P<what><\S+)(?: .*)?"$`)},
	{"choice", regexp.MustCompile(`^(?P<what>--\S+?)(?:=\S+)? must be one of (?P<allowed>.+) but got "(?P<got>.*)"$`)},
	{"no_value", regexp.MustCompile(`^(?P<what>-\S+?)(?:=\S+)?: (?:expected \S+ value but got|missing value).*$`)},
	{"no_number", regexp.MustCompile(`^(?P<what>--\S+?)(?:=\S+)?: expected a valid \d+ bit u?int but got "(?P<got>.*)"$`)},
	{"no_bool", regexp.MustCompile(`^(?P<what>--\S+?)(?:=\S+)?: bool value must be .+ but got "(?P<got>.*)"$`)},
}

// misused says what is wrong with the command line, what was probably meant, and
// where its use is shown.
func (p *program) misused(err error) error {
	command, at := "tonghop", (*kong.Node)(nil)
	var fault *kong.ParseError
	if errors.As(err, &fault) {
		if at = fault.Context.Selected(); at != nil {
			command = at.FullPath()
		}
	}
	return errors.New(p.text.Text("cli.misused", "error", p.misuse(err.Error(), fault, at), "command", command))
}

// misuse is an error of kong's in the reader's language; at is the command, nil
// where none was recognised.
func (p *program) misuse(english string, fault *kong.ParseError, at *kong.Node) string {
	for _, m := range misuses {
		values := m.pattern.FindStringSubmatch(english)
		if values == nil {
			continue
		}
		key, pairs := m.key, []any{}
		var what string
		for i, name := range m.pattern.SubexpNames()[1:] {
			pairs = append(pairs, name, values[i+1])
			if name == "what" {
				what = values[i+1]
			}
		}
		if key == "argument" && len(children(fault, at)) > 0 {
			key = "command"
		}
		text := p.text.Text("cli.misuse."+key, pairs...)
		if near := nearest(what, names(key, fault, at)); near != "" {
			text += " " + p.text.Text("cli.did_you_mean", "near", near)
		}
		return text
	}
	return english
}

// names are what could have been meant: commands, or the flags of the command.
func names(key string, fault *kong.ParseError, at *kong.Node) []string {
	var all []string
	switch {
	case fault == nil:
	case key == "command":
		for _, c := range children(fault, at) {
			if !c.Hidden {
				all = append(all, c.Name)
			}
		}
	case key == "flag":
		for _, f := range fault.Context.Flags() {
			all = append(all, "--"+f.Name)
		}
	}
	return all
}

// children are the commands below one, or all where none was recognised.
func children(fault *kong.ParseError, at *kong.Node) []*kong.Node {
	switch {
	case at != nil:
		return at.Children
	case fault != nil:
		return fault.Context.Model.Children
	}
	return nil
}
