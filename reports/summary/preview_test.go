package summary_test

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// A drawnRange is a range of a chart with what is stored of its cells.
type drawnRange struct {
	Area   string       `xml:"f"`
	Texts  *storedCells `xml:"strCache"`
	Values *storedCells `xml:"numCache"`
}

type storedCells struct {
	Count struct {
		N int `xml:"val,attr"`
	} `xml:"ptCount"`
	Points []struct {
		At    int    `xml:"idx,attr"`
		Value string `xml:"v"`
	} `xml:"pt"`
}

// TestPreview holds what is stored beside every chart, from which a phone draws it, to the
// cells that Excel draws it from.
func TestPreview(t *testing.T) {
	t.Parallel()
	data := write(t, sample(t), "vi")
	f, ranges := open(t, data), 0
	for name, part := range parts(t, data) {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		for _, r := range rangesOf(t, part) {
			ranges++
			stored := cmp.Or(r.Texts, r.Values)
			if stored == nil {
				t.Errorf("%s: nothing is stored of %s", name, r.Area)
				continue
			}
			cells, n := cellsOf(t, f, r.Area)
			got := map[int]string{}
			for _, p := range stored.Points {
				got[p.At] = p.Value
			}
			if diff := gocmp.Diff(cells, got, cmpopts.EquateEmpty()); diff != "" || stored.Count.N != n {
				t.Errorf("%s: %s has %d cells, stored are %d, mismatch (-cells +stored):\n%s", name, r.Area, n, stored.Count.N, diff)
			}
		}
	}
	if ranges < 12 {
		t.Errorf("%d ranges", ranges)
	}
}

// rangesOf are the ranges of all series of a chart.
func rangesOf(t *testing.T, part string) (all []drawnRange) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "ser" {
			var s struct {
				Title  drawnRange `xml:"tx>strRef"`
				Labels drawnRange `xml:"cat>strRef"`
				Values drawnRange `xml:"val>numRef"`
			}
			if err := decoder.DecodeElement(&s, &start); err != nil {
				t.Fatal(err)
			}
			all = append(all, s.Title, s.Labels, s.Values)
		}
	}
}

// cellsOf are the cells of a range that hold something, by their place in it, and how many
// it has.
func cellsOf(t *testing.T, f *excelize.File, area string) (map[int]string, int) {
	t.Helper()
	sheet, cells, _ := strings.Cut(strings.ReplaceAll(area, "$", ""), "!")
	first, last, many := strings.Cut(cells, ":")
	if !many {
		last = first
	}
	col, row, err := excelize.CellNameToCoordinates(first)
	lastCol, lastRow, err2 := excelize.CellNameToCoordinates(last)
	if err != nil || err2 != nil {
		t.Fatalf("range %q: %v, %v", area, err, err2)
	}
	all, n := map[int]string{}, 0
	for r := row; r <= lastRow; r++ {
		for c := col; c <= lastCol; c++ {
			at, err := excelize.CoordinatesToCellName(c, r)
			value, err2 := f.GetCellValue(strings.Trim(sheet, "'"), at, excelize.Options{RawCellValue: true})
			if err != nil || err2 != nil {
				t.Fatal(fmt.Errorf("cell %s: %w, %w", at, err, err2))
			}
			if value != "" {
				all[n] = value
			}
			n++
		}
	}
	return all, n
}
