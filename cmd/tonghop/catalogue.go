package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/catalogue"
)

// catalogueCommand is about the catalogue that staff keep.
type catalogueCommand struct {
	Diff catalogueDiffCommand `cmd:"" help:"${help_catalogue_diff}"`
}

// catalogueDiffCommand shows what a catalogue changes before it takes effect.
type catalogueDiffCommand struct {
	detailed
	Old string `arg:"" optional:"" name:"old" help:"${help_catalogue_old}"`
	New string `arg:"" optional:"" name:"new" help:"${help_catalogue_new}"`
}

// A diffJSON is what differs, as machines read it.
type diffJSON struct {
	Old     string             `json:"old"`
	New     string             `json:"new"`
	Changes []catalogue.Change `json:"changes"`
	Periods []string           `json:"computed_anew"`
}

// Run compares two catalogues: those named, else the one accepted last with the
// one in inputs.
func (c *catalogueDiffCommand) Run(p *program) error {
	before, err := p.catalogueVersion(cmp.Or(c.Old, "last"))
	if err != nil {
		return err
	}
	now, err := p.catalogueVersion(c.New)
	if err != nil {
		return err
	}
	changes := assess.Changes(before.Rules, now.Rules)
	periods, err := p.reader().Periods()
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		periods = nil
	}
	if p.json {
		out := diffJSON{before.name, now.name, append([]catalogue.Change{}, changes...), append([]string{}, codesOf(periods)...)}
		return json.NewEncoder(p.stdout).Encode(out)
	}
	p.say("catalogue_compared", "old", before.name, "new", now.name)
	p.tellChanges(changes, before.Catalogue)
	p.tellComputedAnew(changes, periods)
	return nil
}

// A catalogueVersion is a catalogue with its forms, or alone where a workbook is
// named.
type catalogueVersion struct {
	*assess.Rules
	name string
}

// catalogueVersion finds a catalogue: a folder, a workbook, or one accepted
// earlier by its hash; without a name the one in inputs.
func (p *program) catalogueVersion(name string) (catalogueVersion, error) {
	if name == "" {
		return p.catalogueIn(p.config.Path("inputs"), p.text.Text("cli.catalogue_inputs"))
	}
	if name != "last" {
		if info, err := os.Stat(name); err == nil && !info.IsDir() {
			return p.catalogueAlone(name)
		} else if err == nil {
			if _, err := os.Stat(filepath.Join(name, "inputs", assess.CatalogueFile)); err == nil {
				return p.catalogueIn(filepath.Join(name, "inputs"), name)
			}
			return p.catalogueIn(name, name)
		}
	}
	hash, err := p.acceptedHash(name)
	if err != nil {
		return catalogueVersion{}, err
	}
	return p.catalogueIn(p.config.Path(".tonghop", "accepted", hash), p.text.Text("cli.catalogue_accepted", "hash", hash[:min(len(hash), 8)]))
}

// acceptedHash is the hash of a catalogue that was accepted: of the last one, or
// of the one whose hash begins so.
func (p *program) acceptedHash(name string) (string, error) {
	dir := p.config.Path(".tonghop", "accepted")
	if name == "last" {
		hash, err := os.ReadFile(filepath.Join(dir, "last"))
		if errors.Is(err, fs.ErrNotExist) {
			return "", exitError{exitUsage, errors.New(p.text.Text("cli.catalogue_none_accepted"))}
		}
		return string(hash), err
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("list accepted catalogues: %w", err)
	}
	var found []string
	for _, e := range entries {
		if e.IsDir() && len(name) >= 4 && strings.HasPrefix(e.Name(), name) {
			found = append(found, e.Name())
		}
	}
	if len(found) != 1 {
		return "", exitError{exitUsage, errors.New(p.text.Text("cli.catalogue_unknown", "name", name))}
	}
	return found[0], nil
}

func (p *program) catalogueIn(dir, name string) (catalogueVersion, error) {
	rules, findings, err := assess.Load(os.DirFS(dir), p.config.Calendar)
	if err == nil && rules == nil {
		p.tellCatalogue(findings)
		err = exitError{exitUsage, nil}
	}
	return catalogueVersion{rules, name}, err
}

// catalogueAlone reads a catalogue workbook without any forms.
func (p *program) catalogueAlone(file string) (catalogueVersion, error) {
	cat, findings, err := assess.LoadCatalogue(oneFile{os.DirFS(filepath.Dir(file)), filepath.Base(file)}, p.config.Calendar)
	if err != nil {
		return catalogueVersion{}, err
	}
	if cat == nil || slices.ContainsFunc(findings, func(f assess.FileFinding) bool { return f.Severity == pipeline.SeverityError }) {
		p.tellCatalogue(findings)
		return catalogueVersion{}, exitError{exitUsage, nil}
	}
	return catalogueVersion{&assess.Rules{Catalogue: cat}, filepath.Base(file)}, nil
}

