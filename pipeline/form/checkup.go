package form

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// A Checkup is how a form workbook is understood, and whether what is written
// into it is read back.
type Checkup struct {
	Layout   *Layout
	Findings []pipeline.Finding // what makes the form unusable, and what is lost in the trial
	Marked   []Marked           // by sheet, row and column
	Fields   []KnownField
}

// A Marked is a marked cell as it is understood.
type Marked struct {
	Marker     Marker
	Sheet      string
	Cell       string
	RowPath    []string
	ColumnPath []string
	Alike      int  // rows with the same label, told apart by what stands above them
	Tried      bool // filled in for the trial
	Lost       bool // and not read back
}

// A KnownField is an @field with whether it is found again once it is filled in.
type KnownField struct {
	Field
	Known bool
}

// Examine reads a form workbook and tries it: filled in with figures that are
// all different, as it is and with rows and columns moved, every figure must
// come back to its own marker. Indicators that the catalogue has not are told
// of; without a catalogue, which is nil then, codes are only read.
func Examine(spec pipeline.Form, book *workbook.Book, cat *pipeline.Catalogue) *Checkup {
	known := cat
	if cat == nil {
		known = &pipeline.Catalogue{}
	}
	layout, findings := Parse(spec, book, known)
	if cat == nil {
		findings = slices.DeleteFunc(findings, func(f pipeline.Finding) bool { return f.Code == "marker_unknown_indicator" })
	}
	x := &Checkup{Layout: layout, Findings: findings}
	lost := layout.lost(book, layout.completed(known))
	for i := range layout.Cells {
		c := &layout.Cells[i]
		at := spotName{c.Sheet, c.Name()}
		t := layout.tables[c.table]
		x.Marked = append(x.Marked, Marked{
			Marker: c.Marker, Sheet: c.Sheet, Cell: c.Name(), RowPath: c.RowPath, ColumnPath: c.ColumnPath,
			Alike: len(t.outline.byKey[t.outline.nodes[c.node].label.key]), Tried: c.Marker.Input(), Lost: lost[at],
		})
	}
	for _, l := range layout.Lists {
		for _, f := range l.Fields {
			at := workbook.CellName(l.Row, f.Col)
			x.Marked = append(x.Marked, Marked{
				Marker: f.Marker, Sheet: l.Sheet, Cell: at, ColumnPath: f.ColumnPath, Tried: true, Lost: lost[spotName{l.Sheet, at}],
			})
		}
	}
	x.Fields = layout.knownFields(book)
	x.Findings = append(x.Findings, lostFindings(layout, lost)...)
	return x
}

// CheckReadBack finds the cells of a form that is otherwise sound whose figures
// would not be read back.
func (l *Layout) CheckReadBack(book *workbook.Book, cat *pipeline.Catalogue) []pipeline.Finding {
	return lostFindings(l, l.lost(book, cat))
}

func lostFindings(l *Layout, lost map[spotName]bool) []pipeline.Finding {
	var all []pipeline.Finding
	report := func(m Marker, sheet, cell string, path []string) {
		if lost[spotName{sheet, cell}] {
			all = append(all, pipeline.Finding{
				Code: "marker_not_read_back", Severity: pipeline.SeverityWarning, Sheet: sheet, Cell: cell, Read: m.String(),
				Args: []pipeline.Arg{arg("form", l.Form.Code), arg("row", strings.Join(path, " / "))},
			})
		}
	}
	for i := range l.Cells {
		report(l.Cells[i].Marker, l.Cells[i].Sheet, l.Cells[i].Name(), l.Cells[i].RowPath)
	}
	for _, list := range l.Lists {
		for _, f := range list.Fields {
			report(f.Marker, list.Sheet, workbook.CellName(list.Row, f.Col), f.ColumnPath)
		}
	}
	return all
}

// completed is a catalogue that knows every indicator of the form: those that it
// has not may be any number.
func (l *Layout) completed(cat *pipeline.Catalogue) *pipeline.Catalogue {
	all := *cat
	all.Indicators = slices.Clone(cat.Indicators)
	for i := range l.Cells {
		code := l.Cells[i].Marker.Indicator
		if _, ok := all.Indicator(code); !ok {
			all.Indicators = append(all.Indicators, pipeline.Indicator{Code: code, Kind: pipeline.KindMoney})
		}
	}
	all.IndexIndicators()
	return &all
}

