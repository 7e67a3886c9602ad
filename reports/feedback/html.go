package feedback

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"tonghop/pipeline/lang"
	"tonghop/pipeline/vntext"
	"tonghop/reports"
	"tonghop/reports/look"
)

//go:embed *.gohtml
var files embed.FS

// pages are parsed once: every unit has a page.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(look.Base) },
}).ParseFS(files, "*.gohtml"))

// render fills the page of the given name, with the head that all pages share.
func render(w io.Writer, name string, data any) error {
	var out bytes.Buffer
	err := pages.ExecuteTemplate(&out, name, data)
	if err == nil {
		_, err = w.Write(vntext.UprightBytes(out.Bytes()))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// WriteHTML answers a file that cannot be opened as a workbook, with one page
// that needs nothing beside it.
func WriteHTML(w io.Writer, f *reports.Feedback, l *lang.Language) error {
	return render(w, "page.gohtml", struct {
		*answer
		Language string
	}{newAnswer(f, l, htmlPage), l.Code})
}

// Known are the labels whose facts are known: a file that cannot be opened tells
// neither its form nor its period.
func (a *answer) Known() []label {
	return slices.DeleteFunc(slices.Clone(a.Labels), func(l label) bool { return l.Value == a.Text("unknown") })
}
