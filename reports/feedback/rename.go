package feedback

import (
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A relation is a relation of a sheet's part to another part.
type relation struct {
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// withComments is the package with each sheet's comments and their drawing
// under the names, and by the relative paths, by which excelize pairs them. LibreOffice and others number
// them by sheets or have names of their own. Parts whose drawing has more than
// comments or pictures to show, or that are shared, keep their names.
func (p parts) withComments() (parts, []byte, error) {
	var sheets []string
	for name := range p {
		if strings.HasPrefix(name, "xl/worksheets/_rels/") {
			sheets = append(sheets, name)
		}
	}
	slices.Sort(sheets)
	names, n := map[string]string{}, 0 // new names by the old ones
	for _, sheet := range sheets {
		comments, drawing, err := commentsOf(p[sheet])
		if err != nil {
			return nil, nil, err
		}
		if p[comments] == nil || p[drawing] == nil || names[comments] != "" || names[drawing] != "" ||
			p[path.Join("xl/drawings/_rels", path.Base(drawing)+".rels")] != nil {
			continue
		}
		n++
		names[comments], names[drawing] = fmt.Sprintf("xl/comments%d.xml", n), fmt.Sprintf("xl/drawings/vmlDrawing%d.vml", n)
	}
	all := parts{}
	for name, content := range p {
		renamed, ok := names[name]
		switch {
		case ok:
			name = renamed
		case name == contentTypes, slices.Contains(sheets, name):
			content = renameTargets(content, names)
		}
		if _, twice := all[name]; twice {
			all = p // a part in the way: the cells are coloured all the same
			break
		}
		all[name] = content
	}
	data, err := all.pack()
	return all, data, err
}

// commentsOf are the parts of a sheet's comments and of their drawing, by the
// sheet's relations; empty where it has none, or other drawings of that kind.
func commentsOf(rels []byte) (comments, drawing string, err error) {
	var list struct {
		All []relation `xml:"Relationship"`
	}
	if err := xml.Unmarshal(rels, &list); err != nil {
		return "", "", fmt.Errorf("read a sheet's relations: %w", err)
	}
	drawings := 0
	for _, r := range list.All {
		switch {
		case strings.HasSuffix(r.Type, "/relationships/comments"):
			comments = partAt(r.Target)
		case strings.HasSuffix(r.Type, "/relationships/vmlDrawing"):
			drawing = partAt(r.Target)
			drawings++
		}
	}
	if drawings != 1 {
		return "", "", nil
	}
	return comments, drawing, nil
}

// partAt is the part that a sheet's relation targets.
func partAt(target string) string {
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return rest
	}
	return path.Join("xl/worksheets", target)
}

// renameTargets gives the parts their new names in a list of relations or of
// content types, which name parts as attributes only.
func renameTargets(list []byte, names map[string]string) []byte {
	var pairs []string
	for old, renamed := range names {
		pairs = append(pairs,
			`PartName="/`+old+`"`, `PartName="/`+renamed+`"`,
			`Target="/`+old+`"`, `Target="`+fromSheet(renamed)+`"`,
			`Target="`+fromSheet(old)+`"`, `Target="`+fromSheet(renamed)+`"`)
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(list)))
}

// fromSheet is the path of a part from a sheet's.
func fromSheet(part string) string { return strings.Replace(part, "xl/", "../", 1) }

// commented tells whether sheets have comments.
func (p parts) commented() bool {
	for name := range p {
		if strings.Contains(strings.ToLower(name), "comments") {
			return true
		}
	}
	return false
}
