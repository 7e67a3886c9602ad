package job_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A node is a file or a folder: what a process sees in it, and what would be left of
// it after a power cut.
type node struct {
	folder     bool
	data, safe []byte
}

// A medium is a disk in which what was not synced is still on its way.
type medium struct {
	names   map[string]*node // as processes see them
	safe    map[string]*node // as they are after a power cut
	waiting []change         // names that are not safe yet
}

type change struct {
	path    string
	node    *node // nil: the name is gone
	carried bool  // it moves with a folder above it
}

// load is the medium of a folder at rest.
func load(t *testing.T, root string) *medium {
	t.Helper()
	m := &medium{names: map[string]*node{}}
	must(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		n := &node{}
		if err == nil {
			if n.folder = entry.IsDir(); !n.folder {
				n.data, err = os.ReadFile(path)
				n.safe = bytes.Clone(n.data)
			}
		}
		m.names[path] = n
		return err
	}))
	m.safe = maps.Clone(m.names)
	return m
}

// do does to the medium what a process did.
func (m *medium) do(o op) {
	n := m.names[o.path]
	switch o.kind {
	case "create", "mkdir":
		m.name(o.path, &node{folder: o.kind == "mkdir"}, false)
	case "write":
		if end := o.at + int64(len(o.data)); int64(len(n.data)) < end {
			n.data = append(n.data, make([]byte, end-int64(len(n.data)))...)
		}
		copy(n.data[o.at:], o.data)
	case "truncate":
		n.data = append(n.data[:min(o.at, int64(len(n.data)))], make([]byte, max(0, o.at-int64(len(n.data))))...)
	case "sync":
		if n.folder {
			m.settle(o.path)
		} else {
			n.safe = bytes.Clone(n.data)
		}
	case "link":
		m.name(o.to, n, false)
	case "unlink":
		m.name(o.path, nil, false)
	case "rename":
		for _, path := range m.below(o.path) {
			n := m.names[path]
			m.name(path, nil, path != o.path)
			m.name(o.to+strings.TrimPrefix(path, o.path), n, path != o.path)
		}
	}
}

func (m *medium) name(path string, n *node, carried bool) {
	if n == nil {
		delete(m.names, path)
	} else {
		m.names[path] = n
	}
	m.waiting = append(m.waiting, change{path, n, carried})
}

// below lists a path and what lies under it.
func (m *medium) below(root string) (all []string) {
	for _, path := range slices.Sorted(maps.Keys(m.names)) {
		if path == root || strings.HasPrefix(path, root+"/") {
			all = append(all, path)
		}
	}
	return all
}

// settle makes the names in a folder safe, with those that move with a folder in it.
func (m *medium) settle(folder string) {
	moved := map[string]bool{}
	m.waiting = slices.DeleteFunc(m.waiting, func(c change) bool {
		above := filepath.Dir(c.path)
		if c.carried && !moved[above] || !c.carried && above != folder {
			return false
		}
		moved[c.path] = true
		apply(m.safe, c)
		return true
	})
}

func apply(names map[string]*node, c change) {
	if c.node == nil {
		delete(names, c.path)
	} else {
		names[c.path] = c.node
	}
}

// after is what a power cut leaves: the safe names, and as many of those on their way
// as chance has it, for the disk keeps their order; what was not synced in a file is
// lost, torn, or reads as zeros.
func (m *medium) after(random *rand.Rand) map[string][]byte {
	names := maps.Clone(m.safe)
	for _, c := range m.waiting[:random.Intn(len(m.waiting)+1)] {
		apply(names, c)
	}
	left := map[string][]byte{}
	for path, n := range names {
		switch {
		case !reached(names, path):
			continue
		case n.folder:
			left[path] = nil
			continue
		}
		data := n.safe
		if !bytes.Equal(n.safe, n.data) {
			switch random.Intn(3) {
			case 0:
				data = n.data[:random.Intn(len(n.data)+1)]
			case 1:
				data = append(bytes.Clone(n.safe[:min(len(n.safe), len(n.data))]), make([]byte, max(0, len(n.data)-len(n.safe)))...)
			}
		}
		left[path] = append([]byte{}, data...)
	}
	return left
}

// reached tells whether the folders above a path have their names too.
func reached(names map[string]*node, path string) bool {
	for above := filepath.Dir(path); ; above = filepath.Dir(above) {
		if n := names[above]; n == nil { // above the medium there is no name either
			return !slices.ContainsFunc(slices.Collect(maps.Keys(names)), func(other string) bool { return strings.HasPrefix(above, other+"/") })
		}
	}
}

// lasts tells whether a power cut leaves a file as it is.
func (m *medium) lasts(path string) bool {
	n := m.names[path]
	return m.safe[path] == n && (n.folder || bytes.Equal(n.data, n.safe)) && reached(m.safe, path)
}

// promises are kept at every step: a file gets its name only once its bytes are safe,
// a folder only once all in it is; the database is written only once the record and
// the archive are.
func (m *medium) broken(o op, root string) string {
	state := filepath.Join(root, ".tonghop")
	database := strings.HasPrefix(o.path, filepath.Join(state, "tonghop.duckdb"))
	switch {
	case o.kind == "rename" && !database && !strings.HasPrefix(o.path, filepath.Join(state, "parquet-")): // lent to DuckDB, and removed
		for _, path := range m.below(o.path) {
			if n := m.names[path]; !bytes.Equal(n.data, n.safe) {
				return "renamed before it was synced: " + path
			}
			if path != o.path && m.safe[path] == nil {
				return "its folder is renamed before its name was synced: " + path
			}
		}
	case o.kind == "write" && database:
		for _, path := range m.below(state) {
			_, record := strings.CutPrefix(path, filepath.Join(state, "intake.jsonl"))
			archived := strings.HasPrefix(path, filepath.Join(state, "archive")) && !strings.Contains(path, "taking-")
			if (record || archived) && !m.lasts(path) {
				return "the database is written before this is safe: " + path
			}
		}
	}
	return ""
}

