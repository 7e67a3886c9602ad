package access

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/process"
)

// Environment names the variable whose lines, name:hash, may stand in place of a
// file of staff or beside it.
const Environment = process.Password

// A Staff is who may sign in. The file is looked at again when it changes, so that
// a new colleague needs no restart and one who left is out at once. It is safe for
// concurrent use.
type Staff struct {
	path  string
	extra string // lines of the environment

	mu      sync.Mutex
	size    int64
	changed time.Time
	members map[string]member // by folded name
	tries   chan struct{}     // hashing takes memory: so many at once
}

// A member is one who may sign in.
type member struct {
	name string // as the record shows it
	hash hash
}

// dummy is what the password of a name that nobody has is compared with, so that the
// answer takes as long.
var dummy = hash{memory: memoryKiB, passes: passes, lanes: lanes, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}

// Open reads the file of staff and the lines of the environment. An empty path is no
// file; without either nobody can sign in.
func Open(path, lines string) (*Staff, error) {
	s := &Staff{path: path, extra: lines, tries: make(chan struct{}, 2)}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s, s.load()
}

// load reads the members anew.
func (s *Staff) load() error {
	members := map[string]member{}
	if err := addMembers(members, s.extra); err != nil {
		return fmt.Errorf("read %s: %w", Environment, err)
	}
	if s.path != "" {
		info, err := os.Stat(s.path)
		if err != nil {
			return fmt.Errorf("read passwords: %w", err)
		}
		data, err := os.ReadFile(s.path)
		if err != nil {
			return fmt.Errorf("read passwords: %w", err)
		}
		if err := addMembers(members, string(data)); err != nil {
			return fmt.Errorf("read passwords %q: %w", s.path, err)
		}
		s.size, s.changed = info.Size(), info.ModTime()
	}
	s.members = members
	return nil
}

// addMembers reads lines name:hash. Empty lines and those that begin with # say
// nothing. Faults name the line, never what stands in it.
func addMembers(members map[string]member, text string) error {
	lines := bufio.NewScanner(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, hashed, ok := strings.Cut(line, ":")
		name = Name(name)
		if !ok || name == "" {
			return fmt.Errorf("line %d: want name:hash", n)
		}
		h, err := parseHash(strings.TrimSpace(hashed))
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if _, twice := members[fold(name)]; twice {
			return fmt.Errorf("line %d: the name stands twice", n)
		}
		members[fold(name)] = member{name, h}
	}
	return lines.Err()
}

// Name is a name as the record shows it: one line of text of bounded length.
func Name(text string) string {
	const most = 400 // bytes: a hundred letters at least
	text = strings.ToValidUTF8(text[:min(len(text), most)], "")
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) {
			return ' '
		}
		return r
	}, norm.NFC.String(text))
	return strings.Join(strings.Fields(text), " ")
}

// fold is a name as it is typed by people in a hurry.
func fold(name string) string { return strings.ToLower(Name(name)) }

// current are the members now. A file that can't be read any more changes nobody.
func (s *Staff) current() (map[string]member, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.path == "" {
		return s.members, nil
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return s.members, err
	}
	if info.Size() == s.size && info.ModTime().Equal(s.changed) {
		return s.members, nil
	}
	err = s.load()
	return s.members, err
}

// Empty tells that nobody can sign in.
func (s *Staff) Empty() bool {
	members, _ := s.current() // what was read last stands
	return len(members) == 0
}

// Fault is what is wrong with the file now, while what was read before stands.
func (s *Staff) Fault() error {
	_, err := s.current()
	return err
}

// Known is the name on the record of a member, or empty.
func (s *Staff) Known(name string) string {
	members, _ := s.current()
	return members[fold(name)].name
}

// ErrRefused tells that nobody has this name and password.
var ErrRefused = errors.New("name or password refused")

// Check is the name on the record of who signs in, and the mark that a session of
// theirs rests on.
func (s *Staff) Check(name, password string) (known, mark string, err error) {
	members, _ := s.current() // Fault tells
	m, ok := members[fold(name)]
	if !ok {
		m.hash = dummy
	}
	s.tries <- struct{}{}
	matches := m.hash.matches(password)
	<-s.tries
	if !ok || !matches {
		return "", "", ErrRefused
	}
	return m.name, m.hash.String(), nil
}

// Stands tells whether the name still has the password that the mark speaks of.
func (s *Staff) Stands(name, mark string) bool {
	members, _ := s.current()
	m, ok := members[fold(name)]
	return ok && m.hash.String() == mark
}
