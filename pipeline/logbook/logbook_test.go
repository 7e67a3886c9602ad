package logbook_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tonghop/pipeline/lock"
	"tonghop/pipeline/logbook"
)

// A shift is a workspace's state in which runs come and go.
type shift struct {
	t    *testing.T
	book logbook.Book
	lock *lock.Lock
}

func (s *shift) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// begin is a run that has the lock, and the commands of those before it that were killed.
func (s *shift) begin(command string) (e logbook.Entry, killed []string) {
	s.t.Helper()
	var err error
	s.lock, err = lock.Acquire(context.Background(), s.book.Dir, command, func(lock.Holder) { s.t.Error("the lock is taken") })
	s.must(err)
	e, cut, err := s.book.Begin(logbook.Entry{Command: command, By: "lan"})
	s.must(err)
	for _, k := range cut {
		killed = append(killed, k.Command)
	}
	return e, killed
}

func (s *shift) end(e logbook.Entry, state logbook.State) {
	s.t.Helper()
	e.State = state
	s.must(s.book.End(e))
	s.must(s.lock.Release())
}

func (s *shift) want(all ...string) {
	s.t.Helper()
	entries, err := s.book.Entries()
	s.must(err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Command+" "+string(e.State))
	}
	if diff := cmp.Diff(all, got, cmpopts.EquateEmpty()); diff != "" {
		s.t.Errorf("runs mismatch (-want +got):\n%s", diff)
	}
}

func TestBook(t *testing.T) {
	t.Parallel()
	s := &shift{t: t, book: logbook.Book{Dir: filepath.Join(t.TempDir(), ".tonghop")}}
	s.want()
	first, _ := s.begin("run")
	s.want("run running")
	s.end(first, logbook.Done)
	_, killed := s.begin("run --all")
	if len(killed) != 0 {
		t.Errorf("killed before: %q, want none", killed)
	}
	s.must(s.lock.Release()) // as a kill does, without a word
	s.want("run --all killed", "run done")
	third, killed := s.begin("backup")
	if strings.Join(killed, " ") != "run --all" {
		t.Errorf("killed before: %q, want run --all", killed)
	}
	s.want("backup running", "run --all killed", "run done")
	s.end(third, logbook.Failed)
	fourth, killed := s.begin("run")
	if len(killed) != 0 {
		t.Errorf("told twice of %q", killed)
	}
	s.end(fourth, logbook.Stopped)
	s.want("run stopped", "backup failed", "run --all killed", "run done")
}

// Runs that found nothing push out none of those that did something; a list that is
// damaged stops no run.
func TestKept(t *testing.T) {
	t.Parallel()
	s := &shift{t: t, book: logbook.Book{Dir: filepath.Join(t.TempDir(), ".tonghop")}}
	first, _ := s.begin("first")
	s.end(first, logbook.Done)
	for range 40 {
		e, _ := s.begin("run")
		e.Outcome = &logbook.Outcome{}
		s.end(e, logbook.Done)
	}
	entries, err := s.book.Entries()
	s.must(err)
	if n := len(entries); n != 31 || entries[n-1].Command != "first" {
		t.Errorf("%d runs kept, the oldest %+v", n, entries[n-1])
	}
	s.must(os.WriteFile(filepath.Join(s.book.Dir, logbook.Folder, "log.json"), []byte("{"), 0o644))
	s.want()
	e, _ := s.begin("run")
	s.end(e, logbook.Done)
	s.want("run done")
}
