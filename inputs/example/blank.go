package example

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
)

// Blank is a catalogue without entries, for a workspace of one's own: every sheet
// and column, lists to choose from where words are fixed, the required columns in
// bold. Its language is vi or en.
func Blank(language string, year int) (File, error) {
	data, err := drawn(func(s *sheet) {
		for _, spec := range catalogue.Sheets() {
			name := spec.Vietnamese
			if language == "en" {
				name = spec.English
			}
			if spec.Yearly {
				name += " " + strconv.Itoa(year)
			}
			s.blank(name, spec, language)
		}
	})
	return File{"inputs/catalogue.xlsx", data}, err
}

// blank draws a sheet without rows.
func (s *sheet) blank(name string, spec catalogue.Sheet, language string) {
	s.open(name)
	s.height(36, 1)
	for i, c := range spec.Columns {
		column, err := excelize.ColumnNumberToName(i + 1)
		s.do(err)
		s.do(s.file.SetColWidth(s.name, column, column, 20))
		title, as := c.Vietnamese, heading
		if language == "en" {
			title = c.English
		}
		as.bold = c.Required
		s.put(column+"1", title, as)
		s.choose(column, c, language)
	}
	s.do(s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// choose gives a column's cells the words that they may hold. Excel takes lists of
// 255 letters.
func (s *sheet) choose(column string, c catalogue.Column, language string) {
	words := make([]string, len(c.Words))
	for i, w := range c.Words {
		words[i] = w.Vietnamese
		if language == "en" {
			words[i] = w.English
		}
	}
	if len(words) == 0 || len(strings.Join(words, ",")) > 255 {
		return
	}
	list := excelize.NewDataValidation(true)
	list.SetSqref(column + "2:" + column + "1000")
	s.do(list.SetDropList(words))
	list.ShowErrorMessage = !c.Open && !strings.Contains(c.English, "kinds") // several may be named
	s.do(s.file.AddDataValidation(s.name, list))
}
