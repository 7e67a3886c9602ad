package pipeline

import (
	"cmp"
	"slices"
)

// Severity ranks a finding.
type Severity string

// The severities. An error refuses the submission whole; a beta rule is on
// trial and, like a warning and a notice, refuses nothing.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityBeta    Severity = "beta"
	SeverityNotice  Severity = "notice"
)

// A Finding is trouble with data, for the person who sent it. It carries no
// sentence: package lang words it from the code in the reader's language.
type Finding struct {
	Code     string // such as not_a_number; documented in inputs/README.md
	Severity Severity
	Sheet    string
	Cell     string // such as C12; empty for the whole sheet or file
	Read     string // what was read, as stored
	Expected string // a likely value or a name that was expected; data, not a sentence
	Args     []Arg  // what else the sentence names
}

// An Arg is a named value in the sentence of a finding.
type Arg struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// SortFindings orders findings by severity, then by where they stand.
func SortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Severity.rank(), b.Severity.rank()),
			cmp.Compare(a.Sheet, b.Sheet),
			compareCells(a.Cell, b.Cell),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Read, b.Read),
		)
	})
}

func (s Severity) rank() int {
	return slices.Index([]Severity{SeverityError, SeverityWarning, SeverityBeta, SeverityNotice}, s)
}

// compareCells orders cell names by row, then column: B2 before A10.
func compareCells(a, b string) int {
	aColumn, aRow := splitCell(a)
	bColumn, bRow := splitCell(b)
	return cmp.Or(
		cmp.Compare(len(aRow), len(bRow)), cmp.Compare(aRow, bRow),
		cmp.Compare(len(aColumn), len(bColumn)), cmp.Compare(aColumn, bColumn),
	)
}

func splitCell(name string) (column, row string) {
	for i, r := range name {
		if r >= '0' && r <= '9' {
			return name[:i], name[i:]
		}
	}
	return name, ""
}

// Count is the number of findings of severity s.
func Count(all []Finding, s Severity) int {
	n := 0
	for _, f := range all {
		if f.Severity == s {
			n++
		}
	}
	return n
}
