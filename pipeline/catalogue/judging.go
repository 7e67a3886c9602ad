package catalogue

import (
	"slices"

	"tonghop/pipeline/workbook"
)

// ForJudging is what a unit may be given of the catalogue in book: what judging
// its reports needs, and no more. Targets, grades, the folders of units, and
// whatever staff keep beside the known columns and sheets are left out.
func ForJudging(book *workbook.Book) *workbook.Book {
	l := &loader{}
	reduced := &workbook.Book{Kind: book.Kind}
	for _, p := range l.find(book) {
		if p.spec.English == "targets" || p.spec.English == "grades" {
			continue
		}
		t := l.read(p)
		if p.spec.English == "units" {
			delete(t.columns, "folder")
		}
		reduced.Sheets = append(reduced.Sheets, workbook.Sheet{Name: p.sheet.Name, Cells: t.known(p.sheet.Cells)})
	}
	return reduced
}

// known is the cells of the known columns, from the headings down.
func (t *table) known(cells []workbook.Cell) []workbook.Cell {
	columns := map[int]bool{}
	for _, col := range t.columns {
		columns[col] = true
	}
	return slices.DeleteFunc(slices.Clone(cells), func(c workbook.Cell) bool { return c.Row < t.header || !columns[c.Col] })
}
