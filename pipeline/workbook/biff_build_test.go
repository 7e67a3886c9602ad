package workbook

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// le writes numbers as little-endian fields: int is two bytes, uint32 four,
// float64 eight, byte one, and []byte and string stand as they are.
func le(fields ...any) []byte {
	var out []byte
	for _, field := range fields {
		switch v := field.(type) {
		case byte:
			out = append(out, v)
		case int:
			out = binary.LittleEndian.AppendUint16(out, uint16(v))
		case uint32:
			out = binary.LittleEndian.AppendUint32(out, v)
		case float64:
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
		case string:
			out = append(out, v...)
		case []byte:
			out = append(out, v...)
		}
	}
	return out
}

// rec is one record.
func rec(id int, fields ...any) []byte {
	data := le(fields...)
	return le(id, len(data), data)
}

// units is s in UTF-16.
func units(s string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

// wideText is an XLUnicodeString: its length, its flags, its units.
func wideText(s string) []byte {
	return le(len(units(s))/2, byte(1), units(s))
}

// A biffBook is what a test puts in a workbook stream.
type biffBook struct {
	version int
	globals []byte // records beside those that every workbook has
	sheet   []byte // records of its one sheet
	hidden  byte
}

// stream is the workbook stream. Its formats are 0 General in Arial, 1
// dd/mm/yyyy in Arial, 2 General in .VnTime, 3 0.00% in Arial.
func (b biffBook) stream() []byte {
	font := func(name string) []byte {
		head := make([]byte, 14)
		if b.version == versionBIFF8 {
			return rec(recordFont, head, byte(len(name)), byte(0), name)
		}
		return rec(recordFont, head, byte(len(name)), name)
	}
	xf := func(font, format int) []byte { return rec(recordXF, font, format, make([]byte, 16)) }
	bound := func(start int) []byte {
		name := le(byte(2), "S1")
		if b.version == versionBIFF8 {
			name = le(byte(2), byte(0), "S1")
		}
		return rec(recordBoundSheet, uint32(start), b.hidden, byte(0), name)
	}
	format := rec(recordFormat, 164, byte(10), "dd/mm/yyyy")
	if b.version == versionBIFF8 {
		format = rec(recordFormat, 164, 10, byte(0), "dd/mm/yyyy")
	}
	out := le(rec(recordBOF, b.version, substreamGlobals, make([]byte, 4)),
		font("Arial"), font("Arial"), font("Arial"), font("Arial"), font(".VnTime"), format,
		xf(0, 0), xf(0, 164), xf(5, 0), xf(0, 10), b.globals)
	end := rec(recordEOF)
	start := len(out) + len(bound(0)) + len(end)
	return le(out, bound(start), end, rec(recordBOF, b.version, substreamSheet, make([]byte, 4)), b.sheet, end)
}

// oleFile is a compound file with one stream of the given name at its root. The
// sectors are the FAT, the directory, the mini FAT, then the stream.
func oleFile(name string, content []byte) []byte {
	const first = 3 // sector of the stream
	size := len(content)
	mini := size < smallestStream
	content = append(content, make([]byte, (headerBytes-size%headerBytes)%headerBytes)...)
	sectors := len(content) / headerBytes
	table := func(chain func(uint32) uint32) []byte {
		var out []byte
		for i := range uint32(headerBytes / 4) {
			out = le(out, chain(i))
		}
		return out
	}
	fat := table(func(i uint32) uint32 {
		switch {
		case i == 0:
			return 0xfffffffd
		case i < first || i == uint32(first+sectors-1):
			return endOfChain
		case i < uint32(first+sectors):
			return i + 1
		}
		return noEntry
	})
	miniFAT := table(func(i uint32) uint32 { return i + 1 })
	entry := func(name string, kind byte, child, start uint32, size int) []byte {
		wide := append(units(name), make([]byte, 64)...)[:64]
		return le(wide, len(units(name))+2, kind, byte(1), uint32(noEntry), uint32(noEntry), child,
			make([]byte, 36), start, uint32(size), uint32(0))
	}
	rootStart, start := uint32(endOfChain), uint32(first)
	if mini {
		rootStart, start = first, 0
	}
	directory := le(entry("Root Entry", 5, 1, rootStart, len(content)), entry(name, 2, noEntry, start, size),
		entry("", 0, noEntry, 0, 0), entry("", 0, noEntry, 0, 0))
	head := le("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", make([]byte, 16), 0x3e, 3, 0xfffe, 9, 6, make([]byte, 6),
		uint32(0), uint32(1), uint32(1), uint32(0), uint32(smallestStream), uint32(2), uint32(1), uint32(endOfChain), uint32(0), uint32(0))
	for len(head) < headerBytes {
		head = le(head, uint32(noEntry))
	}
	return le(head, fat, directory, miniFAT, content)
}
