//go:build !linux && !darwin

package disk

import "errors"

// Free is not known here.
func Free(string) (free, total uint64, err error) { return 0, 0, errors.ErrUnsupported }
