package workbook

import "strings"

// arenaBytes is the size of the blocks that an arena puts strings in.
const arenaBytes = 32 << 10

// An arena makes strings of bytes, many in one allocation. A string keeps its
// whole block alive.
type arena struct {
	block strings.Builder
}

// keep is b as a string.
func (a *arena) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	start := a.block.Len()
	if start+len(b) > a.block.Cap() {
		a.block = strings.Builder{}
		a.block.Grow(max(arenaBytes, len(b)))
		start = 0
	}
	a.block.Write(b)
	return a.block.String()[start:]
}
