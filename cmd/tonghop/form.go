package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/form"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/workbook"
	"tonghop/reports/formcheck"
)

// formCommand is about the form workbooks that staff draw.
type formCommand struct {
	Check formCheckCommand `cmd:"" help:"${help_form_check}"`
}

// formCheckCommand shows how the markers of a form workbook are understood.
type formCheckCommand struct {
	detailed
	File   string `arg:"" name:"file" type:"path" help:"${help_form_file}"`
	Output string `short:"o" name:"output" type:"path" placeholder:"FILE" help:"${help_annotated}"`
}

// A formJSON is a form as it is understood, for machines.
type formJSON struct {
	File      string          `json:"file"`
	Form      string          `json:"form"`
	Catalogue bool            `json:"catalogue"` // codes were compared with one
	Usable    bool            `json:"usable"`
	Cells     []formCellJSON  `json:"cells"`
	Fields    []formFieldJSON `json:"fields"`
	Findings  []findingJSON   `json:"findings"`
	Annotated string          `json:"annotated,omitempty"`
}

type formCellJSON struct {
	Sheet    string   `json:"sheet"`
	Cell     string   `json:"cell"`
	Marker   string   `json:"marker"`
	Meaning  string   `json:"meaning"`
	Row      []string `json:"row"`
	Column   []string `json:"column"`
	Alike    int      `json:"rows_of_that_name,omitempty"`
	ReadBack *bool    `json:"read_back,omitempty"` // of what units fill in
}

type formFieldJSON struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Field string `json:"field"`
	Known bool   `json:"known_again"`
}

// Run tries the form, writes the annotated copy and says in short what came of it; with
// -v it lists the markers.
func (c *formCheckCommand) Run(p *program) error {
	data, err := p.readFile(c.File)
	if err != nil {
		return exitError{exitUsage, err}
	}
	book, err := workbook.Read(data, p.config.Limits)
	var refusal *workbook.Refusal
	if errors.As(err, &refusal) {
		f := pipeline.Finding{Code: refusal.Code, Severity: pipeline.SeverityError}
		return exitError{exitRefused, errors.New(p.wording(filepath.Base(c.File), f))}
	}
	if err != nil {
		return fmt.Errorf("read %q: %w", c.File, err)
	}
	cat, broken, err := p.catalogueHere()
	if err != nil {
		return err
	}
	x := formChecking{program: p, file: c.File, cat: cat, broken: broken, Checkup: form.Examine(specOf(c.File, cat), book, cat)}
	annotated, err := c.annotate(x, data)
	if err != nil {
		return err
	}
	if p.json {
		err = json.NewEncoder(p.stdout).Encode(x.json(annotated))
	} else {
		x.tell(annotated)
	}
	if err == nil && x.errors() > 0 {
		return exitError{exitRefused, nil}
	}
	return err
}

// catalogueHere is the workspace's catalogue, or nil outside a workspace. Of one
// with mistakes, what can be read serves, and the mistakes are told.
func (p *program) catalogueHere() (*pipeline.Catalogue, []assess.FileFinding, error) {
	if _, err := os.Stat(p.config.Path("inputs", assess.CatalogueFile)); err != nil {
		if !p.json {
			p.line(0, p.text.Text("formcheck.outside"))
		}
		return nil, nil, nil
	}
	return assess.LoadCatalogue(os.DirFS(p.config.Path("inputs")), p.config.Calendar)
}

// specOf is the form that the catalogue has the file for; of another file, one
// of its name.
func specOf(file string, cat *pipeline.Catalogue) pipeline.Form {
	name := filepath.Base(file)
	if cat != nil {
		for _, f := range cat.Forms {
			if filepath.Base(filepath.FromSlash(f.File)) == name {
				return f
			}
		}
	}
	return pipeline.Form{Code: strings.TrimSuffix(name, filepath.Ext(name)), Basis: pipeline.BasisPeriod}
}

// annotate writes the copy with comments and returns its name.
func (c *formCheckCommand) annotate(x formChecking, data []byte) (string, error) {
	name := c.Output
	if name == "" {
		name = strings.TrimSuffix(c.File, filepath.Ext(c.File)) + ".kiem-tra.xlsx"
	}
	var out bytes.Buffer
	if err := formcheck.Annotate(&out, data, x.Checkup, x.cat, x.program.text); err != nil {
		x.program.log.Warn("annotate form", "file", c.File, "error", err)
		return "", nil // an .xls, or what excelize cannot hold: the listing says the same
	}
	if err := publish.WriteFile(name, out.Bytes()); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return name, nil
}

