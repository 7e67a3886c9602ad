package workbook

import (
	"encoding/binary"
	"io"
)

// inflateCodes inflates what fits of a block of Huffman codes. It is longer than
// functions should be, since nearly all of reading a file is spent here and its
// state has to stay in registers.
func (f *inflater) inflateCodes() error {
	src, window := f.src, f.window
	bits, n, in, out := f.bits, f.n, f.in, f.out
	literals, distances := f.literals.table[:literalEntries], f.distances.table[:distanceEntries]
	literalMask, distanceMask := f.literals.mask(), f.distances.mask()
	err := error(nil)
	for len(window)-out >= stepBytes {
		if in+8 <= len(src) {
			bits |= binary.LittleEndian.Uint64(src[in:]) << (n & 63)
			in += int((63 - n) >> 3)
			n |= 56
		} else if f.bits, f.n, f.in = bits, n, in; f.overrun() {
			err = io.ErrUnexpectedEOF
			break
		} else {
			f.refill()
			bits, n, in = f.bits, f.n, f.in
		}
		e := literals[bits&literalMask]
		if e&entryLiteral != 0 {
			window[out] = byte(e >> 16)
			out++
			bits >>= e & 63
			n -= uint64(e & 63)
			if e = literals[bits&literalMask]; e&entryLiteral != 0 {
				window[out] = byte(e >> 16)
				out++
				bits >>= e & 63
				n -= uint64(e & 63)
				continue
			}
		}
		if e&entrySub != 0 {
			bits >>= e & 63
			n -= uint64(e & 63)
			e = literals[uint64(e>>16)+bits&f.literals.subMask]
			if e&entryLiteral != 0 {
				window[out] = byte(e >> 16)
				out++
				bits >>= e & 63
				n -= uint64(e & 63)
				continue
			}
		}
		length := int(e>>16) + int(bits&(1<<(e&63)-1)>>(e>>8&15))
		bits >>= e & 63
		n -= uint64(e & 63)
		if e&entryOdd != 0 {
			err = f.oddEntry(e)
			break
		}
		if n < 28 {
			f.bits, f.n, f.in = bits, n, in
			f.refill()
			bits, n, in = f.bits, f.n, f.in
		}
		e = distances[bits&distanceMask]
		if e&entrySub != 0 {
			bits >>= e & 63
			n -= uint64(e & 63)
			e = distances[uint64(e>>16)+bits&f.distances.subMask]
		}
		distance := int(e>>16) + int(bits&(1<<(e&63)-1)>>(e>>8&15))
		bits >>= e & 63
		n -= uint64(e & 63)
		if e&entryOdd != 0 || distance > out {
			err = errInflate
			break
		}
		copyMatch(window, out, distance, length)
		out += length
	}
	f.bits, f.n, f.in, f.out = bits, n, in, out
	if err == nil || err == errBlockEnd {
		if f.overrun() {
			return io.ErrUnexpectedEOF
		}
	}
	return err
}
