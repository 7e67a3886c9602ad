package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/doctor"
	"tonghop/reports/page"
)

// doctorCommand examines the workspace and the machine.
type doctorCommand struct {
	detailed
}

// A doctorJSON is one thing that doctor looked at.
type doctorJSON struct {
	doctor.Finding
	Message string `json:"message"`
	Remedy  string `json:"remedy,omitempty"`
}

// Run prints what was found, the worst last, and fails where something does not
// work.
func (c *doctorCommand) Run(p *program) error {
	found := doctor.Patient{Config: p.config, Now: p.now, Whole: p.verbose, Charts: page.Drawn()}.Examine()
	all := []doctorJSON{}
	counts := map[doctor.Level]int{}
	code := exitDone
	for _, f := range found {
		all = append(all, p.diagnosis(f))
		counts[f.Level]++
		switch {
		case f.Level != doctor.Error:
		case f.Check != "catalogue":
			code = exitFailed
		case code == exitDone:
			code = exitUsage
		}
	}
	if err := p.tellDiagnoses(all, counts); err != nil {
		return err
	}
	if code != exitDone {
		return exitError{code, nil}
	}
	return nil
}

func (p *program) tellDiagnoses(all []doctorJSON, counts map[doctor.Level]int) error {
	if p.json {
		return json.NewEncoder(p.stdout).Encode(all)
	}
	out := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	for _, d := range all {
		writeRow(out, []string{p.text.Text("doctor.level." + string(d.Level)), p.text.Text("doctor.check." + d.Check), d.Message})
		if d.Remedy != "" {
			writeRow(out, []string{"", "", "→ " + d.Remedy})
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	p.line(0, p.text.Text("doctor.total", "ok", counts[doctor.OK], "warnings", counts[doctor.Warning], "errors", counts[doctor.Error]))
	return nil
}

// diagnosis words a finding in the reader's language.
func (p *program) diagnosis(f doctor.Finding) doctorJSON {
	if len(f.Pairs) == 4 && f.Code == "catalogue_finding" {
		finding := f.Pairs[3].(pipeline.Finding)
		return doctorJSON{f, p.wording("inputs/"+f.Pairs[1].(string), finding), p.text.Remedy(finding)}
	}
	pairs := make([]any, len(f.Pairs))
	for i, value := range f.Pairs {
		pairs[i] = p.printed(value)
	}
	d := doctorJSON{Finding: f, Message: p.text.Text("doctor."+f.Code, pairs...)}
	if f.Level != doctor.OK {
		d.Remedy = p.text.Text("doctor.remedy."+f.Code, pairs...)
	}
	return d
}

// printed is a value as a sentence shows it.
func (p *program) printed(value any) any {
	switch v := value.(type) {
	case time.Time:
		return p.text.Time(v)
	case doctor.Size:
		return p.text.Size(uint64(v))
	default:
		return fmt.Sprint(v)
	}
}
