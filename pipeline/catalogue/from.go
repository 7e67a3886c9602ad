package catalogue

import (
	"regexp"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// How an indicator is filled from a list: count(classes), sum(classes/people),
// and conditions behind it, each after a semicolon: level = cơ sở. Lists and
// fields are named as in the markers of the forms.
var (
	countPattern  = regexp.MustCompile(`^count\(\s*(` + listWord + `)\s*\)$`)
	sumPattern    = regexp.MustCompile(`^sum\(\s*(` + listWord + `)\s*/\s*(` + listWord + `)\s*\)$`)
	filterPattern = regexp.MustCompile(`^(` + listWord + `)\s*=\s*(\S.*)$`)
)

const listWord = `[\pL_][\pL\pN_-]*`

// listFigure is how an indicator of the given kind is filled from a list; nil
// where it is not. Whether the list exists, only the forms tell.
func (r row) listFigure(kind pipeline.Kind) *pipeline.ListFigure {
	text := r.text("from")
	if text == "" {
		return nil
	}
	f := &pipeline.ListFigure{Text: text, Cell: r.name("from")}
	parts := strings.Split(text, ";")
	if !readSource(f, strings.TrimSpace(parts[0])) || !readFilters(f, parts[1:]) {
		r.report("from", pipeline.Finding{Code: "catalogue_bad_from"})
		return nil
	}
	if kind == pipeline.KindRatio || kind == pipeline.KindAverage {
		r.report("from", pipeline.Finding{Code: "catalogue_from_not_additive", Args: []pipeline.Arg{{Name: "kind", Value: string(kind)}}})
	}
	return f
}

func readSource(f *pipeline.ListFigure, text string) bool {
	if m := countPattern.FindStringSubmatch(text); m != nil {
		f.List = m[1]
		return true
	}
	if m := sumPattern.FindStringSubmatch(text); m != nil {
		f.List, f.Field = m[1], m[2]
		return true
	}
	return false
}

func readFilters(f *pipeline.ListFigure, parts []string) bool {
	for _, part := range parts {
		m := filterPattern.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil || vntext.Fold(m[2]) == "" {
			return false
		}
		f.Filters = append(f.Filters, pipeline.ListFilter{Field: m[1], Value: strings.TrimSpace(m[2]), Key: vntext.Fold(m[2])})
	}
	return true
}
