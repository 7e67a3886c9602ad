package job

import (
	"sync"

	"tonghop/pipeline"
)

// What judged files may hold in memory. A form's figures take some ten thousand
// bytes; what a unit can put into one file takes ten thousand times that.
const (
	mostWaiting = 128 << 20 // bytes, until they are loaded
	mostKept    = 1 << 20   // bytes of one that was refused, until it is answered
)

// weight is about how many bytes of memory take what was read of s.
func weight(s *pipeline.Submission) int64 {
	const record = 250 // a fact, a cell of a list or a finding without its texts
	all := record * (len(s.Facts) + len(s.Lists) + len(s.Findings))
	for i := range s.Facts {
		all += len(s.Facts[i].Raw) + len(s.Facts[i].Note)
	}
	for i := range s.Lists {
		all += len(s.Lists[i].Raw) + len(s.Lists[i].Text)
	}
	return int64(all)
}

// A backlog is what is judged and waits to be loaded. A file is begun only while
// that is little. What is loaded next was begun before all that waits, so that
// nobody waits for ever.
type backlog struct {
	mutex  sync.Mutex
	bytes  int64
	shrunk chan struct{} // closed once bytes are few; nil while they are
}

// add changes the backlog by so many bytes.
func (b *backlog) add(bytes int64) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.bytes += bytes
	switch {
	case b.bytes > mostWaiting && b.shrunk == nil:
		b.shrunk = make(chan struct{})
	case b.bytes <= mostWaiting && b.shrunk != nil:
		close(b.shrunk)
		b.shrunk = nil
	}
}

// little is closed once the backlog is little.
func (b *backlog) little() <-chan struct{} {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.shrunk != nil {
		return b.shrunk
	}
	now := make(chan struct{})
	close(now)
	return now
}
