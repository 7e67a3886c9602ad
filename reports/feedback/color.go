package feedback

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

// checkStyles makes sure of what excelize takes for granted when it adds a
// style: fonts to build on, and counts that are true, which some programs write
// wrong.
func (m *marker) checkStyles() error {
	s := m.file.Styles
	if s == nil || s.Fonts == nil || s.Fills == nil || s.Borders == nil || s.CellXfs == nil || len(s.CellXfs.Xf) == 0 {
		return unsuitable("styles are not complete")
	}
	if fonts := s.Fonts.Font; len(fonts) == 0 || fonts[0] == nil || fonts[0].Name == nil || fonts[0].Name.Val == nil {
		return unsuitable("no default font")
	}
	s.Fonts.Count, s.Fills.Count = len(s.Fonts.Font), len(s.Fills.Fill)
	s.Borders.Count, s.CellXfs.Count = len(s.Borders.Border), len(s.CellXfs.Xf)
	return nil
}

// color fills a cell with a mark's colour and leaves the rest of its style as
// it is.
func (m *marker) color(at place, color string) error {
	own, err := m.styleOf(at)
	if err != nil {
		return err
	}
	style, err := m.shaded(shade{own, color})
	if err != nil {
		return err
	}
	return m.setStyle(at, style)
}

func (m *marker) setStyle(at place, style int) error {
	if err := m.file.SetCellStyle(at.sheet, at.cell, at.cell, style); err != nil {
		return fmt.Errorf("set style of cell %s: %w", at.cell, err)
	}
	m.marked[at.cell], m.own[at] = true, style
	return nil
}

// shaded is the unit's style with another fill. The style is copied as it
// stands in the file: excelize's own way through Style loses theme colours.
func (m *marker) shaded(s shade) (int, error) {
	if id, ok := m.styles[s]; ok {
		return id, nil
	}
	plain, err := m.file.NewStyle(&excelize.Style{Fill: xlsx.Solid(s.color)})
	if err != nil {
		return 0, fmt.Errorf("add style: %w", err)
	}
	xfs, fills := m.file.Styles.CellXfs, m.file.Styles.Fills
	if s.style >= len(xfs.Xf) {
		return 0, unsuitable("style %d is not there", s.style)
	}
	// A solid fill shows its foreground only. The colour that the cell had
	// waits in the background until the marks are taken off again.
	fill := *fills.Fill[*xfs.Xf[plain].FillID]
	pattern := *fill.PatternFill
	if old := xfs.Xf[s.style].FillID; old != nil && *old < len(fills.Fill) {
		if p := fills.Fill[*old].PatternFill; p != nil && p.PatternType == "solid" {
			pattern.BgColor = p.FgColor
		}
	}
	fill.PatternFill = &pattern
	fills.Fill = append(fills.Fill, &fill)
	fills.Count = len(fills.Fill)
	m.styles[s] = m.clone(s.style, len(fills.Fill)-1)
	return m.styles[s], nil
}

// clone adds a copy of a style with another fill.
func (m *marker) clone(style, fill int) int {
	xfs, apply := m.file.Styles.CellXfs, true
	xf := xfs.Xf[style]
	xf.FillID, xf.ApplyFill = &fill, &apply
	xfs.Xf = append(xfs.Xf, xf)
	xfs.Count = len(xfs.Xf)
	return len(xfs.Xf) - 1
}
