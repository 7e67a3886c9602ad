package feedback

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

// A place is a cell of a sheet.
type place struct{ sheet, cell string }

// unmark takes an earlier answer off a workbook that was mended in it: its
// sheet, its comments and the colours of the cells that it names. Comments move
// with their cells when rows are inserted, and the answer's list is there when
// comments could not be added, or have lost their author: so both count.
func (m *marker) unmark(original []byte, a *answer) error {
	var listed []place
	index, err := m.file.GetSheetIndex(SheetName)
	if err == nil && index >= 0 {
		listed, err = earlierMarks(original)
	}
	if err != nil {
		return err
	}
	for _, sheet := range m.worksheets() {
		comments, err := m.file.GetComments(sheet)
		if err != nil {
			return fmt.Errorf("read comments of sheet %q: %w", sheet, err)
		}
		for _, c := range comments {
			at := place{sheet, c.Cell}
			if !isCell(c.Cell) || c.Author != author && !(slices.Contains(listed, at) && a.worded(c)) {
				continue
			}
			if err := m.file.DeleteComment(sheet, c.Cell); err != nil {
				return fmt.Errorf("delete comment of cell %s: %w", c.Cell, err)
			}
			listed = append(listed, at)
		}
		if err := m.removeLinks(sheet); err != nil {
			return err
		}
	}
	for _, at := range listed {
		if err := m.restore(at); err != nil {
			return err
		}
	}
	return m.removeAnswer()
}

// worded tells whether a comment reads like one of ours.
func (a *answer) worded(c excelize.Comment) bool {
	text := c.Text
	for _, run := range c.Paragraph {
		text += run.Text
	}
	return slices.ContainsFunc([]string{"error", "warning", "beta", "notice"}, func(severity string) bool {
		before, after, _ := strings.Cut(a.Text("comment.head", "severity", a.Text("severity."+severity), "n", "\x00"), "\x00")
		return strings.HasPrefix(text, before) && strings.Contains(text, after)
	})
}

// earlierMarks are the cells that an earlier answer in the workbook names in
// its list of findings. It is read in a copy: reading the texts of a workbook
// makes excelize write them anew.
func earlierMarks(original []byte) ([]place, error) {
	file, err := excelize.OpenReader(bytes.NewReader(original), openOptions())
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	defer file.Close()
	rows, err := file.GetRows(SheetName, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("read earlier feedback: %w", err)
	}
	sheets := file.GetSheetList()
	var all []place
	for _, row := range rows[:min(len(rows), maxFindings+maxFigures)] {
		if len(row) > 3 && slices.Contains(sheets, row[2]) && row[2] != SheetName && isCell(row[3]) {
			all = append(all, place{row[2], row[3]})
		}
	}
	return all, nil
}

func (m *marker) removeAnswer() error {
	index, err := m.file.GetSheetIndex(SheetName)
	if err != nil || index < 0 {
		return err
	}
	if len(m.file.GetSheetList()) == 1 {
		return unsuitable("nothing but an earlier answer")
	}
	name := m.file.GetSheetList()[index]
	left := m.sheetParts()
	if err := m.file.DeleteSheet(name); err != nil {
		return fmt.Errorf("delete earlier feedback sheet: %w", err)
	}
	for part := range m.sheetParts() {
		delete(left, part)
	}
	for part := range left {
		m.removed = part
	}
	return nil
}

// sheetParts are the parts that excelize holds sheets of.
func (m *marker) sheetParts() map[string]bool {
	all := map[string]bool{}
	m.file.Pkg.Range(func(name, _ any) bool {
		if part, ok := name.(string); ok && isSheet(part) {
			all[part] = true
		}
		return true
	})
	return all
}

// restore gives a cell the fill that it had before it was marked; none where
// the program that saved the workbook has not kept it.
func (m *marker) restore(at place) error {
	if !m.near(at) {
		return nil
	}
	style, err := m.styleOf(at)
	if err != nil {
		return err
	}
	xfs, fills := m.file.Styles.CellXfs, m.file.Styles.Fills
	if style >= len(xfs.Xf) || xfs.Xf[style].FillID == nil || *xfs.Xf[style].FillID >= len(fills.Fill) {
		return nil
	}
	pattern := fills.Fill[*xfs.Xf[style].FillID].PatternFill
	if pattern == nil || pattern.FgColor == nil || !isMark(pattern.FgColor.RGB) {
		return nil
	}
	fill := 0
	// LibreOffice writes a background of its own beside every solid colour.
	kept := !bytes.Contains(m.before["docProps/app.xml"], []byte("LibreOffice"))
	if bg := pattern.BgColor; kept && bg != nil && (bg.RGB != "" || bg.Theme != nil) {
		old := *fills.Fill[*xfs.Xf[style].FillID]
		solid := *pattern
		solid.FgColor, solid.BgColor = bg, nil
		old.PatternFill = &solid
		fills.Fill = append(fills.Fill, &old)
		fills.Count = len(fills.Fill)
		fill = len(fills.Fill) - 1
	}
	return m.setStyle(at, m.clone(style, fill))
}

// isMark tells whether an ARGB colour is one that marks are made in.
func isMark(argb string) bool {
	return slices.ContainsFunc([]string{xlsx.ColorError, xlsx.ColorWarning, xlsx.ColorNotice}, func(color string) bool {
		return strings.HasSuffix(strings.ToUpper(argb), color)
	})
}
