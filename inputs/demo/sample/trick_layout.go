package sample

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// place finds the first cell whose text contains part, counted from 1.
func (r *report) place(part string) (column, row int) {
	rows, err := r.file.GetRows(r.sheet)
	r.do(err)
	for i, cells := range rows {
		for j, text := range cells {
			if strings.Contains(text, part) {
				return j + 1, i + 1
			}
		}
	}
	r.do(excelize.ErrParameterInvalid)
	return 1, 1
}

// copyLook gives a cell the look of another.
func (r *report) copyLook(from, to string) {
	id, err := r.file.GetCellStyle(r.sheet, from)
	r.do(err)
	r.do(r.file.SetCellStyle(r.sheet, to, to, id))
}

// clerksSubtotal inserts a row with a sum of the clerk's own among the parts.
func clerksSubtotal() trick {
	return trick{codes: []string{"row_added"}, after: func(r *report) {
		column, above, err := excelize.CellNameToCoordinates(r.cells["CM02"])
		r.do(err)
		r.do(r.file.InsertRows(r.sheet, above+1, 1))
		for i := range 7 {
			r.copyLook(at(i+1, above), at(i+1, above+1))
		}
		r.set(at(2, above+1), "        Cộng đại học trở lên")
		r.set(at(column, above+1), r.values["CM01"]+r.values["CM02"])
	}}
}

// swappedColumns puts the notes before the figures.
func swappedColumns() trick {
	return trick{before: func(r *report) {
		left, header := r.place("Số lượng")
		_, last := r.place("{{HD02}}")
		for row := header; row <= last; row++ {
			a, b := at(left, row), at(left+1, row)
			textA, errA := r.file.GetCellValue(r.sheet, a)
			textB, errB := r.file.GetCellValue(r.sheet, b)
			looks, err := r.file.GetCellStyle(r.sheet, a)
			r.do(errA)
			r.do(errB)
			r.do(err)
			r.copyLook(b, a)
			r.do(r.file.SetCellStyle(r.sheet, b, b, looks))
			r.set(a, textB)
			r.set(b, textA)
		}
	}}
}

// insertedColumn adds a column of the unit's own codes before the measures.
func insertedColumn() trick {
	return trick{before: func(r *report) {
		column, header := r.place("Đơn vị tính")
		name, err := excelize.ColumnNumberToName(column)
		r.do(err)
		_, last := r.place("{{HD02}}")
		r.do(r.file.InsertCols(r.sheet, name, 1))
		r.do(r.file.SetColWidth(r.sheet, name, name, 12))
		for row := header; row <= last; row++ {
			r.copyLook(at(column+1, row), at(column, row))
			r.set(at(column, row), fmt.Sprintf("A%02d", row-header))
		}
		r.set(at(column, header), "Mã dòng")
	}}
}

// retypedLabels types the labels anew: other case, blanks, tone marks and
// spellings, and a colon behind.
func retypedLabels() trick {
	spelling := strings.NewReplacer("Tỷ lệ", "Tỉ lệ", "kỹ năng", "kĩ năng", "lý luận", "lí luận", "nghiệp vụ", "nghiệp  vụ", "Trong đó:", "Trong đó :")
	return trick{before: func(r *report) {
		rows, err := r.file.GetRows(r.sheet)
		r.do(err)
		_, first := r.place("(2)")
		for i := first; i < len(rows); i++ {
			if len(rows[i]) < 4 || rows[i][1] == "" {
				continue
			}
			label := spelling.Replace(rows[i][1])
			switch i % 3 {
			case 0:
				label = strings.ToUpper(label)
			case 1:
				label += " :"
			}
			r.set(at(2, i+1), label)
		}
	}}
}

// extraTitleRows pushes everything down by a letterhead.
func extraTitleRows() trick {
	return trick{before: func(r *report) {
		r.do(r.file.InsertRows(r.sheet, 1, 3))
		r.set("A1", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM")
		r.set("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
		r.set("D2", "Độc lập - Tự do - Hạnh phúc")
		for _, cell := range []string{"A1", "D1", "D2"} {
			r.paint(cell, cell, look{bold: true, size: 12, across: "left"})
		}
	}}
}

// blankTemplate renames the sheet and leaves the empty form behind it.
func blankTemplate() trick {
	return trick{before: func(r *report) {
		to, err := r.file.NewSheet("Mau trang")
		r.do(err)
		r.do(r.file.CopySheet(0, to))
		filled := r.sheet
		r.sheet = "Mau trang"
		rows, err := r.file.GetRows(r.sheet)
		r.do(err)
		for i, row := range rows {
			for j, text := range row {
				if markerPattern.MatchString(text) {
					r.set(at(j+1, i+1), markerPattern.ReplaceAllString(text, ""))
				}
			}
		}
		r.sheet = "Sheet1 (2)"
		r.do(r.file.SetSheetName(filled, r.sheet))
	}}
}

// deletedRow drops the row of an indicator that the unit has nothing for.
func deletedRow(code string) trick {
	return trick{codes: []string{"row_missing"}, before: func(r *report) {
		_, row := r.place(marker(code, ""))
		r.do(r.file.RemoveRow(r.sheet, row))
	}}
}

// note explains a figure in the notes column.
func note(code, text string) trick {
	return trick{before: func(r *report) {
		column, row := r.place(marker(code, "note"))
		r.set(at(column, row), text)
	}}
}

// legacyFont types the whole sheet in an encoding from before Unicode.
func legacyFont(in charset) trick {
	return trick{after: func(r *report) {
		rows, err := r.file.GetRows(r.sheet)
		r.do(err)
		for i, row := range rows {
			for j, text := range row {
				kind, err := r.file.GetCellType(r.sheet, at(j+1, i+1))
				r.do(err)
				if text == "" || kind != excelize.CellTypeSharedString {
					continue // a blank cell of a merged range stands for the text before it
				}
				encoded, font := in.encode(text)
				r.set(at(j+1, i+1), encoded)
				r.setFont(at(j+1, i+1), font)
			}
		}
	}}
}

// setFont changes the font of a cell and nothing else of its look.
func (r *report) setFont(cell, font string) {
	id, err := r.file.GetCellStyle(r.sheet, cell)
	r.do(err)
	style, err := r.file.GetStyle(id)
	if r.do(err); err != nil {
		return
	}
	style.Font.Family = font
	id, err = r.file.NewStyle(style)
	r.do(err)
	r.do(r.file.SetCellStyle(r.sheet, cell, cell, id))
}
