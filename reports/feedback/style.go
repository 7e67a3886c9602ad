package feedback

import (
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// sheetParts tells by its name which part each sheet is in.
func (p parts) sheetParts() (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(p["xl/workbook.xml"], &book); err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	if err := xml.Unmarshal(p["xl/_rels/workbook.xml.rels"], &rels); err != nil {
		return nil, fmt.Errorf("read workbook's relations: %w", err)
	}
	targets := map[string]string{}
	for _, r := range rels.All {
		if rest, ok := strings.CutPrefix(r.Target, "/"); ok {
			targets[r.ID] = rest
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	all := map[string]string{}
	for _, s := range book.Sheets {
		all[s.Name] = targets[s.ID]
	}
	return all, nil
}

// readStyles reads the style of every cell with content, as the file stores it.
// excelize gives a cell of style 0 the style of its column.
func (m *marker) readStyles() error {
	sheets, err := m.before.sheetParts()
	if err != nil {
		return err
	}
	m.own = map[place]int{}
	for sheet, part := range sheets {
		cells, known := m.cells[part]
		if !known { // it stands where no sheet is expected
			if cells, _, err = readCells(m.before[part]); err != nil {
				return err
			}
		}
		for _, c := range cells {
			style, _ := strconv.Atoi(c.style) // 0 where there is none
			m.own[place{sheet, c.name}] = style
		}
	}
	return nil
}

// styleOf is the style of a cell; of an empty one, its row's or its column's.
func (m *marker) styleOf(at place) (int, error) {
	if style, ok := m.own[at]; ok {
		return style, nil
	}
	style, err := m.file.GetCellStyle(at.sheet, at.cell)
	if err != nil {
		return 0, fmt.Errorf("read style of cell %s: %w", at.cell, err)
	}
	return style, nil
}
