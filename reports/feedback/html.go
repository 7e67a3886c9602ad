package feedback

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"tonghop/pipeline/lang"
	"tonghop/reports"
)

//go:embed page.gohtml
var pageText string

// WriteHTML answers a file that cannot be opened as a workbook, with one page
// that needs nothing beside it.
func WriteHTML(w io.Writer, f *reports.Feedback, l *lang.Language) error {
	page, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("parse feedback page: %w", err)
	}
	data := struct {
		*answer
		Language string
	}{newAnswer(f, l, htmlPage), l.Code}
	if err := page.Execute(w, data); err != nil {
		return fmt.Errorf("write feedback page: %w", err)
	}
	return nil
}
