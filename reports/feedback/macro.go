package feedback

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// bookTypes are the content types of workbooks with macros and of templates.
// The answer is a plain workbook, for its name ends in .xlsx, and no place for
// programs to travel in.
var bookTypes = strings.NewReplacer(
	"application/vnd.ms-excel.sheet.macroEnabled.main+xml", plainBook,
	"application/vnd.ms-excel.template.macroEnabled.main+xml", plainBook,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", plainBook,
)

const (
	contentTypes = "[Content_Types].xml"
	plainBook    = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
)

// isMacro tells whether a part holds macros or their signatures.
func isMacro(name string) bool {
	return strings.HasPrefix(strings.ToLower(path.Base(name)), "vbaproject")
}

// macroEntry is an element of content types or relations that names such a part.
var macroEntry = regexp.MustCompile(`(?i)<(?:Override|Relationship)\b[^>]*vbaProject[^>]*?(?:/>|></(?:Override|Relationship)>)`)

// plain is the package as one of a plain workbook, without macros. Whatever it
// cannot make plain is refused later, like any other unsuitable package.
func (p parts) plain() (parts, []byte, error) {
	all := parts{}
	for name, content := range p {
		switch {
		case isMacro(name) || strings.HasSuffix(name, ".rels") && isMacro(strings.TrimSuffix(path.Base(name), ".rels")):
			continue
		case name == contentTypes:
			content = macroEntry.ReplaceAll([]byte(bookTypes.Replace(string(content))), nil)
		case name == "xl/_rels/workbook.xml.rels":
			content = macroEntry.ReplaceAll(content, nil)
		}
		all[name] = content
	}
	data, err := all.pack()
	return all, data, err
}

// pack is the package of the parts.
func (p parts) pack() ([]byte, error) {
	names := make([]string, 0, len(p))
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		part, err := w.Create(name)
		if err != nil {
			return nil, fmt.Errorf("pack part %q: %w", name, err)
		}
		if _, err := part.Write(p[name]); err != nil {
			return nil, fmt.Errorf("pack part %q: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack workbook: %w", err)
	}
	return out.Bytes(), nil
}

// isPlain tells whether the package is of a plain workbook already.
func (p parts) isPlain() bool {
	types := string(p[contentTypes])
	return bookTypes.Replace(types) == types && !macroEntry.MatchString(types)
}
