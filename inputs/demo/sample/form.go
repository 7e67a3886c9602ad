package sample

import "strings"

// A rank is the place of a line in the order of a form's table.
type rank int

const (
	section rank = iota
	subsection
	row
	subRow
)

// A line is one line of a form's table as it is printed.
type line struct {
	rank           rank
	ordinal        string
	label, measure string
	code           string // the indicator; empty for a heading
	target         bool   // the line has a target
}

// text is the label as typed: sub-rows are indented by blanks, as people do.
func (l line) text() string {
	if l.rank == subRow {
		return strings.Repeat(" ", 8) + l.label
	}
	return l.label
}

// look is how the label is drawn.
func (l line) look() look {
	return look{border: true, wrap: true, across: "left", bold: l.rank <= subsection, italic: strings.HasPrefix(l.label, "+")}
}

// number is how the line's figures are drawn.
func (l line) number() look {
	formats := map[int]string{0: "#,##0", 1: "0.0%", 2: "0.00%"}
	return look{border: true, across: "right", format: formats[decimalsOf(l.code)]}
}

// A form is a report form to be drawn.
type form struct {
	sheet, code, usedBy string
	title               []string
	last                int // its last column, counted from 1
	right               int // the first column of the blocks on the right
	widths              []float64
	header              func(d *drawing, row int) int // draws the header, returns the next row
	cells               func(d *drawing, row int, l line)
	lines               []line
	footnote            string
}

// draw makes the form workbook with its markers.
func (f form) draw() ([]byte, error) {
	d := newDrawing(f.sheet)
	d.widths(f.widths...)
	next := f.heading(d)
	next = f.header(d, next)
	for _, l := range f.lines {
		d.put(at(1, next), l.ordinal, look{border: true, across: "center", bold: l.rank <= subsection})
		d.put(at(2, next), l.text(), l.look())
		d.put(at(3, next), l.measure, look{border: true, wrap: true, across: "center"})
		f.cells(d, next, l)
		d.height(next, 4+17*lines(l.text(), 13, f.widths[1]))
		next++
	}
	f.closing(d, next)
	return d.pack()
}

// heading draws who reports, the form's code, the title and the period, and
// returns the row of the table's header.
func (f form) heading(d *drawing) int {
	d.block("A1", at(f.right-1, 1), "Công đoàn cấp trên: {{@parent}}", look{across: "left", wrap: true})
	d.block("A2", at(f.right-1, 2), "Đơn vị báo cáo: {{@unit}}", look{across: "left", wrap: true, bold: true, down: "top"})
	d.block(at(f.right, 1), at(f.last, 1), f.code, look{across: "center", bold: true})
	d.block(at(f.right, 2), at(f.last, 2), f.usedBy, look{across: "center", italic: true, wrap: true, size: 11, down: "top"})
	d.height(2, 36)
	next := 4
	for _, text := range f.title {
		d.block(at(1, next), at(f.last, next), text, look{across: "center", bold: true, size: 14})
		d.height(next, 20)
		next++
	}
	d.block(at(1, next), at(f.last, next), "{{@period}}", look{across: "center", bold: true})
	d.block(at(1, next+1), at(f.last, next+1), "(Số liệu tính đến ngày: {{@cutoff}})", look{across: "center", italic: true})
	return next + 3
}

// closing draws the footnote and the signatures, and sets up the print.
func (f form) closing(d *drawing, next int) {
	if f.footnote != "" {
		d.block(at(1, next), at(f.last, next), f.footnote, look{across: "left", italic: true, wrap: true, size: 11})
		d.height(next, 34)
		next++
	}
	next++
	name, small := look{across: "center", bold: true}, look{across: "center", italic: true}
	right, last := f.right, f.last
	d.block(at(right, next), at(last, next), "Sóc Trăng, {{@issued}}", small)
	d.block(at(1, next+1), at(2, next+1), "NGƯỜI LẬP BIỂU", name)
	d.block(at(right, next+1), at(last, next+1), "TM. BAN THƯỜNG VỤ", name)
	d.block(at(1, next+2), at(2, next+2), "(Ký, ghi rõ họ tên)", small)
	d.block(at(right, next+2), at(last, next+2), "CHỦ TỊCH", name)
	d.block(at(right, next+3), at(last, next+3), "(Ký tên, đóng dấu)", small)
}

// headerCell draws one header text over a range.
func headerCell(d *drawing, from, to, text string) {
	as := look{border: true, wrap: true, across: "center", bold: true, fill: "DDEBF7"}
	if from == to {
		d.put(from, text, as)
		return
	}
	d.block(from, to, text, as)
}

// marker is the text that stands for a figure of indicator code in a form.
func marker(code, measure string) string {
	if measure != "" {
		code += ":" + measure
	}
	return "{{" + code + "}}"
}
