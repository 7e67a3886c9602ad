//go:build unix

package job

import (
	"io/fs"
	"os"
	"syscall"
)

// giveGroup gives a folder the group of another.
func giveGroup(root *os.Root, name string, like fs.FileInfo) error {
	if s, ok := like.Sys().(*syscall.Stat_t); ok {
		return root.Chown(name, -1, int(s.Gid))
	}
	return nil
}
