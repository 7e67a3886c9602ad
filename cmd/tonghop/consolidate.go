package main

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/publish"
	"tonghop/reports"
	"tonghop/reports/official"
)

// consolidateCommand fills official forms with the published totals of units: of
// others than the province, whose forms every issue has.
type consolidateCommand struct {
	detailed
	Period string   `name:"period" required:"" placeholder:"P" help:"${help_period}"`
	Form   []string `name:"form" placeholder:"F" help:"${help_form_filled}"`
	Unit   []string `name:"unit" placeholder:"U" help:"${help_units_filled}"`
	Output string   `short:"o" name:"output" type:"path" placeholder:"DIR" help:"${help_output_filled}"`
}

// Run writes a workbook for each unit and form that it has figures of.
func (c *consolidateCommand) Run(p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	rules, err := p.rules()
	if err != nil {
		return err
	}
	d, err := c.totals(p, rules, q)
	if err != nil {
		return err
	}
	units, err := c.units(p, d)
	if err != nil {
		return err
	}
	forms, err := c.forms(p, rules, d)
	if err != nil {
		return err
	}
	dir := c.Output
	if dir == "" {
		dir = p.config.Path("consolidated", q.String())
	}
	if p.keeps(dir) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.own_folder_filled", "dir", dir))}
	}
	return c.write(p, d, forms, units, dir)
}

// totals are the published figures of the period.
func (c *consolidateCommand) totals(p *program, rules *assess.Rules, q pipeline.Period) (*reports.Dataset, error) {
	issue, err := p.issue(q)
	if err != nil {
		return nil, err
	}
	if issue.CatalogueHash != rules.Catalogue.Hash {
		fmt.Fprintln(p.stderr, p.text.Text("cli.filled_by_other_catalogue", "period", p.text.Period(q)))
	}
	d, err := issue.Totals()
	if err != nil {
		return nil, fmt.Errorf("read totals of %s: %w", q, err)
	}
	d.Stamp.Window, d.Stamp.Superior = rules.Catalogue.Calendar.Window(q), p.config.Superior
	return d, nil
}

// units are those asked for, all where none is.
func (c *consolidateCommand) units(p *program, d *reports.Dataset) ([]reports.Unit, error) {
	if len(c.Unit) == 0 {
		return d.Units, nil
	}
	var all []reports.Unit
	for _, code := range c.Unit {
		unit, ok := d.Unit(code)
		if !ok {
			return nil, exitError{exitUsage, errors.New(p.text.Text("cli.unit_not_in_catalogue", "unit", code))}
		}
		all = append(all, unit)
	}
	return all, nil
}

// forms are those asked for that hold for the period, all where none is.
func (c *consolidateCommand) forms(p *program, rules *assess.Rules, d *reports.Dataset) ([]official.Form, error) {
	var all []official.Form
	var codes []string
	for _, l := range rules.Layouts {
		if !l.Form.Valid.Contains(d.Stamp.Window.End) {
			continue
		}
		codes = append(codes, l.Form.Code)
		if len(c.Form) == 0 || slices.Contains(c.Form, l.Form.Code) {
			all = append(all, official.Form{
				Layout: l, Workbook: rules.Files[path.Join(assess.FormsFolder, l.Form.File)], Catalogue: rules.Catalogue, Language: p.issues,
			})
		}
	}
	for _, code := range c.Form {
		if !slices.Contains(codes, code) {
			return nil, exitError{exitUsage, errors.New(p.text.Text("cli.unknown_form", "form", code, "forms", strings.Join(codes, ", ")))}
		}
	}
	return all, nil
}

func (c *consolidateCommand) write(p *program, d *reports.Dataset, forms []official.Form, units []reports.Unit, dir string) error {
	files, filled := 0, 0
	for _, unit := range units {
		before := files
		for _, f := range forms {
			data, ok, err := f.Fill(d, unit)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			name := filepath.Join(dir, unit.Code, f.Layout.Form.Code+".xlsx")
			if err := publish.WriteFile(name, data); err != nil {
				return fmt.Errorf("write form: %w", err)
			}
			p.line(0, name)
			files++
		}
		if files > before {
			filled++
		}
	}
	if files == 0 {
		return exitError{exitUsage, errors.New(p.text.Text("cli.nothing_to_fill", "period", p.text.Period(d.Stamp.Period)))}
	}
	p.say("filled", "files", files, "units", filled, "period", p.text.Period(d.Stamp.Period))
	return nil
}
