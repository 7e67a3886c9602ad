package handout

import (
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/form"
	"tonghop/reports/internal/xlsx"
)

// signatureRows is how many rows below the form stay open, for the names of
// those who sign.
const signatureRows = 8

// unlock opens the cells that the unit writes in: the inputs, the day of
// signing, and the rows below the form.
func (s *sheets) unlock() error {
	inputs := s.inputs()
	for _, p := range s.places {
		if p.Marker.Field == "issued" {
			inputs = append(inputs, p)
		}
	}
	for _, p := range inputs {
		for row := p.Row; row < p.Row+p.Rows; row++ {
			if err := s.unlockCell(p.Sheet, row+1, p.Col+1); err != nil {
				return err
			}
		}
	}
	for sheet := range s.inputSheets() {
		if err := s.openBelow(sheet); err != nil {
			return err
		}
	}
	return nil
}

// inputSheets are the sheets that the unit fills in.
func (s *sheets) inputSheets() map[string]bool {
	all := map[string]bool{}
	for _, p := range s.inputs() {
		all[p.Sheet] = true
	}
	return all
}

// unlockCell opens a cell, with all that it is merged over. Each cell keeps its own
// style: the borders of a merged range are those of its edges.
func (s *sheets) unlockCell(sheet string, row, col int) error {
	lastRow, lastCol, err := s.lastMerged(sheet, row, col)
	if err != nil {
		return err
	}
	for r := row; r <= lastRow; r++ {
		for c := col; c <= lastCol; c++ {
			cell := xlsx.CellName(r, c)
			style, err := s.file.GetCellStyle(sheet, cell)
			if err != nil {
				return err
			}
			if style, err = s.unlocked(style); err != nil {
				return err
			}
			if err := s.file.SetCellStyle(sheet, cell, cell, style); err != nil {
				return err
			}
		}
	}
	return nil
}

// lastMerged is the last row and column of the range that a cell is merged over.
func (s *sheets) lastMerged(sheet string, row, col int) (lastRow, lastCol int, err error) {
	merged, err := s.file.GetMergeCells(sheet, true)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range merged {
		if m.GetStartAxis() == xlsx.CellName(row, col) {
			lastCol, lastRow, err = excelize.CellNameToCoordinates(m.GetEndAxis())
			return lastRow, lastCol, err
		}
	}
	return row, col, nil
}

// unlocked is a style of the form that leaves its cell open.
func (s *sheets) unlocked(style int) (int, error) {
	if known, ok := s.open[style]; ok {
		return known, nil
	}
	open, err := xlsx.Unlocked(s.file, style)
	s.open[style] = open
	return open, err
}

// openBelow opens rows below everything that stands on the sheet.
func (s *sheets) openBelow(sheet string) error {
	rows, err := s.file.GetRows(sheet)
	if err != nil {
		return err
	}
	open, err := s.unlocked(0)
	if err != nil {
		return err
	}
	return s.file.SetRowStyle(sheet, len(rows)+1, len(rows)+signatureRows, open)
}

// protect locks every sheet of the form, without a password: it keeps from
// mistakes, not from people. Columns and rows may be made wider and higher, and
// rows inserted where there is a list.
func (s *sheets) protect() error {
	lists := map[string]bool{}
	for _, l := range s.Layout.Lists {
		lists[l.Sheet] = true
	}
	for _, sheet := range s.file.GetSheetList() {
		if sheet == form.SealSheetName || sheet == form.GuideSheetName {
			continue
		}
		err := s.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
			InsertRows: lists[sheet], EditObjects: true, EditScenarios: true,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
