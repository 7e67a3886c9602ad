package feedback

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"tonghop/pipeline/lang"
	"tonghop/reports"
)

// The endings of answers: on the unit's own workbook, and to what can't be
// opened as one.
const (
	BookEnding = ".phan-hoi.xlsx"
	PageEnding = ".phan-hoi.html"
)

// Markable is the size up to which a workbook is marked up: many times that of
// the largest honest form.
const Markable = 16 << 20

// Page answers a file that cannot be opened as a workbook.
func Page(f *reports.Feedback, l *lang.Language) ([]byte, error) {
	return Guarded(func(w io.Writer) error { return WriteHTML(w, f, l) })
}

// Book answers with the unit's own workbook, marked up; nil stands for one that
// is too large for that. Where it trips the marking up, tripped says how, and
// the answer stands alone.
func Book(original []byte, f *reports.Feedback, l *lang.Language) (data []byte, tripped, err error) {
	data, err = Guarded(func(w io.Writer) error { return Write(w, original, f, l) })
	if err == nil || original == nil {
		return data, nil, err
	}
	tripped = err
	data, err = Guarded(func(w io.Writer) error { return Write(w, nil, f, l) })
	return data, tripped, err
}

// Guarded is what write writes. A fault of ours over one file is an error like
// any other.
func Guarded(write func(io.Writer) error) (data []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			data, err = nil, fmt.Errorf("write feedback: panic: %v", fault)
		}
	}()
	var buffer bytes.Buffer
	if err := write(&buffer); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// FileName is the path of the answer to a file, below the folder of answers as
// the file is below that of reports. A disk takes names of 255 bytes: a longer
// one is cut and told apart by the hash of the whole name, so that a newer
// version's answer replaces the older one's.
func FileName(file, ending string) string {
	elements := strings.Split(file, "/")
	for i, name := range elements[:len(elements)-1] {
		elements[i] = shortened(name, "")
	}
	elements[len(elements)-1] = shortened(elements[len(elements)-1], ending)
	return filepath.Join(elements...)
}

func shortened(name, ending string) string {
	const most = 255
	if len(name)+len(ending) <= most {
		return name + ending
	}
	sum := sha256.Sum256([]byte(name))
	ending = "-" + hex.EncodeToString(sum[:4]) + ending
	cut := most - len(ending)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + ending
}
