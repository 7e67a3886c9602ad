package form

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// A Figure is a decimal with the number format that shows it where the cell's own
// is General.
type Figure struct {
	decimal.Decimal
	Format string
}

// A Blank is an empty cell with the number format that shows what will be typed
// into it where the cell's own is General.
type Blank struct{ Format string }

// Fill writes values into a copy of the form workbook. value gives what stands
// for a marker: a Figure, a decimal, a number, a text or a day; of a list field, a
// []any with one element per row. Where it gives nothing the marker's place is left
// blank. Texts are never written as formulas.
func Fill(data []byte, value func(Marker) (any, bool)) ([]byte, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("open form workbook: %w", err)
	}
	defer book.Close()
	f := filler{book, value}
	for _, sheet := range book.GetSheetList() {
		if err := f.sheet(sheet); err != nil {
			return nil, fmt.Errorf("fill sheet %q: %w", sheet, err)
		}
	}
	calculate := true
	if err := book.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}); err != nil {
		return nil, fmt.Errorf("set calculation: %w", err)
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write form workbook: %w", err)
	}
	return out.Bytes(), nil
}

type filler struct {
	book  *excelize.File
	value func(Marker) (any, bool)
}

// sheet fills one sheet from below, so that the rows of a list do not shift
// what is still to be filled.
func (f filler) sheet(sheet string) error {
	rows, err := f.book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	for row := len(rows) - 1; row >= 0; row-- {
		list := map[int][]any{}
		for col, text := range rows[row] {
			if !strings.Contains(text, "{{") {
				continue
			}
			if err := f.cell(sheet, row, col, text, list); err != nil {
				return err
			}
		}
		if err := f.repeat(sheet, row, list); err != nil {
			return err
		}
	}
	return nil
}

// cell fills one cell. The rows of a list field are put into list, by column.
func (f filler) cell(sheet string, row, col int, text string, list map[int][]any) error {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		return err
	}
	pieces, problem := splitMarkers(text)
	if problem != "" {
		return fmt.Errorf("read marker %q in cell %s: %s", text, name, problem)
	}
	m, figure, _ := wholeMarker(pieces)
	if !figure {
		return f.text(sheet, name, pieces)
	}
	v, ok := f.value(m)
	if rows, several := v.([]any); ok && several {
		list[col] = rows
		return f.set(sheet, name, nil)
	}
	if !ok {
		v = nil
	}
	return f.set(sheet, name, v)
}

// text fills the @fields of a text, run by run where it has several fonts.
func (f filler) text(sheet, name string, pieces []piece) error {
	runs, err := f.book.GetCellRichText(sheet, name)
	if err == nil && len(runs) > 1 {
		whole := true
		for i := range runs {
			inRun, problem := splitMarkers(runs[i].Text)
			whole = whole && problem == ""
			runs[i].Text = f.filled(inRun)
		}
		if whole {
			return f.book.SetCellRichText(sheet, name, runs)
		}
	}
	return f.book.SetCellStr(sheet, name, f.filled(pieces))
}

// filled is the text that pieces make with their fields filled in.
func (f filler) filled(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if !p.marked {
			b.WriteString(p.literal)
			continue
		}
		switch v, ok := f.value(p.marker); v := v.(type) {
		case time.Time:
			b.WriteString(v.Format("02/01/2006"))
		default:
			if ok && v != nil {
				fmt.Fprint(&b, v)
			}
		}
	}
	return b.String()
}

// set writes one value, keeping the cell's style.
func (f filler) set(sheet, name string, v any) error {
	switch v := v.(type) {
	case nil:
		return f.book.SetCellValue(sheet, name, nil)
	case decimal.Decimal:
		return f.decimal(sheet, name, v)
	case *decimal.Decimal:
		if v == nil {
			return f.book.SetCellValue(sheet, name, nil)
		}
		return f.decimal(sheet, name, *v)
	case Figure:
		if err := f.format(sheet, name, v.Format); err != nil {
			return err
		}
		return f.decimal(sheet, name, v.Decimal)
	case Blank:
		if err := f.format(sheet, name, v.Format); err != nil {
			return err
		}
		return f.book.SetCellValue(sheet, name, nil)
	case time.Time:
		return f.day(sheet, name, v)
	case string:
		if err := f.room(sheet, name, v); err != nil {
			return err
		}
		return f.book.SetCellStr(sheet, name, v)
	default:
		return f.book.SetCellValue(sheet, name, v)
	}
}

// decimal writes whole numbers exactly and others as Excel stores them, in
// binary.
func (f filler) decimal(sheet, name string, d decimal.Decimal) error {
	if d.IsInteger() && d.BigInt().IsInt64() {
		return f.book.SetCellInt(sheet, name, d.IntPart())
	}
	return f.book.SetCellFloat(sheet, name, d.InexactFloat64(), -1, 64)
}

// repeat writes the rows of a list: its row once for each, what stands below
// moved down.
func (f filler) repeat(sheet string, row int, list map[int][]any) error {
	n, first := 0, maxColumns
	for col, rows := range list {
		n, first = max(n, len(rows)), min(first, col)
	}
	for i := 1; i < n; i++ {
		if err := f.book.DuplicateRow(sheet, row+1); err != nil {
			return err
		}
	}
	if n > 0 {
		if err := f.number(sheet, row, first, n); err != nil {
			return err
		}
		if err := f.stretch(sheet, row, n); err != nil {
			return err
		}
	}
	for _, col := range slices.Sorted(maps.Keys(list)) { // in order: the texts are numbered as they come
		for i, v := range list[col] {
			name, err := excelize.CoordinatesToCellName(col+1, row+i+1)
			if err != nil {
				return err
			}
			if err := f.set(sheet, name, v); err != nil {
				return err
			}
		}
	}
	return nil
}
