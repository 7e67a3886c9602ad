package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/clerk"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/publish"
	"tonghop/reports/handout"
)

// templateCommand hands out blank workbooks.
type templateCommand struct {
	detailed
	Form   []string `name:"form" placeholder:"F" help:"${help_form_handed}"`
	Period string   `name:"period" required:"" placeholder:"P" help:"${help_period}"`
	Unit   []string `name:"unit" placeholder:"U" help:"${help_units_handed}"`
	Output string   `short:"o" name:"output" type:"path" placeholder:"DIR" help:"${help_output_handed}"`
	Zip    bool     `name:"zip" help:"${help_zip}"`
	Rows   int      `name:"rows" placeholder:"N" help:"${help_rows}"`
}

// A handedJSON is one workbook handed out, as machines read it.
type handedJSON struct {
	Unit   string `json:"unit"`
	Form   string `json:"form"`
	Period string `json:"period"`
	File   string `json:"file"`
	Kept   bool   `json:"kept,omitempty"` // was there with figures in it, and is as it was
}

// Run writes a workbook for each unit and form.
func (c *templateCommand) Run(p *program) error {
	q, err := p.period(c.Period)
	if err != nil {
		return err
	}
	rules, err := p.rules()
	if err != nil {
		return err
	}
	dir := c.Output
	if dir == "" {
		dir = p.config.Path("handout", q.String())
	}
	if p.keeps(dir) {
		return exitError{exitUsage, errors.New(p.text.Text("cli.own_folder_handed", "dir", dir))}
	}
	h := handing{program: p, rules: rules, period: q, units: c.Unit, rows: c.Rows}
	if err := h.all(c.Form); err != nil {
		return err
	}
	if c.Zip {
		err = h.pack(dir)
	} else {
		err = h.write(dir)
	}
	if err != nil {
		return err
	}
	return h.tell()
}

// A handing makes the workbooks of one period.
type handing struct {
	program  *program
	rules    *assess.Rules
	period   pipeline.Period
	units    []string // codes; none for all that owe the form
	rows     int
	exempt   map[[2]string]bool // by unit and form
	previous map[string]map[string]decimal.Decimal
	made     []made
}

// A made is a workbook with its path below the folder that is handed out.
type made struct {
	handedJSON
	data []byte
}

// all makes the workbooks of the named forms; of all that are due where none is
// named.
func (h *handing) all(forms []string) error {
	if err := h.checkUnits(); err != nil {
		return err
	}
	if err := h.readPublished(); err != nil {
		return err
	}
	layouts, err := h.layouts(forms)
	if err != nil {
		return err
	}
	for _, l := range layouts {
		if err := h.form(l, len(forms) > 0); err != nil {
			return err
		}
	}
	if len(h.made) == 0 {
		return h.refuse("cli.nobody_owes", "period", h.program.text.Period(h.period))
	}
	return nil
}

func (h *handing) refuse(key string, pairs ...any) error {
	return exitError{exitUsage, errors.New(h.program.text.Text(key, pairs...))}
}

func (h *handing) checkUnits() error {
	for _, code := range h.units {
		if !slices.ContainsFunc(h.rules.Catalogue.Units, func(u pipeline.Unit) bool { return u.Code == code }) {
			return h.refuse("cli.unit_not_in_catalogue", "unit", code)
		}
	}
	return nil
}

// layouts finds the forms that are handed out.
func (h *handing) layouts(forms []string) ([]*form.Layout, error) {
	var all []*form.Layout
	if len(forms) == 0 {
		for _, l := range h.rules.Layouts {
			if due, ok := h.rules.LayoutFor(l.Form.Code, h.period); ok && due == l {
				all = append(all, l)
			}
		}
		if len(all) == 0 {
			return nil, h.refuse("cli.nothing_due", "period", h.program.text.Period(h.period), "forms", h.whenDue(h.rules.Layouts))
		}
		return all, nil
	}
	for _, code := range forms {
		l, ok := h.rules.LayoutFor(code, h.period)
		if !ok {
			versions := slices.DeleteFunc(slices.Clone(h.rules.Layouts), func(l *form.Layout) bool { return l.Form.Code != code })
			if len(versions) == 0 {
				return nil, h.refuse("cli.unknown_form", "form", code, "forms", h.codes())
			}
			return nil, h.refuse("cli.form_not_due", "form", code, "period", h.program.text.Period(h.period), "forms", h.whenDue(versions))
		}
		all = append(all, l)
	}
	return all, nil
}

