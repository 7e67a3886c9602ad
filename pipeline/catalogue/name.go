package catalogue

import (
	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// A holder is a unit by one of its names.
type holder struct {
	name   string
	column string // name or aliases
	unit   pipeline.Unit
	row    row
}

// checkNames warns of names by which a workbook could mean two units: an alias
// that is like another unit's name or alias, or two names that are the same
// but for case and blanks. Names that differ in their accents alone are told
// apart (Thạnh Trị, Thanh Trì).
func (l *loader) checkNames() {
	first := map[string]holder{}
	for _, h := range l.holders() {
		key := vntext.Fold(h.name)
		other, taken := first[key]
		if !taken && key != "" {
			first[key] = h
		}
		if taken && h.clashes(other) {
			h.row.report(h.column, pipeline.Finding{
				Code: "catalogue_same_name", Severity: pipeline.SeverityWarning, Read: h.name,
				Args: []pipeline.Arg{
					{Name: "unit", Value: other.unit.Code}, {Name: "first", Value: other.row.name(other.column)},
				},
			})
		}
	}
}

// holders lists all names of units, then all aliases.
func (l *loader) holders() []holder {
	var names, aliases []holder
	for i, u := range l.cat.Units {
		names = append(names, holder{name: u.Name, column: "name", unit: u, row: l.unitRows[i]})
		for _, alias := range u.Aliases {
			aliases = append(aliases, holder{name: alias, column: "aliases", unit: u, row: l.unitRows[i]})
		}
	}
	return append(names, aliases...)
}

// clashes tells whether h and another, whose names fold to the same, could be
// taken for each other.
func (h holder) clashes(other holder) bool {
	if h.unit.Code == other.unit.Code {
		return false
	}
	return h.column == "aliases" || vntext.FoldAccents(h.name) == vntext.FoldAccents(other.name)
}