// lost fills the form in twice and lists the marked cells that are not read back
// from both copies.
func (l *Layout) lost(book *workbook.Book, cat *pipeline.Catalogue) map[spotName]bool {
	lost := map[spotName]bool{}
	for _, moved := range []int{0, 3} {
		t := trial{cat: cat, moved: moved, wrote: map[spotName]string{}}
		m := Align(l, t.fill(book))
		facts, _ := m.Extract(cat)
		read := map[Marker]string{}
		for _, f := range facts {
			if f.State == pipeline.StateNumber {
				read[Marker{Indicator: f.Indicator, Measure: f.Measure}] = f.Value.String()
			}
		}
		for _, c := range m.ListCells {
			read[Marker{List: c.List, ListField: c.Field, Type: c.Type}] = c.Key
		}
		for i := range l.Cells {
			c := &l.Cells[i]
			if at := (spotName{c.Sheet, c.Name()}); c.Marker.Input() && read[c.Marker] != t.wrote[at] {
				lost[at] = true
			}
		}
		for _, list := range l.Lists {
			for _, f := range list.Fields {
				if at := (spotName{list.Sheet, workbook.CellName(list.Row, f.Col)}); read[f.Marker] != t.wrote[at] {
					lost[at] = true
				}
			}
		}
	}
	return lost
}

// knownFields finds the @fields again in the form filled in.
func (l *Layout) knownFields(book *workbook.Book) []KnownField {
	t := trial{cat: l.completed(&pipeline.Catalogue{}), wrote: map[spotName]string{}}
	m := Align(l, t.fill(book))
	var all []KnownField
	for _, f := range l.Fields {
		known := slices.ContainsFunc(m.Header, func(h HeaderField) bool {
			return h.Field == f.Name && h.Sheet == f.Sheet && h.Text == sampleOf(f.Name)
		})
		all = append(all, KnownField{f, known})
	}
	return all
}

// A spotName is a sheet and a cell.
type spotName struct{ sheet, cell string }

// A trial is a form filled in with figures that are all different.
type trial struct {
	cat   *pipeline.Catalogue
	moved int // rows and columns that everything is moved by
	wrote map[spotName]string
	next  int64
}

func (t *trial) fill(book *workbook.Book) *workbook.Book {
	filled := &workbook.Book{Kind: book.Kind}
	for _, sheet := range book.Sheets {
		cells := slices.Clone(sheet.Cells)
		sheet.Cells = nil
		for _, c := range cells {
			if t.write(&c, sheet.Name) {
				c.Row, c.Col = c.Row+t.moved, c.Col+t.moved
				sheet.Cells = append(sheet.Cells, c)
			}
		}
		merges := slices.Clone(sheet.Merges)
		for i := range merges {
			merges[i].FirstRow, merges[i].LastRow = merges[i].FirstRow+t.moved, merges[i].LastRow+t.moved
			merges[i].FirstCol, merges[i].LastCol = merges[i].FirstCol+t.moved, merges[i].LastCol+t.moved
		}
		sheet.Merges = merges
		filled.Sheets = append(filled.Sheets, sheet)
	}
	return filled
}

// write puts something in the place of a cell's markers; what is not read from
// submissions is left out.
func (t *trial) write(c *workbook.Cell, sheet string) (stays bool) {
	if c.Type != workbook.Text || !strings.Contains(c.Value, "{{") {
		return true
	}
	pieces, problem := splitMarkers(c.Value)
	if problem != "" {
		return true
	}
	m, figure, _ := wholeMarker(pieces)
	at := spotName{sheet, c.Name()}
	switch {
	case !figure:
		c.Value = sampleText(pieces)
		c.Raw = c.Value
		return true
	case m.List != "":
		t.wrote[at] = t.writeField(c, m)
		return true
	case m.Input():
		t.wrote[at] = t.writeFigure(c, m)
		return true
	}
	return false
}

// firstTried is above the years, which may head columns.
const firstTried = 3001

func (t *trial) writeFigure(c *workbook.Cell, m Marker) string {
	value := decimal.NewFromInt(firstTried + t.next)
	t.next++
	if i, _ := t.cat.Indicator(m.Indicator); i.Kind == pipeline.KindRatio {
		value, c.Format = value.Shift(-5), "0.00%"
	}
	c.Type, c.Value, c.Raw = workbook.Number, value.String(), value.String()
	return value.String()
}

func (t *trial) writeField(c *workbook.Cell, m Marker) string {
	switch m.Type {
	case pipeline.FieldNumber:
		return t.writeFigure(c, Marker{})
	case pipeline.FieldDate:
		c.Type, c.Value, c.Raw = workbook.Date, "2020-07-06", "44018"
		return c.Value
	}
	c.Value = "muc " + m.ListField
	c.Raw = c.Value
	return c.Value
}

// sampleText is a text with its fields filled in.
func sampleText(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.marked {
			b.WriteString(sampleOf(p.marker.Field))
		} else {
			b.WriteString(p.literal)
		}
	}
	return b.String()
}

func sampleOf(field string) string {
	switch field {
	case "period":
		return "Quý I năm 2026"
	case "period.code":
		return "2026-Q1"
	case "cutoff", "issued":
		return "31/03/2026"
	case "unit.code":
		return "DV7"
	}
	return "Đơn vị thử nghiệm"
}
