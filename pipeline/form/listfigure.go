package form

import (
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// CheckFigures finds what indicators are filled from that no form collects: a
// list or a field that is not there, a field to add that is no number. Sheet
// and Cell are the catalogue's.
func CheckFigures(layouts []*Layout, cat *pipeline.Catalogue) []pipeline.Finding {
	var all []pipeline.Finding
	for _, i := range cat.Indicators {
		if i.From == nil {
			continue
		}
		collected := false
		for _, layout := range layouts {
			for at := range layout.Lists {
				if l := &layout.Lists[at]; l.Name == i.From.List {
					collected = true
					all = append(all, l.check(i, layout.Form)...)
				}
			}
		}
		if !collected {
			all = append(all, figureFinding("catalogue_from_unknown_list", i, i.From.List, pipeline.Form{}))
		}
	}
	return all
}

// check looks for the fields that an indicator is filled from.
func (l *List) check(i pipeline.Indicator, form pipeline.Form) []pipeline.Finding {
	var all []pipeline.Finding
	if f := l.field(i.From.Field); i.From.Field != "" && f != nil && f.Marker.Type != pipeline.FieldNumber {
		all = append(all, figureFinding("catalogue_from_not_number", i, i.From.Field, form))
	}
	names := []string{}
	if i.From.Field != "" {
		names = append(names, i.From.Field)
	}
	for _, f := range i.From.Filters {
		names = append(names, f.Field)
	}
	for _, name := range names {
		if l.field(name) == nil {
			f := figureFinding("catalogue_from_unknown_field", i, name, form)
			for _, known := range l.Fields {
				f.Expected += ", " + known.Marker.ListField
			}
			f.Expected = strings.TrimPrefix(f.Expected, ", ")
			all = append(all, f)
		}
	}
	return all
}

func (l *List) field(name string) *ListField {
	i := slices.IndexFunc(l.Fields, func(f ListField) bool { return f.Marker.ListField == name })
	if i < 0 {
		return nil
	}
	return &l.Fields[i]
}

func figureFinding(code string, i pipeline.Indicator, read string, form pipeline.Form) pipeline.Finding {
	return pipeline.Finding{
		Code: code, Severity: pipeline.SeverityError, Sheet: i.Origin.Sheet, Cell: i.From.Cell, Read: read,
		Args: []pipeline.Arg{arg("list", i.From.List), arg("form", form.Code), arg("text", i.From.Text)},
	}
}

// readLists reads the rows of all lists and compares what they add up to with
// the totals that the unit reports beside them.
func (x *extraction) readLists() {
	for i := range x.Layout.Lists {
		l := &x.Layout.Lists[i]
		if r := x.readList(l); r != nil {
			x.findings = append(x.findings, r.findings...)
			x.ListCells = append(x.ListCells, r.cells...)
			if r.declared != nil {
				x.ListCells = append(x.ListCells, *r.declared)
			}
			if r.faulty {
				x.FaultyLists = append(x.FaultyLists, l.Name)
			}
			x.checkListFigures(r)
		} else {
			x.report(pipeline.Finding{
				Code: "list_missing", Severity: pipeline.SeverityWarning, Sheet: l.Sheet, Args: []pipeline.Arg{arg("columns", l.headers())},
			})
		}
	}
}

// headers are the list's columns as people know them.
func (l *List) headers() string {
	var all []string
	for i := range l.Fields {
		all = append(all, l.Fields[i].header())
	}
	return strings.Join(all, ", ")
}

// readList reads a list on the sheet that has rows of it; on two, on neither.
func (x *extraction) readList(l *List) *listReader {
	var best *listReader
	for _, at := range x.listings {
		if at.list != l {
			continue
		}
		r := &listReader{listing: at, grid: at.page.grid, figures: x.cat.FromList(l.Name)}
		r.checkColumns()
		r.read(x.listRows(at))
		switch {
		case best == nil || !best.filled() && r.filled():
			best = r
		case best.filled() && r.filled():
			best.report(pipeline.Finding{
				Code: "sheet_ambiguous", Severity: pipeline.SeverityError, Read: r.grid.sheet.Name, Expected: best.grid.sheet.Name,
				Args: []pipeline.Arg{arg("other_sheet", best.grid.sheet.Name)},
			})
		}
	}
	return best
}

// checkColumns reports the fields whose header was not found, or twice. Those
// that no figure rests on may be missing.
func (r *listReader) checkColumns() {
	band := &r.bands[0]
	for i := range r.list.Fields {
		f := pipeline.Finding{Severity: pipeline.SeverityError, Expected: r.list.Fields[i].header(), Args: []pipeline.Arg{arg("column", r.list.Fields[i].header())}}
		switch spot := band.spots[r.list.Fields[i].column]; {
		case len(spot.cols) == 0:
			f.Code = "column_missing"
			if !r.needs(i) {
				f.Severity = pipeline.SeverityWarning
			}
		case len(spot.cols) > 1:
			var cells []string
			for _, col := range spot.cols {
				cells = append(cells, workbook.CellName(spot.row, col))
			}
			f.Code, f.Cell = "column_ambiguous", cells[0]
			f.Args = append(f.Args, arg("cells", strings.Join(cells, ", ")))
		default:
			continue
		}
		r.report(f)
	}
}

// checkListFigures compares the figures that a list gives with those reported
// beside it. What can't be read is mended first.
func (x *extraction) checkListFigures(r *listReader) {
	for _, i := range r.figures {
		at := slices.IndexFunc(x.facts, func(f pipeline.Fact) bool { return f.Indicator == i.Code && f.Measure == pipeline.MeasureValue })
		if at < 0 || r.faulty || x.facts[at].State == pipeline.StateBlank && !dotted(x.facts[at].Raw) {
			continue
		}
		counted, _ := i.From.Read(x.ListCells)
		if f := compareFigures(x.facts[at], counted); f.Code != "" {
			f.Sheet, f.Cell, f.Read = x.facts[at].Sheet, x.facts[at].Cell, x.facts[at].Raw
			f.Expected = printNumber(counted.Value, false)
			f.Args = []pipeline.Arg{arg("name", i.Name)}
			x.report(f)
		}
	}
}

// compareFigures compares a reported figure with the list's.
func compareFigures(reported, counted pipeline.Fact) (f pipeline.Finding) {
	order := counted.Value.Cmp(reported.Value)
	agree := order == 0 || counted.Qualifier != pipeline.Exact || reported.Qualifier == pipeline.About || reported.Qualifier == pipeline.AtLeast && order > 0
	switch {
	case reported.State == pipeline.StateBlank && counted.State == pipeline.StateBlank:
	case reported.State == pipeline.StateBlank:
		f.Code, f.Severity = "list_total_blank", pipeline.SeverityWarning
	case counted.State == pipeline.StateBlank && !reported.Value.IsZero():
		f.Code, f.Severity = "list_rows_blank", pipeline.SeverityWarning
	case counted.State != pipeline.StateBlank && !agree:
		f.Code, f.Severity = "list_total_differs", pipeline.SeverityError
	}
	return f
}
