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

// BenchmarkRead pairs reading with what excelize needs for the raw rows of the
// same workbooks and with what archive/zip needs to inflate them.
func BenchmarkRead(b *testing.B) {
	for _, size := range []struct {
		name                 string
		books, rows, columns int
	}{
		{"forms", 100, 120, 16},
		{"large", 1, 100_000, 10},
	} {
		books := make([][]byte, size.books)
		for i := range books {
			books[i] = generate(b, size.rows, size.columns, i)
		}
		values := size.books * size.rows * size.columns
		for _, reader := range []struct {
			name string
			read func(testing.TB, []byte)
		}{{"read", readBench}, {"inflate", inflateBench}, {"excelize", excelizeBench}} {
			b.Run(size.name+"/"+reader.name, func(b *testing.B) {
				b.ReportAllocs()
				before, allocated := usedCPU(b), allocations()
				for b.Loop() {
					for _, book := range books {
						reader.read(b, book)
					}
				}
				total := float64(b.N) * float64(values)
				b.ReportMetric(float64(usedCPU(b)-before)/total, "cpu-ns/value")
				b.ReportMetric(float64(allocations()-allocated)/total, "allocs/value")
			})
		}
	}
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

func readBench(tb testing.TB, data []byte) {
	if _, err := Read(data, DefaultLimits()); err != nil {
		tb.Fatal(err)
	}
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
