package workbook

import "tonghop/pipeline"

// Limits bound what reading one file may cost, and say what the caller knows of
// it. A file beyond a bound is refused as too_large; sizes that a file declares
// are never trusted.
type Limits struct {
	FileBytes     int64 // the file itself
	UnpackedBytes int64 // the sum over all parts after inflating
	PartBytes     int64 // one part after inflating
	Parts         int   // entries in the zip directory
	Cells         int   // cells with content over all sheets; also shared strings, merges
	SpanCells     int64 // the sum over rows of their last column, over all sheets
	TokenBytes    int   // one XML tag or one run of text
	TextBytes     int64 // all shared strings; also all text, a shared string counted at each use
	// Text tells whether text tables (.csv, tab-separated text) are read. They
	// bear no form markers, number formats or sheets, so it is for the caller to
	// know that one is expected; without, they are refused as not_a_workbook.
	Text bool
	// Encoding is how the texts are written, where the caller knows.
	Encoding pipeline.Encoding
}

// DefaultLimits are several times what the largest honest workbook of a
// collection of 6,431 needed.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     64 << 20,
		UnpackedBytes: 512 << 20,
		PartBytes:     256 << 20,
		Parts:         10_000,
		Cells:         2_000_000,
		SpanCells:     50_000_000,
		TokenBytes:    4 << 20,
		TextBytes:     128 << 20,
	}
}
