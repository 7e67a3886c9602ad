package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/disk"
)

// ErrBroken tells that a file of the record is not as it was written.
var ErrBroken = errors.New("the record was changed by other hands: restore the file from a backup")

// A line is one record with what chains it to the next.
type line struct {
	text []byte // without its end
	hash string // SHA-256 of text
}

// A log is an append-only file of JSON objects, one a line. Each bears its number
// and the hash of the line before it, so that no line can be changed, taken out
// or put in between without showing.
type log struct {
	path string
	look bool // nothing is mended
	tail line // the last line
	n    int  // how many there are
}

// open reads a log and checks its chain. A last line that a power cut tore is cut
// off, for nothing has acted on it; torn tells so.
func (l *log) open() (lines []line, torn bool, err error) {
	data, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read record: %w", err)
	}
	whole := untorn(data)
	for text := range bytes.Lines(data[:whole]) {
		if err := l.take(bytes.TrimSuffix(text, []byte("\n"))); err != nil {
			return nil, false, fmt.Errorf("read record %q, line %d: %w", l.path, l.n+1, err)
		}
		lines = append(lines, l.tail)
	}
	if whole == len(data) {
		return lines, false, nil
	}
	rest := data[whole:]
	if !json.Valid(rest) {
		return lines, true, l.mend(int64(whole), "")
	}
	// All but its end was written: the line stays.
	if err := l.take(rest); err != nil {
		return nil, false, fmt.Errorf("read record %q, line %d: %w", l.path, l.n+1, err)
	}
	return append(lines, l.tail), true, l.mend(int64(len(data)), "\n")
}

// untorn is the length of data up to the end of the last line that was written
// whole. Blocks that a power cut kept from the disk read as zeros.
func untorn(data []byte) int {
	end := bytes.LastIndexByte(data, '\n') + 1
	if begin := bytes.LastIndexByte(data[:max(end-1, 0)], '\n') + 1; bytes.IndexByte(data[begin:end], 0) >= 0 {
		return begin
	}
	return end
}

// take checks that text is the next line of the chain. Its form is as append
// writes it, to the letter.
func (l *log) take(text []byte) error {
	head, foot := l.link()
	if !bytes.HasPrefix(text, head) || !bytes.HasSuffix(text, foot) || !json.Valid(text) {
		return ErrBroken
	}
	sum := sha256.Sum256(text)
	l.tail, l.n = line{text, hex.EncodeToString(sum[:])}, l.n+1
	return nil
}

// link is how the next line begins and ends.
func (l *log) link() (head, foot []byte) {
	return fmt.Appendf(nil, `{"seq":%d,`, l.n+1), fmt.Appendf(nil, `,"prev":"%s"}`, l.tail.hash)
}

// mend cuts the file to size and adds end.
func (l *log) mend(size int64, end string) error {
	if l.look {
		return nil
	}
	file, err := os.OpenFile(l.path, os.O_WRONLY, 0o644)
	if err == nil {
		_, fault := file.WriteAt([]byte(end), size)
		err = errors.Join(fault, file.Truncate(size+int64(len(end))), file.Sync(), file.Close())
	}
	if err != nil {
		return fmt.Errorf("mend record: %w", err)
	}
	return nil
}

// append adds records. They are on the disk when it returns; where it fails,
// none is.
func (l *log) append(records ...any) (added []line, err error) {
	before := *l
	var block []byte
	for _, r := range records {
		body, err := json.Marshal(r)
		if err != nil {
			return nil, fmt.Errorf("write record: %w", err)
		}
		head, foot := l.link()
		text := append(append(head, body[1:len(body)-1]...), foot...)
		if err := l.take(text); err != nil {
			return nil, fmt.Errorf("write record: %w", err)
		}
		added = append(added, l.tail)
		block = append(append(block, text...), '\n')
	}
	if err := l.write(block); err != nil {
		*l = before
		return nil, fmt.Errorf("write record: %w", err)
	}
	return added, nil
}

func (l *log) write(block []byte) (err error) {
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if _, err = file.Write(block); err == nil {
		err = file.Sync()
	}
	if err != nil { // nobody will act on it: the next run must not find it
		return errors.Join(err, file.Truncate(info.Size()), file.Sync())
	}
	return disk.Sync(filepath.Dir(l.path)) // the file may be new
}
