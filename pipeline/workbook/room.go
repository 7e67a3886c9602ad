package workbook

import "slices"

// keptCells is how much room is kept for the next workbook; forms need less.
const keptCells = 1 << 16

// room is where the cells of a workbook's sheets stand, one sheet behind the
// other.
type room struct {
	all  []Cell // as long as it gets
	free []Cell // what the sheets so far have left of it; its length is 0
}

// reset makes all of the room free for another workbook.
func (r *room) reset() {
	if cap(r.all) > keptCells {
		r.all = nil
	}
	r.free = r.all[:0]
}

// taken tells that cells, which began at free, are a sheet.
func (r *room) taken(cells []Cell) {
	if cap(cells) > cap(r.all) {
		r.all = cells[:0]
	}
	r.free = cells[len(cells):]
}

// leave gives the cells of book memory of their own, or the room itself if it is
// too large to be kept.
func (r *room) leave(book *Book) {
	if cap(r.all) > keptCells {
		*r = room{}
		return
	}
	count := 0
	for i := range book.Sheets {
		count += len(book.Sheets[i].Cells)
	}
	own := make([]Cell, 0, count)
	for i := range book.Sheets {
		if cells := book.Sheets[i].Cells; len(cells) > 0 {
			start := len(own)
			own = append(own, cells...)
			book.Sheets[i].Cells = slices.Clip(own[start:])
		}
	}
}
