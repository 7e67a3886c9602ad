package workbook

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// tableName is the name of the one sheet of a text table, which has none.
const tableName = "csv"

// notTable refuses a text that is no table.
func notTable(detail string) error { return &Refusal{Code: "not_a_workbook", Detail: detail} }

// readTextTable reads a text table: lines of cells between tabs, semicolons or
// commas, as Excel saves them. All its cells are texts.
func readTextTable(data []byte, limits Limits) (*Book, error) {
	text, err := tableText(data)
	if err != nil {
		return nil, err
	}
	lines, err := newLines(text)
	if err != nil {
		return nil, err
	}
	t := tableReader{
		counters: counters{limits: limits},
		builder:  sheetBuilder{sheet: Sheet{Name: tableName}},
		decoder:  decoder{encoding: limits.Encoding},
	}
	t.builder.counters = &t.counters
	t.builder.progress = func() float64 { return lines.progress() }
	for row := 0; lines.next(); row++ {
		if err := t.addRow(row, lines.fields); err != nil {
			return nil, err
		}
	}
	if lines.open {
		return nil, damaged("", "text ends within quotes")
	}
	sheet, err := t.builder.finish()
	if err != nil {
		return nil, err
	}
	return &Book{Kind: TextTable, Sheets: []Sheet{*sheet}}, nil
}

// A tableReader makes a sheet of the lines of a text table.
type tableReader struct {
	builder  sheetBuilder
	counters counters
	decoder  decoder
}

// addRow adds a line.
func (t *tableReader) addRow(row int, fields []string) error {
	if row >= maxRows || len(fields) > maxColumns {
		return tooLarge("", "more than %d lines, or %d cells in line %d", maxRows, maxColumns, row+1)
	}
	if err := t.counters.row("", len(fields)); err != nil {
		return err
	}
	for col, field := range fields {
		if field == "" {
			continue
		}
		if len(field) > t.counters.limits.TokenBytes {
			return tooLarge("", "text longer than %d bytes", t.counters.limits.TokenBytes)
		}
		cell := t.builder.slot(row, col)
		cell.Type, cell.Raw, cell.Value = Text, field, t.decoder.decode(field, nil, "")
		if err := t.builder.keep(); err != nil {
			return err
		}
	}
	return nil
}

// tableText is data as text: in UTF-16 if it begins with its mark, else in UTF-8,
// else in Windows-1258, the code page of Vietnamese Windows.
func tableText(data []byte) (string, error) {
	text, ok := "", true
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, ok = wideText16(data[2:], data[0] == 0xfe)
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		text, ok = string(data[3:]), utf8.Valid(data)
	case utf8.Valid(data):
		text = string(data)
	default:
		decoded, err := charmap.Windows1258.NewDecoder().Bytes(data)
		text, ok = string(decoded), err == nil
	}
	if !ok || strings.ContainsFunc(text, isBinary) {
		return "", notTable("neither text in UTF-8, UTF-16 nor Windows-1258")
	}
	return text, nil
}

// isBinary tells whether r stands in no text.
func isBinary(r rune) bool {
	return r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == utf8.RuneError || r == 0x7f
}

// wideText16 is UTF-16 as a string; false for half a character.
func wideText16(b []byte, big bool) (string, bool) {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, unit16(b, big))
	}
	return string(utf16.Decode(units)), len(b) == 0
}
