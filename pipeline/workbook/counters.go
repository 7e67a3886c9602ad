package workbook

// counters hold what a book has cost so far against its limits.
type counters struct {
	limits Limits
	cells  int
	span   int64
	text   int64
}

// cell counts one cell with so many bytes of text.
func (c *counters) cell(part string, text int) error {
	c.cells++
	c.text += int64(text)
	switch {
	case c.cells > c.limits.Cells:
		return tooLarge(part, "more than %d cells", c.limits.Cells)
	case c.text > c.limits.TextBytes:
		return tooLarge(part, "more than %d bytes of text", c.limits.TextBytes)
	}
	return nil
}

// row counts one row that is so many columns wide.
func (c *counters) row(part string, columns int) error {
	c.span += int64(columns)
	if c.span > c.limits.SpanCells {
		return tooLarge(part, "rows span more than %d cells", c.limits.SpanCells)
	}
	return nil
}
