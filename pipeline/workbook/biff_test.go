package workbook

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// arial is a cell of a BIFF workbook in its plainest format.
func arial(row, col int, kind Type, raw string) Cell {
	return Cell{Row: row, Col: col, Type: kind, Raw: raw, Value: raw, Font: "Arial"}
}

func TestReadBIFF8(t *testing.T) {
	t.Parallel()
	formula := func(cell Cell) Cell { cell.Formula = true; return cell }
	const resultOf = 0xffff
	tests := []struct {
		name    string
		globals []byte
		sheet   []byte
		want    []Cell
	}{
		{"number", nil, rec(recordNumber, 1, 2, 0, 12.5), []Cell{arial(1, 2, Number, "12.5")}},
		{"floating noise", nil, rec(recordNumber, 0, 0, 0, 0.30000000000000004),
			[]Cell{{Type: Number, Raw: "0.30000000000000004", Value: "0.3", Font: "Arial"}}},
		{"large and small numbers", nil, le(rec(recordNumber, 0, 0, 0, 1e22), rec(recordNumber, 0, 1, 0, 1e-9)),
			[]Cell{{Type: Number, Raw: "1e+22", Value: "10000000000000000000000", Font: "Arial"},
				{Col: 1, Type: Number, Raw: "1e-09", Value: "0.000000001", Font: "Arial"}}},
		{"packed integer", nil, rec(recordRK, 0, 0, 0, uint32(1234<<2|2)), []Cell{arial(0, 0, Number, "1234")}},
		{"packed negative integer", nil, rec(recordRK, 0, 0, 0, ^uint32(5*4-1)|2), []Cell{arial(0, 0, Number, "-5")}},
		{"packed hundredths", nil, rec(recordRK, 0, 0, 0, uint32(1234<<2|3)), []Cell{arial(0, 0, Number, "12.34")}},
		{"packed float", nil, rec(recordRK, 0, 0, 0, uint32(0x3ff80000)), []Cell{arial(0, 0, Number, "1.5")}},
		{"row of numbers", nil, rec(recordMulRK, 3, 1, 0, uint32(1<<2|2), 3, uint32(50<<2|3), 2),
			[]Cell{arial(3, 1, Number, "1"), {Row: 3, Col: 2, Type: Number, Raw: "0.5", Value: "0.5", Format: "0.00%", Font: "Arial"}}},
		{"date", nil, rec(recordNumber, 0, 0, 1, 44230.0),
			[]Cell{{Type: Date, Raw: "44230", Value: "2021-02-03", Format: "dd/mm/yyyy", Font: "Arial"}}},
		{"date of 1904", rec(recordDateMode, 1), rec(recordNumber, 0, 0, 1, 42768.0),
			[]Cell{{Type: Date, Raw: "42768", Value: "2021-02-03", Format: "dd/mm/yyyy", Font: "Arial"}}},
		{"text in the cell", nil, rec(recordLabel, 0, 0, 0, wideText("Tổng số")), []Cell{arial(0, 0, Text, "Tổng số")}},
		{"empty text without flags", nil, rec(recordLabel, 0, 0, 0, 0), nil},
		{"text of one-byte characters", nil, rec(recordLabel, 0, 0, 0, 2, byte(0), "\xe0b"), []Cell{arial(0, 0, Text, "àb")}},
		{"TCVN3 by the cell's font", nil, rec(recordLabel, 0, 0, 2, wideText("Tæng sè")),
			[]Cell{{Type: Text, Raw: "Tæng sè", Value: "Tổng số", Font: ".VnTime"}}},
		{"TCVN3 in one run", nil, rec(recordRString, 0, 0, 0, wideText("Céng hoà"), 2, 0, 5, 5, 0),
			[]Cell{{Type: Text, Raw: "Céng hoà", Value: "Cộng hoà", Font: ".VnTime"}}},
		{"shared strings", rec(recordSST, uint32(2), uint32(2), wideText("một"), wideText("hai")),
			rec(recordLabelSST, 0, 0, 0, uint32(1)), []Cell{arial(0, 0, Text, "hai")}},
		{"shared strings uncounted", rec(recordSST, uint32(0), uint32(0), wideText("một"), wideText("hai")),
			rec(recordLabelSST, 0, 0, 0, uint32(1)), []Cell{arial(0, 0, Text, "hai")}},
		{"format shorter than counted", le(rec(recordFormat, 10, 6, byte(0), "0.00%"), rec(recordFormat, 11, 9, byte(1), units("yyyy"))),
			rec(recordNumber, 0, 0, 3, 1.0), []Cell{{Type: Number, Raw: "1", Value: "1", Format: "0.00%", Font: "Arial"}}},
		{"shared string over two records", le(rec(recordSST, uint32(1), uint32(1), 4, byte(0), "ab"), rec(recordContinue, byte(1), units("ốn"))),
			rec(recordLabelSST, 0, 0, 0, uint32(0)), []Cell{arial(0, 0, Text, "abốn")}},
		{"shared string with runs and extras",
			le(rec(recordSST, uint32(2), uint32(2), 4, byte(12), 1, uint32(3), "abcd", 2), rec(recordContinue, 5, "ext", wideText("hai"))),
			le(rec(recordLabelSST, 0, 0, 0, uint32(0)), rec(recordLabelSST, 0, 1, 0, uint32(1))),
			[]Cell{arial(0, 0, Text, "abcd"), arial(0, 1, Text, "hai")}},
		{"truth value and error", nil, le(rec(recordBoolErr, 0, 0, 0, byte(1), byte(0)), rec(recordBoolErr, 0, 1, 0, byte(0x2a), byte(1))),
			[]Cell{arial(0, 0, Bool, "TRUE"), arial(0, 1, Error, "#N/A")}},
		{"formula with a number", nil, rec(recordFormula, 0, 0, 0, 2.0, 0, uint32(0), 0), []Cell{formula(arial(0, 0, Number, "2"))}},
		{"formula of Excel 4", nil, rec(recordFormula4, 0, 0, 0, 2.0, 0, uint32(0), 0), []Cell{formula(arial(0, 0, Number, "2"))}},
		{"line ends", nil, rec(recordLabel, 0, 0, 0, wideText("a\r\nb\rc")), []Cell{arial(0, 0, Text, "a\nb\nc")}},
		{"formula with a truth value", nil, rec(recordFormula, 0, 0, 0, 1, 1, 0, resultOf, 0), []Cell{formula(arial(0, 0, Bool, "TRUE"))}},
		{"formula with an error", nil, rec(recordFormula, 0, 0, 0, 2, 7, 0, resultOf, 0), []Cell{formula(arial(0, 0, Error, "#DIV/0!"))}},
		{"formula with an empty text", nil, rec(recordFormula, 0, 0, 0, 3, 0, 0, resultOf, 0), nil},
		{"formula with a text", nil, le(rec(recordFormula, 0, 0, 0, 0, 0, 0, resultOf, 0), rec(0x04bc, "shared"), rec(recordString, wideText("xã"))),
			[]Cell{formula(arial(0, 0, Text, "xã"))}},
		{"formula with a text behind an old array", nil, le(rec(recordFormula, 0, 0, 0, 0, 0, 0, resultOf, 0), rec(0x0021, "array"), rec(recordString, wideText("xã"))),
			[]Cell{formula(arial(0, 0, Text, "xã"))}},
		{"chart within the sheet", nil, le(rec(recordBOF, versionBIFF8, 0x20), rec(recordNumber, 0, 0, 0, 9.0), rec(recordEOF), rec(recordNumber, 0, 0, 0, 1.0)),
			[]Cell{arial(0, 0, Number, "1")}},
		{"hidden row and column", nil, le(rec(recordRow, 1, 0, 3, 0, 0, 0, 0x20, 0), rec(recordColInfo, 2, 2, 0, 0, 1),
			rec(recordNumber, 0, 0, 0, 1.0), rec(recordNumber, 0, 2, 0, 2.0), rec(recordNumber, 1, 0, 0, 3.0)),
			[]Cell{arial(0, 0, Number, "1"), with(arial(0, 2, Number, "2"), func(c *Cell) { c.Hidden = true }),
				with(arial(1, 0, Number, "3"), func(c *Cell) { c.Hidden = true })}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			book := biffBook{version: versionBIFF8, globals: tt.globals, sheet: tt.sheet}
			sheet := readSheet(t, book.stream())
			if diff := cmp.Diff(tt.want, sheet.Cells, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("cells mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadBIFF5(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		codePage int
		xf       int
		stored   string
		want     Cell
	}{
		{"Western", 1252, 0, "\x80 \xe0", arial(0, 0, Text, "€ à")},
		{"Cyrillic", 1251, 0, "\xc6", arial(0, 0, Text, "Ж")},
		{"Vietnamese", 1258, 0, "\xd0\xf5", arial(0, 0, Text, "Đơ")},
		{"TCVN3", 1252, 2, "T\xe6ng s\xe8", Cell{Type: Text, Raw: "Tæng sè", Value: "Tổng số", Font: ".VnTime"}},
		{"Japanese", 932, 0, "\x93\xfa", arial(0, 0, Text, "日")},
		{"Macintosh, Central Europe", 10029, 0, "\x80\xca\xff", arial(0, 0, Text, "Ä\u00a0ˇ")},
		{"Western by its old number", 32769, 0, "\xe0", arial(0, 0, Text, "à")},
		{"ASCII of an unknown page", 9999, 0, "Total", arial(0, 0, Text, "Total")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			book := biffBook{version: versionBIFF5, globals: rec(recordCodePage, tt.codePage),
				sheet: rec(recordLabel, 0, 0, tt.xf, len(tt.stored), tt.stored)}
			if diff := cmp.Diff([]Cell{tt.want}, readSheet(t, book.stream()).Cells); diff != "" {
				t.Errorf("cells mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadBIFFSheet(t *testing.T) {
	t.Parallel()
	book := biffBook{version: versionBIFF8, hidden: 2, sheet: rec(recordMerged, 2, 0, 1, 0, 2, 5, 5, 1, 1)}
	want := Sheet{Name: "S1", Hidden: true, Merges: []Range{{0, 0, 1, 2}}}
	if diff := cmp.Diff(want, readSheet(t, book.stream())); diff != "" {
		t.Errorf("sheet mismatch (-want +got):\n%s", diff)
	}
}

func TestRefuseBIFF(t *testing.T) {
	t.Parallel()
	sound := biffBook{version: versionBIFF8, sheet: rec(recordNumber, 0, 0, 0, 1.0)}.stream()
	sheet := func(records ...any) []byte { return biffBook{version: versionBIFF8, sheet: le(records...)}.stream() }
	globals := func(records ...any) []byte { return biffBook{version: versionBIFF8, globals: le(records...)}.stream() }
	tests := []struct {
		name   string
		stream []byte
		want   string
	}{
		{"password", globals(rec(recordFilePass, 1)), "password"},
		{"version", biffBook{version: 0x0400}.stream(), "old_binary_workbook"},
		{"sheet alone", rec(recordBOF, versionBIFF5, substreamSheet), "old_binary_workbook"},
		{"text of an unknown code page", biffBook{version: versionBIFF5, globals: rec(recordCodePage, 9999),
			sheet: rec(recordLabel, 0, 0, 0, 1, "\xe0")}.stream(), "damaged"},
		{"cut in a record", sound[:len(sound)-8], "damaged"},
		{"cut before the end", sound[:len(sound)-4], "damaged"},
		{"record too short", sheet(rec(recordNumber, 0, 0, 0)), "damaged"},
		{"not a finite number", sheet(rec(recordNumber, 0, 0, 0, uint32(0), uint32(0x7ff80000))), "damaged"},
		{"shared string that is none", sheet(rec(recordLabelSST, 0, 0, 0, uint32(0))), "damaged"},
		{"text cut", sheet(rec(recordLabel, 0, 0, 0, 9, byte(1), units("ab"))), "damaged"},
		{"shared strings cut", globals(rec(recordSST, uint32(1), uint32(1), 9, byte(0), "ab")), "damaged"},
		{"circle of empty CONTINUE records", globals(rec(recordSST, uint32(1), uint32(1), 9, byte(0)), bytes.Repeat(rec(recordContinue), 1_000_000)), "damaged"},
		{"charts within charts", sheet(bytes.Repeat(rec(recordBOF, versionBIFF8, 0x20), 1_000_000)), "damaged"},
		{"extras longer than all", globals(rec(recordSST, uint32(1), uint32(1), 1, byte(4), uint32(0xffffffff), "a")), "damaged"},
		{"unknown error", sheet(rec(recordBoolErr, 0, 0, 0, byte(99), byte(1))), "damaged"},
		{"formula without its text", sheet(rec(recordFormula, 0, 0, 0, 0, 0, 0, 0xffff, 0), rec(recordNumber, 0, 1, 0, 1.0)), "damaged"},
		{"cell twice", sheet(rec(recordNumber, 0, 0, 0, 1.0), rec(recordNumber, 0, 0, 0, 2.0)), "damaged"},
		{"sheet beyond the stream", globals(rec(recordBoundSheet, uint32(1<<30), byte(0), byte(0), byte(1), byte(0), "x")), "damaged"},
		{"sheet where none is", globals(rec(recordBoundSheet, uint32(12), byte(0), byte(0), byte(1), byte(0), "x")), "damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := refused(t, tt.stream, DefaultLimits()); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestReadOLE(t *testing.T) {
	t.Parallel()
	short := biffBook{version: versionBIFF8, sheet: rec(recordNumber, 0, 0, 0, 1.0)}
	long := short
	long.globals = rec(0x1234, make([]byte, 5000))
	for name, data := range map[string][]byte{
		"short stream": oleFile("Workbook", short.stream()),
		"long stream":  oleFile("WORKBOOK", long.stream()),
		"Excel 95":     oleFile("Book", short.stream()),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff([]Cell{arial(0, 0, Number, "1")}, readSheet(t, data).Cells); diff != "" {
				t.Errorf("cells mismatch (-want +got):\n%s", diff)
			}
		})
	}
	// The last sector may be cut where the stream ends, be it a short or a long one.
	small, whole := short.stream(), oleFile("Workbook", short.stream())
	cut := whole[:len(whole)-(headerBytes-len(small)%headerBytes)]
	if diff := cmp.Diff([]Cell{arial(0, 0, Number, "1")}, readSheet(t, cut).Cells); diff != "" {
		t.Errorf("cut behind the stream: cells mismatch (-want +got):\n%s", diff)
	}
	sound := oleFile("Workbook", long.stream())
	patched := func(at int, value byte) []byte {
		out := append([]byte(nil), sound...)
		for i := range 4 {
			out[at+i] = value
		}
		return out
	}
	linked := func(links map[int]uint32) []byte { // numbers by their offsets
		out := append([]byte(nil), sound...)
		for at, value := range links {
			binary.LittleEndian.PutUint32(out[at:], value)
		}
		return out
	}
	directory := headerBytes * 2
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"password", oleFile("EncryptedPackage", make([]byte, 100)), "password"},
		{"another document", oleFile("WordDocument", make([]byte, 5000)), "not_a_workbook"},
		{"cut", sound[:len(sound)-2000], "damaged"},
		{"cut within a short stream", cut[:len(cut)-1], "damaged"},
		{"directory in a circle", patched(directory+entryBytes+68, 0), "damaged"},
		{"directory's sectors in a circle", linked(map[int]uint32{headerBytes + 4: 1}), "damaged"},
		{"sectors of the FAT in a circle", linked(map[int]uint32{68: 2, 72: noEntry, 4*headerBytes - 4: 2}), "damaged"},
		{"stream's sectors in a circle", linked(map[int]uint32{headerBytes + 4*3: 3}), "damaged"},
		{"directory leads out", patched(directory+76, 0x11), "damaged"},
		{"sector size", patched(30, 0x11), "damaged"},
		{"FAT leads out", patched(76, 0x11), "damaged"},
		{"stream leads out", patched(directory+entryBytes+116, 0x11), "damaged"},
		{"stream larger than the file", patched(directory+entryBytes+120, 0x11), "damaged"},
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
