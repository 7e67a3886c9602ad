package work

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tonghop/pipeline/disk"
)

// How many jobs are kept of each kind. Schedules that found nothing to do are many
// and tell nothing; one that fails every few minutes must not push out what people
// asked for.
const (
	keptQuiet     = 30
	keptScheduled = 300
	keptAsked     = 500
)

// A store keeps jobs on the disk: <id>.json each, and <id>.lines what it wrote.
type store struct{ dir string }

// load reads all jobs in the order they were asked for. No other serve writes there.
func (s store) load() ([]Job, error) {
	if err := disk.Clear(s.dir); err != nil {
		return nil, fmt.Errorf("clear jobs: %w", err)
	}
	names, err := fs.Glob(os.DirFS(s.dir), "*.json") // the folder's own name may look like a pattern
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	slices.Sort(names)
	var all []Job
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			return nil, fmt.Errorf("read job: %w", err)
		}
		var j Job
		if err := json.Unmarshal(data, &j); err != nil {
			return nil, fmt.Errorf("read job %q: %w", name, err)
		}
		j.ID = strings.TrimSuffix(name, ".json")
		all = append(all, j)
	}
	return all, nil
}

func (s store) save(j Job) error {
	data, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return disk.Replace(filepath.Join(s.dir, j.ID+".json"), append(data, '\n'))
}

func (s store) saveLines(id string, lines []Line) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	for _, l := range lines {
		if err := encoder.Encode(l); err != nil {
			return err
		}
	}
	return disk.Replace(filepath.Join(s.dir, id+".lines"), b.Bytes())
}

// lines reads what a job wrote; one that was cut off may have none.
func (s store) lines(id string) ([]Line, error) {
	data, err := os.ReadFile(filepath.Join(s.dir, id+".lines"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read lines of a job: %w", err)
	}
	var all []Line
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var l Line
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("read lines of job %q: %w", id, err)
		}
		all = append(all, l)
	}
	return all, scanner.Err()
}

func (s store) remove(id string) error {
	err := os.Remove(filepath.Join(s.dir, id+".lines"))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, os.Remove(filepath.Join(s.dir, id+".json")))
}

// kept is how many jobs of its kind are kept.
func (j Job) kept() int {
	switch {
	case j.Quiet():
		return keptQuiet
	case j.By == "":
		return keptScheduled
	}
	return keptAsked
}

// prune throws old jobs away, never the newest.
func (r *Runner) prune() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	counts := map[int]int{} // by how many are kept
	var kept []*entry
	for _, e := range slices.Backward(r.entries) {
		most := e.job.kept()
		if counts[most]++; counts[most] <= most || !e.job.Over() {
			kept = append(kept, e)
			continue
		}
		if err := r.store.remove(e.job.ID); err != nil {
			r.Log.Error("old job not removed", "job", e.job.ID, "error", err)
		}
	}
	slices.Reverse(kept)
	r.entries = kept
}
