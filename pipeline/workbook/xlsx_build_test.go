package workbook

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeRel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	relSpace  = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
)

// plainParts are the parts of a workbook with one sheet and a few styles: 1 is
// whole numbers, 2 text in Times New Roman, 3 #,##0, 4 dd/mm/yyyy, 5 [h]:mm,
// 6 text in .VnTime.
func plainParts() map[string]string {
	return map[string]string{
		"_rels/.rels": xmlHead + `<Relationships ` + relSpace + `><Relationship Id="rId1" Type="` + officeRel +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": xmlHead + `<workbook ` + mainSpace + ` xmlns:r="` + officeRel + `"><sheets>` +
			`<sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships ` + relSpace + `>` +
			`<Relationship Id="rId1" Type="` + officeRel + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + officeRel + `/styles" Target="styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + officeRel + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": xmlHead + `<styleSheet ` + mainSpace + `>` +
			`<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>` +
			`<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><name val="Times New Roman"/></font>` +
			`<font><name val=".VnTime"/></font></fonts>` +
			`<cellXfs count="7"><xf numFmtId="0" fontId="0"/><xf numFmtId="1" fontId="0"/><xf numFmtId="49" fontId="1"/>` +
			`<xf numFmtId="3" fontId="1"/><xf numFmtId="164" fontId="0"/><xf numFmtId="165" fontId="0"/><xf numFmtId="0" fontId="2"/>` +
			`</cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": xmlHead + `<sst ` + mainSpace + `/>`,
	}
}

// zipped is a workbook of the plain parts, with some replaced; an empty part is
// left out.
func zipped(tb testing.TB, replaced map[string]string) []byte {
	tb.Helper()
	parts := plainParts()
	maps.Copy(parts, replaced)
	var buffer bytes.Buffer
	out := zip.NewWriter(&buffer)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if parts[name] == "" {
			continue
		}
		part, err := out.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := part.Write([]byte(parts[name])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		tb.Fatal(err)
	}
	return buffer.Bytes()
}

// withSheet is a workbook whose sheet has the given children of <worksheet>.
func withSheet(tb testing.TB, content string) []byte {
	tb.Helper()
	return zipped(tb, map[string]string{
		"xl/worksheets/sheet1.xml": xmlHead + `<worksheet ` + mainSpace + `>` + content + `</worksheet>`,
	})
}

// withRows is a workbook whose sheet has the given rows.
func withRows(tb testing.TB, rows string) []byte {
	tb.Helper()
	return withSheet(tb, `<sheetData>`+rows+`</sheetData>`)
}

func replace(s, from, to string) string { return strings.ReplaceAll(s, from, to) }

// swapped is s with every two bytes the other way round.
func swapped(s string) string {
	out := []byte(s)
	for i := 0; i+1 < len(out); i += 2 {
		out[i], out[i+1] = out[i+1], out[i]
	}
	return string(out)
}

// wide is s in UTF-16 with a byte-order mark.
func wide(s string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}
