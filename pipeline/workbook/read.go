package workbook

import (
	"sync"

	"tonghop/pipeline"
)

// A Reader reads workbooks one after the other in the same memory, which is what
// makes it cheap: a worker should have one for all it reads. The zero Reader is
// ready. It must not be used by two goroutines at once.
type Reader struct {
	xlsx xlsxReader
}

// readers are kept from one Read to the next.
var readers = sync.Pool{New: func() any { return new(Reader) }}

// Read reads the workbook in data. The kind of file is told from its bytes,
// never from a name. Whatever is wrong with the file is a *Refusal.
func Read(data []byte, limits Limits) (*Book, error) {
	r := readers.Get().(*Reader)
	defer readers.Put(r)
	book, err := r.Read(data, limits)
	if err == nil && book.Kind == XLSX {
		r.xlsx.room.leave(book)
	}
	return book, err
}

// Read is like the function Read, but the next call overwrites the cells of the
// book. The texts in them stay.
func (r *Reader) Read(data []byte, limits Limits) (*Book, error) {
	book, err := r.read(data, limits)
	if err == nil && limits.Encoding == pipeline.EncodingTold {
		book.decodeTogether()
	}
	return book, err
}

func (r *Reader) read(data []byte, limits Limits) (*Book, error) {
	if int64(len(data)) > limits.FileBytes {
		return nil, tooLarge("", "%d bytes, want at most %d", len(data), limits.FileBytes)
	}
	switch kind := sniff(data); kind {
	case kindZip:
		return r.xlsx.read(data, limits)
	case kindOLE:
		return readOLE(data, limits)
	case kindBIFF:
		return readBIFF("", data, limits)
	case kindOther:
		if limits.Text {
			return readTextTable(data, limits)
		}
		return nil, &Refusal{Code: string(kind)}
	default:
		return nil, &Refusal{Code: string(kind)}
	}
}
