package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/lang"
)

// refused reads data, which must be refused, and is the code.
func refused(t *testing.T, data []byte, limits Limits) string {
	t.Helper()
	book, err := Read(data, limits)
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("got %v, %v, want a refusal", book, err)
	}
	return refusal.Code
}

func TestSniff(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, data, want string }{
		{"nothing", "", "empty_file"},
		{"zeros only", "\x00\x00\x00\x00", "empty_file"},
		{"csv", "a,b\n1,2\n", "not_a_workbook"},
		{"html", "\ufeff \r\n<!DOCTYPE html><html>", "html_workbook"},
		{"html in XML clothes", `<?xml version="1.0"?><html xmlns="x">`, "html_workbook"},
		{"html fragment", "<table><tr><td>1</td></tr></table>", "html_workbook"},
		{"web archive", "MIME-Version: 1.0\r\n", "html_workbook"},
		{"xml", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "xml_workbook"},
		{"xml in UTF-16", wide(`<?xml version="1.0"?><Workbook/>`), "xml_workbook"},
		{"pdf", "%PDF-1.7", "pdf"},
		{"png", "\x89PNG\r\n\x1a\n", "picture"},
		{"jpeg", "\xff\xd8\xff\xe0", "picture"},
		{"shortcut", "L\x00\x00\x00\x01\x14\x02\x00", "link"},
		{"web shortcut", "[InternetShortcut]\r\nURL=https://example.org", "link"},
		{"Excel 2", "\x09\x00\x04\x00\x02\x00\x10\x00", "old_binary_workbook"},
		{"Excel 4", "\x09\x04\x06\x00\x00\x04\x10\x00", "old_binary_workbook"},
		{"start of a zip", "PK\x03\x04aaaa", "truncated"},
		{"start of an OLE container", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, []byte(tt.data), DefaultLimits()); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRefuseParts(t *testing.T) {
	t.Parallel()
	parts := plainParts()
	sheet := func(content string) map[string]string {
		return map[string]string{"xl/worksheets/sheet1.xml": `<worksheet ` + mainSpace + `>` + content + `</worksheet>`}
	}
	row := func(cells string) map[string]string {
		return sheet(`<sheetData><row r="1">` + cells + `</row></sheetData>`)
	}
	tests := []struct {
		name  string
		parts map[string]string
		want  string
	}{
		{"no workbook", map[string]string{"_rels/.rels": "", "xl/workbook.xml": ""}, "not_a_workbook"},
		{"another document", map[string]string{"xl/workbook.xml": `<w:document xmlns:w="urn:w"/>`}, "not_a_workbook"},
		{"beta namespace", map[string]string{"xl/workbook.xml": replace(parts["xl/workbook.xml"], "2006/main", "2006/5/main")}, "not_a_workbook"},
		{"binary workbook", map[string]string{"_rels/.rels": replace(parts["_rels/.rels"], "workbook.xml", "workbook.bin")}, "xlsb_workbook"},
		{"OpenDocument", map[string]string{"_rels/.rels": "", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "ods_workbook"},
		{"OpenDocument text", map[string]string{"_rels/.rels": "", "mimetype": "application/vnd.oasis.opendocument.text"}, "not_a_workbook"},
		{"sheet part missing", nil, "damaged"},
		{"sheet without relation", map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships ` + relSpace + `/>`}, "damaged"},
		{"XML cut", map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row>`}, "damaged"},
		{"XML after the root", map[string]string{"xl/worksheets/sheet1.xml": `<worksheet/><worksheet/>`}, "damaged"},
		{"text after the root", map[string]string{"xl/worksheets/sheet1.xml": `<worksheet/>x`}, "damaged"},
		{"end tag of another element", sheet(`<a></b>`), "damaged"},
		{"unknown entity", row(`<c r="A1" t="str"><v>&nbsp;</v></c>`), "damaged"},
		{"bare ampersand", row(`<c r="A1" t="str"><v>1 & 2</v></c>`), "damaged"},
		{"ampersand in skipped text", sheet(`<x>1 & 2</x>`), "damaged"},
		{"document type", map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`}, "damaged"},
		{"attribute twice", row(`<c r="A1" r="A1"><v>1</v></c>`), "damaged"},
		{"attribute without quotes", row(`<c r=A1><v>1</v></c>`), "damaged"},
		{"nested too deep", sheet(strings.Repeat("<r>", 1000) + strings.Repeat("</r>", 1000)), "damaged"},
		{"not UTF-8", row("<c r=\"A1\" t=\"str\"><v>\xff</v></c>"), "damaged"},
		{"cell twice", row(`<c r="A1"><v>1</v></c><c r="A1"><v>1</v></c>`), "damaged"},
		{"cell twice, apart", row(`<c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>`), "damaged"},
		{"cell of another row", row(`<c r="A2"><v>1</v></c>`), "damaged"},
		{"cell beyond the columns", row(`<c r="XFE1"><v>1</v></c>`), "damaged"},
		{"row beyond the rows", sheet(`<sheetData><row r="1048577"/></sheetData>`), "damaged"},
		{"row negative", sheet(`<sheetData><row r="-5"/></sheetData>`), "damaged"},
		{"no number", row(`<c r="A1"><v>abc</v></c>`), "damaged"},
		{"not a finite number", row(`<c r="A1"><v>NaN</v></c>`), "damaged"},
		{"huge exponent", row(`<c r="A1"><v>1E999999</v></c>`), "damaged"},
		{"no date", row(`<c r="A1" t="d"><v>yesterday</v></c>`), "damaged"},
		{"no truth value", row(`<c r="A1" t="b"><v>2</v></c>`), "damaged"},
		{"unknown type", row(`<c r="A1" t="x"><v>2</v></c>`), "damaged"},
		{"shared string that is none", row(`<c r="A1" t="s"><v>0</v></c>`), "damaged"},
		{"shared string index that is none", row(`<c r="A1" t="s"><v>abc</v></c>`), "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, zipped(t, tt.parts), DefaultLimits()); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRefuseBeyondLimits(t *testing.T) {
	t.Parallel()
	data := zipped(t, map[string]string{
		"xl/sharedStrings.xml": `<sst ` + mainSpace + `><si><t>` + strings.Repeat("a", 100) + `</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainSpace + `><sheetData><row r="1">` +
			strings.Repeat(`<c t="s"><v>0</v></c>`, 20) + `</row></sheetData>` + strings.Repeat(" ", 3000) + `</worksheet>`,
	})
	tests := []struct {
		name   string
		change func(*Limits)
	}{
		{"file", func(l *Limits) { l.FileBytes = 100 }},
		{"unpacked", func(l *Limits) { l.UnpackedBytes = 3000 }},
		{"part", func(l *Limits) { l.PartBytes = 3000 }},
		{"parts", func(l *Limits) { l.Parts = 3 }},
		{"cells", func(l *Limits) { l.Cells = 19 }},
		{"span", func(l *Limits) { l.SpanCells = 19 }},
		{"text", func(l *Limits) { l.TextBytes = 1999 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			limits := DefaultLimits()
			tt.change(&limits)
			if got := refused(t, data, limits); got != "too_large" {
				t.Errorf("got %s, want too_large", got)
			}
		})
	}
	t.Run("token", func(t *testing.T) {
		t.Parallel()
		long := withSheet(t, "<sheetData/>"+strings.Repeat(" ", 5<<20))
		if got := refused(t, long, DefaultLimits()); got != "too_large" {
			t.Errorf("got %s, want too_large", got)
		}
	})
}

// What is small in each sheet, cell or relation adds up, and what is long is
// handed on with every finding.
func TestRefuseTooMuch(t *testing.T) {
	t.Parallel()
	list := func(sheets string) string {
		return `<workbook ` + mainSpace + ` xmlns:r="` + officeRel + `"><sheets>` + sheets + `</sheets></workbook>`
	}
	merges := `<worksheet ` + mainSpace + `><sheetData/><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:B2"/>`, 20_000) + `</mergeCells></worksheet>`
	ranges := rec(recordMerged, 1000, bytes.Repeat(le(0, 1, 0, 1), 1000))
	tests := []struct {
		name string
		data []byte
	}{
		{"merged ranges of one part that is many sheets", zipped(t, map[string]string{
			"xl/workbook.xml": list(strings.Repeat(`<sheet name="a" sheetId="1" r:id="rId1"/>`, 101)), "xl/worksheets/sheet1.xml": merges,
		})},
		{"merged ranges of one stream that is many sheets", manySheets(300, bytes.Repeat(ranges, 10))},
		{"sheets", zipped(t, map[string]string{"xl/workbook.xml": list(strings.Repeat(`<sheet name="a" r:id="rId1"/>`, 100_000))})},
		{"name of a sheet", zipped(t, map[string]string{"xl/workbook.xml": list(`<sheet name="` + strings.Repeat("a", maxSheetName+1) + `" r:id="rId1"/>`)})},
		{"text of a cell", withRows(t, `<row><c t="str"><v>`+strings.Repeat("a", maxCellText+1)+`</v></c></row>`)},
		{"a million styles", zipped(t, map[string]string{"xl/styles.xml": `<styleSheet ` + mainSpace + `><cellXfs>` + strings.Repeat(`<xf/>`, 1_000_000) + `</cellXfs></styleSheet>`})},
		{"a million fonts", zipped(t, map[string]string{"xl/styles.xml": `<styleSheet ` + mainSpace + `><fonts>` + strings.Repeat(`<font/>`, 1_000_000) + `</fonts></styleSheet>`})},
		{"relations", zipped(t, map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships ` + relSpace + `>` + numbered(20_000, `<Relationship Id="r%d" Type="t" Target="a"/>`) + `</Relationships>`})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, tt.data, DefaultLimits()); got != "too_large" {
				t.Errorf("got %s, want too_large", got)
			}
		})
	}
}

// A relation points to a part of this file or to nothing.
func TestRelationsStayInside(t *testing.T) {
	t.Parallel()
	for _, target := range []string{
		"../../../../etc/passwd", "file:///etc/passwd", "/etc/passwd", `..\..\..\boot.ini`, "%2e%2e/%2e%2e/etc/passwd",
		"http://127.0.0.1/sheet1.xml", "workbook.xml", "_rels/workbook.xml.rels", "a\x00b", strings.Repeat("a/../", 300) + "worksheets/sheet1.xml",
	} {
		data := zipped(t, map[string]string{
			"xl/_rels/workbook.xml.rels": `<Relationships ` + relSpace + `><Relationship Id="rId1" Type="` + officeRel + `/worksheet" Target="` + target + `"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   `<worksheet ` + mainSpace + `/>`,
		})
		if got := refused(t, data, DefaultLimits()); got != "damaged" {
			t.Errorf("target %.40q: got %s, want damaged", target, got)
		}
	}
}

