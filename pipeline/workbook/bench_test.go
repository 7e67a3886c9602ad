package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"
)

// generate makes a workbook as Excel writes them, with one sheet of so many
// rows and columns: a number, a label, then figures.
func generate(tb testing.TB, rows, columns, seed int) []byte {
	tb.Helper()
	const labels = 300
	var shared, sheet strings.Builder
	shared.WriteString(xmlHead + `<sst ` + mainSpace + ` uniqueCount="300">`)
	for i := range labels {
		fmt.Fprintf(&shared, "<si><t>- Trong đó: số người được tính ở dòng %d</t></si>", i)
	}
	shared.WriteString("</sst>")
	fmt.Fprintf(&sheet, xmlHead+`<worksheet `+mainSpace+`><dimension ref="A1:%s"/><sheetData>`, CellName(rows-1, columns-1))
	for row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:%d" ht="18.75" customHeight="1">`, row+1, columns)
		fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>%d</v></c>`, CellName(row, 0), row+1)
		fmt.Fprintf(&sheet, `<c r="%s" s="2" t="s"><v>%d</v></c>`, CellName(row, 1), (row+seed)%labels)
		for column := 2; column < columns; column++ {
			fmt.Fprintf(&sheet, `<c r="%s" s="3"><v>%d</v></c>`, CellName(row, column), (row*7919+column*3571+seed*13)%100_000)
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString(`</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>`)
	return zipped(tb, map[string]string{
		"xl/sharedStrings.xml":     shared.String(),
		"xl/worksheets/sheet1.xml": sheet.String(),
	})
}

// BenchmarkRead pairs reading with what archive/zip needs to inflate the same
// workbooks and with what excelize needs for their raw rows, in turns in one run,
// so that what else the machine does touches all alike. It reports the ratios of
// CPU time, and allocations by value.
func BenchmarkRead(b *testing.B) {
	forms := make([][]byte, 60)
	for i := range forms {
		forms[i] = form(b, i)
	}
	large := [][]byte{generate(b, 100_000, 10, 0)}
	var reused Reader
	readers := []struct {
		name string
		read func(testing.TB, []byte)
	}{
		{"Read", func(tb testing.TB, data []byte) { check(tb)(Read(data, DefaultLimits())) }},
		{"Reader.Read", func(tb testing.TB, data []byte) { check(tb)(reused.Read(data, DefaultLimits())) }},
		{"Reader.Each", func(tb testing.TB, data []byte) {
			check(tb)(nil, reused.Each(data, DefaultLimits(), func(*Sheet, []Cell) error { return nil }))
		}},
	}
	for _, reader := range readers {
		b.Run("forms/"+reader.name, func(b *testing.B) { pair(b, forms, reader.read) })
		b.Run("large/"+reader.name, func(b *testing.B) { pair(b, large, reader.read) })
	}
}

// check fails on an error.
func check(tb testing.TB) func(*Book, error) {
	return func(_ *Book, err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// pair measures read beside inflating and excelize.
func pair(b *testing.B, books [][]byte, read func(testing.TB, []byte)) {
	values := float64(valuesIn(b, books))
	var used [3]int64
	var allocated uint64
	for b.Loop() {
		for i, read := range []func(testing.TB, []byte){read, inflateBench, excelizeBench} {
			runtime.GC() // the garbage of the one before is not its own
			before, objects := usedCPU(b), allocations()
			for _, book := range books {
				read(b, book)
			}
			used[i] += usedCPU(b) - before
			if i == 0 {
				allocated += allocations() - objects
			}
		}
	}
	b.ReportMetric(float64(used[0])/values/float64(b.N), "cpu-ns/value")
	b.ReportMetric(float64(used[0])/float64(used[1]), "of-inflating")
	b.ReportMetric(float64(used[2])/float64(used[0]), "below-excelize")
	b.ReportMetric(float64(allocated)/values/float64(b.N), "allocs/value")
}

// valuesIn counts the cells with content.
func valuesIn(tb testing.TB, books [][]byte) int {
	tb.Helper()
	values := 0
	for _, data := range books {
		book, err := Read(data, DefaultLimits())
		if err != nil {
			tb.Fatal(err)
		}
		for _, sheet := range book.Sheets {
			values += len(sheet.Cells)
		}
	}
	return values
}

// usedCPU is the CPU time that the process has used, in nanoseconds: unlike the
// clock's it can be compared on a busy machine.
func usedCPU(tb testing.TB) int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		tb.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func allocations() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

func inflateBench(tb testing.TB, data []byte) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			tb.Fatal(err)
		}
	}
}

func excelizeBench(tb testing.TB, data []byte) {
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	for _, sheet := range file.GetSheetList() {
		rows, err := file.Rows(sheet)
		if err != nil {
			tb.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				tb.Fatal(err)
			}
		}
	}
}
