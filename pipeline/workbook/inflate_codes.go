package workbook

import (
	"encoding/binary"
	"io"
)

// inflateCodes inflates what fits of a block of Huffman codes. It is longer than
// functions should be: much of the time that reading takes is spent here, and
// its state has to stay in registers.
func (f *inflater) inflateCodes() error {
	src, window, literals, distances := f.src, f.window, &f.literals, &f.distances
	bits, n, in, out := f.bits, f.n, f.in, f.out
	ends := uint32(0)
	for len(window)-out >= stepBytes {
		if in+8 <= len(src) {
			bits |= binary.LittleEndian.Uint64(src[in:]) << (n & 63)
			in += int((63 - n) >> 3)
			n |= 56
		} else {
			f.bits, f.n, f.in = bits, n, in
			if f.refill(); f.overrun() {
				return io.ErrUnexpectedEOF
			}
			bits, n, in = f.bits, f.n, f.in
		}
		e := literals.table[bits&literals.mask]
		if e&entryLiteral != 0 { // up to three short ones at once
			window[out] = byte(e >> entryValue)
			bits, n, out = bits>>(e&entryBits), n-uint64(e&entryBits), out+1
			if e = literals.table[bits&literals.mask]; e&entryLiteral != 0 {
				window[out] = byte(e >> entryValue)
				bits, n, out = bits>>(e&entryBits), n-uint64(e&entryBits), out+1
				if e = literals.table[bits&literals.mask]; e&entryLiteral != 0 {
					window[out] = byte(e >> entryValue)
					bits, n, out = bits>>(e&entryBits), n-uint64(e&entryBits), out+1
					continue
				}
			}
			if n < mostMatchBits {
				continue
			}
		}
		if e&entryLong != 0 {
			bits, n = bits>>(e&entryBits), n-uint64(e&entryBits)
			e = literals.table[uint64(e>>entryValue)+bits&literals.rest]
		}
		known := bits
		bits, n = bits>>(e&entryBits), n-uint64(e&entryBits)
		if e&entryLiteral != 0 {
			window[out] = byte(e >> entryValue)
			out++
			continue
		}
		if e&entryOdd != 0 {
			ends = e
			break
		}
		length := int(e>>entryValue) + extraBits(known, e)
		e = distances.table[bits&distances.mask]
		if e&entryLong != 0 {
			bits, n = bits>>(e&entryBits), n-uint64(e&entryBits)
			e = distances.table[uint64(e>>entryValue)+bits&distances.rest]
		}
		distance := int(e>>entryValue) + extraBits(bits, e)
		bits, n = bits>>(e&entryBits), n-uint64(e&entryBits)
		if e&entryOdd != 0 || distance > out {
			return errInflate
		}
		repeat(window[out-distance:], distance, length)
		out += length
	}
	f.bits, f.n, f.in, f.out = bits, n, in, out
	return f.pause(ends)
}

// extraBits is the number that bits hold behind the code that entry stands for.
func extraBits(bits uint64, entry uint32) int {
	return int(bits & (1<<(entry&entryBits) - 1) >> (entry >> entryCode & entryBits))
}

// repeat copies the first bytes of b, as many as distance says, behind them over
// and over until they fill so many more. It may overshoot by 7 bytes.
func repeat(b []byte, distance, length int) {
	if distance < 8 {
		for i := range length {
			b[distance+i] = b[i]
		}
		return
	}
	if distance >= length && length > 16 {
		copy(b[distance:distance+length], b)
		return
	}
	for i := 0; i < length; i += 8 {
		binary.LittleEndian.PutUint64(b[distance+i:], binary.LittleEndian.Uint64(b[i:]))
	}
}

// pause ends a stretch of codes: with the entry that was no literal or match, or
// with 0 at the end of the window.
func (f *inflater) pause(entry uint32) error {
	switch {
	case f.overrun():
		return io.ErrUnexpectedEOF
	case entry == 0:
		return nil
	case entry>>entryValue != entryEnd>>entryValue:
		return errInflate
	}
	f.block = blockNone
	return nil
}

// fixedCodes takes the codes that need not be given.
func (f *inflater) fixedCodes() error {
	for symbol := range f.lengths[:mostSymbols] {
		switch {
		case symbol < 144:
			f.lengths[symbol] = 8
		case symbol < 256:
			f.lengths[symbol] = 9
		case symbol < 280:
			f.lengths[symbol] = 7
		default:
			f.lengths[symbol] = 8
		}
	}
	f.literals.build(f.lengths[:mostSymbols], literalPeek)
	for symbol := range f.lengths[:32] {
		f.lengths[symbol] = 5
	}
	f.distances.build(f.lengths[:32], distancePeek)
	return nil
}

// lengthOrder is the order in which the lengths of the code for lengths stand.
var lengthOrder = [...]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// dynamicCodes reads the codes that a block begins with.
func (f *inflater) dynamicCodes() error {
	literals, distances, count := f.take(5)+257, f.take(5)+1, f.take(4)+4
	if literals > 286 || distances > 30 {
		return errInflate
	}
	clear(f.lengths[:len(lengthOrder)])
	for _, symbol := range lengthOrder[:count] {
		f.lengths[symbol] = uint8(f.take(3))
	}
	if !f.literals.build(f.lengths[:len(lengthOrder)], literalPeek) {
		return errInflate
	}
	lengths := f.lengths[:literals+distances]
	for at := 0; at < len(lengths); {
		length, times, ok := f.codeLength(lengths[:at])
		if !ok || at+times > len(lengths) {
			return errInflate
		}
		for range times {
			lengths[at] = length
			at++
		}
	}
	if f.overrun() {
		return io.ErrUnexpectedEOF
	}
	if !f.literals.build(lengths[:literals], literalPeek) || !f.distances.build(lengths[literals:], distancePeek) {
		return errInflate
	}
	return nil
}

// codeLength reads a length of a code, and how many times it stands behind the
// lengths before.
func (f *inflater) codeLength(before []uint8) (length uint8, times int, ok bool) {
	if f.n < 16 {
		f.refill()
	}
	e := f.literals.table[f.bits&f.literals.mask]
	f.use(uint64(e & entryBits))
	switch symbol := e >> entryValue; {
	case e&entryLiteral == 0 || symbol == 16 && len(before) == 0:
		return 0, 0, false
	case symbol == 16:
		return before[len(before)-1], f.use(2) + 3, true
	case symbol == 17:
		return 0, f.use(3) + 3, true
	case symbol == 18:
		return 0, f.use(7) + 11, true
	default:
		return uint8(symbol), 1, true
	}
}
