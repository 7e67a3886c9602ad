package assess

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"tonghop/pipeline/intake"
	"tonghop/pipeline/workbook"
	"tonghop/reports"
)

// A Task is one archived file for a worker to judge, or to mark up.
type Task struct {
	File   intake.File
	SHA256 string
	Path   string // of the archived bytes
	Now    time.Time
	Mark   *reports.Feedback // what the file is marked up with; nil for judging it
}

// An Answer is a worker's result. Err is trouble with the machine.
type Answer struct {
	Result  Result
	Book    []byte // the file marked up
	Tripped string // why Book bears the answer alone; empty where it does not
	Err     string
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

// A Service is what a worker process does.
type Service struct {
	Rules *Rules
	Zone  *time.Location
	// Mark marks a workbook up with its answer; tripped is why it could not, and
	// book is the answer alone.
	Mark func(original []byte, f *reports.Feedback) (book []byte, tripped, err error)

	reader workbook.Reader
}

// Serve writes an empty answer to out when it is ready, then does tasks from in
// one after the other and answers each, until in ends. In a process of its own, so
// that a file that exhausts memory or loops ends the worker and not the run.
func (s *Service) Serve(in io.Reader, out io.Writer) error {
	tasks, answers := gob.NewDecoder(in), newWire(false)
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
		if err := answers.send(out, s.do(t)); err != nil {
			return err
		}
	}
}

func (s *Service) do(t Task) (a Answer) {
	data, err := t.read(s.Rules.Limits.FileBytes)
	switch {
	case err != nil:
	case t.Mark != nil:
		var tripped error
		if a.Book, tripped, err = s.Mark(data, t.Mark); tripped != nil {
			a.Tripped = tripped.Error()
		}
	default:
		a.Result, err = s.Rules.Assess(Input{File: t.File, SHA256: t.SHA256, Data: data, Now: t.Now, Zone: s.Zone, Reader: &s.reader})
	}
	if err != nil {
		a.Err = err.Error()
	}
	return a
}

// read reads the archived file, unless it is beyond all bounds.
func (t *Task) read(most int64) ([]byte, error) {
	if t.File.Size > most {
		return nil, nil
	}
	data, err := os.ReadFile(t.Path)
	if err != nil {
		return nil, fmt.Errorf("read archive: %w", err)
	}
	return data, nil
}
