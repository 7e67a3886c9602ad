package config

import (
	"fmt"
	"time"

	"tonghop/pipeline/workbook"
)

// limits is the table [limits] of tonghop.toml: what reading one workbook may
// cost, beyond which it is refused, and what computing may.
type limits struct {
	FileMiB         int64 `toml:"file_mib"`
	UnpackedMiB     int64 `toml:"unpacked_mib"`
	PartMiB         int64 `toml:"part_mib"`
	TextMiB         int64 `toml:"text_mib"`
	TokenMiB        int64 `toml:"token_mib"`
	Parts           int64 `toml:"parts"`
	Cells           int64 `toml:"cells"`
	SpanCells       int64 `toml:"span_cells"`
	WorkerMemoryMiB int64 `toml:"worker_memory_mib"`
	WorkerSeconds   int64 `toml:"worker_seconds"`

	DatabaseMemoryMiB int64 `toml:"database_memory_mib"`
}

const mib = 1 << 20

// What the process that reads may take: honest files need less than a quarter of
// the memory and well under a second.
const (
	workerMemoryMiB = 1024
	workerSeconds   = 60
)

func defaultLimits() limits {
	return written(workbook.DefaultLimits(), Worker{MemoryBytes: workerMemoryMiB * mib, Patience: workerSeconds * time.Second}, 0)
}

// limits are those of c as they are written.
func (c *Config) limits() limits { return written(c.Limits, c.Worker, c.DatabaseMemory) }

func written(l workbook.Limits, w Worker, database int64) limits {
	return limits{
		FileMiB: l.FileBytes / mib, UnpackedMiB: l.UnpackedBytes / mib, PartMiB: l.PartBytes / mib, TextMiB: l.TextBytes / mib,
		TokenMiB: int64(l.TokenBytes) / mib, Parts: int64(l.Parts), Cells: int64(l.Cells), SpanCells: l.SpanCells,
		WorkerMemoryMiB: int64(w.MemoryBytes / mib), WorkerSeconds: int64(w.Patience / time.Second),
		DatabaseMemoryMiB: database / mib,
	}
}

// most is more than any limit can sensibly be; it keeps sizes in bytes countable.
// With less memory than leastWorkerMemoryMiB a worker ends before it has read anything, and whole
// workbooks would be refused for it.
const (
	most                 = 1 << 31
	leastWorkerMemoryMiB = 256

	leastDatabaseMemoryMiB = 256 // enough for the models of a small province
)

// validate names every limit that bounds nothing or everything.
func (l limits) validate() []error {
	var problems []error
	for _, x := range []struct {
		key          string
		value, least int64
	}{
		{"file_mib", l.FileMiB, 1}, {"unpacked_mib", l.UnpackedMiB, 1}, {"part_mib", l.PartMiB, 1}, {"text_mib", l.TextMiB, 1}, {"token_mib", l.TokenMiB, 1},
		{"parts", l.Parts, 1}, {"cells", l.Cells, 1}, {"span_cells", l.SpanCells, 1},
		{"worker_memory_mib", l.WorkerMemoryMiB, leastWorkerMemoryMiB}, {"worker_seconds", l.WorkerSeconds, 1},
		{"database_memory_mib", l.DatabaseMemoryMiB, leastDatabaseMemoryMiB},
	} {
		if x.key == "database_memory_mib" && x.value == 0 {
			continue // not bounded by us
		}
		if x.value < x.least || x.value > most {
			problems = append(problems, fmt.Errorf("limits.%s = %d: want a number from %d to %d", x.key, x.value, x.least, int64(most)))
		}
	}
	return problems
}

func (l limits) workbook() workbook.Limits {
	return workbook.Limits{
		FileBytes: l.FileMiB * mib, UnpackedBytes: l.UnpackedMiB * mib, PartBytes: l.PartMiB * mib, TextBytes: l.TextMiB * mib,
		TokenBytes: int(l.TokenMiB * mib), Parts: int(l.Parts), Cells: int(l.Cells), SpanCells: l.SpanCells,
	}
}

// A Worker bounds the process that reads workbooks.
type Worker struct {
	MemoryBytes uint64
	Patience    time.Duration // over one file
}

func (l limits) worker() Worker {
	return Worker{MemoryBytes: uint64(l.WorkerMemoryMiB) * mib, Patience: time.Duration(l.WorkerSeconds) * time.Second}
}
