// Package formcheck shows on a form workbook how its markers are understood:
// each marked cell coloured and commented.
//
// It changes nothing else of the workbook and judges nothing: what is wrong
// comes with the checkup. The command form check calls it.
package formcheck

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/lang"
	"tonghop/reports/internal/xlsx"
)

const (
	author   = "tonghop"
	listFill = "D9D2E9" // fields of lists
)

// Annotate writes a copy of the form workbook with what was understood. cat may
// be nil.
func Annotate(w io.Writer, original []byte, x *form.Checkup, cat *pipeline.Catalogue, l *lang.Language) error {
	file, err := excelize.OpenReader(bytes.NewReader(original))
	if err != nil {
		return fmt.Errorf("open form workbook: %w", err)
	}
	defer file.Close()
	a := annotator{file: file, text: l, cat: cat, told: map[string][]string{}}
	for _, f := range x.Findings {
		if f.Cell != "" {
			key := f.Sheet + "!" + f.Cell
			a.told[key] = append(a.told[key], l.Message(f)+" "+l.Remedy(f))
		}
	}
	for _, m := range x.Marked {
		a.mark(m)
	}
	for _, f := range x.Fields {
		a.field(f)
	}
	for _, f := range x.Findings { // of cells that are no marked ones
		if f.Cell != "" {
			a.note(f.Sheet, f.Cell, xlsx.ColorError, f.Read)
		}
	}
	if a.err != nil {
		return fmt.Errorf("annotate form workbook: %w", a.err)
	}
	return xlsx.NewBook(file).Pack(w)
}

type annotator struct {
	file *excelize.File
	text *lang.Language
	cat  *pipeline.Catalogue
	told map[string][]string // by sheet and cell, what is wrong there; nil once it is written
	err  error
}

// mark colours and comments a marked cell.
func (a *annotator) mark(m form.Marked) {
	lines := []string{Meaning(m.Marker, a.cat, a.text)}
	if len(m.RowPath) > 0 {
		lines = append(lines, a.text.Text("formcheck.row", "path", strings.Join(m.RowPath, " / ")))
	}
	if len(m.ColumnPath) > 0 {
		lines = append(lines, a.text.Text("formcheck.column", "path", strings.Join(m.ColumnPath, " / ")))
	}
	if m.Alike > 1 {
		lines = append(lines, a.text.Text("formcheck.alike", "n", m.Alike))
	}
	a.note(m.Sheet, m.Cell, colorOf(m.Marker), strings.Join(lines, "\n"))
}

func (a *annotator) field(f form.KnownField) {
	color := xlsx.ColorHeader
	if !f.Known {
		color = xlsx.ColorWarning
	}
	a.note(f.Sheet, f.Cell, color, Known(f, a.text))
}

// colorOf tells inputs, lists, notes and what is filled in by the program apart.
func colorOf(m form.Marker) string {
	switch {
	case m.List != "":
		return listFill
	case m.Input():
		return xlsx.ColorGood
	}
	return xlsx.ColorNotice
}

// note writes a comment on a cell and fills it; what is wrong there comes first
// and makes it red.
func (a *annotator) note(sheet, cell, color, text string) {
	key := sheet + "!" + cell
	wrong, ours := a.told[key]
	if ours && wrong == nil || a.err != nil {
		return
	}
	if len(wrong) > 0 {
		color, text = xlsx.ColorError, strings.Join(wrong, "\n")+"\n"+text
	}
	a.told[key] = nil
	text = xlsx.Cut(text, 1500)
	lines := xlsx.Lines(text, 50)
	a.err = a.file.AddComment(sheet, excelize.Comment{
		Cell: cell, Author: author, Width: 340, Height: uint(24 + 17*lines),
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: xlsx.Font, Size: 10, Color: "000000"}}},
	})
	if a.err == nil {
		a.err = a.fill(sheet, cell, color)
	}
}

func (a *annotator) fill(sheet, cell, color string) error {
	style, err := a.file.GetCellStyle(sheet, cell)
	if err != nil {
		return err
	}
	if style, err = xlsx.Filled(a.file, style, color); err != nil {
		return err
	}
	return a.file.SetCellStyle(sheet, cell, cell, style)
}

// Meaning says what a marker stands for.
func Meaning(m form.Marker, cat *pipeline.Catalogue, l *lang.Language) string {
	if m.List != "" {
		return l.Text("formcheck.list."+string(m.Type), "list", m.List, "field", m.ListField)
	}
	name, kind := m.Indicator, ""
	if cat != nil {
		if i, ok := cat.Indicator(m.Indicator); ok {
			name = m.Indicator + " – " + i.Name
			if i.Kind != "" { // of a catalogue with mistakes it may be unknown
				kind = l.Text("formcheck.kind." + string(i.Kind))
			}
			if both := strings.Trim(i.Measure+", "+kind, ", "); both != "" {
				kind = " (" + both + ")"
			}
		}
	}
	return l.Text("formcheck.measure."+string(m.Measure), "name", name) + kind
}

// Known says by what an @field is found again once it is filled in.
func Known(f form.KnownField, l *lang.Language) string {
	words, key := strings.Trim(f.Before+" … "+f.After, " "), "formcheck.field_known"
	switch {
	case !f.Known:
		key = "formcheck.field_unknown"
	case f.Before == "" && f.After == "":
		key = "formcheck.field_alone"
	}
	return l.Text(key, "field", f.Name, "words", words)
}