// A part that is another to each of many names, or twice the same, costs no more
// than its limit.
func TestRefuseOverlappingParts(t *testing.T) {
	t.Parallel()
	whole := storedWith(t, "xl/media/image1.png", strings.Repeat("a", 100), 0)
	first := bytes.Index(whole, []byte(entryMark))
	end := bytes.LastIndex(whole, []byte(endMark))
	at := bytes.Index(whole[first:], []byte("xl/media/image1.png")) + first - headBytes
	entry := whole[at : at+headBytes+len("xl/media/image1.png")]
	const more = 200 // that lie in one another
	data := append(bytes.Clone(whole[:end]), bytes.Repeat(entry, more)...)
	data = append(data, whole[end:]...)
	tail := data[len(data)-tailBytes:]
	binary.LittleEndian.PutUint16(tail[10:], binary.LittleEndian.Uint16(tail[10:])+more)
	binary.LittleEndian.PutUint32(tail[12:], binary.LittleEndian.Uint32(tail[12:])+uint32(more*len(entry)))
	limits := DefaultLimits()
	if _, err := Read(data, limits); err != nil {
		t.Fatalf("read: %v, want the bytes of the parts counted, and few enough", err)
	}
	limits.UnpackedBytes = 15_000
	if got := refused(t, data, limits); got != "too_large" {
		t.Errorf("got %s, want too_large", got)
	}
}

