package assess

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/workbook"
)

// An Input is a file to judge.
type Input struct {
	File    intake.File
	SHA256  string
	Data    []byte
	Outside bool      // the file lies outside the inbox: only the workbook tells whose it is
	Now     time.Time // the clock of the run
	Zone    *time.Location
}

// A Result is a judged file.
type Result struct {
	pipeline.Submission
	Opened bool        // the file could be read as a workbook
	Match  *form.Match `json:"-"` // for explanations; nil where no form was recognised, or judged by a worker
}

// Assess judges one file. It returns an error only for trouble with the
// machine.
func (r *Rules) Assess(in Input) (result Result, err error) {
	result.Submission = pipeline.Submission{
		File: in.File.Path, Folder: in.File.Folder(), SHA256: in.SHA256,
		Size: in.File.Size, ModTime: in.File.ModTime, FirstSeen: in.Now, Verdict: pipeline.Held,
	}
	defer func() {
		if fault := recover(); fault != nil { // a fault of ours in one file must not stop the others
			result.Findings = append(result.Findings, pipeline.Finding{
				Code: "reader_failed", Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "detail", Value: fmt.Sprint(fault)}},
			})
			result.Verdict = pipeline.Refused
		}
	}()
	if !in.Outside {
		if held := r.owner(&result); held {
			return result, nil
		}
	}
	book, err := workbook.Read(in.Data, workbook.DefaultLimits())
	var refusal *workbook.Refusal
	switch {
	case errors.As(err, &refusal) && !namedWorkbook(in.File.Path):
		result.Verdict = pipeline.Attachment
		return result, nil
	case errors.As(err, &refusal):
		result.add(refused(refusal))
	case err != nil:
		return result, fmt.Errorf("read %q: %w", in.File.Path, err)
	default:
		result.Opened = true
		r.judge(&result, book, in)
	}
	result.settle()
	return result, nil
}

// Refuse refuses a file that could not be judged, with the finding that tells why.
func (r *Rules) Refuse(file intake.File, sha string, now time.Time, why pipeline.Finding) Result {
	result := Result{Submission: pipeline.Submission{
		File: file.Path, Folder: file.Folder(), SHA256: sha, Size: file.Size, ModTime: file.ModTime, FirstSeen: now,
		Unit: intake.UnitOfFolder(r.Catalogue, file.Folder()), Verdict: pipeline.Refused,
	}}
	result.add(why)
	return result
}

// owner sets the unit by the folder; without one the file is held.
func (r *Rules) owner(result *Result) (held bool) {
	result.Unit = intake.UnitOfFolder(r.Catalogue, result.Folder)
	if result.Unit != "" {
		return false
	}
	code := "folder_unknown"
	if result.Folder == "" {
		code = "folder_missing"
	}
	result.Findings = []pipeline.Finding{{Code: code, Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "folder", Value: result.Folder}}}}
	return true
}

// namedWorkbook tells whether a file's name claims a table; others that can't
// be read are kept as attachments.
func namedWorkbook(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".xlt", ".ods", ".csv", ".tsv":
		return true
	}
	return false
}

// judge recognises the workbook and reads it.
func (r *Rules) judge(result *Result, book *workbook.Book, in Input) {
	match, found := form.Recognise(r.current(in.Now), book, in.File.Path)
	result.add(found...)
	if match == nil {
		return
	}
	result.Form = match.Layout.Form.Code
	r.nameUnit(result, match, in.Outside)
	result.Period, found = r.period(match, in)
	result.add(found...)
	if !result.Period.IsZero() {
		match = r.version(match, result.Period, book)
		r.valid(result, match.Layout.Form)
	}
	result.Match = match
	facts, found := match.Extract(r.Catalogue)
	result.add(found...)
	result.Facts = facts
	result.add(r.checks.Check(facts, unreadable(facts, found), result.Period)...)
}

// unreadable lists the indicators whose cells have errors.
func unreadable(facts []pipeline.Fact, found []pipeline.Finding) map[string]bool {
	type place struct{ sheet, cell string }
	faulty := map[place]bool{}
	for _, f := range found {
		if f.Severity == pipeline.SeverityError && f.Cell != "" {
			faulty[place{f.Sheet, f.Cell}] = true
		}
	}
	all := map[string]bool{}
	for _, f := range facts {
		if faulty[place{f.Sheet, f.Cell}] {
			all[f.Indicator] = true
		}
	}
	return all
}

