package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"tonghop/pipeline/lang"
)

// A detailed command shows examples in its help, in the reader's language.
type detailed struct {
	detail string
}

// Help is the text below the flags.
func (d detailed) Help() string { return d.detail }

// explain gives each command its examples.
func (c *commands) explain(text *lang.Language) {
	for name, d := range map[string]*detailed{
		"run": &c.Run.detailed, "serve": &c.Serve.detailed, "doctor": &c.Doctor.detailed, "remind": &c.Remind.detailed, "check": &c.Check.detailed, "cells": &c.Cells.detailed, "status": &c.Status.detailed,
		"trace": &c.Trace.detailed, "export": &c.Export.detailed, "init": &c.Init.detailed, "close": &c.Close.detailed,
		"reopen": &c.Reopen.detailed, "withdraw": &c.Withdraw.detailed, "accept": &c.Accept.detailed, "exempt": &c.Exempt.detailed,
		"bundle":   &c.Bundle.detailed,
		"template": &c.Template.detailed, "consolidate": &c.Consolidate.detailed,
		"password": &c.Password.detailed, "backup": &c.Backup.detailed, "restore": &c.Restore.detailed, "rebuild": &c.Rebuild.detailed,
		"upload":     &c.Upload.detailed,
		"form_check": &c.Form.Check.detailed, "catalogue_diff": &c.Catalogue.Diff.detailed,
	} {
		d.detail = text.Text("cli.example." + name)
	}
}

// helpTexts gives kong the help texts of the language.
func (p *program) helpTexts() kong.Vars {
	vars := kong.Vars{}
	for _, key := range p.text.Keys() {
		if name, ok := strings.CutPrefix(key, "cli.help."); ok {
			vars["help_"+name] = p.text.Text(key)
		}
	}
	return vars
}

// help is kong's help with its own words in the reader's language.
func (p *program) help(options kong.HelpOptions, call *kong.Context) error {
	out := call.Stdout
	var page bytes.Buffer
	call.Stdout = &page
	err := kong.DefaultHelpPrinter(options, call)
	call.Stdout = out
	if err != nil {
		return err
	}
	words := strings.NewReplacer(
		" [flags]\n", " "+p.text.Text("cli.kong.some_flags")+"\n", "tonghop <command>", "tonghop "+p.text.Text("cli.kong.some_command"),
		"Usage: ", p.text.Text("cli.kong.usage")+" ", "\nArguments:\n", "\n"+p.text.Text("cli.kong.arguments")+"\n",
		"\nFlags:\n", "\n"+p.text.Text("cli.kong.flags")+"\n", "\nCommands:\n", "\n"+p.text.Text("cli.kong.commands")+"\n",
		`Run "tonghop <command> --help" for more information on a command.`, p.text.Text("cli.kong.more"),
	)
	_, err = io.WriteString(out, words.Replace(page.String()))
	return err
}
