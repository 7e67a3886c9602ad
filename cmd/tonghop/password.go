package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"tonghop/pipeline/serve/access"
)

// passwordCommand prints the line by which a staff member may sign in to serve.
type passwordCommand struct {
	detailed
	Name string `arg:"" name:"name" help:"${help_password_name}"`
}

// Run reads a password, unseen on a terminal, and prints what to keep of it.
func (c *passwordCommand) Run(p *program) error {
	name := access.Name(c.Name)
	if name == "" || strings.ContainsAny(name, ":#") {
		return exitError{exitUsage, errors.New(p.text.Text("cli.password_name"))}
	}
	password, err := p.askPassword()
	if err != nil {
		return err
	}
	hash, err := access.Hash(password)
	if errors.Is(err, access.ErrShort) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.password_short", "n", access.MinPassword))}
	}
	if err != nil {
		return err
	}
	p.line(0, name+":"+hash)
	return nil
}

// askPassword asks for the password twice on a terminal; elsewhere it is the first
// line of the input.
func (p *program) askPassword() (string, error) {
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var typed [2]string
	for i, key := range []string{"cli.password_ask", "cli.password_again"} {
		fmt.Fprint(p.stderr, p.text.Text(key)+" ")
		data, err := term.ReadPassword(int(os.Stdin.Fd()))
		fmt.Fprintln(p.stderr)
		if err != nil {
			return "", fmt.Errorf("read password: %w", err)
		}
		typed[i] = string(data)
	}
	if typed[0] != typed[1] {
		return "", exitError{exitUsage, errors.New(p.text.Text("cli.password_differs"))}
	}
	return typed[0], nil
}
