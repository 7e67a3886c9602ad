// Package docx fills Word documents: it puts texts in the place of markers such
// as {{@unit}} and repeats paragraphs and table rows for the rows of a list,
// {{units/name}}. Whatever else the document holds stays as it is.
//
// It knows nothing of figures; package document calls it. A text that is put in
// is escaped and is never markup.
package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"
)

// ErrNoDocument tells that a file is no Word document.
var ErrNoDocument = errors.New("not a Word document (.docx)")

// Values are what markers stand for. Field gives the text of a marker by what
// stands between its braces, and false for one that it does not know; Lists are
// the rows of the lists, by field. A paragraph or table row with fields of a list
// is repeated for the rows that have all of them.
type Values struct {
	Field func(marker string) (text string, ok bool)
	Lists map[string][]map[string]string
}

// mostBytes bounds the parts of a document together.
const mostBytes = 64 << 20

// filled are the parts with text that people read.
var filled = regexp.MustCompile(`^word/(document|header\d*|footer\d*)\.xml$`)

// Fill gives the document that template becomes with the values. Equal values
// give equal bytes.
func Fill(template []byte, v Values) ([]byte, error) {
	return Pack(func(add func(name string, data []byte) error) error {
		return eachPart(template, func(name string, data []byte) error {
			if filled.MatchString(name) {
				part, err := parse(data)
				if err != nil {
					return fmt.Errorf("read %s: %w", name, err)
				}
				data = part.fill(v)
			}
			return add(name, data)
		})
	})
}

// Pack makes a document of the parts that write adds.
func Pack(write func(add func(name string, data []byte) error) error) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	err := write(func(name string, data []byte) error {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("write document: %w", err)
	}
	return out.Bytes(), nil
}

// Markers lists what stands between the braces of the markers in a document, each
// once, in the order in which they come.
func Markers(template []byte) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	err := eachPart(template, func(name string, data []byte) error {
		if !filled.MatchString(name) {
			return nil
		}
		part, err := parse(data)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		for _, marker := range part.markers(part.root) {
			if !seen[marker] {
				seen[marker] = true
				all = append(all, marker)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	return all, nil
}

// eachPart reads the parts of a document in their order.
func eachPart(data []byte, use func(name string, data []byte) error) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoDocument, err)
	}
	if _, err := fs.Stat(archive, "word/document.xml"); err != nil {
		return fmt.Errorf("%w: it has no main part", ErrNoDocument)
	}
	left := int64(mostBytes)
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		part, err := io.ReadAll(io.LimitReader(r, left+1))
		if left -= int64(len(part)); err == nil && left < 0 {
			err = fmt.Errorf("its parts are larger than %d bytes", mostBytes)
		}
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
		if err := use(f.Name, part); err != nil {
			return err
		}
	}
	return nil
}
