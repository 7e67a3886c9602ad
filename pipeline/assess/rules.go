// Package assess judges one workbook from its bytes to its verdict: it reads
// it, recognises form, unit and period, extracts the facts and applies the
// checks.
//
// It knows no database, so that `tonghop check` gives a clerk the same answer
// as a run. The verdict rests on the workbook, the catalogue and the clock
// alone. It is called by package job and by the command check.
package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/form"
	"tonghop/pipeline/rule"
	"tonghop/pipeline/workbook"
)

// Rules is what submissions are judged by: the catalogue and the forms.
type Rules struct {
	Catalogue *pipeline.Catalogue
	Layouts   []*form.Layout
	Files     map[string][]byte // the catalogue and form workbooks by their path below inputs
	Superior  string            // the body above the units without a parent, as forms name it
	Limits    workbook.Limits   // what reading a submission may cost; the reader's own unless the caller sets others

	checks  *rule.Run
	weights map[string]bool // the indicators that averages are weighted by; nil where there is no average
}

// A FileFinding is a finding on a file that staff keep.
type FileFinding struct {
	File string // path below inputs
	pipeline.Finding
}

// CatalogueFile is the catalogue's path below inputs; FormsFolder is the folder
// of the form workbooks.
const (
	CatalogueFile = "catalogue.xlsx"
	FormsFolder   = "forms"
)

// Load reads the catalogue and the forms below inputs. Any finding of severity
// error means that the rules must not be used; then they are nil. calendar
// gives the workspace's calendar with the catalogue's exceptions.
func Load(inputs fs.FS, calendar func(pipeline.Exceptions) pipeline.Calendar) (*Rules, []FileFinding, error) {
	r := &Rules{Files: map[string][]byte{}, Limits: workbook.DefaultLimits()}
	findings, err := r.loadCatalogue(inputs, calendar)
	cat := r.Catalogue
	if err != nil || cat == nil {
		return nil, findings, err
	}
	for _, f := range cat.Forms { // of a broken catalogue too: every mistake is told at once
		found, err := r.addForm(inputs, f)
		if err != nil {
			return nil, findings, err
		}
		findings = append(findings, found...)
	}
	findings = append(findings, inForms(form.Conflicts(r.Layouts, cat))...)
	if len(r.Layouts) == len(cat.Forms) { // a form that can't be read may have the list
		findings = append(findings, inFile(CatalogueFile, form.CheckFigures(r.Layouts, cat))...)
	}
	if broken(findings) {
		return nil, findings, nil
	}
	cat.Hash = r.hash()
	cat.IndexIndicators()
	r.checks, r.weights = rule.New(cat), weights(cat)
	return r, findings, nil
}

// LoadCatalogue reads the catalogue alone, without its forms. It is nil where it
// can't be read; findings of severity error say what is wrong with it.
func LoadCatalogue(inputs fs.FS, calendar func(pipeline.Exceptions) pipeline.Calendar) (*pipeline.Catalogue, []FileFinding, error) {
	r := &Rules{Files: map[string][]byte{}}
	findings, err := r.loadCatalogue(inputs, calendar)
	return r.Catalogue, findings, err
}

func (r *Rules) loadCatalogue(inputs fs.FS, calendar func(pipeline.Exceptions) pipeline.Calendar) ([]FileFinding, error) {
	book, findings, err := r.open(inputs, CatalogueFile)
	if err != nil || book == nil {
		return findings, err
	}
	cat, found := catalogue.Load(book)
	findings = append(findings, inFile(CatalogueFile, found)...)
	if cat == nil {
		return findings, nil
	}
	cat.File = path.Join("inputs", CatalogueFile)
	cat.Calendar = calendar(cat.Calendar.Exceptions)
	r.Catalogue = cat
	return findings, nil
}

func (r *Rules) addForm(inputs fs.FS, f pipeline.Form) ([]FileFinding, error) {
	name := path.Join(FormsFolder, f.File)
	book, findings, err := r.open(inputs, name)
	if err != nil || book == nil {
		return findings, err
	}
	layout, found := form.Parse(f, book, r.Catalogue)
	if layout != nil {
		layout.Version = hashOf(r.Files[name])
		r.Layouts = append(r.Layouts, layout)
		if pipeline.Count(found, pipeline.SeverityError) == 0 {
			found = append(found, layout.CheckReadBack(book, r.Catalogue)...)
		}
	}
	return append(findings, inFile(name, found)...), nil
}

// open reads a workbook that staff keep. A file that is missing or unreadable
// is a finding, for staff can mend it.
func (r *Rules) open(inputs fs.FS, name string) (*workbook.Book, []FileFinding, error) {
	data, err := fs.ReadFile(inputs, name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		missing := pipeline.Finding{Code: "catalogue_file_missing", Severity: pipeline.SeverityError, Read: name}
		return nil, []FileFinding{{File: name, Finding: missing}}, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	r.Files[name] = data
	book, err := workbook.Read(data, workbook.DefaultLimits())
	var refusal *workbook.Refusal
	switch {
	case errors.As(err, &refusal):
		return nil, []FileFinding{{File: name, Finding: refused(refusal)}}, nil
	case err != nil:
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	return book, nil, nil
}

// refused is the finding that tells a refusal.
func refused(r *workbook.Refusal) pipeline.Finding {
	return pipeline.Finding{
		Code: r.Code, Severity: pipeline.SeverityError,
		Args: []pipeline.Arg{{Name: "part", Value: r.Part}, {Name: "detail", Value: r.Detail}},
	}
}

func inFile(name string, found []pipeline.Finding) []FileFinding {
	all := make([]FileFinding, len(found))
	for i, f := range found {
		all[i] = FileFinding{File: name, Finding: f}
	}
	return all
}

// inForms attributes findings to the form files that they name.
func inForms(found []pipeline.Finding) []FileFinding {
	all := inFile(CatalogueFile, found)
	for i, f := range found {
		for _, arg := range f.Args {
			if arg.Name == "file" {
				all[i].File = path.Join(FormsFolder, arg.Value)
			}
		}
	}
	return all
}

func broken(findings []FileFinding) bool {
	return slices.ContainsFunc(findings, func(f FileFinding) bool { return f.Severity == pipeline.SeverityError })
}

// hash is the SHA-256 over the names and bytes of the catalogue and form
// workbooks and the start of the year.
func (r *Rules) hash() string {
	names := make([]string, 0, len(r.Files))
	for name := range r.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	h := sha256.New()
	fmt.Fprintf(h, "year starts %d-%d\n", r.Catalogue.Calendar.StartMonth, r.Catalogue.Calendar.StartDay)
	for _, name := range names {
		fmt.Fprintf(h, "%s %s\n", name, hashOf(r.Files[name]))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
