package workbook

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
)

// widened is the zip file data with its directory's end in 64 bits.
func widened(data []byte) []byte {
	at := bytes.LastIndex(data, []byte(endMark))
	end := bytes.Clone(data[at:])
	out := append(bytes.Clone(data[:at]), end64Mark...)
	out = append(binary.LittleEndian.AppendUint64(out, 44), make([]byte, 12)...)
	for _, field := range []uint64{
		uint64(binary.LittleEndian.Uint16(end[10:])), uint64(binary.LittleEndian.Uint16(end[10:])),
		uint64(binary.LittleEndian.Uint32(end[12:])), uint64(binary.LittleEndian.Uint32(end[16:])),
	} {
		out = binary.LittleEndian.AppendUint64(out, field)
	}
	out = append(append(out, locatorMark...), 0, 0, 0, 0)
	out = append(binary.LittleEndian.AppendUint64(out, uint64(at)), 1, 0, 0, 0)
	copy(end[8:20], bytes.Repeat([]byte{0xff}, 12))
	return append(out, end...)
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	plain := withRows(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	end := bytes.LastIndex(plain, []byte(endMark))
	change := func(at int, value ...byte) []byte {
		changed := bytes.Clone(plain)
		copy(changed[at:], value)
		return changed
	}
	tests := []struct {
		name string
		data []byte
		code string
	}{
		{"plain", plain, ""},
		{"64 bits", widened(plain), ""},
		{"something before", append([]byte("PK\x03\x04 something before"), plain...), ""},
		{"comment", append(change(end+20, 3, 0), "abc"...), ""},
		{"comment cut", change(end+20, 3, 0), "truncated"},
		{"end cut", plain[:len(plain)-1], "truncated"},
		{"another count", change(end+10, 99), "truncated"},
		{"directory beyond the end", change(end+16, 0xff, 0xff, 0xff, 0x7f), "truncated"},
		{"entry cut", change(bytes.LastIndex(plain, []byte(entryMark))+28, 0xff, 0x7f), "truncated"},
	}
	for _, tt := range tests {
		book, err := Read(tt.data, DefaultLimits())
		var refusal *Refusal
		switch {
		case tt.code == "" && (err != nil || len(book.Sheets) != 1 || len(book.Sheets[0].Cells) != 1):
			t.Errorf("%s: got %+v, %v, want the cell", tt.name, book, err)
		case tt.code != "" && (!errors.As(err, &refusal) || refusal.Code != tt.code):
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.code)
		}
	}
}
