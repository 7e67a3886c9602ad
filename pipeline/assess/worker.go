package assess

import (
	"bufio"
	"bytes"
	"encoding/binary"
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
	data bytes.Buffer
}

// NewAnswers reads what Serve writes.
func NewAnswers(from io.Reader) *Answers {
	return &Answers{from: bufio.NewReader(from), wire: newWire(true)}
}

// mostBytes is more than what is read of any workbook takes.
const mostBytes = 1 << 30

// Next waits for the next answer.
func (a *Answers) Next() (answer Answer, err error) {
	size, err := binary.ReadUvarint(a.from)
	if err != nil {
		return answer, fmt.Errorf("wait for answer: %w", err)
	}
	if size > mostBytes {
		return answer, fmt.Errorf("read answer: %w", errWire)
	}
	a.data.Reset()
	if _, err := io.CopyN(&a.data, a.from, int64(size)); err != nil {
		return answer, fmt.Errorf("read answer: %w", err)
	}
	a.wire.data, a.wire.place = a.data.Bytes(), 0
	a.wire.answer(&answer)
	if a.wire.fault != nil {
		return Answer{}, fmt.Errorf("read answer: %w", a.wire.fault)
	}
	return answer, nil
}

// send writes an answer to out.
func (w *wire) send(out io.Writer, a Answer) error {
	w.data, w.place = w.data[:0], 0
	w.answer(&a)
	_, err := out.Write(append(binary.AppendUvarint(nil, uint64(len(w.data))), w.data...))
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
	if err := answers.send(out, Answer{}); err != nil {
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
		if err := answers.send(out, a); err != nil {
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
