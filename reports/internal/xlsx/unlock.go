package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Unlocked is a copy of a style whose cells stay open on a protected sheet. The
// style is copied as it is stored: excelize refuses to write again some of what
// it reads.
func Unlocked(file *excelize.File, style int) (int, error) {
	plain, err := file.NewStyle(&excelize.Style{Protection: &excelize.Protection{Locked: false}})
	if err != nil {
		return 0, fmt.Errorf("add style: %w", err)
	}
	all := file.Styles.CellXfs
	if style >= len(all.Xf) {
		return plain, nil
	}
	open := all.Xf[style]
	open.Protection, open.ApplyProtection = all.Xf[plain].Protection, all.Xf[plain].ApplyProtection
	all.Xf = append(all.Xf, open)
	all.Count = len(all.Xf)
	return len(all.Xf) - 1, nil
}
