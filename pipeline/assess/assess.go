package assess

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/vntext"
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
	Reader  *workbook.Reader // of a caller that judges one file after the other; may be nil
}

// A Result is a judged file.
type Result struct {
	pipeline.Submission
	Opened bool        // the file could be read as a workbook
	Match  *form.Match `json:"-"` // for explanations; nil where no form was recognised, or the caller gave a reader
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
	book, err := r.read(in)
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
		if book.Kind == workbook.TextTable && result.Form == "" && !namedWorkbook(in.File.Path) {
			result.Verdict, result.Findings, result.Opened = pipeline.Attachment, nil, false // some text, not a report
			return result, nil
		}
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

// read opens the workbook. One that is too large is refused by its size alone:
// callers need not, and should not, hold its bytes.
func (r *Rules) read(in Input) (*workbook.Book, error) {
	limits := r.Limits
	if in.File.Size > limits.FileBytes {
		return nil, &workbook.Refusal{Code: "too_large"}
	}
	unit, _ := r.Catalogue.UnitOn(intake.UnitOfFolder(r.Catalogue, in.File.Folder()), pipeline.DayIn(in.Now, in.Zone))
	limits.Encoding = unit.Encoding
	limits.Text = slices.ContainsFunc(r.Catalogue.Forms, func(f pipeline.Form) bool { return f.CSV })
	if in.Reader != nil {
		return in.Reader.Read(in.Data, limits)
	}
	return workbook.Read(in.Data, limits)
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
	match, found := r.recognise(book, in)
	result.add(found...)
	if match == nil {
		result.add(personal(book, nil)...)
		return
	}
	result.add(personal(book, match.Layout)...)
	result.Form = match.Layout.Form.Code
	match, result.Period, found = r.version(match, book, in)
	result.add(found...)
	result.add(r.outdated(match, book, result.Period)...)
	r.nameUnit(result, match, in.Outside)
	result.add(r.sealedFor(result, match)...)
	if !result.Period.IsZero() {
		r.valid(result, match.Layout.Form)
	}
	if in.Reader == nil { // its next book overwrites the cells
		result.Match = match
	}
	facts, found := match.Extract(r.Catalogue)
	counted := r.Catalogue.Counted(facts, match.ListCells)
	found = append(found, r.tooLarge(counted)...)
	result.add(found...)
	result.blankAsOutdated()
	result.Facts, result.Lists = facts, match.ListCells
	faulty := unreadable(facts, found)
	for _, list := range match.FaultyLists {
		for _, i := range r.Catalogue.FromList(list) {
			faulty[i.Code] = true
		}
	}
	result.add(r.checks.Check(counted, faulty, result.Period)...)
	if book.Kind == workbook.TextTable {
		result.textTable(match.Layout.Form)
	}
}

// textTable refuses a text table where the form is taken as a workbook only.
// That its numbers are texts says nothing against them.
func (r *Result) textTable(f pipeline.Form) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f pipeline.Finding) bool {
		return f.Code == "number_as_text" || f.Code == "numbers_as_text"
	})
	if !f.CSV {
		r.add(refused(&workbook.Refusal{Code: "not_a_workbook"}))
	}
}

// tooLarge finds averages and weights beyond what their products are kept for, by
// themselves or together.
func (r *Rules) tooLarge(facts []pipeline.Fact) []pipeline.Finding {
	if r.weights == nil {
		return nil
	}
	var all []pipeline.Finding
	weights := map[string]decimal.Decimal{}
	for _, f := range facts {
		if r.weights[f.Indicator] && f.Measure == pipeline.MeasureValue {
			weights[f.Indicator] = f.Value.Abs()
		}
	}
	for _, f := range facts {
		i, _ := r.Catalogue.Indicator(f.Indicator)
		if !r.weights[f.Indicator] && i.Kind != pipeline.KindAverage {
			continue
		}
		large := f.Value.Abs().GreaterThanOrEqual(mostWeighted)
		if i.Kind == pipeline.KindAverage {
			large = large || f.Value.Abs().Mul(weights[i.WeightBy]).GreaterThanOrEqual(mostProduct)
		}
		if large {
			all = append(all, pipeline.Finding{
				Code: vntext.NumberTooLarge, Severity: pipeline.SeverityError, Sheet: f.Sheet, Cell: f.Cell, Read: f.Raw,
				Args: []pipeline.Arg{{Name: "name", Value: i.Name}},
			})
		}
	}
	return all
}

