package feedback

import (
	"bytes"
	"fmt"
	"strings"
)

// rewritten are the parts that marking up writes anew, beside the sheets.
// Every other part of the original must come out byte for byte.
func rewritten(name string) bool {
	for _, prefix := range []string{
		"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/calcChain.xml", "xl/theme/", "xl/comments", "xl/drawings/vmlDrawing",
	} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return strings.HasSuffix(name, ".rels")
}

// faithful tells whether after holds all that before holds, whose sheets have the
// given cells. Sheets are compared cell by cell, styles only where a cell is not marked: excelize
// writes some things of a sheet in other words, but cells must be the same.
// removed is the part of an earlier answer, which is replaced.
func faithful(before parts, cells sheetCells, after parts, removed string, isMarked func(cell string) bool) error {
	for name, content := range before {
		got, there := after[name]
		switch {
		case name == removed || strings.HasSuffix(name, ".rels") && strings.Contains(name, removed+".") && removed != "":
		case !there && name != "xl/calcChain.xml":
			return unsuitable("part %q is lost", name)
		case isSheet(name):
			if err := sameCells(cells[name], got, isMarked); err != nil {
				return fmt.Errorf("compare sheet %q: %w", name, err)
			}
		case !rewritten(name) && !bytes.Equal(content, got):
			return unsuitable("part %q is changed", name)
		case bytes.Equal(content, got), strings.HasSuffix(name, ".vml"): // Office reads VML as loosely as HTML
		default:
			if err := wellFormed(got); err != nil {
				return fmt.Errorf("check %q: %w", name, err)
			}
		}
	}
	return nil
}

func sameCells(want []cellText, after []byte, isMarked func(cell string) bool) error {
	got, _, err := readCells(after)
	if err != nil {
		return err
	}
	if len(want) != len(got) {
		return unsuitable("%d cells become %d", len(want), len(got))
	}
	for i, w := range want {
		g := got[i]
		if g.name != w.name || g.sum != w.sum || g.style != w.style && !isMarked(w.name) {
			return unsuitable("cell %s is changed", w.name)
		}
	}
	return nil
}
