// Package lock keeps a workspace to one writer at a time and tells those who wait
// who that is. The commands hold it while they work; serve never does.
//
// The lock is on a file of its own: one on the database file would fall whenever
// that file is read. It falls with the process that holds it, however that ends.
package lock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"tonghop/pipeline/disk"
)

// A Holder is the process that works in a workspace.
type Holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"` // such as run --period 2026-Q1
	Since   time.Time `json:"since"`   // by the machine's clock
}

// A Lock is held until it is released.
type Lock struct {
	lock *flock.Flock
	info string
}

// retry is how often a waiting run looks whether the lock is free.
const retry = 200 * time.Millisecond

// The locks of a workspace: a run's, and that of the one serve that looks after it.
const (
	run   = "lock"
	serve = "serve.lock"
)

func at(dir, name string) *Lock {
	return &Lock{lock: flock.New(filepath.Join(dir, name)), info: filepath.Join(dir, name+".holder")}
}

// Acquire waits for the lock in dir. command describes this run to those who wait;
// waiting is called with the present holder if it takes more than a moment, and
// again with each new one.
func Acquire(ctx context.Context, dir, command string, waiting func(Holder)) (*Lock, error) {
	if err := disk.MakeClosed(dir); err != nil {
		return nil, fmt.Errorf("make folder for the lock: %w", err)
	}
	l := at(dir, run)
	if err := l.wait(ctx, waiting); err != nil {
		return nil, fmt.Errorf("lock workspace by %q: %w", l.lock.Path(), err)
	}
	return l, l.sign(command)
}

// ErrServed tells that another serve looks after the workspace.
var ErrServed = errors.New("another serve looks after the workspace")

// Serve takes the lock of the one serve of a workspace. It is not a run's: runs go
// on beside it. The one that has it is told with ErrServed.
func Serve(dir string) (*Lock, Holder, error) {
	if err := disk.MakeClosed(dir); err != nil {
		return nil, Holder{}, fmt.Errorf("make folder for the lock: %w", err)
	}
	l := at(dir, serve)
	ok, err := l.lock.TryLock()
	switch {
	case err != nil:
		return nil, Holder{}, fmt.Errorf("lock workspace by %q: %w", l.lock.Path(), err)
	case !ok:
		return nil, l.holder(), ErrServed
	}
	return l, Holder{}, l.sign("serve")
}

// sign says who holds the lock, or frees it. What was lost of it, or is half written, is
// read as a holder that is not known.
func (l *Lock) sign(command string) error {
	me, err := json.Marshal(Holder{PID: os.Getpid(), Command: command, Since: time.Now().UTC()})
	if err == nil {
		err = os.WriteFile(l.info, me, 0o644)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write holder of the lock: %w", err), l.lock.Unlock())
	}
	return nil
}

func (l *Lock) wait(ctx context.Context, waiting func(Holder)) error {
	ok, err := l.lock.TryLock()
	var told *Holder
	for ; err == nil && !ok; ok, err = l.lock.TryLock() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retry): // by now the holder has said who it is
		}
		if h := l.holder(); told == nil || h != *told && h != (Holder{}) { // between two holders there is none
			told = &h
			waiting(h)
		}
	}
	return err
}

// holder is who holds the lock as far as is known: it is only told to people, the
// lock itself decides.
func (l *Lock) holder() (h Holder) {
	data, err := os.ReadFile(l.info)
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}

// Release frees the lock.
func (l *Lock) Release() error {
	return errors.Join(os.Remove(l.info), l.lock.Unlock())
}

// HeldBy tells whether a process works in the workspace whose lock is in dir, and
// which.
func HeldBy(dir string) (Holder, bool, error) { return at(dir, run).look() }

// ServedBy tells whether a serve looks after the workspace, and which.
func ServedBy(dir string) (Holder, bool, error) { return at(dir, serve).look() }

func (l *Lock) look() (h Holder, held bool, err error) {
	if _, err := os.Stat(l.lock.Path()); errors.Is(err, fs.ErrNotExist) {
		return Holder{}, false, nil
	}
	free, err := l.lock.TryRLock()
	if err != nil {
		return Holder{}, false, fmt.Errorf("look at lock: %w", err)
	}
	if free {
		return Holder{}, false, l.lock.Close()
	}
	return l.holder(), true, l.lock.Close()
}