// weights are the indicators that averages are weighted by; nil where there is no
// average.
func weights(cat *pipeline.Catalogue) map[string]bool {
	var all map[string]bool
	for _, i := range cat.Indicators {
		if i.Kind == pipeline.KindAverage || i.WeightBy != "" {
			if all == nil {
				all = map[string]bool{}
			}
			all[i.WeightBy] = true
		}
	}
	return all
}

// mostWeighted is the first average or weight that is too large, mostProduct the
// first product of the two: the database adds a thousand of these exactly.
var mostWeighted, mostProduct = decimal.New(1, 12), decimal.New(1, 21)

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
	if len(faulty) == 0 {
		return all
	}
	for _, f := range facts {
		if faulty[place{f.Sheet, f.Cell}] {
			all[f.Indicator] = true
		}
	}
	return all
}

// nameUnit compares the unit that the workbook names with the folder's.
func (r *Rules) nameUnit(result *Result, match *form.Match, outside bool) {
	var written form.HeaderField // the first unit field that is filled in
	var named string
	for _, h := range match.Header {
		if h.Field != "unit" && h.Field != "unit.code" {
			continue
		}
		if written.Text == "" {
			written = h
		}
		code := intake.UnitNamed(r.Catalogue, h.Text)
		if outside && result.Unit == "" {
			result.Unit = code
		}
		if code != "" && code != result.Unit {
			result.add(r.unitFinding("unit_mismatch", pipeline.SeverityError, h, result.Unit))
			return
		}
		named = cmp.Or(named, code)
	}
	switch {
	case named != "":
	case outside: // there is no folder either to tell the unit by
		result.add(r.unitFinding("unit_not_told", pipeline.SeverityWarning, written, ""))
	case strings.TrimSpace(written.Text) == "":
		result.add(r.unitFinding("unit_unnamed", pipeline.SeverityWarning, written, result.Unit))
	default:
		result.add(r.unitFinding("unit_unknown", pipeline.SeverityWarning, written, result.Unit))
	}
}

func (r *Rules) unitFinding(code string, severity pipeline.Severity, h form.HeaderField, unit string) pipeline.Finding {
	return pipeline.Finding{Code: code, Severity: severity, Sheet: h.Sheet, Cell: h.Cell, Read: h.Text, Expected: r.unitName(unit)}
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
	window := r.Catalogue.Calendar.Of(f.Code).Window(result.Period)
	unit, _ := r.Catalogue.UnitOn(result.Unit, window.End)
	args := []pipeline.Arg{{Name: "period", Value: result.Period.String()}, {Name: "form", Value: f.Code}}
	switch {
	case !unit.Valid.Overlaps(window):
		result.add(pipeline.Finding{Code: "unit_not_valid", Severity: pipeline.SeverityError, Expected: unit.Name, Args: args})
	case !f.DueOf(unit.Kind):
		result.add(pipeline.Finding{Code: "form_not_for_unit", Severity: pipeline.SeverityError, Expected: unit.Name, Args: args})
	}
}

// add adds findings. What was read goes with them to tables, answers and pages, so
// that a text of any length is cut; its cell has the whole.
func (r *Result) add(found ...pipeline.Finding) {
	for _, f := range found {
		f.Read = clip(f.Read)
		for i := range f.Args {
			f.Args[i].Value = clip(f.Args[i].Value)
		}
		r.Findings = append(r.Findings, f)
	}
}

// clip shortens a text that nobody would read to its end.
func clip(text string) string {
	const most = 1000 // bytes, as of a label
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// settle sets the verdict by the findings: one error refuses the whole.
func (r *Result) settle() {
	pipeline.SortFindings(r.Findings)
	r.Verdict = pipeline.Accepted
	if pipeline.Count(r.Findings, pipeline.SeverityError) > 0 {
		r.Verdict = pipeline.Refused
	}
}
