package store

import (
	"errors"
	"testing"
)

// What DuckDB says of files that can't serve is told from what it says of a machine
// in trouble, which making everything again would not help.
func TestDiagnosed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want error
	}{
		{"IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 0", ErrDamaged},
		{`IO Error: The file "x" exists, but it is not a valid DuckDB database file!`, ErrDamaged},
		{`IO Error: Could not read enough bytes from file "x": attempted to read 262144 bytes from location 11284480`, ErrDamaged},
		{"Corrupt WAL file: entry at byte position 557 computed checksum 1 does not match stored checksum 2", ErrDamaged},
		{`FATAL Error: Failure while replaying WAL file "x": Invalid Input Error: …`, ErrDamaged},
		{"IO Error: Trying to read a database file with version number 68, but we can only read versions between 64 and 67.", ErrLayout},
		{`TransactionContext Error: Failed to commit: Could not write file "x": No space left on device`, nil},
		{`FATAL Error: Failure while replaying WAL file "x": failed to allocate data of size 16.0 MiB (52.1 MiB/57.2 MiB used)`, nil},
		{`FATAL Error: Failure while replaying WAL file "x": Could not write file "y": No space left on device`, nil},
		{"Out of Memory Error: failed to allocate data of size 16.0 MiB (52.1 MiB/57.2 MiB used)", nil},
		{`IO Error: Could not set lock on file "x": Conflicting lock is held in …`, nil},
	} {
		plain := errors.New(tt.text)
		err := diagnosed(plain)
		if !errors.Is(err, plain) || errors.Is(err, ErrDamaged) != (tt.want == ErrDamaged) || errors.Is(err, ErrLayout) != (tt.want == ErrLayout) {
			t.Errorf("diagnosed(%q) = %v, want %v", tt.text, err, tt.want)
		}
	}
	if err := diagnosed(nil); err != nil {
		t.Errorf("diagnosed(nil) = %v", err)
	}
}
