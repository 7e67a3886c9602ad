// Package process makes child processes that end with all that they started. What
// serve and runs start besides the judges is started by it.
package process

import (
	"os/exec"
	"slices"
	"strings"
	"time"
)

// Password names the variable that may hold the staff's passwords. No child gets it.
const Password = "TONGHOP_PASSWORD"

// Prepare makes command, when its context is done, end by request, and by force
// after the grace. It comes before EndWithUs.
func Prepare(command *exec.Cmd, grace time.Duration) {
	ownGroup(command)
	command.Cancel = func() error { return terminate(command.Process) }
	command.WaitDelay = grace
	command.Env = slices.DeleteFunc(command.Environ(), func(v string) bool { return strings.HasPrefix(v, Password+"=") })
}

// End ends what a process that was waited for has started and left.
func End(command *exec.Cmd) {
	if command.Process != nil {
		killGroup(command.Process)
	}
}
