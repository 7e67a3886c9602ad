package main

import (
	"os"
	"strings"
	"time"
)

// edition tells builds apart whose outputs may differ: another one publishes every period
// anew. Builds of files that no commit has bear the same version, and are told apart by
// the time they were made.
func edition(version, executable string) string {
	if version != unnamed && !strings.HasSuffix(version, "-dirty") {
		return version
	}
	file, err := os.Stat(executable)
	if err != nil {
		return version
	}
	return version + " " + file.ModTime().UTC().Format(time.RFC3339)
}
