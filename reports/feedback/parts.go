package feedback

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// What is marked up at most. excelize holds a sheet as a tree of all cells
// between A1 and the last one, so the box counts, not what is in it.
const (
	maxPackage = 64 << 20 // bytes of all parts, unpacked
	maxSheets  = 24 << 20 // bytes of all sheets, unpacked
	maxBox     = 1 << 18  // rows, and cells up to the last of each row: seconds, and many times a form's
)

// errUnsuitable is why a workbook is answered with a clean one.
var errUnsuitable = errors.New("workbook is not fit for marking up")

func unsuitable(why string, args ...any) error {
	return fmt.Errorf("%w: %s", errUnsuitable, fmt.Sprintf(why, args...))
}

// parts are the parts of a package by their names.
type parts map[string][]byte

// unpack reads a package, as far as it is of a bearable size.
func unpack(data []byte) (parts, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open package: %w", err)
	}
	all, left := parts{}, int64(maxPackage)
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "/") {
			continue
		}
		if _, twice := all[file.Name]; twice {
			return nil, unsuitable("part %q stands twice", file.Name)
		}
		content, err := unpackPart(file, left)
		if err != nil {
			return nil, err
		}
		all[file.Name] = content
		left -= int64(len(content))
	}
	return all, nil
}

func unpackPart(file *zip.File, limit int64) ([]byte, error) {
	r, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("open part %q: %w", file.Name, err)
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read part %q: %w", file.Name, err)
	}
	if int64(len(content)) > limit {
		return nil, unsuitable("more than %d bytes", maxPackage)
	}
	return content, nil
}

// isSheet tells whether a part is a worksheet, whose cells are compared and
// not its bytes.
func isSheet(name string) bool {
	return strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
}

// suitable refuses packages that excelize would not rewrite as a plain .xlsx.
func (p parts) suitable() error {
	switch types := string(p[contentTypes]); {
	case !strings.Contains(types, plainBook):
		return unsuitable("not a plain .xlsx") // the answer's name ends in .xlsx
	case bytes.Contains(p["xl/workbook.xml"], []byte("purl.oclc.org/ooxml")):
		return unsuitable("strict OOXML, of which excelize makes a mixture")
	}
	size := 0
	for name, content := range p {
		if strings.HasPrefix(name, "_xmlsignatures/") {
			return unsuitable("signed")
		}
		if isSheet(name) {
			size += len(content)
		}
	}
	if size > maxSheets {
		return unsuitable("more than %d bytes of sheets", maxSheets)
	}
	return nil
}

// vmlPart is how excelize names the drawings of comments, and expects them.
var vmlPart = regexp.MustCompile(`^xl/drawings/vmlDrawing([0-9]+)\.vml$`)

// takesComments tells whether excelize can add comments: it pairs the n-th
// comments with the n-th drawing by their names alone, and would overwrite
// drawings that go by other names or belong to buttons.
func (p parts) takesComments() bool {
	var comments, drawings []string
	for name := range p {
		lower := strings.ToLower(name)
		switch drawing := vmlPart.FindStringSubmatch(name); {
		case drawing != nil:
			drawings = append(drawings, "xl/comments"+drawing[1]+".xml")
		case strings.HasSuffix(lower, ".vml"), strings.Contains(lower, "threadedcomment"):
			return false
		case strings.Contains(lower, "comments"):
			comments = append(comments, name)
		}
	}
	slices.Sort(comments)
	slices.Sort(drawings)
	numbered := slices.Equal(comments, drawings)
	for n := range comments {
		numbered = numbered && slices.Contains(comments, fmt.Sprintf("xl/comments%d.xml", n+1))
	}
	return numbered
}
