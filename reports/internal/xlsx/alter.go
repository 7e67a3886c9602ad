package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Unlocked is a copy of a style whose cells stay open on a protected sheet.
func Unlocked(file *excelize.File, style int) (int, error) {
	return altered(file, style, excelize.Style{Protection: &excelize.Protection{Locked: false}})
}

// Filled is a copy of a style with another plain fill.
func Filled(file *excelize.File, style int, color string) (int, error) {
	return altered(file, style, excelize.Style{Fill: Solid(color)})
}

// altered is a copy of a style with the protection or the fill of another. The
// style is copied as it is stored: excelize refuses to write again some of what
// it reads.
func altered(file *excelize.File, style int, with excelize.Style) (int, error) {
	plain, err := file.NewStyle(&with)
	if err != nil {
		return 0, fmt.Errorf("add style: %w", err)
	}
	all := file.Styles.CellXfs
	if style >= len(all.Xf) {
		return plain, nil
	}
	made := all.Xf[style]
	if with.Protection != nil {
		made.Protection, made.ApplyProtection = all.Xf[plain].Protection, all.Xf[plain].ApplyProtection
	} else {
		made.FillID, made.ApplyFill = all.Xf[plain].FillID, all.Xf[plain].ApplyFill
	}
	all.Xf = append(all.Xf, made)
	all.Count = len(all.Xf)
	return len(all.Xf) - 1, nil
}
