package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tonghop/pipeline/publish"
	"tonghop/reports/published"
)

// exportCommand hands the published tables of a period to other tools.
type exportCommand struct {
	detailed
	Period string   `name:"period" required:"" placeholder:"P" help:"${help_period}"`
	Format string   `name:"format" enum:"csv,parquet,json" default:"csv" help:"${help_format}"`
	Table  []string `name:"table" placeholder:"T" help:"${help_table}"`
	Output string   `short:"o" name:"output" type:"path" placeholder:"DIR" help:"${help_output}"`
}

// Run writes each table as a file and names it; a single table goes to the
// standard output where no folder is named.
func (c *exportCommand) Run(p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	issue, err := p.issue(q)
	if err != nil {
		return err
	}
	names, err := c.tables(p, issue)
	if err != nil {
		return err
	}
	if len(c.Table) == 1 && c.Output == "" {
		data, err := c.read(issue, names[0])
		if err == nil {
			_, err = p.stdout.Write(data)
		}
		return err
	}
	dir := c.Output
	if dir == "" {
		dir = p.config.Path("export", q.String())
	}
	if p.keeps(dir) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.own_folder", "dir", dir))}
	}
	for _, name := range names {
		data, err := c.read(issue, name)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, name+"."+c.Format)
		if err := publish.WriteFile(path, data); err != nil {
			return fmt.Errorf("export table %s: %w", name, err)
		}
		p.line(0, path)
	}
	return nil
}

// tables lists the tables asked for, which must be published; none stands for all.
func (c *exportCommand) tables(p *program, issue *published.Issue) ([]string, error) {
	var all []string
	for _, f := range issue.Files {
		if name, ok := strings.CutSuffix(f.Name, ".csv"); ok {
			all = append(all, strings.TrimPrefix(name, "data/"))
		}
	}
	slices.Sort(all)
	for _, name := range c.Table {
		if !slices.Contains(all, name) {
			return nil, exitError{exitUsage, errors.New(p.text.Text("cli.no_table", "table", name, "tables", strings.Join(all, ", ")))}
		}
	}
	if len(c.Table) > 0 {
		return c.Table, nil
	}
	return all, nil
}

// read is a published table in the format asked for.
func (c *exportCommand) read(issue *published.Issue, name string) ([]byte, error) {
	if c.Format != "json" {
		return issue.File("data/" + name + "." + c.Format)
	}
	table, err := issue.Table(name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = table.WriteJSON(&out)
	return out.Bytes(), err
}

// keeps tells whether a folder is one of those that the workspace lives by:
// tables written there would pass for published ones, or for a unit's reports.
func (p *program) keeps(dir string) bool {
	for _, own := range []string{"out", "inputs", ".tonghop"} {
		path, err := filepath.Abs(p.config.Path(own))
		if err != nil {
			continue
		}
		if below, err := filepath.Rel(path, dir); err == nil && filepath.IsLocal(below) {
			return true
		}
	}
	return false
}
