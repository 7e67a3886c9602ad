//go:build !windows

package main

import (
	"fmt"
	"os/exec"
	"runtime"
)

// ownsConsole tells whether the window was opened for this program alone: only
// Windows does that.
func ownsConsole() bool { return false }

func hideConsole() {}

func showBox(string, bool) {}

// show opens a file in the program that the desktop has for it.
func show(path string) error {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	command := exec.Command(opener, path)
	if err := command.Start(); err != nil {
		return fmt.Errorf("open %q: %w", path, err)
	}
	return command.Process.Release() // it stays when this program has ended
}