// The end of a directory for 64 bits may say anything.
func TestRefuseLyingDirectory(t *testing.T) {
	t.Parallel()
	whole := withRows(t, "")
	end := bytes.LastIndex(whole, []byte(endMark))
	for _, lie := range []uint64{1 << 63, 1<<64 - 1, 1 << 31, uint64(end) + 1} {
		for _, field := range []int{32, 40, 48, -8} { // count, size, offset, and where all that stands
			wide := make([]byte, tail64Bytes+locatorBytes)
			copy(wide, end64Mark)
			binary.LittleEndian.PutUint64(wide[32:], uint64(binary.LittleEndian.Uint16(whole[end+10:])))
			binary.LittleEndian.PutUint64(wide[40:], uint64(binary.LittleEndian.Uint32(whole[end+12:])))
			binary.LittleEndian.PutUint64(wide[48:], uint64(binary.LittleEndian.Uint32(whole[end+16:])))
			copy(wide[tail64Bytes:], locatorMark)
			binary.LittleEndian.PutUint64(wide[tail64Bytes+8:], uint64(end))
			data := slices.Concat(whole[:end], wide, whole[end:])
			tail := data[len(data)-tailBytes:]
			binary.LittleEndian.PutUint16(tail[10:], none16)
			if _, err := Read(data, DefaultLimits()); err != nil {
				t.Fatalf("read with a directory for 64 bits: %v", err)
			}
			if field < 0 {
				field = tail64Bytes + 8
			}
			binary.LittleEndian.PutUint64(data[end+field:], lie)
			if got := refused(t, data, DefaultLimits()); got != "truncated" {
				t.Errorf("%d at %d: got %s, want truncated", lie, field, got)
			}
		}
	}
}

