package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrDamaged tells that the database file is not as DuckDB wrote it. Like ErrLayout,
// it costs nothing but the time to make everything again.
var ErrDamaged = errors.New("the database is damaged")

// troubles are the machine's.
var troubles = []string{"Out of Memory", "ailed to allocate", "No space left on device", "Permission denied", "Too many open files"}

// diagnosed is err, as ErrDamaged or ErrLayout where DuckDB's words tell of such a
// file: each block of it bears a checksum. A full disk or a lack of memory is
// neither.
func diagnosed(err error) error {
	if err == nil || errors.Is(err, ErrDamaged) || errors.Is(err, ErrLayout) {
		return err
	}
	text := err.Error()
	if slices.ContainsFunc(troubles, func(words string) bool { return strings.Contains(text, words) }) {
		return err // also while it replays the log of a sound file
	}
	for _, d := range []struct {
		kind  error
		words string
	}{
		{ErrDamaged, "Corrupt database file"}, {ErrDamaged, "not a valid DuckDB database file"}, {ErrDamaged, "Could not read enough bytes from file"},
		{ErrDamaged, "Corrupt WAL file"}, {ErrDamaged, "Failure while replaying WAL"}, {ErrLayout, "Trying to read a database file with version number"},
	} {
		if strings.Contains(text, d.words) {
			return fmt.Errorf("%w: %w", d.kind, err)
		}
	}
	return err
}
