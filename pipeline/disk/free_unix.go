//go:build linux || darwin

package disk

import "syscall"

// Free is how many bytes may still be written where path lies, and how many there
// are in all.
func Free(path string) (free, total uint64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return 0, 0, err
	}
	return s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize), nil
}
