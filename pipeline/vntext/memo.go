package vntext

import (
	"strings"
	"sync"
)

// How much a Memo keeps at most: the texts of some forms, none of them long.
const (
	memoTexts     = 8192
	memoTextBytes = 300
)

// A Memo remembers what a function made of the texts it was given before. Units
// fill in copies of the same forms, whose labels come again and again. The
// function must depend on the text alone, and nobody may change what it gave. A
// Memo serves any number of goroutines.
type Memo[T any] struct {
	make  func(string) T
	mutex sync.RWMutex
	known map[string]T
}

// NewMemo is an empty memo of a function.
func NewMemo[T any](function func(string) T) *Memo[T] {
	return &Memo[T]{make: function, known: map[string]T{}}
}

// Of is what the function makes of a text.
func (m *Memo[T]) Of(text string) T {
	if len(text) > memoTextBytes {
		return m.make(text)
	}
	m.mutex.RLock()
	made, ok := m.known[text]
	m.mutex.RUnlock()
	if ok {
		return made
	}
	text = strings.Clone(text) // which keeps nothing else in memory
	made = m.make(text)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if len(m.known) >= memoTexts {
		clear(m.known)
	}
	m.known[text] = made
	return made
}
