package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/workbook"
)

// checkCommand tells what a run would say about workbooks, loading nothing.
type checkCommand struct {
	detailed
	Files []string `arg:"" name:"file" type:"path" help:"${help_files}"`
}

// Run judges each file.
func (c *checkCommand) Run(p *program) error {
	rules, err := p.rules()
	if err != nil {
		return err
	}
	code := exitDone
	for _, name := range c.Files {
		result, err := p.check(rules, name)
		switch {
		case err != nil:
			code = min(p.fail(err), cmp.Or(code, exitRefused))
			continue
		case result.Verdict == pipeline.Refused:
			code = cmp.Or(code, exitRefused)
		}
		if err := p.tellCheck(result); err != nil {
			return err
		}
	}
	if code != exitDone {
		return exitError{code, nil}
	}
	return nil
}

// check judges one file: inside the inbox by its folder, elsewhere by what the
// workbook says of itself.
func (p *program) check(rules *assess.Rules, name string) (assess.Result, error) {
	data, err := p.readFile(name)
	if err != nil {
		return assess.Result{}, err
	}
	sum := sha256.Sum256(data)
	in := assess.Input{SHA256: hex.EncodeToString(sum[:]), Data: data, Now: p.now, Zone: p.config.Zone}
	in.File, in.Outside = p.place(name)
	in.File.Size = int64(len(data))
	return rules.Assess(in)
}

// place is the file's path below the inbox, or its bare name outside.
func (p *program) place(name string) (file intake.File, outside bool) {
	inbox, err := filepath.Abs(p.config.Path("inputs", "inbox"))
	if err == nil {
		if below, err := filepath.Rel(inbox, name); err == nil && filepath.IsLocal(below) {
			return intake.File{Path: filepath.ToSlash(below)}, false
		}
	}
	return intake.File{Path: filepath.Base(name)}, true
}

func (p *program) tellCheck(result assess.Result) error {
	if p.json {
		return json.NewEncoder(p.stdout).Encode(p.submissionJSON(result.Submission))
	}
	p.tellVerdict(result.Submission)
	p.tellFindings(result.Submission)
	if p.verbose && result.Match != nil {
		p.explain(result.Match)
		p.explainLists(result.Match.Layout, result.Lists)
	}
	return nil
}

// tellFindings prints what is wrong with a file and below it what to do. Cells with the
// same trouble stand together, for one remedy serves them all; notes have none.
func (p *program) tellFindings(s pipeline.Submission) {
	alike, remedies := map[string][]string{}, []string(nil)
	for _, f := range s.Findings {
		remedy := ""
		if f.Severity != pipeline.SeverityNotice {
			remedy = p.text.Remedy(f)
		} else if !p.verbose && s.Verdict != pipeline.Held {
			continue
		}
		if alike[remedy] == nil {
			remedies = append(remedies, remedy)
		}
		alike[remedy] = append(alike[remedy], p.wording(path.Base(s.File), f))
	}
	for _, remedy := range remedies {
		for _, finding := range alike[remedy] {
			p.line(1, finding)
		}
		if remedy != "" {
			p.line(2, "→ "+remedy)
		}
	}
}

// explain tells for each marker of the form which cell was read, and by which
// row and column.
func (p *program) explain(match *form.Match) {
	for _, e := range match.Explain() {
		place, where := e.Sheet+"!"+e.Cell, e.FormSheet+"!"+e.FormCell
		if e.Cell == "" {
			place = p.text.Text("cli.none")
		}
		read := p.text.Text("cli.blank")
		if e.Read != "" {
			read = "«" + e.Read + "»"
		}
		p.line(1, fmt.Sprintf("%s  %s = %s  %s", e.Marker, place, read, p.text.Text("cli.how."+string(e.How), "form_cell", where)))
		p.line(2, p.text.Text("cli.how.row", "label", strings.Join(e.RowPath, " / "), "cell", cmp.Or(e.RowCell, p.text.Text("cli.none"))))
		if len(e.ColumnPath) > 0 {
			p.line(2, p.text.Text("cli.how.column", "label", strings.Join(e.ColumnPath, " / "), "cell", cmp.Or(e.ColumnCell, p.text.Text("cli.none"))))
		}
	}
}

// explainLists tells for each field of the form's lists which cells were read.
func (p *program) explainLists(layout *form.Layout, cells []pipeline.ListCell) {
	const most = 5 // cells that are named
	for _, list := range layout.Lists {
		for _, field := range list.Fields {
			var places []string
			n := 0
			for _, c := range cells {
				if c.List != list.Name || c.Field != field.Marker.ListField {
					continue
				}
				if n++; n <= most {
					places = append(places, c.Sheet+"!"+c.Cell)
				}
			}
			if n > most {
				places = append(places, "…")
			}
			where := list.Sheet + "!" + workbook.CellName(list.Row, field.Col)
			p.line(1, fmt.Sprintf("%s  %s", field.Marker, p.text.Text("cli.how.list", "n", n, "form_cell", where)))
			p.line(2, p.text.Text("cli.how.column", "label", strings.Join(field.ColumnPath, " / "), "cell", cmp.Or(strings.Join(places, ", "), p.text.Text("cli.none"))))
		}
	}
}