// whenDue names the periods of the year for which forms are due.
func (h *handing) whenDue(layouts []*form.Layout) string {
	var all []string
	for _, l := range layouts {
		for _, q := range l.Form.Periods(h.period.EndYear()) {
			if _, ok := h.rules.LayoutFor(l.Form.Code, q); ok {
				all = append(all, l.Form.Code+" "+q.String())
			}
		}
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 0 {
		return h.program.text.Text("cli.none")
	}
	return strings.Join(all, ", ")
}

func (h *handing) codes() string {
	var all []string
	for _, l := range h.rules.Layouts {
		if !slices.Contains(all, l.Form.Code) {
			all = append(all, l.Form.Code)
		}
	}
	return strings.Join(all, ", ")
}

// form makes the workbooks of one form. A unit that was named and does not owe
// it is refused where the form was named too: what it sent would be refused.
func (h *handing) form(l *form.Layout, named bool) error {
	owing := h.rules.Owing(l, h.period)
	for _, code := range h.units {
		if named && !slices.ContainsFunc(owing, func(u pipeline.Unit) bool { return u.Code == code }) {
			return h.refuse("cli.unit_owes_not", "unit", code, "form", l.Form.Code, "period", h.program.text.Period(h.period))
		}
	}
	for _, unit := range owing {
		if asked := slices.Contains(h.units, unit.Code); len(h.units) > 0 && !asked || h.exempt[[2]string{unit.Code, l.Form.Code}] && !asked {
			continue
		}
		if err := h.workbook(l, unit); err != nil {
			return err
		}
	}
	return nil
}

func (h *handing) workbook(l *form.Layout, unit pipeline.Unit) error {
	blank := h.rules.Blank(l, unit, h.period)
	blank.Rows, blank.Previous = h.rows, h.previous[unit.Code]
	var data bytes.Buffer
	if err := handout.Write(&data, blank, h.program.issues); err != nil {
		return fmt.Errorf("hand out to %s: %w", unit.Code, err)
	}
	period := h.period.String()
	if h.period.Kind == pipeline.Year {
		period = "nam " + period // a bare number in a file's name says nothing
	}
	name := fileName.Replace(strings.Join([]string{l.Form.Code, period, unit.Code}, " ")) + ".xlsx"
	h.made = append(h.made, made{
		handedJSON: handedJSON{Unit: unit.Code, Form: l.Form.Code, Period: h.period.String(), File: path.Join(unit.Folder, name)}, data: data.Bytes(),
	})
	return nil
}

// fileName takes out of a code what no file may be called by on some system.
var fileName = strings.NewReplacer("/", "-", `\`, "-", ":", "-", "*", "-", "?", "-", `"`, "-", "<", "-", ">", "-", "|", "-")

// readPublished reads from the published tables who is exempt, and what was
// reached in the same period last year. What is not published is left blank.
func (h *handing) readPublished() error {
	h.exempt = map[[2]string]bool{}
	reader := h.program.reader()
	ledger, err := reader.Ledger()
	if err != nil {
		return err
	}
	for _, act := range ledger.Journal.Records() {
		if kind := pipeline.ActKind(act["act"]); act["period"] == h.period.String() && (kind == pipeline.ActExempt || kind == pipeline.ActLift) {
			h.exempt[[2]string{act["unit"], act["form"]}] = kind == pipeline.ActExempt
		}
	}
	// Published already, the period itself knows across which changes of units it
	// may be compared; else last year's figures are those of the same unit.
	for _, source := range []struct {
		period pipeline.Period
		column string
	}{{h.period.Previous(), "actual"}, {h.period, "previous"}} {
		issue, err := reader.Issue(source.period)
		if source.period.IsZero() || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		rows, err := issue.Records("achievement")
		if err != nil {
			return err
		}
		h.keepPrevious(rows, source.column)
	}
	return nil
}

func (h *handing) keepPrevious(rows []map[string]string, column string) {
	h.previous = map[string]map[string]decimal.Decimal{}
	for _, row := range rows {
		d, err := decimal.NewFromString(row[column])
		if err != nil {
			continue
		}
		if h.previous[row["unit"]] == nil {
			h.previous[row["unit"]] = map[string]decimal.Decimal{}
		}
		h.previous[row["unit"]][row["indicator"]] = d
	}
}

// write writes the workbooks below dir, in a folder for each unit. One that has
// figures in it by now is somebody's work and stays.
func (h *handing) write(dir string) error {
	for i := range h.made {
		m := &h.made[i]
		m.File = filepath.Join(dir, filepath.FromSlash(m.File))
		if m.Kept = h.filled(m.File, m.data); m.Kept {
			continue
		}
		if err := publish.WriteFile(m.File, m.data); err != nil {
			return fmt.Errorf("hand out to %s: %w", m.Unit, err)
		}
	}
	return nil
}

// filled tells whether a file is there that has figures in it, or that cannot be
// read.
func (h *handing) filled(name string, blank []byte) bool {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) || bytes.Equal(data, blank) {
		return false
	}
	file := intake.File{Path: filepath.Base(name), Size: int64(len(data))}
	result, err := h.rules.Assess(assess.Input{File: file, Data: data, Outside: true, Now: h.program.now, Zone: h.program.config.Zone})
	if err != nil {
		return true
	}
	return !slices.ContainsFunc(result.Findings, func(f pipeline.Finding) bool { return f.Code == "form_blank" })
}

// pack writes the workbooks into one archive, in a folder for each unit.
func (h *handing) pack(dir string) error {
	folder := "handout-" + h.period.String()
	name := filepath.Join(dir, folder+".zip")
	var files []clerk.File
	for i := range h.made {
		m := &h.made[i]
		files = append(files, clerk.File{Name: m.File, Data: m.data, Mode: 0o644})
		m.File = name + "!" + path.Join(folder, m.File)
	}
	data, err := zipped(folder, files, h.program.now)
	if err != nil {
		return err
	}
	if err := publish.WriteFile(name, data); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// tell lists what was made.
func (h *handing) tell() error {
	if h.program.json {
		all := []handedJSON{}
		for _, m := range h.made {
			all = append(all, m.handedJSON)
		}
		return json.NewEncoder(h.program.stdout).Encode(all)
	}
	units, written := map[string]bool{}, 0
	for _, m := range h.made {
		if m.Kept {
			h.program.say("handed_kept", "file", m.File)
			continue
		}
		h.program.line(0, m.File)
		units[m.Unit] = true
		written++
	}
	h.program.say("handed_out", "files", written, "units", len(units), "period", h.program.text.Period(h.period))
	return nil
}
