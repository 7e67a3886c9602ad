package main

import "tonghop/pipeline"

// A findingJSON is a finding as machines read it, with the sentence for people.
type findingJSON struct {
	File     string `json:"file"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Sheet    string `json:"sheet,omitempty"`
	Cell     string `json:"cell,omitempty"`
	Read     string `json:"read,omitempty"`
	Expected string `json:"expected,omitempty"`
	Message  string `json:"message"`
	Remedy   string `json:"remedy"`
}

// A submissionJSON is a judged file as machines read it.
type submissionJSON struct {
	File     string        `json:"file"`
	SHA256   string        `json:"sha256"`
	Verdict  string        `json:"verdict"`
	Unit     string        `json:"unit,omitempty"`
	Form     string        `json:"form,omitempty"`
	Period   string        `json:"period,omitempty"`
	Findings []findingJSON `json:"findings"`
}

func (p *program) findingJSON(file string, f pipeline.Finding) findingJSON {
	return findingJSON{
		File: file, Severity: string(f.Severity), Code: f.Code, Sheet: f.Sheet, Cell: f.Cell, Read: f.Read, Expected: f.Expected,
		Message: p.text.Message(f), Remedy: p.text.Remedy(f),
	}
}

func (p *program) submissionJSON(s pipeline.Submission) submissionJSON {
	all := submissionJSON{
		File: s.File, SHA256: s.SHA256, Verdict: string(s.Verdict), Unit: s.Unit, Form: s.Form, Period: s.Period.String(),
		Findings: []findingJSON{},
	}
	for _, f := range s.Findings {
		all.Findings = append(all.Findings, p.findingJSON(s.File, f))
	}
	return all
}
