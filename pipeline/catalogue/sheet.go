package catalogue

import (
	"strings"
	"unicode"
)

// A Sheet is a sheet that the catalogue workbook may hold.
type Sheet struct {
	English    string // canonical
	Vietnamese string
	Also       []string // other names that are understood
	Required   bool
	Yearly     bool // the name is followed by a year: targets 2026
	Columns    []Column
}

// A Column is a column of a Sheet, found by its heading in any order.
type Column struct {
	English    string // canonical
	Vietnamese string
	Also       []string // other headings that are understood
	Required   bool
	Words      []Word // what its cells may say; empty where they are free
	Open       bool   // cells may say other things than Words too
}

// A Word is a value from a fixed list.
type Word struct {
	English    string // canonical, as the Catalogue holds it
	Vietnamese string
	Also       []string
}

// Sheets lists the sheets in the order in which they are explained to people.
func Sheets() []Sheet {
	return []Sheet{
		{English: "units", Vietnamese: "Đơn vị", Required: true, Columns: unitColumns()},
		{English: "indicators", Vietnamese: "Chỉ tiêu", Required: true, Columns: indicatorColumns()},
		{English: "forms", Vietnamese: "Biểu mẫu", Required: true, Columns: formColumns()},
		{English: "periods", Vietnamese: "Kỳ", Also: []string{"Kỳ báo cáo"}, Columns: periodColumns()},
		{
			English: "targets", Vietnamese: "Kế hoạch", Yearly: true,
			Also:    []string{"Kế hoạch năm", "Chỉ tiêu", "Chỉ tiêu năm"},
			Columns: targetColumns(),
		},
		{English: "checks", Vietnamese: "Kiểm tra", Columns: checkColumns()},
		{English: "grades", Vietnamese: "Xếp loại", Columns: gradeColumns()},
	}
}

// column is the column with the given English name.
func (s Sheet) column(name string) Column {
	for _, c := range s.Columns {
		if c.English == name {
			return c
		}
	}
	return Column{}
}

// names lists all names under which s is known.
func (s Sheet) names() []string { return append([]string{s.English, s.Vietnamese}, s.Also...) }

// title names s in both languages, for a person who looks for it.
func (s Sheet) title(suffix string) string {
	return s.English + suffix + " (" + s.Vietnamese + suffix + ")"
}

// names lists all headings under which c is known.
func (c Column) names() []string { return append([]string{c.English, c.Vietnamese}, c.Also...) }

// title names c in both languages.
func (c Column) title() string { return c.English + " (" + c.Vietnamese + ")" }

// names lists all spellings of w.
func (w Word) names() []string { return append([]string{w.English, w.Vietnamese}, w.Also...) }

// word is the canonical form of text among c's words, if it is one of them.
// Signs are compared as they are: folded, ≠ would lose its stroke.
func (c Column) word(text string) (string, bool) {
	key := ""
	if strings.ContainsFunc(text, unicode.IsLetter) {
		key = fold(text)
	}
	for _, w := range c.Words {
		for _, name := range w.names() {
			if text == name || key != "" && fold(name) == key {
				return w.English, true
			}
		}
	}
	return "", false
}

// choice lists c's words in both languages.
func (c Column) choice() string {
	all := make([]string, len(c.Words))
	for i, w := range c.Words {
		all[i] = w.English
		if w.Vietnamese != w.English {
			all[i] += " (" + w.Vietnamese + ")"
		}
	}
	return strings.Join(all, ", ")
}