// A formChecking tells of one form.
type formChecking struct {
	*form.Checkup
	program *program
	file    string
	cat     *pipeline.Catalogue
	broken  []assess.FileFinding // what is wrong with the catalogue
}

func (x formChecking) errors() int { return pipeline.Count(x.Findings, pipeline.SeverityError) }

func (x formChecking) tell(annotated string) {
	p, say := x.program, func(key string, pairs ...any) { x.program.line(0, x.program.text.Text("formcheck."+key, pairs...)) }
	inputs, filled, notes := x.counts()
	say("title", "file", filepath.Base(x.file), "form", x.Layout.Form.Code, "inputs", inputs, "filled", filled, "notes", notes, "lists", len(x.Layout.Lists))
	for _, m := range x.Marked {
		if p.verbose {
			x.tellMarked(m)
		}
	}
	x.tellFields()
	for _, f := range x.Findings {
		p.line(0, p.wording(filepath.Base(x.file), f))
		p.line(1, "→ "+p.text.Remedy(f))
	}
	tried, lost := x.trial()
	result := p.text.Text("formcheck.all_read")
	if lost > 0 {
		result = p.text.Text("formcheck.lost", "n", lost)
	}
	say("tried", "n", tried, "result", result)
	if annotated != "" {
		say("annotated", "file", annotated)
	}
	if !p.verbose {
		say("more")
	}
	if len(x.broken) > 0 {
		say("broken_catalogue") // here rather than above the long list, where it would be missed
		p.tellCatalogue(x.broken)
	}
	switch n := x.errors(); {
	case n > 0:
		say("faulty", "n", n)
	case len(x.broken) > 0:
		say("sound_once")
	default:
		say("sound")
	}
}

func (x formChecking) counts() (inputs, filled, notes int) {
	for _, m := range x.Marked {
		switch {
		case m.Marker.List != "":
		case m.Marker.Input():
			inputs++
		case m.Marker.Measure == pipeline.MeasureNote:
			notes++
		default:
			filled++
		}
	}
	return inputs, filled, notes
}

func (x formChecking) tellMarked(m form.Marked) {
	text := x.program.text
	x.program.line(1, fmt.Sprintf("%s!%s  %s  %s", m.Sheet, m.Cell, m.Marker, formcheck.Meaning(m.Marker, x.cat, text)))
	if !m.Tried {
		return // where targets and notes stand is told by the figure beside them
	}
	if len(m.RowPath) > 0 {
		x.program.line(2, text.Text("formcheck.row", "path", strings.Join(m.RowPath, " / ")))
	}
	if len(m.ColumnPath) > 0 {
		x.program.line(2, text.Text("formcheck.column", "path", strings.Join(m.ColumnPath, " / ")))
	}
	if m.Tried && m.Alike > 1 {
		x.program.line(2, text.Text("formcheck.alike", "n", m.Alike))
	}
}

// tellFields says what tells unit and period.
func (x formChecking) tellFields() {
	has := map[string]bool{}
	for _, f := range x.Fields {
		has[strings.TrimSuffix(f.Name, ".code")] = true
		x.program.line(1, f.Sheet+"!"+f.Cell+"  "+formcheck.Known(f, x.program.text))
	}
	for _, name := range []string{"unit", "period"} {
		if !has[name] {
			x.program.line(1, x.program.text.Text("formcheck.no_"+name))
		}
	}
}

func (x formChecking) trial() (tried, lost int) {
	for _, m := range x.Marked {
		if m.Tried {
			tried++
		}
		if m.Lost {
			lost++
		}
	}
	return tried, lost
}

func (x formChecking) json(annotated string) formJSON {
	out := formJSON{
		File: x.file, Form: x.Layout.Form.Code, Catalogue: x.cat != nil, Usable: x.errors() == 0, Annotated: annotated,
		Cells: []formCellJSON{}, Fields: []formFieldJSON{}, Findings: []findingJSON{},
	}
	for _, m := range x.Marked {
		c := formCellJSON{
			Sheet: m.Sheet, Cell: m.Cell, Marker: m.Marker.String(), Meaning: formcheck.Meaning(m.Marker, x.cat, x.program.text),
			Row: m.RowPath, Column: m.ColumnPath, Alike: m.Alike,
		}
		if m.Tried {
			back := !m.Lost
			c.ReadBack = &back
		}
		out.Cells = append(out.Cells, c)
	}
	for _, f := range x.Fields {
		out.Fields = append(out.Fields, formFieldJSON{f.Sheet, f.Cell, f.Name, f.Known})
	}
	for _, f := range x.Findings {
		out.Findings = append(out.Findings, x.program.findingJSON(x.file, f))
	}
	return out
}
