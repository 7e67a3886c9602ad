package workbook

// counters hold what a book has cost so far against its limits.
type counters struct {
	limits Limits
	cells  int
	merges int
	span   int64
	text   int64
}

// maxCellText is how long the text of a cell may be, in bytes; Excel holds 32,767
// characters. Texts go on to tables, answers and pages.
const maxCellText = 128 << 10

// cell counts one cell with so many bytes of text.
func (c *counters) cell(part string, text int) error {
	c.cells++
	c.text += int64(text)
	switch {
	case c.cells > c.limits.Cells:
		return tooLarge(part, "more than %d cells", c.limits.Cells)
	case text > maxCellText:
		return tooLarge(part, "cell with more than %d bytes of text", maxCellText)
	case c.text > c.limits.TextBytes:
		return tooLarge(part, "more than %d bytes of text", c.limits.TextBytes)
	}
	return nil
}

// merge counts one merged range.
func (c *counters) merge(part string) error {
	if c.merges++; c.merges > c.limits.Cells {
		return tooLarge(part, "more than %d merged ranges", c.limits.Cells)
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
