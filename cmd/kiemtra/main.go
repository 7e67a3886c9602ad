// Command kiemtra checks a unit's workbooks on its own PC before they are sent.
//
// It lies in a bundle, which `tonghop bundle` makes: dragged files are checked,
// or by a double-click every workbook in the bundle's folder that is new. The
// answer is written beside the workbook and opened. It needs no network, no
// database and no installation.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	open := flag.Bool("open", true, "open the answers")
	wait := flag.Bool("wait", ownsConsole(), "wait for Enter before the window closes")
	flag.Parse()
	d := desk{dir: programFolder(), now: time.Now(), out: os.Stdout, open: show}
	if !*open {
		d.open = nil
	}
	code := d.serve(flag.Args())
	if *wait {
		d.farewell(os.Stdin)
	}
	os.Exit(code)
}

// programFolder is the folder that the program lies in, which is the bundle.
func programFolder() string {
	executable, err := os.Executable()
	if err == nil {
		executable, err = filepath.EvalSymlinks(executable)
	}
	if err != nil {
		return "."
	}
	return filepath.Dir(executable)
}

// farewell keeps the window of a double-click until its text has been read.
func (d *desk) farewell(in io.Reader) {
	fmt.Fprintln(d.out)
	d.say("enter")
	_, _ = bufio.NewReader(in).ReadString('\n') // whatever ends the waiting
}
