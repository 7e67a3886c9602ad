package workbook

// A RowFunc takes one row of a sheet: its cells with content, by column. Of the
// sheet it knows the name and whether it is hidden; the cells are overwritten
// after it returns, the texts in them stay.
type RowFunc func(sheet *Sheet, row []Cell) error

// Each reads the workbook in data like Read, but hands it over row by row, so
// that sheets of any length take little memory. Rows come in the order of the
// file; a row that stands in two places is damage. An error of do ends reading
// and is returned as it is. On any error, what do was given must not be used:
// damage may show at the end of the file only.
func (r *Reader) Each(data []byte, limits Limits, do RowFunc) error {
	if sniff(data) != kindZip {
		book, err := r.Read(data, limits)
		if err != nil {
			return err
		}
		return book.each(do)
	}
	r.xlsx.each = do
	_, err := r.Read(data, limits)
	r.xlsx.each = nil
	return err
}

// each hands the book over row by row.
func (b *Book) each(do RowFunc) error {
	for i := range b.Sheets {
		sheet := Sheet{Name: b.Sheets[i].Name, Hidden: b.Sheets[i].Hidden}
		for cells := b.Sheets[i].Cells; len(cells) > 0; {
			end := 1
			for end < len(cells) && cells[end].Row == cells[0].Row {
				end++
			}
			if err := do(&sheet, cells[:end]); err != nil {
				return err
			}
			cells = cells[end:]
		}
	}
	return nil
}

// seenRows tells which rows of a sheet were handed over, one bit a row.
type seenRows []uint64

// add is false if the row was added before.
func (s *seenRows) add(row int) bool {
	for len(*s) <= row/64 {
		*s = append(*s, 0)
	}
	word, bit := &(*s)[row/64], uint64(1)<<(row%64)
	was := *word&bit != 0
	*word |= bit
	return !was
}

// handOver hands over the cells collected so far, which are all those of a row.
func (b *sheetBuilder) handOver(do RowFunc) error {
	cells := b.sheet.Cells
	if len(cells) == 0 {
		return nil
	}
	if err := b.settle(); err != nil {
		return err
	}
	if !b.seen.add(cells[0].Row) {
		return damaged(b.part, "row %d stands twice", cells[0].Row+1)
	}
	b.sheet.Cells, b.unsorted = cells[:0], false
	return do(&b.head, cells)
}
