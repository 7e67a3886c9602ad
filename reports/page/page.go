// Package page renders what leadership opens in a browser: the page of one
// period and the list of periods.
//
// It owns the layout, the charts and the look. It computes nothing that crosses
// workbooks: it prints what a Dataset holds. It refuses text as code: whatever
// comes from a workbook passes through html/template or as JSON data, and a
// content security policy lets only the embedded scripts run. Package job calls
// it when a period is published.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"tonghop/pipeline/lang"
	"tonghop/pipeline/vntext"
	"tonghop/reports"
	"tonghop/reports/look"
)

//go:embed assets
var assets embed.FS

//go:embed template
var layout embed.FS

const library = "assets/echarts.min.js"

// Write renders index.html of one period to w: one file that needs no network.
// Built without ECharts it has a notice in place of the charts.
func Write(w io.Writer, d *reports.Dataset, l *lang.Language) error {
	return write(w, d, l, assets)
}

func write(w io.Writer, d *reports.Dataset, l *lang.Language, assets fs.FS) error {
	echarts, err := libraryOf(assets)
	if err != nil {
		return err
	}
	view, err := compose(d, l)
	if err != nil {
		return fmt.Errorf("compose page of %s: %w", d.Stamp.Period, err)
	}
	view.ChartsDrawn = len(echarts) > 0
	return render(w, "page.html", l, echarts, view)
}

// libraryOf is ECharts, or nothing where the program was built without it.
func libraryOf(assets fs.FS) ([]byte, error) {
	echarts, err := fs.ReadFile(assets, library)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read chart library: %w", err)
	}
	return echarts, nil
}

// A document is what every page has around its content.
type document struct {
	Language string
	Policy   string
	Style    template.CSS
	Library  template.JS
	Script   template.JS
	View     any
}

// render writes the page that the named template lays out, whole or not at all.
func render(w io.Writer, name string, l *lang.Language, echarts []byte, view any) error {
	style, err := layout.ReadFile("template/page.css")
	if err != nil {
		return fmt.Errorf("read style: %w", err)
	}
	style = append([]byte(look.Base), style...)
	script, err := scriptOf(layout)
	if err != nil {
		return err
	}
	text := func(key string, pairs ...any) string { return l.Text("page."+key, pairs...) }
	pages, err := template.New("").Funcs(template.FuncMap{"t": text}).ParseFS(layout, "template/*.html")
	if err != nil {
		return fmt.Errorf("parse templates: %w", err)
	}
	var out bytes.Buffer
	err = pages.ExecuteTemplate(&out, name, document{
		Language: l.Code,
		Policy:   policy(echarts, script),
		Style:    template.CSS(style),
		Library:  template.JS(echarts),
		Script:   template.JS(script),
		View:     view,
	})
	if err != nil {
		return fmt.Errorf("fill template %s: %w", name, err)
	}
	if _, err := w.Write(vntext.UprightBytes(out.Bytes())); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// scriptOf is the page's script: its files, each of a concern, in one scope.
func scriptOf(files fs.FS) ([]byte, error) {
	var script bytes.Buffer
	script.WriteString("\"use strict\";\n(() => {\n")
	for _, name := range []string{"data", "chart", "origin", "card", "table", "filter", "page"} {
		part, err := fs.ReadFile(files, "template/script/"+name+".js")
		if err != nil {
			return nil, fmt.Errorf("read script: %w", err)
		}
		script.Write(part)
	}
	script.WriteString("})();\n")
	return script.Bytes(), nil
}

// policy is a content security policy under which only the given scripts run
// and nothing is fetched. ECharts sets styles on its elements, so inline styles
// stay allowed; text cannot reach them.
func policy(scripts ...[]byte) string {
	allowed := ""
	for _, script := range scripts {
		sum := sha256.Sum256(script)
		allowed += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; script-src" + allowed +
		"; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
}

// Drawn tells whether this program carries the chart library, so that pages draw.
func Drawn() bool {
	_, err := fs.Stat(assets, library)
	return err == nil
}
