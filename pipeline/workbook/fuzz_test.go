package workbook

import (
	"errors"
	"testing"
)

// Whatever the bytes, Read ends with cells in order or a refusal.
func FuzzRead(f *testing.F) {
	f.Add(withRows(f, `<row r="1"><c r="A1" s="4"><v>44230</v></c><c r="B1" t="str"><v>a&amp;b</v></c></row>`))
	f.Add(storedForFuzz(f))
	f.Add(biffBook{version: versionBIFF8, sheet: rec(recordNumber, 0, 0, 1, 44230.0)}.stream())
	f.Add(biffBook{version: versionBIFF5, sheet: rec(recordLabel, 0, 0, 0, 2, "ab")}.stream())
	f.Add(oleFile("Workbook", biffBook{version: versionBIFF8, globals: rec(recordSST, uint32(1), uint32(1), wideText("một"))}.stream()))
	f.Add([]byte("sep=;\na;\"b\"\"\n\";c\nd;e;f\n"))
	f.Add([]byte("TT\tT\xean\r\n1\t2\r\n"))
	limits := DefaultLimits()
	limits.Text = true
	limits.UnpackedBytes, limits.PartBytes, limits.Cells = 4<<20, 4<<20, 10_000
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := Read(data, limits)
		var refusal *Refusal
		if err != nil {
			if !errors.As(err, &refusal) || refusal.Code == "" {
				t.Fatalf("error is no refusal: %v", err)
			}
			return
		}
		for i := range book.Sheets {
			checkSheet(t, &book.Sheets[i])
		}
	})
}

// FuzzSheet reads hostile XML within a sound workbook.
func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>Tæng</t></r></is></c></row>`)
	f.Add(`<row><c t="d"><v>2021-02-03</v></c><c><f>1</f></c><!-- x --><c t="str"><v><![CDATA[a]]>_x0041_</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		book, err := Read(withRows(t, rows), DefaultLimits())
		var refusal *Refusal
		if err != nil && !errors.As(err, &refusal) {
			t.Fatalf("error is no refusal: %v", err)
		}
		for i := 0; err == nil && i < len(book.Sheets); i++ {
			checkSheet(t, &book.Sheets[i])
		}
	})
}

// checkSheet holds a sheet to what Book promises.
func checkSheet(t *testing.T, sheet *Sheet) {
	for i := range sheet.Cells {
		cell := &sheet.Cells[i]
		if i > 0 && !before(&sheet.Cells[i-1], cell) {
			t.Fatalf("cell %s stands after %s", cell.Name(), sheet.Cells[i-1].Name())
		}
		if cell.Type < Number || cell.Type > Error || cell.Row < 0 || cell.Row >= maxRows || cell.Col < 0 || cell.Col >= maxColumns {
			t.Fatalf("cell %+v is not possible", *cell)
		}
		if (cell.Raw == "") != cell.Uncalculated {
			t.Fatalf("cell %+v is empty", *cell)
		}
	}
}

func storedForFuzz(tb testing.TB) []byte {
	tb.Helper()
	return zipped(tb, map[string]string{
		"xl/sharedStrings.xml":     `<sst ` + mainSpace + `><si><t>một</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainSpace + `><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
	})
}
