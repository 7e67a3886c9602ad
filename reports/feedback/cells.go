package feedback

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"hash/fnv"
	"io"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

// A cellText is what a sheet stores in a cell with content.
type cellText struct {
	name  string
	style string
	sum   uint64 // of type, formula and content
}

// A box counts the cells that excelize holds for a sheet: all rows down to the
// last, and in each row all cells up to the last.
type box struct{ size, row, col int }

// toRow enters the row with the given number; 0 is the next one.
func (b *box) toRow(row int) {
	row = min(row, maxBox+1)
	b.size += max(row-b.row, 1)
	b.row, b.col = max(row, b.row+1), 0
}

// toCell enters the cell with the given name, or the next one, and returns its
// name.
func (b *box) toCell(name string) (string, error) {
	if name == "" {
		name = xlsx.CellName(max(b.row, 1), b.col+1)
	}
	col, row, err := excelize.CellNameToCoordinates(name)
	if err != nil {
		return "", unsuitable("cell named %q", name)
	}
	if row > b.row {
		b.size += row - b.row
		b.row = row
	}
	b.size += max(col-b.col, 1)
	b.col = max(col, b.col)
	return name, nil
}

// readCells reads a sheet's cells with content in their order, and how many
// cells excelize would hold for it.
func readCells(sheet []byte) (cells []cellText, size int, err error) {
	d, b := xml.NewDecoder(bytes.NewReader(sheet)), box{}
	for b.size <= maxBox {
		token, err := nextToken(d)
		if errors.Is(err, io.EOF) {
			return cells, b.size, nil
		}
		if err != nil {
			return nil, 0, fmt.Errorf("read sheet: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			row, _ := strconv.Atoi(attribute(start, "r")) // 0 where there is none
			b.toRow(row)
		case "c":
			cell, full, err := readCell(d, start)
			if err != nil {
				return nil, 0, fmt.Errorf("read cell: %w", err)
			}
			if cell.name, err = b.toCell(cell.name); err != nil {
				return nil, 0, err
			}
			if full {
				cells = append(cells, cell)
			}
		}
	}
	return nil, 0, unsuitable("more than %d cells to hold", maxBox)
}

// readCell reads the cell that start begins. full tells whether it has content.
func readCell(d *xml.Decoder, start xml.StartElement) (cell cellText, full bool, err error) {
	cell = cellText{name: attribute(start, "r"), style: attribute(start, "s")}
	if cell.style == "0" {
		cell.style = ""
	}
	sum := fnv.New64a()
	if kind := attribute(start, "t"); kind != "n" {
		put(sum, kind)
	}
	var inside []string
	for {
		token, err := nextToken(d)
		if err != nil {
			return cell, full, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			inside = append(inside, t.Name.Local)
			if t.Name.Local == "f" {
				full = true
				put(sum, "f", attribute(t, "t"), attribute(t, "ref"), attribute(t, "si"))
			}
		case xml.EndElement:
			if len(inside) == 0 {
				cell.sum = sum.Sum64()
				return cell, full, nil
			}
			inside = inside[:len(inside)-1]
		case xml.CharData:
			if n := len(inside); n > 0 && slices.Contains([]string{"f", "v", "t"}, inside[n-1]) {
				full = full || len(t) > 0
				put(sum, inside[n-1], string(t))
			}
		}
	}
}

// nextToken is d's next token. An attribute that stands twice is an error: the
// decoder lets it pass, Excel does not open such a workbook, and excelize writes
// one where an element declares a namespace again.
func nextToken(d *xml.Decoder) (xml.Token, error) {
	token, err := d.Token()
	start, ok := token.(xml.StartElement)
	for i := 0; ok && i < len(start.Attr); i++ {
		for _, earlier := range start.Attr[:i] {
			if earlier.Name == start.Attr[i].Name {
				return nil, unsuitable("attribute %q stands twice", earlier.Name.Local)
			}
		}
	}
	return token, err
}

// wellFormed tells whether a part is XML that Excel will read.
func wellFormed(part []byte) error {
	for d := xml.NewDecoder(bytes.NewReader(part)); ; {
		if _, err := nextToken(d); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read part: %w", err)
		}
	}
}

// put adds texts to a sum, each with its end.
func put(sum hash.Hash64, texts ...string) {
	for _, text := range texts {
		sum.Write([]byte(text))
		sum.Write([]byte{0})
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
