package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// A Lock keeps other runs out of a workspace. It is held through a file of its
// own: a lock on the database file would fall whenever the file is read.
type Lock struct {
	lock *flock.Flock
	info string
}

// retry is how often a waiting run looks whether the lock is free.
const retry = 200 * time.Millisecond

// Acquire waits for the lock in dir. holder describes this run to those who
// wait; waiting is called once, with the present holder's description, if the
// lock is taken.
func Acquire(ctx context.Context, dir, holder string, waiting func(holder string)) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make folder for the lock: %w", err)
	}
	l := &Lock{lock: flock.New(filepath.Join(dir, "lock")), info: filepath.Join(dir, "lock.holder")}
	ok, err := l.lock.TryLock()
	if err == nil && !ok {
		other, _ := os.ReadFile(l.info) // only told to people; the lock itself decides
		waiting(string(other))
		ok, err = l.lock.TryLockContext(ctx, retry)
	}
	if err != nil || !ok {
		return nil, errors.Join(fmt.Errorf("lock workspace by %q", l.lock.Path()), err)
	}
	if err := os.WriteFile(l.info, []byte(holder), 0o644); err != nil {
		return nil, errors.Join(fmt.Errorf("write holder of the lock: %w", err), l.lock.Unlock())
	}
	return l, nil
}

// Release frees the lock.
func (l *Lock) Release() error {
	return errors.Join(os.Remove(l.info), l.lock.Unlock())
}
