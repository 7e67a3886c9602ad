package form

import (
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// Parse reads a form workbook with its markers. A finding of severity error
// makes the form unusable.
func Parse(spec pipeline.Form, book *workbook.Book, cat *pipeline.Catalogue) (*Layout, []pipeline.Finding) {
	p := &parser{layout: &Layout{Form: spec}, cat: cat, measures: map[string]bool{}, seen: map[Marker]place{}}
	for _, i := range cat.Indicators {
		p.measures[readLabel(i.Measure).key] = true
	}
	for _, ditto := range []string{"“", "”", "\"", "''", "nt"} {
		p.measures[vntext.Fold(ditto)] = true
	}
	static := map[string]bool{}
	for i := range book.Sheets {
		d := p.draw(&book.Sheets[i])
		for _, l := range d.labels {
			if l.stands() {
				static[l.key] = true
			}
		}
		p.read(d)
	}
	for _, t := range p.layout.tables {
		t.static, t.others = static, p.layout.rowsBeside(t)
	}
	if len(p.seen) == 0 && len(p.findings) == 0 {
		p.report("form_without_markers", "", "", "")
	}
	return p.layout, p.findings
}

// A parser collects the layout and the findings of one form workbook.
type parser struct {
	layout   *Layout
	cat      *pipeline.Catalogue
	measures map[string]bool
	seen     map[Marker]place
	findings []pipeline.Finding
}

func (p *parser) report(code, sheet, cell, read string, args ...pipeline.Arg) {
	args = append([]pipeline.Arg{{Name: "form", Value: p.layout.Form.Code}}, args...)
	p.findings = append(p.findings, pipeline.Finding{
		Code: code, Severity: pipeline.SeverityError, Sheet: sheet, Cell: cell, Read: read, Args: args,
	})
}

// draw finds the markers of a sheet.
func (p *parser) draw(sheet *workbook.Sheet) *drawing {
	d := &drawing{grid: newGrid(sheet), patterns: map[int]*pattern{}, measures: p.measures}
	for i := range d.cells {
		c := &d.cells[i]
		if c.Type != workbook.Text || !strings.Contains(c.Value, "{{") && !strings.Contains(c.Value, "}}") {
			continue
		}
		pieces, problem := splitMarkers(c.Value)
		m, figure, alone := wholeMarker(pieces)
		switch {
		case problem != "":
			p.report(problem, sheet.Name, c.Name(), c.Value)
		case figure && !alone:
			p.report("marker_not_alone", sheet.Name, c.Name(), c.Value)
		case figure:
			d.marks = append(d.marks, mark{Marker: m, row: c.Row, col: c.Col, format: c.Format})
			p.check(m, sheet.Name, c)
		default:
			p.field(d, i, pieces)
			continue
		}
		d.labels[i] = label{}
	}
	return d
}

// check looks at one marker by itself.
func (p *parser) check(m Marker, sheet string, c *workbook.Cell) {
	if first, twice := p.seen[m]; twice {
		p.report("marker_twice", sheet, c.Name(), c.Value,
			arg("other_sheet", first.sheet), arg("other_cell", first.cell))
	}
	p.seen[m] = place{p.layout.Form, sheet, c.Name()}
	if m.List != "" {
		return
	}
	if _, known := p.cat.Indicator(m.Indicator); !known {
		p.report("marker_unknown_indicator", sheet, c.Name(), c.Value)
	}
	if m.Measure == pipeline.MeasureYTD && p.layout.Form.Basis == pipeline.BasisYTD {
		p.report("marker_ytd_on_ytd", sheet, c.Name(), c.Value)
	}
}

// field enters the @fields of a text. A field alone in its cell goes by the
// text to its left.
func (p *parser) field(d *drawing, i int, pieces []piece) {
	c := &d.cells[i]
	left := ""
	if i > 0 && d.cells[i-1].Row == c.Row && d.cells[i-1].Type == workbook.Text {
		left = d.cells[i-1].Value + " "
	}
	pattern := newPattern("", pieces)
	if pattern.lone() && !strings.Contains(left, "{{") {
		pattern = newPattern(left, pieces)
	}
	d.patterns[i] = pattern
	for i, name := range pattern.fields {
		p.layout.Fields = append(p.layout.Fields, Field{
			Name: name, Sheet: d.sheet.Name, Row: c.Row, Col: c.Col, Cell: c.Name(),
			Before: pattern.literals[i].text, After: pattern.literals[i+1].text,
		})
	}
}

// read finds the tables of a sheet and enters its marked cells.
func (p *parser) read(d *drawing) {
	p.title(d)
	if len(d.marks) == 0 {
		return
	}
	for _, s := range d.strips() {
		t := d.newTable(s)
		index := len(p.layout.tables)
		p.layout.tables = append(p.layout.tables, t)
		for _, m := range d.marks {
			if m.col < s.from || m.col >= s.to {
				continue
			}
			if m.List != "" {
				p.list(t, index, d, m)
			} else {
				p.cell(t, index, d, m)
			}
		}
		p.checkAlike(index)
	}
}

// title keeps the texts of the sheet in reading order.
func (p *parser) title(d *drawing) {
	t := title{sheet: d.sheet.Name}
	for i := range d.cells {
		if l := d.labels[i]; l.key != "" {
			t.lines = append(t.lines, line{row: d.cells[i].Row, key: l.key, pattern: d.patterns[i]})
		}
	}
	p.layout.titles = append(p.layout.titles, t)
}

// cell enters a cell marked as a figure.
func (p *parser) cell(t *table, index int, d *drawing, m mark) {
	c := Cell{Marker: m.Marker, Sheet: d.sheet.Name, Row: m.row, Col: m.col, Format: m.format, table: index}
	c.node, c.block = t.rowNode(m.row), t.blockAt(m.row)
	if c.node < 0 {
		p.report("marker_without_label", c.Sheet, c.Name(), m.String())
		return
	}
	c.RowPath = t.outline.path(c.node)
	c.column = t.blocks[c.block].column(m.col)
	c.ColumnPath = t.blocks[c.block].columns[c.column].texts
	p.layout.Cells = append(p.layout.Cells, c)
}

// list enters a field of a list's row, which holds nothing else.
func (p *parser) list(t *table, index int, d *drawing, m mark) {
	b := t.blockAt(m.row)
	f := ListField{Marker: m.Marker, Col: m.col, column: t.blocks[b].column(m.col)}
	f.ColumnPath = t.blocks[b].columns[f.column].texts
	cell := workbook.CellName(m.row, m.col)
	for _, other := range d.marks {
		if other.row == m.row && other.List != m.List {
			p.report("list_row_mixed", d.sheet.Name, cell, m.String(),
				arg("other_cell", workbook.CellName(other.row, other.col)))
			return
		}
	}
	for i := range p.layout.Lists {
		l := &p.layout.Lists[i]
		if l.Name != m.List {
			continue
		}
		if l.Sheet != d.sheet.Name || l.Row != m.row {
			p.report("list_on_two_rows", d.sheet.Name, cell, m.String(),
				arg("other_sheet", l.Sheet), arg("other_cell", l.cell()))
			return
		}
		l.Fields = append(l.Fields, f)
		return
	}
	p.layout.Lists = append(p.layout.Lists, List{Name: m.List, Sheet: d.sheet.Name, Row: m.row, Fields: []ListField{f}, table: index, block: b})
}

// checkAlike reports figures of the table that nothing tells apart: neither
// the labels of their rows nor the headers of their columns.
func (p *parser) checkAlike(table int) {
	type signature struct{ row, column string }
	first := map[signature]place{}
	t := p.layout.tables[table]
	for _, c := range p.layout.Cells {
		if c.table != table || !c.Marker.Input() {
			continue
		}
		s := signature{t.outline.keyPath(c.node), t.blocks[c.block].columns[c.column].key()}
		if other, twice := first[s]; twice {
			p.report("marker_rows_alike", c.Sheet, c.Name(), c.Marker.String(),
				arg("row", strings.Join(c.RowPath, " / ")),
				arg("other_cell", other.cell))
			continue
		}
		first[s] = place{p.layout.Form, c.Sheet, c.Name()}
	}
}
