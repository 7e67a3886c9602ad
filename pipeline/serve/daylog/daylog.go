// Package daylog keeps the log of `tonghop serve`: a file for each day, and none
// older than so many days.
package daylog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tonghop/pipeline/disk"
)

// A Writer appends to the file of the day. It is safe for concurrent use.
type Writer struct {
	Dir  string
	Zone *time.Location
	Days int // how many are kept
	Now  func() time.Time

	mutex sync.Mutex
	day   string
	file  *os.File
}

const (
	prefix = "serve-"
	ending = ".jsonl"
)

// Write appends to the file of today.
func (w *Writer) Write(data []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if day := w.Now().In(w.Zone).Format(time.DateOnly); w.file == nil || day != w.day {
		if err := w.turn(day); err != nil {
			return 0, err
		}
	}
	return w.file.Write(data)
}

// turn begins the file of a day and removes those that are too old.
func (w *Writer) turn(day string) error {
	if err := errors.Join(w.close(), disk.MakeDir(w.Dir)); err != nil {
		return fmt.Errorf("turn log: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(w.Dir, prefix+day+ending), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("turn log: %w", err)
	}
	w.file, w.day = file, day
	old, err := fs.Glob(os.DirFS(w.Dir), prefix+"*"+ending)
	if err != nil {
		return fmt.Errorf("turn log: %w", err)
	}
	oldest := prefix + w.Now().In(w.Zone).AddDate(0, 0, 1-w.Days).Format(time.DateOnly) + ending
	for _, name := range old {
		if name < oldest {
			_ = os.Remove(filepath.Join(w.Dir, name)) // what can't be removed today may be tomorrow
		}
	}
	return nil
}

// Close ends the log.
func (w *Writer) Close() error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.close()
}

func (w *Writer) close() error {
	if w.file == nil {
		return nil
	}
	file := w.file
	w.file = nil
	return file.Close()
}