// manySheets is a workbook stream that lists so many sheets, all at one place.
func manySheets(n int, sheet []byte) []byte {
	book := biffBook{version: versionBIFF8, sheet: sheet}
	for range 2 { // the first time to know where the sheet begins
		start := uint32(len(book.stream()) - len(sheet) - len(rec(recordEOF)) - len(rec(recordBOF, 0, 0, uint32(0))))
		book.globals = bytes.Repeat(rec(recordBoundSheet, start, byte(0), byte(0), byte(1), byte(0), "x"), n)
	}
	return book.stream()
}

// numbered is pattern so often, each with its number.
func numbered(n int, pattern string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, pattern, i)
	}
	return b.String()
}

// Damage in a part that nobody asks for shows too.
func TestRefuseDamagedZip(t *testing.T) {
	t.Parallel()
	whole := storedWith(t, "xl/media/image1.png", "picture", 0)
	if _, err := Read(whole, DefaultLimits()); err != nil {
		t.Fatalf("read undamaged: %v", err)
	}
	if _, err := Read(storedWith(t, "docProps/thumbnail.wmf", "", 0), DefaultLimits()); err != nil {
		t.Errorf("read with an entry without content: %v", err)
	}
	listed := bytes.Index(whole, []byte(entryMark))
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"content missing", storedWith(t, "xl/media/image1.png", "", 7), "damaged"},
		{"checksum", bytes.Replace(whole, []byte("picture"), []byte("pictuRe"), 1), "damaged"},
		{"declared size", storedWith(t, "xl/media/image1.png", "picture", 1<<40), "damaged"},
		{"end missing", whole[:len(whole)-30], "truncated"},
		{"name in the directory", append(bytes.Clone(whole[:listed]), bytes.Replace(whole[listed:], []byte("styles.xml"), []byte("stylez.xml"), 1)...), "damaged"},
		{"name twice", storedWith(t, "XL/Worksheets/sheet1.xml", "picture", 0), "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, tt.data, DefaultLimits()); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// storedWith is a workbook with one more part, stored without compression, that
// is said to be larger by so many bytes.
func storedWith(t *testing.T, name, content string, more uint64) []byte {
	t.Helper()
	parts := plainParts()
	parts["xl/worksheets/sheet1.xml"] = `<worksheet ` + mainSpace + `/>`
	parts[name] = content
	var buffer bytes.Buffer
	out := zip.NewWriter(&buffer)
	for part, content := range parts {
		header := &zip.FileHeader{Name: part, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(content)),
			CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content))}
		if part == name {
			header.UncompressedSize64 += more
		}
		if content == "" {
			header.Method = zip.Deflate // which some writers say, and then write nothing
		}
		raw, err := out.CreateRaw(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestRefuseEncryptedEntry(t *testing.T) {
	t.Parallel()
	data := storedWith(t, "xl/media/image1.png", "picture", 0)
	at := bytes.Index(data, []byte("PK\x01\x02"))
	flags := binary.LittleEndian.Uint16(data[at+8:])
	binary.LittleEndian.PutUint16(data[at+8:], flags|1)
	if got := refused(t, data, DefaultLimits()); got != "password" {
		t.Errorf("got %s, want password", got)
	}
}

// The hostile workbooks of the corpus are read right or refused as they should.
func TestCrafted(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"badxml_mid": "damaged", "bitrot": "damaged", "bomb_cells": "too_large", "bomb_samesst": "too_large",
		"bomb_sheet_200m": "too_large", "bomb_sst": "too_large", "bomb_styles_600m": "too_large", "crc_mismatch": "damaged",
		"declared_15g_zip64": "damaged", "declared_2p63_zip64": "damaged", "declared_4g": "damaged",
		"declared_neg_zip64": "damaged", "deep_nest": "damaged", "row_huge": "damaged", "row_mismatch": "damaged",
		"row_neg": "damaged", "sparse_1m_xfd": "too_large", "sst_index_oob": "damaged", "truncated_xml": "damaged",
		"cells_unsorted": "A1=1 B1=2 C1=3", "rows_unsorted": "A1=1 A2=2 A3=3", "rows_duplicate": "A1=1 B1=2 A2=3",
		"no_r": "A1=1 B1=Hanoi A2=2", "last_row": "A1=1 XFD1048576=9",
		"tiny":      "A1=Hanoi B1=7919 A2=Da Nang B2=15838 A3=Hue B3=23757",
		"dates1904": "A1=2021-02-03 B1=2021-02-03 C1=2021-02-03",
		"dates": "A1=2021-02-03 B1=2021-02-03 C1=0.125 D1=36:00:00 E1=1900-01-02 F1=1900-02-29 G1=1234567.891 " +
			"H1=2021-02-03 I1=2021-02-03 J1=-5 K1=2958466",
		"types": "A1=TRUE B1=#N/A C1=00123 D1=00456 E1=rich text F1=0.1 G1=0.3 H1=100000000000000000000 " +
			"I1=12345678901234567890 J1=a\nb K1=79123456789",
	}
	files, err := filepath.Glob(filepath.Join(corpus, "crafted", "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Skip("no corpus")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := outcome(data)
		if expected, ok := want[name]; !ok && strings.Count(got, "=") < 40 || ok && got != expected {
			t.Errorf("%s: got %.200q, want %.200q", name, got, expected)
		}
	}
}

// outcome is the cells of a workbook or the code it is refused with.
func outcome(data []byte) string {
	book, err := Read(data, DefaultLimits())
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	var cells []string
	for i := range book.Sheets {
		for j := range book.Sheets[i].Cells {
			cell := &book.Sheets[i].Cells[j]
			cells = append(cells, cell.Name()+"="+cell.Value)
		}
	}
	return strings.Join(cells, " ")
}

// Every refusal can be worded.
func TestRefusalTexts(t *testing.T) {
	t.Parallel()
	codes := []string{"empty_file", "not_a_workbook", "html_workbook", "xml_workbook", "old_binary_workbook", "xlsb_workbook",
		"ods_workbook", "password", "truncated", "damaged", "too_large", "picture", "pdf", "link"}
	for _, language := range []string{"vi", "en"} {
		texts, err := lang.Load(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range codes {
			if !texts.Has("finding."+code+".message") || !texts.Has("finding."+code+".remedy") {
				t.Errorf("%s: no text for %s", language, code)
			}
		}
	}
}

func TestRefusalError(t *testing.T) {
	t.Parallel()
	got := []string{(&Refusal{Code: "pdf"}).Error(), damaged("xl/a.xml", "row %d", 3).Error()}
	if diff := cmp.Diff([]string{"pdf", "damaged in xl/a.xml: row 3"}, got); diff != "" {
		t.Errorf("errors mismatch (-want +got):\n%s", diff)
	}
}
