package disk

import (
	"io/fs"
	"time"
)

// ModTime is when a file was last changed, as records and tables can hold it: a disk
// gives whatever time somebody has set, also one in the year 30000.
func ModTime(info fs.FileInfo) time.Time {
	const first, last = 1, 9998 // with room for any zone
	t := info.ModTime()
	switch year := t.Year(); {
	case year <= first:
		return time.Date(first+1, time.January, 1, 0, 0, 0, 0, time.UTC)
	case year > last:
		return time.Date(last, time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	return t
}
