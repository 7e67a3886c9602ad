package access

import (
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

// How long a session lasts without a request, and how many there are at most.
const (
	idleTime    = time.Hour
	maxSessions = 1000
)

// Sessions are who is signed in. They live in memory alone: a restart signs
// everybody out. Of an id only its hash is kept.
type Sessions struct {
	longest time.Duration

	mu  sync.Mutex
	all map[[sha256.Size]byte]*session
}

type session struct {
	name, mark   string
	opened, used time.Time
}

func (s *Sessions) over(x *session, now time.Time) bool {
	return now.Sub(x.used) > idleTime || now.Sub(x.opened) > s.longest
}

// NewSessions are no sessions; each will last the given time at most.
func NewSessions(longest time.Duration) *Sessions {
	return &Sessions{longest: longest, all: map[[sha256.Size]byte]*session{}}
}

// Open begins a session and gives its id, which nobody can guess.
func (s *Sessions) Open(name, mark string, now time.Time) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, other := range s.all {
		if s.over(other, now) {
			delete(s.all, key)
		}
	}
	if len(s.all) >= maxSessions {
		s.dropOldest()
	}
	id = rand.Text() + rand.Text()
	s.all[sha256.Sum256([]byte(id))] = &session{name: name, mark: mark, opened: now, used: now}
	return id
}

func (s *Sessions) dropOldest() {
	var oldest [sha256.Size]byte
	var used time.Time
	for key, other := range s.all {
		if used.IsZero() || other.used.Before(used) {
			oldest, used = key, other.used
		}
	}
	delete(s.all, oldest)
}

// Get is whose session it is, if it lasts, and keeps it alive.
func (s *Sessions) Get(id string, now time.Time) (name, mark string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.lasting(id, now)
	if found == nil {
		return "", "", false
	}
	found.used = now
	return found.name, found.mark, true
}

// Look is Get for what goes on without anybody asking: it keeps nothing alive.
func (s *Sessions) Look(id string, now time.Time) (name, mark string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.lasting(id, now)
	if found == nil {
		return "", "", false
	}
	return found.name, found.mark, true
}

// lasting is the session, or nil. The caller holds the mutex.
func (s *Sessions) lasting(id string, now time.Time) *session {
	key := sha256.Sum256([]byte(id))
	found := s.all[key]
	if found != nil && s.over(found, now) {
		delete(s.all, key)
		return nil
	}
	return found
}

// Close ends a session.
func (s *Sessions) Close(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, sha256.Sum256([]byte(id)))
}
