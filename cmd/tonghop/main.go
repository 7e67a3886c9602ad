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
	executable, err := os.Executable()
	if err != nil {
		executable = os.Args[0]
	}
	os.Exit(start(executable))
}

// start runs the command line of this process until it is done or asked to end;
// asked twice, it ends at once. It returns the exit code.
func start(executable string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return Main(ctx, executable, os.Args[1:], os.Stdout, os.Stderr)
}
