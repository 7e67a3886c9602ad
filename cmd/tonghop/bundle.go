package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/clerk"
	"tonghop/pipeline/publish"
)

// bundleCommand makes the folder with which units check reports on their own PC.
type bundleCommand struct {
	detailed
	Unit     []string `short:"u" placeholder:"CODE" sep:"none" help:"${help_bundle_unit}"`
	Each     bool     `help:"${help_bundle_each}"`
	Period   string   `placeholder:"P" help:"${help_bundle_period}"`
	Output   string   `short:"o" type:"path" placeholder:"DIR" help:"${help_bundle_output}"`
	Zip      bool     `help:"${help_bundle_zip}"`
	For      string   `enum:"windows,linux" default:"windows" help:"${help_bundle_for}"`
	Programs string   `type:"path" placeholder:"DIR" help:"${help_bundle_programs}"`
}

// Run makes a bundle for each unit that was named, else one for any unit.
func (c *bundleCommand) Run(p *program) error {
	rules, err := p.rules()
	if err != nil {
		return err
	}
	units, err := c.units(p, rules.Catalogue)
	if err != nil {
		return err
	}
	if c.Output == "" {
		c.Output = p.config.Path("bundle")
	}
	if c.Programs == "" {
		c.Programs = filepath.Dir(p.executable)
	}
	if p.keeps(c.Output) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.own_folder", "dir", c.Output))}
	}
	blank, err := c.blank(p, rules)
	if err != nil {
		return err
	}
	for _, unit := range units {
		order := clerk.Order{
			Config: p.config, Rules: rules, Text: p.issues, Unit: unit, Made: pipeline.DayIn(p.now, p.config.Zone),
			System: c.For, Programs: c.Programs, Forms: blank[unit],
		}
		files, err := clerk.Pack(order)
		if errors.Is(err, clerk.ErrNoProgram) {
			return exitError{exitUsage, errors.New(p.text.Text("cli.no_program", "dir", c.Programs, "program", clerk.Programs[c.For]))}
		}
		if err != nil {
			return err
		}
		if err := c.write(p, rules, unit, files, order.Made); err != nil {
			return err
		}
	}
	return nil
}

// blank are the forms that units fill in for the period, by unit, as template makes them.
func (c *bundleCommand) blank(p *program, rules *assess.Rules) (map[string][]clerk.File, error) {
	if c.Period == "" {
		return nil, nil
	}
	q, err := p.period(c.Period)
	switch {
	case err != nil:
		return nil, err
	case len(c.Unit) == 0 && !c.Each:
		return nil, exitError{exitUsage, errors.New(p.text.Text("cli.forms_of_nobody"))}
	}
	h := handing{program: p, rules: rules, period: q}
	if !c.Each {
		h.units = c.Unit
	}
	if err := h.all(nil); err != nil {
		return nil, err
	}
	all := map[string][]clerk.File{}
	for _, m := range h.made {
		all[m.Unit] = append(all[m.Unit], clerk.File{Name: path.Base(m.File), Data: m.data, Mode: 0o644})
	}
	return all, nil
}

// units are the codes that bundles are made for; an empty one stands for any unit.
func (c *bundleCommand) units(p *program, cat *pipeline.Catalogue) ([]string, error) {
	units := c.Unit
	var known []string
	for _, u := range cat.Units {
		known = append(known, u.Code)
		reports := slices.ContainsFunc(cat.Forms, func(f pipeline.Form) bool { return f.DueOf(u.Kind) })
		if c.Each && reports && u.Valid.Contains(pipeline.DayIn(p.now, p.config.Zone)) {
			units = append(units, u.Code)
		}
	}
	for _, u := range units {
		if !slices.Contains(known, u) {
			return nil, exitError{exitUsage, p.unknown("cli.no_unit", u, known)}
		}
	}
	if len(units) == 0 {
		return []string{""}, nil
	}
	slices.Sort(units)
	return slices.Compact(units), nil
}

// write writes a bundle as a folder or a zip file, over an earlier one; but a form in which
// somebody has filled in figures stays.
func (c *bundleCommand) write(p *program, rules *assess.Rules, unit string, files []clerk.File, made time.Time) error {
	name := "kiem-tra"
	if unit != "" {
		name += "-" + unit
	}
	if c.Zip {
		data, err := zipped(name, files, made)
		if err != nil {
			return err
		}
		files = []clerk.File{{Name: name + ".zip", Data: data, Mode: 0o644}}
		name += ".zip"
	} else {
		for i := range files {
			files[i].Name = path.Join(name, files[i].Name)
		}
	}
	var size int64
	for _, f := range files {
		size += int64(len(f.Data))
		file := filepath.Join(c.Output, filepath.FromSlash(f.Name))
		h := handing{program: p, rules: rules}
		if path.Dir(f.Name) == name && path.Ext(f.Name) == ".xlsx" && h.filled(file, f.Data) {
			p.say("handed_kept", "file", file)
			continue
		}
		if err := errors.Join(publish.WriteFile(file, f.Data), os.Chmod(file, f.Mode)); err != nil {
			return fmt.Errorf("write bundle: %w", err)
		}
	}
	megabytes := p.text.Number(decimal.NewFromInt(size).Shift(-6), 1, pipeline.HalfUp)
	p.say("bundled", "target", filepath.Join(c.Output, name), "mb", megabytes)
	return nil
}

// zipped packs the files below one folder, so that unpacking makes one.
func zipped(folder string, files []clerk.File, made time.Time) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, f := range files {
		header := &zip.FileHeader{Name: path.Join(folder, f.Name), Method: zip.Deflate, Modified: made}
		header.SetMode(f.Mode)
		w, err := archive.CreateHeader(header)
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			return nil, fmt.Errorf("pack bundle: %w", err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("pack bundle: %w", err)
	}
	return out.Bytes(), nil
}

// rules are the workspace's catalogue and forms; a broken catalogue is told.
func (p *program) rules() (*assess.Rules, error) {
	rules, findings, err := assess.Load(os.DirFS(p.config.Path("inputs")), p.config.Calendar)
	if err != nil {
		return nil, err
	}
	if rules == nil {
		p.tellCatalogue(findings)
		return nil, exitError{exitUsage, nil}
	}
	rules.Limits, rules.Superior = p.config.Limits, p.config.Superior
	return rules, nil
}
