package workbook

import (
	"encoding/binary"
	"errors"
	"io"
)

const (
	historyBytes  = 32 << 10  // how far back a match may reach
	inflatedBytes = 128 << 10 // how much inflated content is in memory at once, with the history
	longestMatch  = 258
	stepBytes     = longestMatch + 2 + 8   // the most that one step writes: two literals, and a match eight bytes at a time
	mostMatchBits = 2*longestCode + 5 + 13 // the most that a match takes, with the extra bits of its length and distance
)

// An inflater inflates the deflated content of zip entries (RFC 1951). All input
// is at hand and every buffer is reused from entry to entry, which is what makes
// it faster than the library's. Reset comes before anything else.
type inflater struct {
	src  []byte
	in   int    // bytes of src taken into bits; beyond its end they count as zeros
	bits uint64 // taken and not yet used, the lowest first
	n    uint64 // how many bits are; those above repeat what stands at src[in:]

	window    []byte // inflated content: history, what is to be read
	out, read int    // ends of what is inflated and of what was read in window

	block blockKind
	final bool // the current block is the last
	left  int  // bytes that a stored block still has
	err   error

	literals, distances huffman
	lengths             [mostSymbols + 32]uint8 // of the codes being read
}

// A blockKind is what the inflater is in the middle of.
type blockKind int

const (
	blockNone blockKind = iota // between blocks
	blockStored
	blockCodes
)

var errInflate = errors.New("deflated content is broken")

// reset makes f inflate src.
func (f *inflater) reset(src []byte) {
	if f.window == nil {
		f.window = make([]byte, inflatedBytes)
		f.literals.literalSymbols()
		f.distances.distanceSymbols()
	}
	f.src, f.in, f.bits, f.n = src, 0, 0, 0
	f.out, f.read, f.block, f.final, f.left, f.err = 0, 0, blockNone, false, 0, nil
}

// Read implements io.Reader.
func (f *inflater) Read(b []byte) (int, error) {
	if f.read == f.out && f.err == nil {
		f.more()
	}
	n := copy(b, f.window[f.read:f.out])
	f.read += n
	if f.read < f.out {
		return n, nil
	}
	return n, f.err
}

// more inflates more into the window, up to its end or that of the content.
func (f *inflater) more() {
	if len(f.window)-f.out < stepBytes {
		copy(f.window, f.window[f.out-historyBytes:f.out])
		f.out, f.read = historyBytes, historyBytes
	}
	for f.err == nil && len(f.window)-f.out >= stepBytes {
		switch f.block {
		case blockNone:
			if f.final {
				f.err = io.EOF
				return
			}
			f.err = f.startBlock()
		case blockStored:
			f.inflateStored()
		case blockCodes:
			f.err = f.inflateCodes()
		}
	}
}

// take is the next count bits, at most 16.
func (f *inflater) take(count uint64) int {
	if f.n < 16 {
		f.refill()
	}
	return f.use(count)
}

// use is the next count bits, which are known to be at hand.
func (f *inflater) use(count uint64) int {
	used := f.bits & (1<<(count&63) - 1)
	f.bits >>= count & 63
	f.n -= count
	return int(used)
}

// refill takes bytes into bits until it holds at least 56.
func (f *inflater) refill() {
	if f.in+8 <= len(f.src) {
		f.bits |= binary.LittleEndian.Uint64(f.src[f.in:]) << (f.n & 63)
		f.in += int((63 - f.n) >> 3)
		f.n |= 56
		return
	}
	for f.n < 56 {
		if f.in < len(f.src) {
			f.bits |= uint64(f.src[f.in]) << f.n
		}
		f.in++
		f.n += 8
	}
}

// overrun tells whether bits beyond the end of src were used.
func (f *inflater) overrun() bool { return f.in-int(f.n/8) > len(f.src) }

// startBlock reads the head of a block.
func (f *inflater) startBlock() error {
	f.final = f.take(1) == 1
	kind := f.take(2)
	f.block = blockCodes
	switch kind {
	case 0:
		return f.startStored()
	case 1:
		return f.fixedCodes()
	case 2:
		return f.dynamicCodes()
	default:
		return errInflate
	}
}

// startStored reads the length of a stored block, which begins at a whole byte.
func (f *inflater) startStored() error {
	f.in -= int(f.n / 8)
	f.bits, f.n = 0, 0
	if f.in+4 > len(f.src) {
		return io.ErrUnexpectedEOF
	}
	length := binary.LittleEndian.Uint16(f.src[f.in:])
	if length != ^binary.LittleEndian.Uint16(f.src[f.in+2:]) {
		return errInflate
	}
	f.in += 4
	f.left = int(length)
	f.block = blockStored
	if f.in+f.left > len(f.src) {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// inflateStored copies what fits of a stored block.
func (f *inflater) inflateStored() {
	n := copy(f.window[f.out:], f.src[f.in:f.in+f.left])
	f.out += n
	f.in += n
	if f.left -= n; f.left == 0 {
		f.block = blockNone
	}
}