// current lists the layouts to recognise by: of each form the newest version
// that has begun.
func (r *Rules) current(now time.Time) []*form.Layout {
	newest := map[string]*form.Layout{}
	for _, l := range r.Layouts {
		known, ok := newest[l.Form.Code]
		if !ok || l.Form.Valid.Start.After(known.Form.Valid.Start) && !l.Form.Valid.Start.After(now) {
			newest[l.Form.Code] = l
		}
	}
	return slices.DeleteFunc(slices.Clone(r.Layouts), func(l *form.Layout) bool { return newest[l.Form.Code] != l })
}

// version aligns the workbook anew where another version of its form is valid
// on the period's cut-off.
func (r *Rules) version(match *form.Match, p pipeline.Period, book *workbook.Book) *form.Match {
	cutOff := r.Catalogue.Calendar.Window(p).End
	if match.Layout.Form.Valid.Contains(cutOff) {
		return match
	}
	for _, l := range r.Layouts {
		if l.Form.Code == match.Layout.Form.Code && l.Form.Valid.Contains(cutOff) {
			return form.Align(l, book)
		}
	}
	return match
}

// nameUnit compares the unit that the workbook names with the folder's.
func (r *Rules) nameUnit(result *Result, match *form.Match, outside bool) {
	named, field := r.unitIn(match)
	if outside {
		result.Unit = named
	}
	expected := r.unitName(result.Unit)
	f := pipeline.Finding{Severity: pipeline.SeverityWarning, Sheet: field.Sheet, Cell: field.Cell, Read: field.Text, Expected: expected}
	switch {
	case named != "" && named != result.Unit:
		f.Code, f.Severity = "unit_mismatch", pipeline.SeverityError
	case named != "":
		return
	case strings.TrimSpace(field.Text) == "":
		f.Code = "unit_unnamed"
	default:
		f.Code = "unit_unknown"
	}
	result.add(f)
}

// unitIn is the unit that the workbook names at its unit fields, and the field.
func (r *Rules) unitIn(match *form.Match) (code string, field form.HeaderField) {
	for _, name := range []string{"unit.code", "unit"} {
		for _, h := range match.Header {
			if h.Field != name {
				continue
			}
			if field.Text == "" {
				field = h
			}
			if code := intake.UnitNamed(r.Catalogue, h.Text); code != "" {
				return code, h
			}
		}
	}
	return "", field
}

func (r *Rules) unitName(code string) string {
	for _, u := range r.Catalogue.Units {
		if u.Code == code {
			return u.Name
		}
	}
	return code
}

// period reads the period from the workbook's fields, its title block and the
// file's name.
func (r *Rules) period(match *form.Match, in Input) (pipeline.Period, []pipeline.Finding) {
	evidence := intake.Evidence{File: in.File.Path}
	if in.Outside {
		evidence.File = "/" + path.Base(in.File.Path)
	}
	for _, h := range match.Header {
		text := intake.Text{Text: h.Text, Sheet: h.Sheet, Cell: h.Cell}
		switch h.Field {
		case "period", "period.code":
			evidence.Period = append(evidence.Period, text)
		case "cutoff":
			evidence.CutOff = append(evidence.CutOff, text)
		}
	}
	for _, t := range match.TopText {
		evidence.Top = append(evidence.Top, intake.Text(t))
	}
	reader := intake.PeriodReader{Calendar: r.Catalogue.Calendar, Today: pipeline.DayIn(in.Now, in.Zone)}
	return reader.Read(match.Layout.Form, evidence)
}

// valid checks that the unit exists in the period and owes the form.
func (r *Rules) valid(result *Result, f pipeline.Form) {
	if result.Unit == "" {
		return
	}
	window := r.Catalogue.Calendar.Window(result.Period)
	unit, _ := r.Catalogue.UnitOn(result.Unit, window.End)
	args := []pipeline.Arg{{Name: "period", Value: result.Period.String()}, {Name: "form", Value: f.Code}}
	switch {
	case !unit.Valid.Overlaps(window):
		result.add(pipeline.Finding{Code: "unit_not_valid", Severity: pipeline.SeverityError, Expected: unit.Name, Args: args})
	case !f.DueOf(unit.Kind):
		result.add(pipeline.Finding{Code: "form_not_for_unit", Severity: pipeline.SeverityError, Expected: unit.Name, Args: args})
	}
}

func (r *Result) add(found ...pipeline.Finding) { r.Findings = append(r.Findings, found...) }

// settle sets the verdict by the findings: one error refuses the whole.
func (r *Result) settle() {
	pipeline.SortFindings(r.Findings)
	r.Verdict = pipeline.Accepted
	if pipeline.Count(r.Findings, pipeline.SeverityError) > 0 {
		r.Verdict = pipeline.Refused
	}
}
