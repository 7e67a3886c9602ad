// Package journal keeps the two files that nothing rewrites: journal.jsonl, what
// staff decided, and intake.jsonl, which files were taken and when.
//
// With the archive they are the truth that the database can be made from again.
// A line is on the disk before anything acts on it. Package job calls it under
// the workspace's lock; what an act means is decided by the SQL over raw_act.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"tonghop/pipeline"
)

// A Journal is the record of a workspace.
type Journal struct {
	Acts     []pipeline.Act
	Receipts []pipeline.Receipt // of the same folder and hash, the last one counts
	Torn     []string           // files whose last line a power cut had torn; they are mended

	acts, intake log
}

// Open reads the record in dir, mends what a power cut tore and checks the rest.
func Open(dir string) (*Journal, error) { return open(dir, false) }

// Look reads and checks the record and changes nothing. What a power cut tore, or a
// run is just writing, is left out and named in Torn.
func Look(dir string) (*Journal, error) { return open(dir, true) }

func open(dir string, look bool) (*Journal, error) {
	j := &Journal{acts: log{path: filepath.Join(dir, "journal.jsonl"), look: look}, intake: log{path: filepath.Join(dir, "intake.jsonl"), look: look}}
	lines, err := j.read(&j.acts)
	if err != nil {
		return nil, err
	}
	if err := j.addActs(lines); err != nil {
		return nil, err
	}
	if lines, err = j.read(&j.intake); err != nil {
		return nil, err
	}
	for n, l := range lines {
		var r struct {
			pipeline.Receipt
			Seq  int    `json:"seq"`
			Prev string `json:"prev"`
		}
		if err := decode(l.text, &r); err != nil {
			return nil, fmt.Errorf("read record %q, line %d: %w", j.intake.path, n+1, err)
		}
		j.Receipts = append(j.Receipts, r.Receipt)
	}
	return j, nil
}

func (j *Journal) read(l *log) ([]line, error) {
	lines, torn, err := l.open()
	if torn {
		j.Torn = append(j.Torn, l.path)
	}
	return lines, err
}

func (j *Journal) addActs(lines []line) error {
	for _, l := range lines {
		a := struct {
			pipeline.Act
			Prev string `json:"prev"`
		}{Act: pipeline.Act{Hash: l.hash}}
		err := decode(l.text, &a)
		if err == nil && !a.Kind.Known() {
			err = fmt.Errorf("%w: act %q", ErrNewer, a.Kind)
		}
		if err != nil {
			return fmt.Errorf("read record %q, line %d: %w", j.acts.path, len(j.Acts)+1, err)
		}
		j.Acts = append(j.Acts, a.Act)
	}
	return nil
}

// ErrNewer tells that a line of the record, whole as it is, says what this program knows
// nothing of. It is not passed over: staff may have decided by it.
var ErrNewer = errors.New("the record was written by a newer version of the program: use that one")

// decode reads a line of which the chain has been checked.
func decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrNewer, err)
	}
	return nil
}

// Add puts an act on the record and gives it its number.
func (j *Journal) Add(a pipeline.Act) error {
	if !a.Kind.Known() {
		return fmt.Errorf("write record: no act %q", a.Kind) // nobody could read the record then
	}
	a.Seq = 0 // the line's number says it
	lines, err := j.acts.append(a)
	if err != nil {
		return err
	}
	return j.addActs(lines)
}

// Receive puts the taking of files on the record.
func (j *Journal) Receive(receipts []pipeline.Receipt) error {
	if len(receipts) == 0 {
		return nil
	}
	records := make([]any, len(receipts))
	for i, r := range receipts {
		records[i] = r
	}
	if _, err := j.intake.append(records...); err != nil {
		return err
	}
	j.Receipts = append(j.Receipts, receipts...)
	return nil
}

// Since are the acts after the first n of them, of which the last had the given
// hash when it was applied.
func (j *Journal) Since(n int, hash string) ([]pipeline.Act, error) {
	if n > len(j.Acts) || n > 0 && j.Acts[n-1].Hash != hash {
		return nil, fmt.Errorf("read record %q, line %d: not as it was when it was applied: %w", j.acts.path, n, ErrBroken)
	}
	return j.Acts[n:], nil
}
