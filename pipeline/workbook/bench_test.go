package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
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

// The sizes that the reader is held to.
const (
	benchForms = 2000
	largeRows  = 500_000
	largeWidth = 4 // with which the cells are as many as are allowed
)

// BenchmarkRead pairs reading with what archive/zip needs to inflate the same
// workbooks and with what excelize needs for their raw rows, in turns in one run,
// so that what else the machine does touches all alike. It reports the ratios of
// CPU time, allocations by value, and the memory that the process has at most
// while it reads, beyond what it had before.
func BenchmarkRead(b *testing.B) {
	var reused Reader
	each := func(tb testing.TB, data []byte) {
		check(tb)(nil, reused.Each(data, DefaultLimits(), func(*Sheet, []Cell) error { return nil }))
	}
	b.Run("forms", func(b *testing.B) {
		forms := make([][]byte, benchForms)
		for i := range forms {
			forms[i] = form(b, i)
		}
		pair(b, forms, []way{
			{"Reader.Read", func(tb testing.TB, data []byte) { check(tb)(reused.Read(data, DefaultLimits())) }},
			{"Read", func(tb testing.TB, data []byte) { check(tb)(Read(data, DefaultLimits())) }},
		})
	})
	b.Run("large", func(b *testing.B) {
		pair(b, [][]byte{generate(b, largeRows, largeWidth, 0)}, []way{{"Reader.Each", each}})
	})
}

// A way is a way of reading a workbook.
type way struct {
	name string
	read func(testing.TB, []byte)
}

// check fails on an error.
func check(tb testing.TB) func(*Book, error) {
	return func(_ *Book, err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// A cost is what reading some workbooks took.
type cost struct {
	cpu     int64 // nanoseconds
	objects uint64
	peak    int64 // bytes
}

// pair measures ways of reading beside inflating and excelize.
func pair(b *testing.B, books [][]byte, ways []way) {
	values := float64(valuesIn(b, books))
	all := append(slices.Clip(ways), way{"inflating", inflateBench}, way{"excelize", excelizeBench})
	used := make([]cost, len(all))
	for b.Loop() {
		for i, way := range all {
			used[i].add(measure(b, func() {
				for _, book := range books {
					way.read(b, book)
				}
			}))
		}
	}
	inflating, plain := used[len(ways)], used[len(ways)+1]
	for i, way := range ways {
		b.ReportMetric(float64(used[i].cpu)/values/float64(b.N), way.name+"-cpu-ns/value")
		b.ReportMetric(float64(used[i].cpu)/float64(inflating.cpu), way.name+"-of-inflating")
		b.ReportMetric(float64(plain.cpu)/float64(used[i].cpu), way.name+"-below-excelize")
		b.ReportMetric(float64(used[i].objects)/values/float64(b.N), way.name+"-allocs/value")
		b.ReportMetric(float64(used[i].peak)/(1<<20), way.name+"-peak-MB")
	}
}

// measure is what do takes. The garbage of what was before is not its own.
func measure(tb testing.TB, do func()) cost {
	debug.FreeOSMemory()
	resident := resetPeak(tb)
	before, objects := usedCPU(tb), allocations()
	do()
	return cost{usedCPU(tb) - before, allocations() - objects, peak(tb) - resident}
}

func (c *cost) add(more cost) {
	c.cpu, c.objects, c.peak = c.cpu+more.cpu, c.objects+more.objects, max(c.peak, more.peak)
}

// resetPeak makes the kernel count the peak of the process's memory from now on,
// and is what it has now.
func resetPeak(tb testing.TB) int64 {
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		tb.Skipf("memory can't be measured: %v", err)
	}
	return peak(tb)
}

// peak is the most memory that the process had, in bytes.
func peak(tb testing.TB) int64 {
	tb.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		tb.Fatal(err)
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	if _, err := fmt.Sscanf(line, "%d kB", &kilobytes); err != nil {
		tb.Fatal(err)
	}
	return kilobytes << 10
}

// valuesIn counts the cells with content.
func valuesIn(tb testing.TB, books [][]byte) int {
	tb.Helper()
	var r Reader
	values := 0
	for _, data := range books {
		check(tb)(nil, r.Each(data, DefaultLimits(), func(_ *Sheet, row []Cell) error {
			values += len(row)
			return nil
		}))
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
