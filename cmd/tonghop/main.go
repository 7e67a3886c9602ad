// Command tonghop consolidates the workbooks that units drop in a shared
// folder: it reads them, loads them into DuckDB, measures them against the
// year's targets and publishes pages and summaries.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // asked twice, it ends at once
	executable, err := os.Executable()
	if err != nil {
		executable = os.Args[0]
	}
	code := Main(ctx, executable, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
