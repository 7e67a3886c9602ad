package workbook

import (
	"bytes"
	"encoding/binary"
)

// The records of a zip file's directory (APPNOTE.TXT 4.3): the lengths of their
// fixed parts, and what they begin with.
const (
	headBytes    = 46
	localBytes   = 30
	tailBytes    = 22
	tail64Bytes  = 56
	locatorBytes = 20

	entryMark   = "PK\x01\x02"
	localMark   = "PK\x03\x04"
	endMark     = "PK\x05\x06"
	end64Mark   = "PK\x06\x06"
	locatorMark = "PK\x06\x07"

	none16 = 1<<16 - 1 // stands in another record
	none32 = 1<<32 - 1
)

// A zipEntry is what the directory says about one part.
type zipEntry struct {
	name         string
	flags        uint16
	method       uint16
	sum          uint32
	packed, size uint64
	offset       uint64 // of its local header, from the beginning of the zip file
}

// A zipEnd is what the end of the directory says about all of it.
type zipEnd struct {
	at           int // where the record stands
	count        uint64
	size, offset uint64
}

// readDirectory reads the directory. Whatever is wrong with it means that the
// file is cut, or was never whole.
func (a *archive) readDirectory() error {
	end, ok := findEnd(a.data)
	if !ok || end.size > uint64(end.at) || end.offset > uint64(end.at)-end.size {
		return &Refusal{Code: "truncated", Detail: "zip directory is missing"}
	}
	// What was put before the zip file shifts all offsets, unless they were mended.
	a.base = uint64(end.at) - end.size - end.offset
	if begins(a.data[end.offset:], entryMark) {
		a.base = 0
	}
	count := uint64(0)
	for left := a.data[a.base+end.offset:]; begins(left, entryMark); count++ {
		if len(a.files) >= a.limits.Parts {
			return tooLarge("", "more than %d parts", a.limits.Parts)
		}
		length, ok := a.readEntry(left)
		if !ok {
			return &Refusal{Code: "truncated", Detail: "zip directory is broken"}
		}
		left = left[length:]
	}
	if uint16(count) != uint16(end.count) {
		return &Refusal{Code: "truncated", Detail: "zip directory has another number of entries than declared"}
	}
	return nil
}

// readEntry reads the entry of the directory that b begins with and is its length.
func (a *archive) readEntry(b []byte) (int, bool) {
	if len(b) < headBytes {
		return 0, false
	}
	name := int(binary.LittleEndian.Uint16(b[28:]))
	extra := int(binary.LittleEndian.Uint16(b[30:]))
	length := headBytes + name + extra + int(binary.LittleEndian.Uint16(b[32:]))
	if length > len(b) {
		return 0, false
	}
	text, ok := a.names.intern(b[headBytes : headBytes+name])
	if !ok {
		return 0, false
	}
	e := zipEntry{
		name:   text,
		flags:  binary.LittleEndian.Uint16(b[8:]),
		method: binary.LittleEndian.Uint16(b[10:]),
		sum:    binary.LittleEndian.Uint32(b[16:]),
		packed: uint64(binary.LittleEndian.Uint32(b[20:])),
		size:   uint64(binary.LittleEndian.Uint32(b[24:])),
		offset: uint64(binary.LittleEndian.Uint32(b[42:])),
	}
	if !e.widen(b[headBytes+name : headBytes+name+extra]) {
		return 0, false
	}
	a.files = append(a.files, e)
	return length, true
}

// widen takes the sizes that need 64 bits from the extra field.
func (e *zipEntry) widen(extra []byte) bool {
	var wide []byte
	for len(extra) >= 4 {
		length := int(binary.LittleEndian.Uint16(extra[2:]))
		if length > len(extra)-4 {
			break
		}
		if binary.LittleEndian.Uint16(extra) == 1 {
			wide = extra[4 : 4+length]
		}
		extra = extra[4+length:]
	}
	for _, size := range []*uint64{&e.size, &e.packed, &e.offset} {
		if *size != none32 {
			continue
		}
		if len(wide) < 8 {
			return false
		}
		*size, wide = binary.LittleEndian.Uint64(wide), wide[8:]
	}
	return true
}

// findEnd finds the end of the directory, behind which only a comment may stand.
func findEnd(data []byte) (end zipEnd, ok bool) {
	if len(data) < tailBytes {
		return end, false
	}
	end.at = bytes.LastIndex(data[:len(data)-tailBytes+len(endMark)], []byte(endMark))
	if end.at < max(0, len(data)-tailBytes-none16) {
		return end, false
	}
	b := data[end.at:]
	if tailBytes+int(binary.LittleEndian.Uint16(b[20:])) > len(b) {
		return end, false
	}
	end.count = uint64(binary.LittleEndian.Uint16(b[10:]))
	end.size = uint64(binary.LittleEndian.Uint32(b[12:]))
	end.offset = uint64(binary.LittleEndian.Uint32(b[16:]))
	if end.count != none16 && end.size != none32 && end.offset != none32 {
		return end, true
	}
	if end.at < locatorBytes || !begins(data[end.at-locatorBytes:], locatorMark) {
		return end, true
	}
	return findEnd64(data, binary.LittleEndian.Uint64(data[end.at-locatorBytes+8:]))
}

// findEnd64 reads the end of a directory that needs 64 bits, at the given offset.
func findEnd64(data []byte, at uint64) (end zipEnd, ok bool) {
	if at > uint64(len(data)) || len(data)-int(at) < tail64Bytes || !begins(data[at:], end64Mark) {
		return end, false
	}
	b := data[at:]
	return zipEnd{
		at:     int(at),
		count:  binary.LittleEndian.Uint64(b[32:]),
		size:   binary.LittleEndian.Uint64(b[40:]),
		offset: binary.LittleEndian.Uint64(b[48:]),
	}, true
}

// content is the packed content of the part e.
func (a *archive) content(e *zipEntry) ([]byte, error) {
	start := a.base + e.offset
	if start < e.offset || start > uint64(len(a.data)) || uint64(len(a.data))-start < localBytes {
		return nil, damaged(e.name, "content lies beyond the end of the file")
	}
	b := a.data[start:]
	if !begins(b, localMark) {
		return nil, damaged(e.name, "local header is missing")
	}
	name := int(binary.LittleEndian.Uint16(b[26:]))
	if !begins(b[localBytes:], e.name) || name != len(e.name) {
		// No checksum guards names, and a part under another name would be missed.
		return nil, damaged(e.name, "its local header has another name")
	}
	skip := localBytes + name + int(binary.LittleEndian.Uint16(b[28:]))
	if skip > len(b) || e.packed > uint64(len(b)-skip) {
		return nil, damaged(e.name, "content lies beyond the end of the file")
	}
	return b[skip : skip+int(e.packed)], nil
}
