package form

import (
	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// Conflicts finds what two forms collect twice from the same kind of unit at
// the same time: an indicator's value or a list. Its figures would then have
// two sources. Sheet and Cell are those of the later form's workbook, which the
// argument file names as the catalogue does; other_file is the earlier's.
func Conflicts(layouts []*Layout, cat *pipeline.Catalogue) []pipeline.Finding {
	var all []pipeline.Finding
	for i, second := range layouts {
		for _, first := range layouts[:i] {
			if first.Form.Valid.Overlaps(second.Form.Valid) && shareKind(first.Form, second.Form) {
				all = append(all, conflicts(first, second, cat)...)
			}
		}
	}
	return all
}

// shareKind tells whether units of one kind owe both forms.
func shareKind(a, b pipeline.Form) bool {
	if len(a.UnitKinds) == 0 || len(b.UnitKinds) == 0 {
		return true
	}
	for _, kind := range a.UnitKinds {
		if b.DueOf(kind) {
			return true
		}
	}
	return false
}

func conflicts(first, second *Layout, cat *pipeline.Catalogue) []pipeline.Finding {
	var all []pipeline.Finding
	where := map[string]place{}
	for _, c := range first.Cells {
		if c.Marker.Measure == pipeline.MeasureValue {
			where[c.Marker.String()] = place{first.Form, c.Sheet, c.Name()}
		}
	}
	for _, l := range first.Lists {
		where[l.Name] = place{first.Form, l.Sheet, l.cell()}
	}
	for _, c := range second.Cells {
		if other, ok := where[c.Marker.String()]; ok {
			indicator, _ := cat.Indicator(c.Marker.Indicator)
			here := place{second.Form, c.Sheet, c.Name()}
			all = append(all, collectedTwice("indicator_collected_twice", c.Marker.Indicator, indicator.Name, here, other))
		}
	}
	for _, l := range second.Lists {
		if other, ok := where[l.Name]; ok {
			here := place{second.Form, l.Sheet, l.cell()}
			all = append(all, collectedTwice("list_collected_twice", l.Name, l.Name, here, other))
		}
	}
	return all
}

// A place is a cell of a form.
type place struct {
	form        pipeline.Form
	sheet, cell string
}

func collectedTwice(code, read, name string, here, other place) pipeline.Finding {
	return pipeline.Finding{
		Code: code, Severity: pipeline.SeverityError, Sheet: here.sheet, Cell: here.cell, Read: read,
		Args: []pipeline.Arg{
			arg("name", name), arg("form", here.form.Code), arg("file", here.form.File),
			arg("other_form", other.form.Code), arg("other_file", other.form.File),
			arg("other_sheet", other.sheet), arg("other_cell", other.cell),
		},
	}
}

// cell names the first cell of the list's row.
func (l *List) cell() string { return workbook.CellName(l.Row, l.Fields[0].Col) }
