package handout

import (
	"fmt"
	"strings"

	"tonghop/pipeline/form"
	"tonghop/reports/internal/xlsx"
)

// offeredColumn is the first column of the seal's sheet with what drop-down lists
// offer.
const offeredColumn = 4

// sealSheet adds the hidden sheet where it is not there yet.
func (s *sheets) sealSheet() error {
	if at, err := s.file.GetSheetIndex(form.SealSheetName); err != nil || at >= 0 {
		return err
	}
	_, err := s.file.NewSheet(form.SealSheetName)
	return err
}

// offer keeps the values of a drop-down list on the hidden sheet, where they may
// have commas and any length, and refers to them.
func (s *sheets) offer(values []string) string {
	col := offeredColumn + s.lists
	s.lists++
	s.try(s.sealSheet())
	for i, value := range values {
		s.try(s.file.SetCellStr(form.SealSheetName, xlsx.CellName(i+1, col), value))
	}
	column := strings.TrimSuffix(xlsx.CellName(1, col), "1")
	return fmt.Sprintf("%s!$%s$1:$%s$%d", form.SealSheetName, column, column, len(values))
}

// seal writes what the workbook was handed out as.
func (s *sheets) seal() error {
	s.try(s.sealSheet())
	seal := form.Seal{Form: s.Layout.Form.Code, Version: s.Layout.Version, Unit: s.Unit.Code, Period: s.Period.String()}
	for i, row := range seal.Rows() {
		for j, text := range row {
			s.try(s.file.SetCellStr(form.SealSheetName, xlsx.CellName(i+1, j+1), text))
		}
	}
	s.try(s.file.SetSheetVisible(form.SealSheetName, false, true))
	return s.err
}
