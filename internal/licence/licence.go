// Package licence has the licences of all that the programs are built from: whoever gets
// a program gets their texts with it, as they ask.
//
// modules.txt is written from the sources that go.mod pins, by TestLicences of
// cmd/tonghop, which also holds carried.txt to the versions that it speaks of: what
// DuckDB's libraries and the pages' script have in them.
package licence

import (
	_ "embed"
	"io"
)

//go:embed modules.txt
var modules string

//go:embed carried.txt
var carried string

// Write writes all of them.
func Write(w io.Writer) error {
	_, err := io.WriteString(w, modules+"\n"+carried)
	return err
}
