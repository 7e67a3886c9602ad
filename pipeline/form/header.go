package form

import (
	"strings"

	"tonghop/pipeline/workbook"
)

// readHeader reads the @fields and the title blocks of the sheets that have
// tables of the layout.
func (m *Match) readHeader() {
	seen := map[*grid]bool{}
	read := func(g *grid, sheet string) {
		if !seen[g] {
			seen[g] = true
			top := m.topRows(g)
			m.TopText = append(m.TopText, topTexts(g, top)...)
			m.readFields(g, sheet, top)
		}
	}
	for _, r := range m.readings {
		for _, a := range r.parts {
			read(a.page.grid, r.table.sheet)
		}
	}
	for _, l := range m.listings {
		read(l.page.grid, l.list.Sheet)
	}
}

// topRows is the number of rows above the tables of a sheet.
func (m *Match) topRows(g *grid) int {
	top := g.lastRow() + 1
	for _, l := range m.listings {
		if l.page.grid == g {
			top = min(top, l.bands[0].top)
		}
	}
	for _, r := range m.readings {
		for _, a := range r.parts {
			if a.page.grid != g {
				continue
			}
			for i := range a.match {
				for _, e := range a.starts[i] {
					row := a.page.entries[e].row
					top = min(top, row)
					if band := a.page.bandAt(a.table.outline.nodes[i].block, row); band != nil && band.row >= 0 {
						top = min(top, band.top)
					}
				}
			}
		}
	}
	return top
}

// topTexts lists what stands in the first rows of a sheet.
func topTexts(g *grid, rows int) []Text {
	var all []Text
	for i := range g.cells {
		c := &g.cells[i]
		if c.Row >= rows {
			break
		}
		if c.Type != workbook.Error && c.Type != workbook.Bool && strings.TrimSpace(c.Value) != "" {
			all = append(all, Text{Text: c.Value, Sheet: g.sheet.Name, Cell: c.Name()})
		}
	}
	return all
}

// readFields reads the @fields of one sheet of the form in a sheet of the
// submission: by the words around a field, or where it has none, by the lines
// before and after it.
func (m *Match) readFields(g *grid, sheet string, top int) {
	for _, t := range m.Layout.titles {
		if t.sheet != sheet {
			continue
		}
		for at, line := range t.lines {
			switch {
			case line.pattern == nil:
			case line.pattern.lone():
				m.readLone(g, t.lines, at, top)
			default:
				m.readPattern(g, line.pattern)
			}
		}
	}
}

// readPattern reads the first text of the sheet that fits the pattern. What
// does not follow in the same cell may stand in the next.
func (m *Match) readPattern(g *grid, p *pattern) {
	for i := range g.cells {
		if !g.labels[i].stands() {
			continue
		}
		values, ok := p.match(g.cells[i].Value)
		if !ok {
			continue
		}
		for at, field := range p.fields {
			f := HeaderField{Field: field, Text: unmarked(values[at]), Sheet: g.sheet.Name, Cell: g.cells[i].Name()}
			if f.Text == "" && len(p.fields) == 1 && len(p.literals[1].words) == 0 {
				f = m.nextCell(g, i, f)
			}
			m.Header = append(m.Header, f)
		}
		return
	}
}

// nextCell reads a field from the next cell of the row that is no text of the
// form.
func (m *Match) nextCell(g *grid, i int, f HeaderField) HeaderField {
	if i+1 >= len(g.cells) || g.cells[i+1].Row != g.cells[i].Row {
		return f
	}
	next := &g.cells[i+1]
	if l := g.labels[i+1]; l.stands() && m.formText(l, next.Value) || next.Type == workbook.Error || next.Type == workbook.Bool {
		return f
	}
	f.Text, f.Cell = unmarked(trimValue(next.Value, literal{}, literal{})), next.Name()
	return f
}

// formText tells whether a text stands on the form, its fields filled in.
func (m *Match) formText(l label, text string) bool {
	for _, t := range m.Layout.titles {
		for _, line := range t.lines {
			if line.matches(l, text) {
				return true
			}
		}
	}
	return false
}

// matches tells whether a text of a submission is the line.
func (n *line) matches(l label, text string) bool {
	if n.pattern == nil {
		return n.key == l.key
	}
	_, ok := n.pattern.match(text)
	return ok
}

// readLone reads a field that stands alone on its line: the only text between
// those that the form has before and after it.
func (m *Match) readLone(g *grid, lines []line, at, top int) {
	var texts []int
	for i := range g.cells {
		if g.labels[i].key != "" && g.cells[i].Row <= top {
			texts = append(texts, i)
		}
	}
	before, after := -1, -1
	for n, i := range texts {
		if at > 0 && lines[at-1].matches(g.labels[i], g.cells[i].Value) {
			before = n
		}
		if at+1 < len(lines) && after < 0 && n > before && lines[at+1].matches(g.labels[i], g.cells[i].Value) {
			after = n
		}
	}
	if at > 0 && before < 0 || after != before+2 {
		return
	}
	c := &g.cells[texts[before+1]]
	for _, field := range lines[at].pattern.fields[:1] {
		m.Header = append(m.Header, HeaderField{
			Field: field, Text: unmarked(trimValue(c.Value, literal{}, literal{})), Sheet: g.sheet.Name, Cell: c.Name(),
		})
	}
}

// unmarked is text, or nothing where it still is the form's own marker.
func unmarked(text string) string {
	if strings.Contains(text, "{{") {
		return ""
	}
	return text
}