// A oneFile is a folder in which the catalogue goes by another name.
type oneFile struct {
	fs.FS
	name string
}

// Open opens the file as the catalogue.
func (f oneFile) Open(string) (fs.File, error) { return f.FS.Open(f.name) }

// tellChanges lists changes sheet by sheet. A year without any target before is
// told in one line.
func (p *program) tellChanges(changes []catalogue.Change, before *pipeline.Catalogue) {
	if len(changes) == 0 {
		p.say("catalogue_same")
		return
	}
	heading, told := "", map[int]bool{}
	for _, c := range changes {
		if h := p.sheetTitle(c); h != heading {
			heading = h
			p.line(0, h)
		}
		if newYear := c.Sheet == "targets" && !hasTargets(before, c.Year); newYear {
			if !told[c.Year] {
				told[c.Year] = true
				n, units := targetsOf(changes, c.Year)
				p.line(1, p.text.Text("cli.catalogue_new_year", "n", n, "units", units))
			}
			continue
		}
		p.line(1, p.change(c))
	}
}

func (p *program) sheetTitle(c catalogue.Change) string {
	title := catalogue.Named(c.Sheet, "", p.text.Code)
	if c.Year != 0 {
		title += fmt.Sprint(" ", c.Year)
	}
	return title
}

func hasTargets(c *pipeline.Catalogue, year int) bool {
	return slices.ContainsFunc(c.Targets, func(t pipeline.Target) bool { return t.Year == year })
}

func targetsOf(changes []catalogue.Change, year int) (n, units int) {
	seen := map[string]bool{}
	for _, c := range changes {
		if c.Sheet == "targets" && c.Year == year {
			n++
			seen[c.Record] = true
		}
	}
	return n, len(seen)
}

// change words one change.
func (p *program) change(c catalogue.Change) string {
	record := c.Record
	if c.Name != "" {
		record += " (" + c.Name + ")"
	}
	from, to := p.changed(c, c.From), p.changed(c, c.To)
	switch {
	case c.Column == assess.Workbook:
		none := p.text.Text("cli.catalogue_no_markers")
		return p.text.Text("cli.catalogue_form_file", "record", record, "gone", cmp.Or(c.From, none), "new", cmp.Or(c.To, none))
	case c.Column == "":
		if since := cmp.Or(from, to); since != "" {
			record += ", " + p.text.Text("cli.catalogue_since", "day", since)
		}
		return p.text.Text("cli.catalogue_"+c.What, "record", record)
	case c.Sheet == "targets":
		return p.text.Text("cli.catalogue_value", "record", record, "column", c.Column, "from", from, "to", to)
	}
	return p.text.Text("cli.catalogue_value", "record", record, "column", catalogue.Named(c.Sheet, c.Column, p.text.Code), "from", from, "to", to)
}

// changed is a value as its reader writes it.
func (p *program) changed(c catalogue.Change, value string) string {
	if value == "" {
		if c.Column == "" {
			return ""
		}
		return p.text.Text("cli.blank")
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return p.text.Date(day)
	}
	if d, err := decimal.NewFromString(value); err == nil && c.Sheet == "targets" {
		if c.Ratio {
			return p.text.Percent(d, max(0, int(-d.Exponent())-2), pipeline.HalfUp)
		}
		return p.text.Number(d, max(0, int(-d.Exponent())), pipeline.HalfUp)
	}
	return catalogue.Worded(c.Sheet, c.Column, value, p.text.Code)
}

// tellComputedAnew says which published periods the next run computes anew, and
// in which of them targets are others.
func (p *program) tellComputedAnew(changes []catalogue.Change, periods []pipeline.Period) {
	if len(periods) == 0 {
		return
	}
	p.say("catalogue_anew", "periods", strings.Join(codesOf(periods), ", "))
	years := map[int]bool{}
	for _, c := range changes {
		if c.Sheet == "targets" {
			years[c.Year] = true
		}
	}
	var with []string
	for _, q := range periods {
		for y := q.Year; y <= q.EndYear(); y++ {
			if years[y] {
				with = append(with, q.String())
				break
			}
		}
	}
	if len(with) > 0 {
		p.say("catalogue_targets_in", "periods", strings.Join(with, ", "))
	}
}

// tellNewCatalogue sums up what changed in the catalogue that a run took.
func (p *program) tellNewCatalogue(changes []catalogue.Change, before string) {
	if len(changes) == 0 {
		return
	}
	var parts, titles []string
	counts := map[string]int{}
	for _, c := range changes {
		title := p.sheetTitle(c)
		if counts[title] == 0 {
			titles = append(titles, title)
		}
		counts[title]++
	}
	for _, title := range titles {
		parts = append(parts, p.text.Text("cli.catalogue_count", "sheet", title, "n", counts[title]))
	}
	p.say("catalogue_taken", "changes", strings.Join(parts, ", "), "hash", before[:min(len(before), 8)])
}
