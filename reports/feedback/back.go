package feedback

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

// linkBack has the label of each marked cell lead back to its finding. The
// marked cell itself bears no link: a click into it must let the clerk type.
func (m *marker) linkBack(a *answer, sheets map[string]bool, rows []int) error {
	for _, c := range groupByCell(a.Findings) {
		if !sheets[c.sheet] || !m.near(c.place) {
			continue
		}
		label, err := m.label(c.place)
		if err != nil {
			return err
		}
		if label == "" {
			continue
		}
		first := c.findings[0].Number
		tooltip := xlsx.Cut(a.Text("link.back", "n", first), 255)
		to := xlsx.Place(SheetName, xlsx.CellName(rows[first-1], 1))
		if err := m.file.SetCellHyperLink(c.sheet, label, to, "Location", excelize.HyperlinkOpts{Tooltip: &tooltip}); err != nil {
			return fmt.Errorf("link cell %s: %w", label, err)
		}
	}
	return nil
}

// label is the nearest cell with a text to the left of a cell; empty where
// there is none, or where it is a link already.
func (m *marker) label(at place) (string, error) {
	col, row, err := excelize.CellNameToCoordinates(at.cell)
	if err != nil {
		return "", fmt.Errorf("place cell: %w", err)
	}
	for col--; col > 0; col-- {
		name := xlsx.CellName(row, col)
		kind, err := m.file.GetCellType(at.sheet, name)
		if err != nil {
			return "", fmt.Errorf("read type of cell %s: %w", name, err)
		}
		if kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
			continue
		}
		linked, _, err := m.file.GetCellHyperLink(at.sheet, name)
		if err != nil {
			return "", fmt.Errorf("read link of cell %s: %w", name, err)
		}
		if linked {
			return "", nil
		}
		return name, nil
	}
	return "", nil
}

// removeLinks takes the links back to an earlier answer off.
func (m *marker) removeLinks(sheet string) error {
	links, err := m.file.GetHyperLinkCells(sheet, "Location")
	if err != nil {
		return fmt.Errorf("list links of sheet %q: %w", sheet, err)
	}
	for _, cell := range links {
		_, to, err := m.file.GetCellHyperLink(sheet, cell)
		if err != nil {
			return fmt.Errorf("read link of cell %s: %w", cell, err)
		}
		if !strings.Contains(to, SheetName) {
			continue
		}
		if err := m.file.SetCellHyperLink(sheet, cell, "", "None"); err != nil {
			return fmt.Errorf("remove link of cell %s: %w", cell, err)
		}
	}
	return nil
}
