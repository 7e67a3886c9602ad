//go:build !linux

package process

import (
	"os"
	"os/exec"
)

func ownGroup(*exec.Cmd) {}

func terminate(p *os.Process) error { return p.Kill() }

func killGroup(*os.Process) {}

// EndWithUs is known to Linux alone: elsewhere the child comes to its own end.
func EndWithUs(*exec.Cmd) {}
