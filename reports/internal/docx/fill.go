package docx

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"

	"tonghop/pipeline/vntext"
)

// marked finds markers. Braces inside one make it none.
var marked = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// inner is what stands between the braces of a marker.
func inner(marker string) string { return strings.TrimSpace(marker[2 : len(marker)-2]) }

// markers lists the markers in the paragraphs of e.
func (p *part) markers(e *element) []string {
	var all []string
	for _, paragraph := range e.paragraphs() {
		for _, m := range marked.FindAllString(joined(paragraph.texts()), -1) {
			all = append(all, inner(m))
		}
	}
	return all
}

func joined(texts []*element) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(t.text)
	}
	return b.String()
}

// A filling writes a part with values.
type filling struct {
	*part
	values Values
	out    bytes.Buffer
}

func (p *part) fill(v Values) []byte {
	f := filling{part: p, values: v}
	f.write(p.root, nil)
	return f.out.Bytes()
}

// write writes an element. row is the row of a list that it is repeated for, by
// "list/field"; nil outside of repetition.
func (f *filling) write(e *element, row map[string]string) {
	if e.name == "p" {
		f.paragraph(e, row)
		return
	}
	at := e.start
	for i := 0; i < len(e.children); {
		child := e.children[i]
		f.out.Write(f.data[at:child.start])
		group := f.group(e.children[i:], row)
		switch list := f.list(child, row); {
		case list != "":
			f.repeat(e, group, list)
		case f.bare(child, row):
		default:
			f.write(child, row)
		}
		i += len(group)
		at = group[len(group)-1].end
	}
	f.out.Write(f.data[at:e.end])
}

// bare tells whether a table would have headers and no rows: it has rows that are
// repeated, and none of their lists has any. Such a table is left out.
func (f *filling) bare(e *element, row map[string]string) bool {
	repeats := false
	for _, child := range e.children {
		list := f.list(child, row)
		if e.name != "tbl" || len(f.values.Lists[list]) > 0 {
			return false
		}
		repeats = repeats || list != ""
	}
	return repeats
}

// group is the first of the siblings with those right behind it that are repeated
// for the same list.
func (f *filling) group(siblings []*element, row map[string]string) []*element {
	list, n := f.list(siblings[0], row), 1
	for list != "" && n < len(siblings) && f.list(siblings[n], row) == list {
		n++
	}
	return siblings[:n]
}

// list is the list that an element is repeated for: a table row or a paragraph
// with a field of it. Inside a repeated element nothing is repeated again.
func (f *filling) list(e *element, row map[string]string) string {
	if row != nil || e.name != "p" && e.name != "tr" {
		return ""
	}
	for _, m := range f.markers(e) {
		name, _, ok := strings.Cut(m, "/")
		if _, known := f.values.Lists[name]; ok && known {
			return name
		}
	}
	return ""
}

// repeat writes the elements of a group for each row that has their fields. Where
// there is no row nothing is written, but for an empty paragraph in a table's cell,
// which needs one.
func (f *filling) repeat(parent *element, group []*element, list string) {
	rows := f.values.Lists[list]
	for _, values := range rows {
		row := map[string]string{}
		for field, text := range values {
			row[list+"/"+field] = text
		}
		for _, e := range group {
			if f.fits(e, list, row) {
				f.write(e, row)
			}
		}
	}
	if e := group[0]; len(rows) == 0 && e.name == "p" && parent.name == "tc" {
		empty := map[string]string{}
		for _, m := range f.markers(e) {
			empty[m] = ""
		}
		f.write(e, empty)
	}
}

// fits tells whether a row has every field of the list that e names.
func (f *filling) fits(e *element, list string, row map[string]string) bool {
	for _, m := range f.markers(e) {
		if _, has := row[m]; !has && strings.HasPrefix(m, list+"/") {
			return false
		}
	}
	return true
}

// paragraph writes a paragraph. A marker may begin in one stretch of text and end
// in another: what it stands for goes where it begins.
func (f *filling) paragraph(e *element, row map[string]string) {
	texts := e.texts()
	whole := joined(texts)
	found := marked.FindAllStringIndex(whole, -1)
	if len(found) == 0 {
		f.out.Write(f.data[e.start:e.end])
		return
	}
	at, begins := e.start, 0
	for _, t := range texts {
		f.out.Write(f.data[at:t.start])
		f.text(t, f.stretch(whole, begins, begins+len(t.text), found, row))
		begins += len(t.text)
		at = t.end
	}
	f.out.Write(f.data[at:e.end])
}

// stretch is what the bytes from begin to end of a paragraph's text become.
func (f *filling) stretch(whole string, begin, end int, found [][]int, row map[string]string) string {
	var b strings.Builder
	at := begin
	for _, m := range found {
		if m[1] <= begin || m[0] >= end {
			continue
		}
		if m[0] >= begin {
			b.WriteString(whole[at:m[0]])
			b.WriteString(f.value(whole[m[0]:m[1]], row))
		}
		at = min(m[1], end)
	}
	b.WriteString(whole[at:end])
	return b.String()
}

// value is what a marker stands for; one that nobody knows stays as it is, to be
// seen.
func (f *filling) value(marker string, row map[string]string) string {
	name := inner(marker)
	if text, ok := row[name]; ok {
		return text
	}
	if text, ok := f.values.Field(name); ok {
		return text
	}
	return marker
}

// text writes an element that bears text, with the prefix it had.
func (f *filling) text(t *element, text string) {
	tag := strings.Fields(strings.Trim(string(f.data[t.start:t.inside]), "</>"))[0]
	f.out.WriteString("<" + tag + ` xml:space="preserve">`)
	xml.EscapeText(&f.out, []byte(vntext.Upright(oneLine(text)))) // a buffer takes everything
	f.out.WriteString("</" + tag + ">")
}

// oneLine makes blanks of line breaks, which Word does not show in a text.
func oneLine(text string) string { return strings.Join(strings.FieldsFunc(text, isBreak), " ") }

func isBreak(r rune) bool { return r == '\n' || r == '\r' }
