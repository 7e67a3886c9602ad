package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

// written writes rows into the first sheet of a workbook and gives the sheet's XML.
func written(t *testing.T, rows [][]xlsx.Cell) string {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	book := xlsx.NewBook(file)
	s, err := book.Sheet("Sheet1", xlsx.Page{Widths: []float64{10, 20}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		s.Write(0, row...)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Pack(&out); err != nil {
		t.Fatal(err)
	}
	return sheetXML(t, out.Bytes())
}

func sheetXML(t *testing.T, data []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part) // checks size and CRC too
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Cells are written as excelize writes them.
func TestCellsAreExcelizes(t *testing.T) {
	t.Parallel()
	figure, huge := decimal.RequireFromString("-0.6123"), decimal.RequireFromString("1e400")
	var none *decimal.Decimal
	ancient := time.Date(1890, 1, 2, 0, 0, 0, 0, time.UTC) // Excel has no number for it
	values := []any{
		"Sóc Trăng", "", " kept ", "a<b>&\"'\tc\nd", "=1+1", "_x0041_", "_x_", 12, -3, &figure, &huge, none, nil,
		time.Date(2026, 4, 10, 8, 30, 1, 5000, time.FixedZone("ICT", 7*3600)), time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC), ancient, time.Time{},
	}
	var rows [][]xlsx.Cell
	file := excelize.NewFile()
	defer file.Close()
	stream, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for n, value := range values {
		var row []xlsx.Cell
		var like []any
		for _, formula := range []string{"", `IF(A1<2,"x",B1)`} {
			if value == ancient {
				formula = "" // excelize makes one text of both
			}
			row = append(row, xlsx.Cell{Value: value, Formula: formula})
			stored := value
			switch v := value.(type) {
			case *decimal.Decimal:
				if stored = nil; v == &figure {
					stored = v.InexactFloat64()
				} else if v == &huge {
					stored = v.String()
				}
			case time.Time:
				if v.IsZero() {
					stored = nil
				}
			}
			like = append(like, excelize.Cell{Value: stored, Formula: formula, StyleID: 1})
		}
		if value == nil || value == any(none) {
			row[0].Look.Bold, row[1].Look.Bold = true, true // an empty cell would not be written
		}
		rows = append(rows, row)
		if err := stream.SetRow(fmt.Sprintf("A%d", n+1), like, excelize.RowOpts{Height: 15}); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	only := func(text string) []string {
		_, text, _ = strings.Cut(text, "<sheetData>")
		text, _, _ = strings.Cut(text, "</sheetData>")
		return strings.SplitAfter(strings.ReplaceAll(text, ` s="2"`, ` s="1"`), "</c>")
	}
	if diff := cmp.Diff(only(sheetXML(t, out.Bytes())), only(written(t, rows))); diff != "" {
		t.Errorf("cells mismatch (-excelize +got):\n%s", diff)
	}
}

// What looks like the code of a character stays as it is, however often.
func TestCodesStayText(t *testing.T) {
	t.Parallel()
	if got, want := written(t, [][]xlsx.Cell{{{Value: "_x0041_x0042_"}}}), "<t>_x005F_x0041_x005F_x0042_</t>"; !strings.Contains(got, want) {
		t.Errorf("sheet has not %s:\n%s", want, got)
	}
}

// A sheet that is compressed while it is written is the whole one in the end.
func TestLargeSheet(t *testing.T) {
	t.Parallel()
	const rows = 40_000 // 4 MB
	var all [][]xlsx.Cell
	for n := range rows {
		all = append(all, []xlsx.Cell{{Value: fmt.Sprintf("dòng %d", n)}, {Value: n}})
	}
	text := written(t, all)
	if n := strings.Count(text, "<row "); n != rows || !strings.HasSuffix(text, "</worksheet>") {
		t.Errorf("sheet has %d rows, want %d, and ends %q", n, rows, text[max(0, len(text)-20):])
	}
	if want := fmt.Sprintf(`<row r="%d" ht="15" customHeight="1"><c r="A%[1]d" s="1" t="inlineStr"><is><t>dòng %d</t></is></c><c r="B%[1]d" s="1"><v>%[2]d</v></c></row>`, rows, rows-1); !strings.Contains(text, want) {
		t.Errorf("the last row is not %s", want)
	}
}

// BenchmarkRows writes the rows of a long list with ours and with excelize's writer.
func BenchmarkRows(b *testing.B) {
	const rows, columns = 5000, 25
	figure, text := decimal.RequireFromString("12066.5"), "Liên đoàn Lao động huyện Mỹ Xuyên"
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		row := make([]xlsx.Cell, columns)
		for i := range row {
			row[i] = xlsx.Cell{Value: &figure, Look: xlsx.Look{Border: true}}
			if i%2 == 0 {
				row[i].Value = text
			}
		}
		for b.Loop() {
			book := xlsx.NewBook(excelize.NewFile())
			s, err := book.Sheet("Sheet1", xlsx.Page{})
			if err != nil {
				b.Fatal(err)
			}
			for range rows {
				s.Write(0, row...)
			}
			if err := errors.Join(s.Close(), book.Pack(io.Discard), book.File.Close()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		row := make([]any, columns)
		for i := range row {
			row[i] = excelize.Cell{StyleID: 1, Value: figure.InexactFloat64()}
			if i%2 == 0 {
				row[i] = excelize.Cell{StyleID: 1, Value: text}
			}
		}
		for b.Loop() {
			file := excelize.NewFile()
			stream, err := file.NewStreamWriter("Sheet1")
			if err != nil {
				b.Fatal(err)
			}
			for n := range rows {
				if err := stream.SetRow(xlsx.CellName(n+1, 1), row, excelize.RowOpts{Height: 15}); err != nil {
					b.Fatal(err)
				}
			}
			if err := errors.Join(stream.Flush(), xlsx.NewBook(file).Pack(io.Discard), file.Close()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
