package form

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
)

// FormatOf is how a figure of an indicator shows in cells of the General format.
func FormatOf(i pipeline.Indicator, measure pipeline.Measure) string {
	decimals := ""
	if i.Decimals > 0 {
		decimals = "." + strings.Repeat("0", i.Decimals)
	}
	switch {
	case measure == pipeline.MeasureRate:
		return "0.00%"
	case i.Kind == pipeline.KindRatio:
		return "0" + decimals + "%"
	}
	return "#,##0" + decimals
}

// dateFormat shows days in the cells whose own format is General.
const dateFormat = "dd/mm/yyyy"

// format gives a cell of the General format another one, so that no day shows as
// a serial number and no ratio as 0.8141025641. What staff chose stays, and so
// does all else of the cell's style.
func (f filler) format(sheet, name, format string) error {
	style, err := f.book.GetCellStyle(sheet, name)
	if err != nil || format == "" || style >= len(f.book.Styles.CellXfs.Xf) {
		return err
	}
	look := f.book.Styles.CellXfs.Xf[style]
	if look.NumFmtID != nil && *look.NumFmtID != 0 {
		return nil
	}
	plain, err := f.book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	// The style is copied as it is stored: excelize refuses to write again some
	// of what it reads.
	all := f.book.Styles.CellXfs
	look.NumFmtID, look.ApplyNumberFormat = all.Xf[plain].NumFmtID, all.Xf[plain].ApplyNumberFormat
	for i := range all.Xf {
		if all.Xf[i] == look {
			return f.book.SetCellStyle(sheet, name, name, i)
		}
	}
	all.Xf = append(all.Xf, look)
	all.Count = len(all.Xf)
	return f.book.SetCellStyle(sheet, name, name, len(all.Xf)-1)
}

// day writes a day. excelize chooses a style of its own for it and may lose the
// cell's.
func (f filler) day(sheet, name string, day time.Time) error {
	if err := f.format(sheet, name, dateFormat); err != nil {
		return err
	}
	style, err := f.book.GetCellStyle(sheet, name)
	if err != nil {
		return err
	}
	if err := f.book.SetCellValue(sheet, name, day); err != nil {
		return err
	}
	return f.book.SetCellStyle(sheet, name, name, style)
}

// lineHeight is room for a line of the usual fonts, in points.
const lineHeight = 16

// room makes the row of a text that is longer than its column is wide high enough,
// by a rough count of its lines: a fixed height would cut it off.
func (f filler) room(sheet, name, text string) error {
	col, row, err := excelize.SplitCellName(name)
	if err != nil {
		return err
	}
	width, err := f.book.GetColWidth(sheet, col)
	if err != nil {
		return err
	}
	height, err := f.book.GetRowHeight(sheet, row)
	if err != nil {
		return err
	}
	lines := math.Ceil(float64(utf8.RuneCountInString(text)) * wordBreaks / max(width, 1))
	if lines < 2 || lines*lineHeight <= height {
		return nil
	}
	return f.book.SetRowHeight(sheet, row, min(lines*lineHeight, excelize.MaxRowHeight))
}

// wordBreaks is what lines lose where they break between words.
const wordBreaks = 1.15

// number numbers the rows of a list: the form has 1 in the first of them, to the
// left of the list's fields.
func (f filler) number(sheet string, row, first, n int) error {
	for col := range first {
		for i := range n {
			name, err := excelize.CoordinatesToCellName(col+1, row+i+1)
			if err != nil {
				return err
			}
			text, err := f.book.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
			if err != nil {
				return err
			}
			if text != "1" {
				break
			}
			if err := f.book.SetCellInt(sheet, name, int64(i+1)); err != nil {
				return err
			}
		}
	}
	return nil
}
