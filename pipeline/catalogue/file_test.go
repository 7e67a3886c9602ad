package catalogue_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// write makes an .xlsx file of the sheets as Excel would: date cells are
// serials with a date format, percentages numbers with a percent format.
func write(t *testing.T, sheets []named) []byte {
	t.Helper()
	f := excelize.NewFile()
	style := func(format int) int {
		id, err := f.NewStyle(&excelize.Style{NumFmt: format})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	styles := map[workbook.Type]int{workbook.Date: style(14), workbook.Number: style(10)}
	for _, s := range sheets {
		if _, err := f.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for r, line := range s.grid {
			for c, value := range line {
				at := workbook.CellName(r, c)
				if cell, ok := value.(workbook.Cell); ok {
					value = stored(cell)
					f.SetCellStyle(s.name, at, at, styles[cell.Type])
				}
				if err := f.SetCellValue(s.name, at, value); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stored is the content of a date or a percentage as excelize takes it.
func stored(cell workbook.Cell) any {
	if cell.Type == workbook.Date {
		return date(cell.Value[:len(time.DateOnly)])
	}
	return number(cell.Value).InexactFloat64()
}

func TestLoadFile(t *testing.T) {
	t.Parallel()
	read, err := workbook.Read(write(t, good()), workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want, got := load(t, book(good())), load(t, read)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(pipeline.Catalogue{})); diff != "" {
		t.Errorf("the file reads otherwise than its cells (-cells +file):\n%s", diff)
	}
}
