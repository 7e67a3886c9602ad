// Command demo keeps and plays the demo workspace, which package sample makes.
//
//	go run ./inputs/demo -make                        write the catalogue and the forms
//	go run ./inputs/demo -deliver -tonghop bin/tonghop play the deliveries, running tonghop after each
//	go run ./inputs/demo -list                        list the files and what must become of them
//
// It deletes an inbox and what was made from it only where a marker says that
// they are the demo's own. It is called by make and by people.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

// options are the flags of the command.
type options struct {
	dir                 string
	make, deliver, list bool
	tonghop             string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var o options
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.dir, "C", ".", "the workspace")
	flags.BoolVar(&o.make, "make", false, "write the catalogue and the forms")
	flags.BoolVar(&o.deliver, "deliver", false, "play the deliveries")
	flags.BoolVar(&o.list, "list", false, "list the files of the deliveries with verdict and findings")
	flags.StringVar(&o.tonghop, "tonghop", "bin/tonghop", "the program that takes the deliveries; empty only writes them")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case o.make:
		return makeInputs(o.dir)
	case o.deliver:
		return deliver(ctx, o, stdout, stderr)
	case o.list:
		return list(stdout)
	}
	flags.Usage()
	return flag.ErrHelp
}
