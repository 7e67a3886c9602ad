package workbook

import "encoding/binary"

// The records that matter ([MS-XLS] 2.3), by their ids.
const (
	recordFormula    = 0x0006
	recordFormula3   = 0x0206 // as Excel 3 wrote it, which others do to this day
	recordFormula4   = 0x0406 // as Excel 4 wrote it, likewise
	recordEOF        = 0x000a
	recordDateMode   = 0x0022
	recordFilePass   = 0x002f
	recordFont       = 0x0031
	recordContinue   = 0x003c
	recordCodePage   = 0x0042
	recordColInfo    = 0x007d
	recordBoundSheet = 0x0085
	recordMulRK      = 0x00bd
	recordRString    = 0x00d6
	recordXF         = 0x00e0
	recordMerged     = 0x00e5
	recordSST        = 0x00fc
	recordLabelSST   = 0x00fd
	recordNumber     = 0x0203
	recordLabel      = 0x0204
	recordBoolErr    = 0x0205
	recordString     = 0x0207
	recordRow        = 0x0208
	recordRK         = 0x027e
	recordFormat     = 0x041e
	recordBOF        = 0x0809
)

// A record is one record of a BIFF stream.
type record struct {
	id   int
	data []byte
}

// u8, u16 and u32 are numbers in the record's data; 0 beyond its end. Callers
// that must tell the two apart check has first.
func (r record) u8(at int) int {
	if at >= len(r.data) {
		return 0
	}
	return int(r.data[at])
}

func (r record) u16(at int) int {
	if at+2 > len(r.data) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(r.data[at:]))
}

func (r record) u32(at int) int {
	if at+4 > len(r.data) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(r.data[at:]))
}

// has tells whether the record has so many bytes of data.
func (r record) has(bytes int) bool { return len(r.data) >= bytes }

// records steps through the records of a BIFF stream.
type records struct {
	part   string
	stream []byte
	pos    int
	record        // the current one
	budget *int64 // bytes that may still be stepped over, in all passes together
	err    error
}

// next steps to the next record. It is false at the end of the stream and on
// errors.
func (r *records) next() bool {
	if r.err != nil || r.pos+4 > len(r.stream) {
		return false
	}
	id := int(binary.LittleEndian.Uint16(r.stream[r.pos:]))
	size := int(binary.LittleEndian.Uint16(r.stream[r.pos+2:]))
	if r.pos+4+size > len(r.stream) {
		r.fail("record %04x at %d ends beyond the stream", id, r.pos)
		return false
	}
	r.record = record{id, r.stream[r.pos+4 : r.pos+4+size]}
	r.pos += 4 + size
	if *r.budget -= int64(4 + size); *r.budget < 0 {
		r.err = tooLarge(r.part, "sheets lie over one another")
		return false
	}
	return true
}

// nextIs tells whether the next record is of the given kind.
func (r *records) nextIs(id int) bool {
	return r.pos+4 <= len(r.stream) && int(binary.LittleEndian.Uint16(r.stream[r.pos:])) == id
}

// want tells whether the current record has so many bytes of data; the stream
// is damaged if not.
func (r *records) want(bytes int) bool {
	if !r.has(bytes) {
		r.fail("record %04x before %d has %d bytes, want %d", r.id, r.pos, len(r.data), bytes)
	}
	return r.err == nil
}

func (r *records) fail(format string, args ...any) {
	if r.err == nil {
		r.err = damaged(r.part, format, args...)
	}
}
