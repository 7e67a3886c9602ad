package workbook

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// number is a cell with a number as most are stored.
func number(row, col int, digits string) Cell {
	return Cell{Row: row, Col: col, Type: Number, Raw: digits, Value: digits, Font: "Calibri"}
}

// text is a cell with a text that needs no decoding.
func text(row, col int, value string) Cell {
	return Cell{Row: row, Col: col, Type: Text, Raw: value, Value: value, Font: "Calibri"}
}

func with(cell Cell, change func(*Cell)) Cell {
	change(&cell)
	return cell
}

func readSheet(t *testing.T, data []byte) Sheet {
	t.Helper()
	book, err := Read(data, DefaultLimits())
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	if len(book.Sheets) != 1 {
		t.Fatalf("got %d sheets, want 1", len(book.Sheets))
	}
	return book.Sheets[0]
}

func TestReadCells(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rows string
		want       []Cell
	}{
		{"number", `<row r="2"><c r="B2"><v>12</v></c></row>`, []Cell{number(1, 1, "12")}},
		{"number in a format", `<row r="1"><c r="A1" s="3"><v>1234</v></c></row>`,
			[]Cell{{Type: Number, Raw: "1234", Value: "1234", Format: "#,##0", Font: "Times New Roman"}}},
		{"floating noise", `<row r="1"><c r="A1"><v>0.30000000000000004</v></c></row>`,
			[]Cell{{Type: Number, Raw: "0.30000000000000004", Value: "0.3", Font: "Calibri"}}},
		{"date", `<row r="1"><c r="A1" s="4"><v>44230</v></c></row>`,
			[]Cell{{Type: Date, Raw: "44230", Value: "2021-02-03", Format: "dd/mm/yyyy", Font: "Calibri"}}},
		{"negative in a date format", `<row r="1"><c r="A1" s="4"><v>-5</v></c></row>`,
			[]Cell{{Type: Number, Raw: "-5", Value: "-5", Format: "dd/mm/yyyy", Font: "Calibri"}}},
		{"length of time", `<row r="1"><c r="A1" s="5"><v>1.5</v></c></row>`,
			[]Cell{{Type: Date, Raw: "1.5", Value: "36:00:00", Format: "[h]:mm", Font: "Calibri"}}},
		{"date as text", `<row r="1"><c r="A1" t="d" s="4"><v>2021-02-03T12:00:00</v></c></row>`,
			[]Cell{{Type: Date, Raw: "44230.5", Value: "2021-02-03T12:00:00", Format: "dd/mm/yyyy", Font: "Calibri"}}},
		{"length of time as text", `<row r="1"><c r="A1" t="d" s="5"><v>PT36H30M0.000S</v></c></row>`,
			[]Cell{{Type: Date, Raw: "1.5208333333333333", Value: "36:30:00", Format: "[h]:mm", Font: "Calibri"}}},
		{"truth values", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>`,
			[]Cell{{Type: Bool, Raw: "TRUE", Value: "TRUE", Font: "Calibri"}, {Col: 1, Type: Bool, Raw: "FALSE", Value: "FALSE", Font: "Calibri"}}},
		{"error", `<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>`, []Cell{{Type: Error, Raw: "#N/A", Value: "#N/A", Font: "Calibri"}}},
		{"formula with a result", `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>`,
			[]Cell{with(number(0, 0, "2"), func(c *Cell) { c.Formula = true })}},
		{"formula with a text", `<row r="1"><c r="A1" t="str"><f>B1</f><v>00123</v></c></row>`,
			[]Cell{with(text(0, 0, "00123"), func(c *Cell) { c.Formula = true })}},
		{"formula without a result", `<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1</f><v></v></c></row>`,
			[]Cell{
				{Type: Number, Formula: true, Uncalculated: true, Font: "Calibri"},
				{Col: 1, Type: Number, Formula: true, Uncalculated: true, Font: "Calibri"},
			}},
		{"formula with an empty text", `<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c></row>`, nil},
		{"style only", `<row r="1"><c r="A1" s="3"/><c r="B1" s="3"></c></row>`, nil},
		{"no references", `<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`,
			[]Cell{number(0, 0, "1"), number(0, 1, "2"), number(1, 0, "3")}},
		{"some references", `<row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`,
			[]Cell{number(4, 2, "1"), number(4, 3, "2"), number(5, 0, "3")}},
		{"cells unsorted", `<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, []Cell{number(0, 0, "1"), number(0, 2, "3")}},
		{"rows unsorted", `<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`,
			[]Cell{number(0, 0, "1"), number(2, 0, "3")}},
		{"inline text", `<row r="1"><c r="A1" t="inlineStr"><is><t>Tổng số</t></is></c></row>`, []Cell{text(0, 0, "Tổng số")}},
		{"inline text with sounds", `<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></is></c></row>`,
			[]Cell{text(0, 0, "a")}},
		{"entities", `<row r="1"><c r="A1" t="str"><v>a&amp;b&lt;&#x110;&#7879;</v></c></row>`, []Cell{text(0, 0, "a&b<Đệ")}},
		{"CDATA and comment", `<row r="1"><c r="A1" t="str"><v>a<!-- x --><![CDATA[<b>&amp;]]></v></c></row>`, []Cell{text(0, 0, "a<b>&amp;")}},
		{"escaped units", `<row r="1"><c r="A1" t="str"><v>a_x000A_b_x005F_x000A_c_xD83D__xDE00_</v></c></row>`,
			[]Cell{text(0, 0, "a\nb_x000A_c😀")}},
		{"ends of line", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\r\nb_x000D__x000A_c&#13;d</v></c></row>", []Cell{text(0, 0, "a\nb\nc\nd")}},
		{"blanks kept", `<row r="1"><c r="A1" t="str"><v xml:space="preserve"> a </v></c></row>`, []Cell{text(0, 0, " a ")}},
		{"hidden row", `<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`,
			[]Cell{with(number(0, 0, "1"), func(c *Cell) { c.Hidden = true }), number(1, 0, "2")}},
		{"last cell", `<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>`, []Cell{number(1048575, 16383, "9")}},
		{"style that does not exist", `<row r="1"><c r="A1" s="99"><v>1</v></c></row>`, []Cell{{Type: Number, Raw: "1", Value: "1"}}},
		{"empty style", `<row r="1"><c r="A1" s=""><v>1</v></c></row>`, []Cell{number(0, 0, "1")}},
		{"unknown children", `<row r="1"><c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c><x/></row>`, []Cell{number(0, 0, "1")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sheet := readSheet(t, withRows(t, tt.rows))
			if diff := cmp.Diff(tt.want, sheet.Cells, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("cells mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadSheetTraits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, content string
		want          Sheet
	}{
		{"merged ranges", `<sheetData/><mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="D4"/><mergeCell ref="#REF!"/></mergeCells>`,
			Sheet{Merges: []Range{{0, 0, 1, 2}}}},
		{"hidden columns", `<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row></sheetData>`,
			Sheet{Cells: []Cell{number(0, 0, "1"), with(number(0, 2, "3"), func(c *Cell) { c.Hidden = true })}}},
		{"wrong dimension", `<dimension ref="A1"/><sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>`,
			Sheet{Cells: []Cell{number(1, 1, "1")}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.want.Name = "Biểu 1"
			if diff := cmp.Diff(tt.want, readSheet(t, withSheet(t, tt.content))); diff != "" {
				t.Errorf("sheet mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadParts(t *testing.T) {
	t.Parallel()
	const one = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`
	workbookXML, rels := plainParts()["xl/workbook.xml"], plainParts()["xl/_rels/workbook.xml.rels"]
	sheetXML := xmlHead + `<worksheet ` + mainSpace + `>` + one + `</worksheet>`
	tests := []struct {
		name  string
		parts map[string]string
		want  Cell
	}{
		{"prefix", map[string]string{"xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
			`<x:sheetData><x:row r="1"><x:c r="A1" s="0"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`}, number(0, 0, "1")},
		{"strict", map[string]string{
			"xl/workbook.xml": `<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships">` +
				`<sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/worksheets/sheet1.xml": sheetXML}, number(0, 0, "1")},
		{"part names in another case", map[string]string{"xl/worksheets/sheet1.xml": "", "XL/Worksheets/SHEET1.xml": sheetXML}, number(0, 0, "1")},
		{"absolute targets", map[string]string{"xl/worksheets/sheet1.xml": sheetXML,
			"xl/_rels/workbook.xml.rels": replace(rels, `Target="`, `Target="/xl/`)}, number(0, 0, "1")},
		{"epoch 1904", map[string]string{
			"xl/workbook.xml":          replace(workbookXML, "<sheets>", `<workbookPr date1904="1"/><sheets>`),
			"xl/worksheets/sheet1.xml": replace(sheetXML, `r="A1"><v>1</v>`, `r="A1" s="4"><v>42768</v>`)},
			Cell{Type: Date, Raw: "42768", Value: "2021-02-03", Format: "dd/mm/yyyy", Font: "Calibri"}},
		{"hidden sheet", map[string]string{
			"xl/workbook.xml":          replace(workbookXML, `sheetId="1"`, `sheetId="1" state="veryHidden"`),
			"xl/worksheets/sheet1.xml": sheetXML}, with(number(0, 0, "1"), func(c *Cell) { c.Hidden = true })},
		{"no styles", map[string]string{"xl/styles.xml": "", "xl/worksheets/sheet1.xml": sheetXML}, Cell{Type: Number, Raw: "1", Value: "1"}},
		{"shared strings under another name", map[string]string{
			"xl/sharedStrings.xml": "", "xl/strings.xml": xmlHead + `<sst ` + mainSpace + `><si><t>Huế</t></si></sst>`,
			"xl/_rels/workbook.xml.rels": replace(rels, "sharedStrings.xml", "strings.xml"),
			"xl/worksheets/sheet1.xml":   replace(sheetXML, `r="A1"><v>1`, `r="A1" t="s"><v>0`)}, text(0, 0, "Huế")},
		{"UTF-16", map[string]string{"xl/worksheets/sheet1.xml": wide(sheetXML)}, number(0, 0, "1")},
		{"UTF-16 without a mark", map[string]string{"xl/worksheets/sheet1.xml": wide(sheetXML)[2:]}, number(0, 0, "1")},
		{"UTF-16 with the high byte first", map[string]string{"xl/worksheets/sheet1.xml": swapped(wide(sheetXML)[2:])}, number(0, 0, "1")},
		{"module without a part", map[string]string{"xl/worksheets/sheet1.xml": sheetXML,
			"xl/workbook.xml": replace(workbookXML, "</sheets>", `<sheet name="Module1" sheetId="2" r:id=""/></sheets>`)}, number(0, 0, "1")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff([]Cell{tt.want}, readSheet(t, zipped(t, tt.parts)).Cells); diff != "" {
				t.Errorf("cells mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadSharedStrings(t *testing.T) {
	t.Parallel()
	sst := xmlHead + `<sst ` + mainSpace + `><si><t>Tæng sè</t></si>` +
		`<si><r><rPr><b/><rFont val=".VnTime"/></rPr><t xml:space="preserve">Céng </t></r><r><rPr><rFont val="Arial"/></rPr><t>hoà</t></r></si>` +
		`<si><r><t>a</t></r><r><rPr><sz val="9"/></rPr><t>b</t></r></si></sst>`
	rows := `<row r="1"><c r="A1" s="6" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" s="6" t="s"><v>0</v></c></row>`
	sheet := readSheet(t, zipped(t, map[string]string{
		"xl/sharedStrings.xml":     sst,
		"xl/worksheets/sheet1.xml": xmlHead + `<worksheet ` + mainSpace + `><sheetData>` + rows + `</sheetData></worksheet>`,
	}))
	want := []Cell{
		{Type: Text, Raw: "Tæng sè", Value: "Tổng số", Font: ".VnTime"},
		{Col: 1, Type: Text, Raw: "Céng hoà", Value: "Cộng hoà", Font: ".VnTime"},
		text(0, 2, "ab"),
		{Col: 3, Type: Text, Raw: "Tæng sè", Value: "Tổng số", Font: ".VnTime"},
	}
	if diff := cmp.Diff(want, sheet.Cells); diff != "" {
		t.Errorf("cells mismatch (-want +got):\n%s", diff)
	}
}
