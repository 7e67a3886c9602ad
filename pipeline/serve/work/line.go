package work

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/logbook"
)

// What is kept of what a job writes.
const (
	mostLines  = 5000
	mostOfLine = 16 << 10
	lastLines  = 12
)

// A record is one line that a child writes to stderr with --log json: a line of
// its log, or with stage how far it has come, or with outcome what it did.
type record struct {
	Level   string           `json:"level"`
	Message string           `json:"msg"`
	At      time.Time        `json:"time"`
	Stage   string           `json:"stage"`
	Done    int              `json:"done"`
	Total   int              `json:"total"`
	Outcome *logbook.Outcome `json:"outcome"`
}

// takeOut takes down a line that the command printed.
func (r *Runner) takeOut(e *entry, text string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.add(e, Line{Kind: Out, Text: text})
	r.tell(e)
}

// takeFault takes down a line of stderr. What is not a record is for people.
func (r *Runner) takeFault(e *entry, text string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	defer func() { r.tell(e) }()
	var rec record
	if json.Unmarshal([]byte(text), &rec) != nil || rec.Message == "" {
		r.add(e, Line{Kind: Note, Text: text})
		return
	}
	switch {
	case rec.Stage != "":
		if rec.Stage != e.job.Progress.Stage {
			r.add(e, Line{Kind: Stage, Text: rec.Stage})
		}
		e.job.Progress = Progress{Stage: rec.Stage, Done: rec.Done, Total: rec.Total}
	case rec.Outcome != nil:
		e.job.Outcome = rec.Outcome
	default:
		r.add(e, Line{Kind: Log, Level: rec.Level, Text: rec.Message + attributes(text)})
	}
}

// attributes are the other fields of a record as key=value.
func attributes(text string) string {
	var all map[string]any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // as they were written
	if decoder.Decode(&all) != nil {
		return ""
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if key != "time" && key != "level" && key != "msg" {
			fmt.Fprintf(&b, " %s=%v", key, all[key])
		}
	}
	return b.String()
}

// add keeps a line; of those that are too many only the last, which say how it ended. The
// caller holds the mutex.
func (r *Runner) add(e *entry, l Line) {
	l.At = r.Now()
	if len(e.lines) < mostLines {
		e.number(l)
	} else {
		e.tail = append(slices.Clone(e.tail[max(0, len(e.tail)+1-lastLines):]), l)
	}
	if l.Kind == Out || l.Kind == Note {
		e.job.Last = append(e.job.Last, l.Text)
		e.job.Last = slices.Clone(e.job.Last[max(0, len(e.job.Last)-lastLines):])
	}
}

// number gives a line its number.
func (e *entry) number(l Line) {
	l.N = len(e.lines) + 1
	e.lines = append(e.lines, l)
	e.job.Lines = l.N
}

// A lineWriter hands on what is written to it line by line.
type lineWriter struct {
	take    func(text string)
	pending []byte
}

// Write takes whole lines; of a very long one the beginning is enough.
func (w *lineWriter) Write(data []byte) (int, error) {
	written := len(data)
	for len(data) > 0 {
		line, rest, ended := bytes.Cut(data, []byte("\n"))
		w.pending = append(w.pending, line[:min(len(line), mostOfLine-len(w.pending))]...)
		if ended {
			w.flush()
		}
		data = rest
	}
	return written, nil
}

// flush hands on a last line that has no end.
func (w *lineWriter) flush() {
	if text := strings.TrimRight(strings.ToValidUTF8(string(w.pending), "\uFFFD"), "\r"); text != "" {
		w.take(text)
	}
	w.pending = w.pending[:0]
}
