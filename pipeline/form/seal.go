package form

import (
	"slices"

	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// The sheets that a handed-out workbook has besides the form's. They are no part
// of a report and are left out when it comes back.
const (
	GuideSheetName = "Hướng dẫn điền biểu"
	SealSheetName  = "_tonghop" // hidden: the seal, and what drop-down lists offer
)

var ownSheetKeys = []string{vntext.Fold(FeedbackSheetName), vntext.Fold(GuideSheetName)}

// ownSheet tells whether a sheet is one that we add to workbooks. The seal's
// sheet is known by its very name: units have sheets called TONGHOP.
func ownSheet(name string) bool {
	return name == SealSheetName || slices.Contains(ownSheetKeys, vntext.Fold(name))
}

// A Seal says what a workbook was handed out as. Whoever fills it in does not
// see it, so it is never believed against what the workbook shows: it only
// spares trying every form, and tells of a workbook that was meant for another
// unit or period.
type Seal struct {
	Form    string // its code
	Version string // Layout.Version of the form workbook
	Unit    string // a code
	Period  string // a code
}

// Rows is the seal as the rows of its sheet: what, and its value.
func (s Seal) Rows() [][2]string {
	return [][2]string{{"form", s.Form}, {"version", s.Version}, {"unit", s.Unit}, {"period", s.Period}}
}

// sealOf reads the seal; of a workbook without one, the zero Seal.
func sealOf(book *workbook.Book) Seal {
	values := map[string]string{}
	for i := range book.Sheets {
		sheet := &book.Sheets[i]
		if sheet.Name != SealSheetName {
			continue
		}
		for at := 1; at < len(sheet.Cells); at++ {
			if name, value := &sheet.Cells[at-1], &sheet.Cells[at]; name.Col == 0 && value.Col == 1 && name.Row == value.Row {
				values[name.Value] = value.Value
			}
		}
	}
	return Seal{Form: values["form"], Version: values["version"], Unit: values["unit"], Period: values["period"]}
}

// sealed is the match with the layout that the seal names, where the workbook
// shows nothing else: all rows and columns of that form, no figures in others,
// and its code. No other layout could fit it better.
func (s *submission) sealed(layouts []*Layout) *Match {
	if s.seal.Version == "" {
		return nil
	}
	for _, l := range layouts {
		if l.Version != s.seal.Version || l.Form.Code != s.seal.Form || !s.says(codeWords(l.Form.Code)) {
			continue
		}
		if m := l.match(s); m.agreement() == 1 && m.columns() == 1 {
			return m
		}
	}
	return nil
}
