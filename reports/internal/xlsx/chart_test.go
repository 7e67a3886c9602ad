package xlsx_test

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

// A chart ends with the columns that it is put over, however wide they are.
func TestChartOverColumns(t *testing.T) {
	t.Parallel()
	file := excelize.NewFile()
	defer file.Close()
	book := xlsx.NewBook(file)
	s, err := book.Sheet("chart", xlsx.Page{Widths: []float64{40, 5, 60, 20}})
	if err != nil {
		t.Fatal(err)
	}
	s.Chart(1, 1, 10, 3, &excelize.Chart{Type: excelize.Bar, Series: []excelize.ChartSeries{{Values: "chart!$A$1:$A$2"}}}, nil)
	var out bytes.Buffer
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := book.Pack(&out); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	drawing, err := archive.Open("xl/drawings/drawing1.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(drawing)
	if err != nil {
		t.Fatal(err)
	}
	end := regexp.MustCompile(`<xdr:to><xdr:col>(\d+)</xdr:col>`).FindSubmatch(text)
	if end == nil {
		t.Fatalf("no end in %s", text)
	}
	if last, err := strconv.Atoi(string(end[1])); err != nil || last < 2 || last > 3 { // counted from 0: within the third, or where the fourth begins
		t.Errorf("the chart ends in column %s, want the third's end", end[1])
	}
}
