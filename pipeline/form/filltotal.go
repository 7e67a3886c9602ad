package form

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// totalOfRow finds a function over one cell, or a range of one.
var totalOfRow = regexp.MustCompile(`\b(SUM|COUNT|COUNTA|AVERAGE|MAX|MIN)\((\$?[A-Z]{1,3}\$?)([0-9]+)(?::(\$?[A-Z]{1,3}\$?)([0-9]+))?\)`)

// stretch has the totals that staff wrote over the one row of a list take in all
// the rows that it has become. Ranges that reach further were moved along with
// what stands below.
func (f filler) stretch(sheet string, row, n int) error {
	if n < 2 {
		return nil
	}
	rows, err := f.book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	for i, cells := range rows {
		if row <= i && i < row+n {
			continue
		}
		for col := range cells {
			name, err := excelize.CoordinatesToCellName(col+1, i+1)
			if err != nil {
				return err
			}
			formula, err := f.book.GetCellFormula(sheet, name)
			if err != nil {
				return err
			}
			if longer := stretched(formula, row+1, row+n); longer != formula {
				if err := f.book.SetCellFormula(sheet, name, longer); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// stretched is a formula in which totals of row first, counted from 1, are those
// of the rows down to last.
func stretched(formula string, first, last int) string {
	return totalOfRow.ReplaceAllStringFunc(formula, func(total string) string {
		m := totalOfRow.FindStringSubmatch(total)
		from, col, to, toCol := m[3], m[2], m[5], m[4]
		if from != strconv.Itoa(first) || to != "" && (to != from || toCol != col) {
			return total
		}
		return fmt.Sprintf("%s(%s%d:%s%d)", m[1], col, first, col, last)
	})
}