// Power cuts: whatever was not synced may be lost at any step of a command. Every step
// is held to what makes that harmless; from what a cut leaves at some of them, the next
// run makes what an undisturbed one made; and what a command has done when it ends is
// on the disk.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	for _, do := range commands("rebuild", "first", "close", "backup") { // closing and rebuilding begin with an ordinary run
		t.Run(do, func(t *testing.T) {
			t.Parallel()
			x := newTorture(t)
			if do == "first" {
				x.base.drop("A/1.xlsx", "Công đoàn huyện An", "Quý I năm 2026", 3, 10, 5, 200, 100)
				x.base.drop("B/1.xlsx", "Công đoàn huyện Bình", "Quý I năm 2026", "năm", 10, 5, 200, 100)
				x.peace("")
			} else {
				x.prepare(do)
			}
			x.cutPower(int(number(t, "TORTURE_KILLS", 20) / 15))
		})
	}
}

// cutPower cuts the power at that many steps of the command.
func (x *torture) cutPower(cuts int) {
	w := x.copy()
	m := load(x.T, filepath.Dir(w.dir))
	command := w.child(x.do)
	command.Env = append(command.Env, "TEST_RUN_FAULT=none") // no workers: the tracer follows one process
	watched, err := trace(command, filepath.Dir(w.dir))
	if errors.Is(err, errNoTracing) {
		x.Skip(err)
	}
	must(x, err)
	if watched.code != 0 || len(watched.ops) < 100 {
		x.Fatalf("the command ended with %d after %d operations", watched.code, len(watched.ops))
	}
	points := map[int]bool{}
	for len(points) < cuts {
		points[x.random.Intn(len(watched.ops))] = true
	}
	synced := 0
	for i, o := range watched.ops {
		if o.kind == "unknown" {
			x.Fatalf("the tracer does not know what was done to %s", o.path)
		}
		if fault := m.broken(o, w.dir); fault != "" {
			x.Errorf("step %d, %s %s: %s", i, o.kind, o.path, fault)
		}
		m.do(o)
		if o.kind == "sync" {
			synced++
		}
		if points[i] {
			x.recover(m.after(x.random), w.dir, o)
		}
	}
	x.seenAll(m, filepath.Dir(w.dir))
	x.lasting(m, w.dir)
	x.Logf("%d steps, %d syncs, %d power cuts", len(watched.ops), synced, len(points))
}

// lasting holds the medium, now that the command has ended, to what must outlast a power
// cut: all but what only a process that runs needs.
func (x *torture) lasting(m *medium, dir string) {
	x.Helper()
	for path := range m.names {
		name, _ := filepath.Rel(dir, path)
		passing := strings.HasPrefix(name, ".tonghop/lock") || strings.HasPrefix(name, ".tonghop/spill")
		if !passing && !m.lasts(path) {
			x.Errorf("after its end a power cut would take %s", name)
		}
	}
}

// seenAll holds what the tracer saw against what is there: it must have missed
// nothing.
func (x *torture) seenAll(m *medium, dir string) {
	x.Helper()
	there := load(x.T, dir)
	for path, n := range there.names {
		if seen := m.names[path]; seen == nil || !bytes.Equal(seen.data, n.data) {
			x.Errorf("the tracer missed what was done to %s", path)
		}
	}
	for path := range m.names {
		if there.names[path] == nil {
			x.Errorf("the tracer missed that %s is gone", path)
		}
	}
}

// recover lays out what a power cut left and lets a run, or the command once more, go on
// from there.
func (x *torture) recover(left map[string][]byte, dir string, last op) {
	x.Helper()
	root := x.TempDir()
	w := &workspace{t: x.T, dir: filepath.Join(root, filepath.Base(dir)), now: x.base.now}
	for path, data := range left {
		name, _ := filepath.Rel(filepath.Dir(dir), path)
		if data != nil {
			must(x, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
			must(x, os.WriteFile(filepath.Join(root, name), data, 0o644))
		} else {
			must(x, os.MkdirAll(filepath.Join(root, name), 0o755))
		}
	}
	x.keepTimes(w)
	x.again(w)
	if lost := w.missing(); len(lost) > 0 {
		x.Errorf("not in the archive: %q", lost)
	}
	if x.Failed() {
		x.Fatalf("after a power cut at %s %s", last.kind, last.path)
	}
}

// keepTimes gives the files of the inbox the times that they have in the base.
func (x *torture) keepTimes(w *workspace) {
	x.Helper()
	must(x, filepath.WalkDir(x.base.path("inputs/inbox"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		below, _ := filepath.Rel(x.base.dir, path)
		return os.Chtimes(filepath.Join(w.dir, below), info.ModTime(), info.ModTime())
	}))
}

// missing are the files of the ledger whose bytes are not whole in the archive.
func (w *workspace) missing() (lost []string) {
	for _, row := range w.table("", "submissions") {
		data, err := os.ReadFile(w.path(".tonghop/archive/" + row["sha256"][:2] + "/" + row["sha256"]))
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(data)) != row["sha256"] {
			lost = append(lost, row["file"])
		}
	}
	return lost
}
