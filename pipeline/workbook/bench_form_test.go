package workbook

import (
	"fmt"
	"strings"
	"testing"
)

// form makes a report form as the unions draw them, some 70 rows of labels and
// figures under a heading: with styles, a theme and merges as Excel saves them,
// totals as formulas, rates with the noise of binary fractions; every third one
// spelt as LibreOffice saves it. As with real ones, the theme is that of the
// program, the styles are those of a few hands, and the time of saving is its own.
func form(tb testing.TB, seed int) []byte {
	tb.Helper()
	const rows, columns = 70, 14
	number := ""
	if seed%3 == 2 {
		number = ` t="n"`
	}
	var shared, sheet strings.Builder
	shared.WriteString(xmlHead + `<sst ` + mainSpace + ` count="400" uniqueCount="101">`)
	for i := range 100 {
		fmt.Fprintf(&shared, `<si><t xml:space="preserve">- Trong đó: số người được tính ở dòng %d của biểu</t></si>`, i+seed)
	}
	shared.WriteString(`<si><r><rPr><b/><sz val="13"/><rFont val="Times New Roman"/></rPr><t>TỔNG LIÊN ĐOÀN </t></r><r><t>LAO ĐỘNG</t></r></si></sst>`)
	sheet.WriteString(xmlHead + `<worksheet ` + mainSpace + `><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:N80"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="C7" sqref="C7"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="5.7109375" customWidth="1"/><col min="2" max="2" width="45.7109375" customWidth="1"/></cols><sheetData>`)
	for row := range 8 {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:14" ht="18.75" customHeight="1">`, row+1)
		for column := range columns {
			if (row+column)%3 == 0 {
				fmt.Fprintf(&sheet, `<c r="%s" s="2" t="s"><v>%d</v></c>`, CellName(row, column), (row*9+column)%101)
			} else {
				fmt.Fprintf(&sheet, `<c r="%s" s="2"/>`, CellName(row, column))
			}
		}
		sheet.WriteString(`</row>`)
	}
	for row := 8; row < 8+rows; row++ {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:14" ht="18.75" customHeight="1"><c r="%s" s="1"%s><v>%d</v></c>`, row+1, CellName(row, 0), number, row-7)
		fmt.Fprintf(&sheet, `<c r="%s" s="2" t="s"><v>%d</v></c>`, CellName(row, 1), (row*7)%101)
		for column := 2; column < columns; column++ {
			figure := (row*7919 + column*3571 + seed*13) % 100_000
			switch {
			case column == 13 && row%2 == 0:
				fmt.Fprintf(&sheet, `<c r="%s" s="3"%s><v>%.17g</v></c>`, CellName(row, column), number, float64(figure)/977)
			case row%10 == 0:
				fmt.Fprintf(&sheet, `<c r="%s" s="3"%s><f>SUM(C%d:C%d)</f><v>%d</v></c>`, CellName(row, column), number, row+2, row+10, figure*9)
			default:
				fmt.Fprintf(&sheet, `<c r="%s" s="3"%s><v>%d</v></c>`, CellName(row, column), number, figure)
			}
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData><mergeCells count="12">`)
	for column := range 12 {
		fmt.Fprintf(&sheet, `<mergeCell ref="%s:%s"/>`, CellName(5, column+2), CellName(6, column+2))
	}
	sheet.WriteString(`</mergeCells><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`)
	return zipped(tb, map[string]string{
		"[Content_Types].xml":      xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + strings.Repeat(`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, 9) + `</Types>`,
		"xl/sharedStrings.xml":     shared.String(),
		"xl/worksheets/sheet1.xml": sheet.String(),
		"xl/styles.xml":            formStyles(seed % 20),
		"xl/theme/theme1.xml":      xmlHead + `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">` + formFonts(seed%3) + `</a:theme>`,
		"docProps/core.xml":        xmlHead + `<cp:coreProperties xmlns:cp="x"><dc:creator xmlns:dc="y">Ban Tuyên giáo</dc:creator>` + fmt.Sprintf(`<modified>%d</modified>`, seed*7919) + `</cp:coreProperties>`,
		"docProps/app.xml":         xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><DocSecurity>0</DocSecurity><ScaleCrop>false</ScaleCrop></Properties>`,
	})
}

// formStyles are styles about as long as Excel's own, 5 KB, some way of them.
func formStyles(way int) string {
	return xmlHead + `<styleSheet ` + mainSpace + `><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="20">` +
		strings.Repeat(`<font><b/><sz val="12"/><color theme="1"/><name val="Times New Roman"/><family val="1"/></font>`, 12) + fmt.Sprintf(`<font><sz val="%d"/><name val="Arial"/></font>`, 8+way) + `</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="6">` +
		strings.Repeat(`<border><left style="thin"><color indexed="64"/></left><right style="thin"><color indexed="64"/></right><top/><bottom/><diagonal/></border>`, 6) + `</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="20">` +
		strings.Repeat(`<xf numFmtId="3" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>`, 14) +
		`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/></styleSheet>`
}

// formFonts are the fonts of a program's theme for 57 scripts, its longest part.
func formFonts(program int) string {
	var b strings.Builder
	for i := range 114 {
		fmt.Fprintf(&b, `<a:font script="Sc%d" typeface="Typeface %d"/>`, i%57, i*7+program)
	}
	return b.String()
}
