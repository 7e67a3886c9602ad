// Package document writes report.docx, the worded report of one period: the
// figures of the province in sentences, with tables of the targets and the units,
// in the layout of Vietnamese office reports.
//
// The layout is a Word document with markers that staff may edit; one stands in
// where a workspace has none of its own. The package owns the sentences and
// computes nothing that crosses workbooks: every figure comes from the dataset.
// The publishing stage calls it.
package document

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/lang"
	"tonghop/reports"
	"tonghop/reports/internal/docx"
)

//go:embed all:template
var parts embed.FS

// Template is the document that stands in where staff have none of their own.
func Template() ([]byte, error) {
	return docx.Pack(func(add func(name string, data []byte) error) error {
		return fs.WalkDir(parts, "template", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := parts.ReadFile(name)
			if err != nil {
				return err
			}
			return add(strings.TrimPrefix(name, "template/"), data)
		})
	})
}

// Write writes the report of the first root that has figures, by the template.
// Equal datasets give equal bytes.
func Write(w io.Writer, template []byte, d *reports.Dataset, l *lang.Language) error {
	c := newComposer(d, l)
	data, err := docx.Fill(template, docx.Values{Field: c.field, Lists: c.lists()})
	if err != nil {
		return fmt.Errorf("write worded report: %w", err)
	}
	_, err = w.Write(data)
	return err
}

// Check finds markers of a template that mean nothing, by the catalogue. An error
// tells that the file is no Word document.
func Check(template []byte, cat *pipeline.Catalogue) ([]pipeline.Finding, error) {
	markers, err := docx.Markers(template)
	if err != nil {
		return nil, err
	}
	var all []pipeline.Finding
	for _, marker := range markers {
		if !means(marker, cat) {
			all = append(all, pipeline.Finding{Code: "marker_not_for_document", Severity: pipeline.SeverityWarning, Read: "{{" + marker + "}}"})
		}
	}
	return all, nil
}

// means tells whether a marker stands for something.
func means(marker string, cat *pipeline.Catalogue) bool {
	if name, ok := strings.CutPrefix(marker, "@"); ok {
		return slices.Contains(fields, name)
	}
	if list, field, ok := strings.Cut(marker, "/"); ok {
		return slices.Contains(listFields[list], field)
	}
	code, measure, _ := strings.Cut(marker, ":")
	_, known := cat.Indicator(code)
	return known && slices.Contains(measures, measure)
}
