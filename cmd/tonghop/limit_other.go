//go:build !linux

package main

import "runtime/debug"

// limitMemory asks the collector to keep within bytes; this system has no limit
// of its own that counts what is written to.
func limitMemory(bytes uint64) error {
	debug.SetMemoryLimit(int64(bytes))
	return nil
}
