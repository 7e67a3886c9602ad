package workbook

import "math/bits"

// An entry of a decoding table says what the next bits mean. Its upper half is a
// literal, the base of a length or distance, or where in the table the rest of a
// long code is looked up.
const (
	entryBits    = 31      // how many bits to use up, those of the code and extra ones
	entryCode    = 5       // shift of how many of them are the code
	entryLiteral = 1 << 10 // a literal
	entryLong    = 1 << 11 // the beginning of a long code
	entryOdd     = 1 << 12 // the end of the block, or no code
	entryValue   = 16      // shift of the upper half

	entryEnd = entryOdd | 1<<entryValue
)

const (
	longestCode   = 15  // bits of a Huffman code
	mostSymbols   = 288 // of a Huffman code
	literalPeek   = 10  // how many bits of a code for literals are looked up at once
	distancePeek  = 8   // of a code for distances
	huffmanBudget = 1<<literalPeek + mostSymbols/2<<(longestCode-literalPeek)
)

// A huffman decodes one Huffman code of the deflate format.
type huffman struct {
	table   [huffmanBudget]uint32
	mask    uint64              // of the bits that the table is indexed by
	rest    uint64              // of the bits of a long code's rest
	symbols [mostSymbols]uint32 // by symbol, its entry but for the code's bits
}

// build makes the table for a code given by the length of each symbol's code,
// looking up at most so many bits at once. It is false for lengths that make no
// complete code; only a single code of one bit may be incomplete.
func (h *huffman) build(lengths []uint8, peek int) bool {
	var next [longestCode + 1]int
	longest, complete := firstCodes(&next, lengths)
	if !complete {
		return false
	}
	peek = min(peek, longest)
	h.mask, h.rest = 1<<peek-1, 1<<(longest-peek)-1
	h.table[0], h.table[h.mask] = entryOdd, entryOdd
	if longest > peek {
		h.link(next[peek+1]>>1, peek)
	}
	for symbol, length := range lengths {
		if length == 0 {
			continue
		}
		code := reverse(next[length], int(length))
		next[length]++
		if int(length) <= peek {
			h.spread(h.table[:1<<peek], code, symbol, int(length))
			continue
		}
		start := int(h.table[code&int(h.mask)] >> entryValue)
		h.spread(h.table[start:start+int(h.rest)+1], code>>peek, symbol, int(length)-peek)
	}
	return true
}

// link makes room for the rests of long codes, which begin with the bits from
// first on.
func (h *huffman) link(first, peek int) {
	start := uint32(1) << peek
	for ; first < 1<<peek; first++ {
		h.table[reverse(first, peek)] = entryLong | uint32(peek) | start<<entryValue
		start += uint32(h.rest) + 1
	}
}

// reverse is a code of so many bits as it stands in the content.
func reverse(code, length int) int {
	return int(bits.Reverse16(uint16(code)) >> (16 - length))
}

// spread enters a symbol wherever the bits begin with its code.
func (h *huffman) spread(table []uint32, code, symbol, length int) {
	entry := h.symbols[symbol] + uint32(length) + uint32(length)<<entryCode
	for ; code < len(table); code += 1 << length {
		table[code] = entry
	}
}

// firstCodes gives the first code of every length and is the longest length. It
// is false for lengths that make no complete code.
func firstCodes(next *[longestCode + 1]int, lengths []uint8) (longest int, complete bool) {
	var count [longestCode + 1]int
	for _, length := range lengths {
		if length != 0 {
			count[length]++
		}
	}
	for length, codes := range count {
		if codes > 0 {
			longest = length
		}
	}
	code := 0
	for length := 1; length <= longest; length++ {
		code <<= 1
		next[length] = code
		code += count[length]
	}
	return longest, code == 1<<longest || code <= 1 && longest <= 1
}

// literalSymbols are the symbols of literals, the end of a block, and lengths.
func (h *huffman) literalSymbols() {
	for literal := range 256 {
		h.symbols[literal] = entryLiteral | uint32(literal)<<entryValue
	}
	h.symbols[256], h.symbols[285], h.symbols[286], h.symbols[287] = entryEnd, longestMatch<<entryValue, entryOdd, entryOdd
	base := uint32(3)
	for symbol := uint32(257); symbol < 285; symbol++ {
		extra := max(symbol-257, 4)/4 - 1
		h.symbols[symbol] = base<<entryValue | extra
		base += 1 << extra
	}
}

// distanceSymbols are the symbols of distances.
func (h *huffman) distanceSymbols() {
	h.symbols[30], h.symbols[31] = entryOdd, entryOdd
	base := uint32(1)
	for symbol := range uint32(30) {
		extra := max(symbol, 2)/2 - 1
		h.symbols[symbol] = base<<entryValue | extra
		base += 1 << extra
	}
}
