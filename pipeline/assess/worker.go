package assess

import (
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

// Serve writes an empty answer to out when it is ready, then judges tasks from in
// one after the other and answers each, until in ends. It is what a worker process does, so that a file that
// exhausts memory or loops ends the worker and not the run.
func (r *Rules) Serve(in io.Reader, out io.Writer, zone *time.Location) error {
	tasks, answers := json.NewDecoder(in), json.NewEncoder(out)
	var reader workbook.Reader
	if err := answers.Encode(Answer{}); err != nil {
		return fmt.Errorf("write answer: %w", err)
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
		if err := answers.Encode(a); err != nil {
			return fmt.Errorf("write answer: %w", err)
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
