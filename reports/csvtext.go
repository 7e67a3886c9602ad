package reports

import (
	"strings"
	"unicode/utf8"
)

// Excel takes what begins like a formula in a CSV file for one, whoever wrote it.
// There an apostrophe goes before it, which ReadCSV takes away again. Figures and
// the dash that declares nothing stay as they are.

// cellEnds are what Excel begins another cell behind: it does not know that a text
// goes on where lists are separated by semicolons, as on Vietnamese Windows.
const cellEnds = ";\t\n\r"

// harmless tells of the most texts that nothing in them begins like a formula.
func harmless(text string) bool {
	return text == "" || text[0] != '\'' && !beginsFormula(text) && !strings.ContainsAny(text, cellEnds)
}

// beginsFormula tells whether a cell begins like a formula, be it behind apostrophes.
func beginsFormula(cell string) bool {
	cell = strings.TrimLeft(cell, "'")
	sign, size := utf8.DecodeRuneInString(cell)
	switch sign {
	case '=', '@', '＝', '＠':
		return true
	case '+', '-', '＋', '－':
		return strings.Trim(cell[size:], "0123456789., %") != ""
	}
	return false
}

// guarded is text with an apostrophe before all that begins like a formula.
func guarded(text string) string {
	return eachCell(text, func(cell string) string { return "'" + cell })
}

// unguarded is the text that guarded was made of.
func unguarded(text string) string {
	return eachCell(text, func(cell string) string { return strings.TrimPrefix(cell, "'") })
}

// eachCell is text with each cell that begins like a formula changed.
func eachCell(text string, change func(cell string) string) string {
	if harmless(text) {
		return text
	}
	var out strings.Builder
	for text != "" {
		end := strings.IndexAny(text, cellEnds) + 1
		if end == 0 {
			end = len(text)
		}
		cell := text[:end]
		if beginsFormula(strings.TrimRight(cell, cellEnds)) {
			cell = change(cell)
		}
		out.WriteString(cell)
		text = text[end:]
	}
	return out.String()
}
