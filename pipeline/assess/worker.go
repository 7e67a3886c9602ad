package assess

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"tonghop/pipeline/intake"
	"tonghop/pipeline/workbook"
)

// A Task is one archived file for a worker to judge.
type Task struct {
	File   intake.File
	SHA256 string
	Path   string // of the archived bytes
	Now    time.Time
}

// An Answer is a worker's result. Err is trouble with the machine.
type Answer struct {
	Result Result
	Err    string
}

// Answers are a worker's, one after the other, as the run reads them.
type Answers struct {
	from *bufio.Reader
	wire *wire
	data []byte
}

// NewAnswers reads what Serve writes.
func NewAnswers(from io.Reader) *Answers {
	return &Answers{from: bufio.NewReader(from), wire: newWire(true)}
}

// An envelope is an answer without its facts and lists, which follow in so many
// bytes.
type envelope struct {
	Answer
	Bytes int
}

// mostBytes is more than the facts and lists of any workbook take.
const mostBytes = 1 << 30

// Next waits for the next answer.
func (a *Answers) Next() (Answer, error) {
	var e envelope
	line, err := a.from.ReadBytes('\n')
	if err != nil {
		return e.Answer, fmt.Errorf("wait for answer: %w", err)
	}
	if err := json.Unmarshal(line, &e); err != nil {
		return e.Answer, fmt.Errorf("read answer: %w", err)
	}
	if e.Bytes < 0 || e.Bytes > mostBytes {
		return e.Answer, fmt.Errorf("read answer: %w", errWire)
	}
	if cap(a.data) < e.Bytes {
		a.data = make([]byte, e.Bytes)
	}
	a.data = a.data[:e.Bytes]
	if _, err := io.ReadFull(a.from, a.data); err != nil {
		return e.Answer, fmt.Errorf("read answer: %w", err)
	}
	if e.Bytes > 0 {
		a.wire.data, a.wire.place = a.data, 0
		e.Result.Facts, e.Result.Lists = a.wire.facts(nil), a.wire.lists(nil)
	}
	if a.wire.fault != nil {
		return e.Answer, fmt.Errorf("read answer: %w", a.wire.fault)
	}
	return e.Answer, nil
}

// answer writes an answer to out.
func (w *wire) answer(out io.Writer, a Answer) error {
	w.data, w.place = w.data[:0], 0
	if len(a.Result.Facts)+len(a.Result.Lists) > 0 {
		w.facts(a.Result.Facts)
		w.lists(a.Result.Lists)
		a.Result.Facts, a.Result.Lists = nil, nil
	}
	line, err := json.Marshal(envelope{a, len(w.data)})
	if err == nil {
		_, err = out.Write(append(append(line, '\n'), w.data...))
	}
	if err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	return nil
}

// Serve writes an empty answer to out when it is ready, then judges tasks from in
// one after the other and answers each, until in ends. It is what a worker process does, so that a file that
// exhausts memory or loops ends the worker and not the run.
func (r *Rules) Serve(in io.Reader, out io.Writer, zone *time.Location) error {
	tasks, answers := json.NewDecoder(in), newWire(false)
	var reader workbook.Reader
	if err := answers.answer(out, Answer{}); err != nil {
		return err
	}
	for {
		var t Task
		err := tasks.Decode(&t)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read task: %w", err)
		}
		var a Answer
		if a.Result, err = r.do(t, zone, &reader); err != nil {
			a.Err = err.Error()
		}
		if err := answers.answer(out, a); err != nil {
			return err
		}
	}
}

func (r *Rules) do(t Task, zone *time.Location, reader *workbook.Reader) (Result, error) {
	var data []byte
	if t.File.Size <= r.Limits.FileBytes {
		var err error
		if data, err = os.ReadFile(t.Path); err != nil {
			return Result{}, fmt.Errorf("read archive: %w", err)
		}
	}
	return r.Assess(Input{File: t.File, SHA256: t.SHA256, Data: data, Now: t.Now, Zone: zone, Reader: reader})
}
