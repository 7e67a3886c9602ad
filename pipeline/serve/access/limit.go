package access

import (
	"net/netip"
	"sync"
	"time"
)

// Of failed tries so many are free; each after that doubles the wait. An address
// waits longer than a name: whoever tries names must not be able to shut their
// owners out for long.
const (
	freeTries   = 5
	forgetAfter = 30 * time.Minute
	nameWait    = time.Minute
	addressWait = 15 * time.Minute
	maxTallies  = 10_000
)

// A Limiter slows the guessing of passwords down, by address and by name.
type Limiter struct {
	mu  sync.Mutex
	all map[string]tally
}

type tally struct {
	tries int
	last  time.Time
}

// wait is how long after its last try the next one may come.
func (t tally) wait(most time.Duration) time.Duration {
	over := t.tries - freeTries
	if over < 0 {
		return 0
	}
	if over > 10 {
		return most
	}
	return min(most, time.Second<<over)
}

// NewLimiter is a limiter that has seen nothing.
func NewLimiter() *Limiter { return &Limiter{all: map[string]tally{}} }

// Try counts a try as failed before it is made, so that many at once are counted
// too. It gives the time to wait where the try must not be made.
func (l *Limiter) Try(address, name string, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	keys := keysOf(address, name)
	for i, key := range keys {
		t := l.all[key]
		if now.Sub(t.last) > forgetAfter {
			delete(l.all, key)
			continue
		}
		most := [...]time.Duration{addressWait, nameWait}[i]
		if pause := t.wait(most); pause > 0 { // of tries at once the clocks may differ
			wait = max(wait, t.last.Add(pause).Sub(now))
		}
	}
	if wait > 0 {
		return wait
	}
	l.makeRoom(now)
	for _, key := range keys {
		l.all[key] = tally{l.all[key].tries + 1, now}
	}
	return 0
}

// makeRoom forgets what is old, and everything where that is not enough: memory is
// bounded whatever names are tried.
func (l *Limiter) makeRoom(now time.Time) {
	if len(l.all) < maxTallies {
		return
	}
	for key, t := range l.all {
		if now.Sub(t.last) > forgetAfter {
			delete(l.all, key)
		}
	}
	if len(l.all) >= maxTallies {
		clear(l.all)
	}
}

// Forgive takes back what a try that succeeded counted.
func (l *Limiter) Forgive(address, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	keys := keysOf(address, name)
	delete(l.all, keys[1])
	if t, ok := l.all[keys[0]]; ok {
		t.tries--
		l.all[keys[0]] = t
	}
}

// keysOf are what tries are counted by. One machine has as many IPv6 addresses as it
// likes, but only in its own network.
func keysOf(address, name string) [2]string {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Unmap().Is6() {
		const network = 64
		p, _ := ip.WithZone("").Prefix(network) // it is one of 128 bits
		address = p.String()
	}
	return [2]string{"address " + address, "name " + fold(name)}
}
