package vntext_test

import (
	"strings"
	"sync"
	"testing"

	"tonghop/pipeline/vntext"
)

// A memo gives what its function does, for many texts at once, and asks it but
// once for a text that comes again.
func TestMemo(t *testing.T) {
	t.Parallel()
	var mutex sync.Mutex
	asked := map[string]int{}
	memo := vntext.NewMemo(func(text string) int {
		mutex.Lock()
		defer mutex.Unlock()
		asked[text]++
		return len(text)
	})
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			for n := range 20_000 {
				if text := strings.Repeat("ă", n%97) + strings.Repeat("b", n/97); memo.Of(text) != len(text) {
					t.Errorf("got %d for %d bytes", memo.Of(text), len(text))
				}
			}
		})
	}
	wait.Wait()
	memo.Of("nữ")
	before := asked["nữ"]
	if memo.Of("nữ"); asked["nữ"] != before {
		t.Errorf("asked %d times, want %d", asked["nữ"], before)
	}
}
