package process

import (
	"os"
	"os/exec"
	"syscall"
)

// ownGroup also keeps a terminal's Ctrl-C from the child.
func ownGroup(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func terminate(p *os.Process) error { return p.Signal(syscall.SIGTERM) }

func killGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) } // there may be none

// EndWithUs asks the child to end when this process is killed. The goroutine that
// starts it must keep its thread as long as the child lives.
func EndWithUs(command *exec.Cmd) { command.SysProcAttr.Pdeathsig = syscall.SIGTERM }
