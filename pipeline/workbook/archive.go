package workbook

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"path"
	"strings"
)

// An archive is the zip file around a workbook's parts. Its memory is used again
// for the next one.
type archive struct {
	data   []byte
	limits Limits
	base   uint64 // what stands before the zip file in data, in bytes
	files  []zipEntry
	byName map[string]int // index in files by folded name; -1 for a name that stands twice
	read   []bool         // parts read to their end, by index in files
	total  int64          // bytes unpacked so far
	names  *names
	known  knownPartSet

	part    partReader // the one being read
	inflate inflater
	stored  bytes.Reader
}

// open reads the directory of the zip file in data.
func (a *archive) open(data []byte, limits Limits) error {
	a.data, a.limits, a.total = data, limits, 0
	a.files = a.files[:0]
	a.known.reset(limits)
	if err := a.readDirectory(); err != nil {
		return err
	}
	a.read = append(a.read[:0], make([]bool, len(a.files))...)
	if a.byName == nil {
		a.byName = map[string]int{}
	}
	clear(a.byName)
	for i := range a.files {
		name := foldPart(a.files[i].name)
		if _, twice := a.byName[name]; twice {
			i = -1
		}
		a.byName[name] = i
	}
	return nil
}

// close lets go of the zip file.
func (a *archive) close() {
	a.data, a.inflate.src = nil, nil
	a.stored.Reset(nil)
	a.part = partReader{}
}

// foldPart reduces a part's name to what comparing needs: part names are equal
// in any case (ECMA-376 part 2, 9.1.1), and some writers use backslashes.
func foldPart(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// has tells whether there is a part of the given name.
func (a *archive) has(name string) bool {
	_, ok := a.byName[foldPart(name)]
	return ok
}

// start starts reading the part of the given name.
func (a *archive) start(name string) (*partReader, error) {
	at, ok := a.byName[foldPart(name)]
	switch {
	case !ok:
		return nil, damaged(name, "part is missing")
	case at < 0:
		return nil, damaged(name, "part stands twice")
	}
	return a.startFile(at)
}

// The methods that parts may be packed with (APPNOTE.TXT 4.4.5).
const (
	methodStored   = 0
	methodDeflated = 8
)

func (a *archive) startFile(at int) (*partReader, error) {
	file := &a.files[at]
	if file.flags&1 != 0 {
		return nil, &Refusal{Code: "password", Part: file.name, Detail: "zip entry is encrypted"}
	}
	packed, err := a.content(file)
	if err != nil {
		return nil, err
	}
	a.part = partReader{archive: a, at: at, name: file.name, want: file.size, sum: file.sum}
	switch {
	case file.method == methodStored, len(packed) == 0 && file.method == methodDeflated:
		a.stored.Reset(packed) // some writers leave out the end of no content
		a.part.source = &a.stored
	case file.method == methodDeflated:
		a.inflate.reset(packed)
		a.part.source = &a.inflate
	default:
		return nil, damaged(file.name, "unknown compression method %d", file.method)
	}
	return &a.part, nil
}

// readRest reads what nobody asked for to its end, so that damage anywhere in
// the file surfaces.
func (a *archive) readRest(scratch []byte) error {
	for at := range a.files {
		if a.read[at] || strings.HasSuffix(a.files[at].name, "/") || a.recall(at) != nil {
			continue
		}
		part, err := a.startFile(at)
		if err != nil {
			return err
		}
		if err := part.drain(scratch); err != nil {
			return err
		}
		a.learn(at, nil)
	}
	return nil
}

// A partReader yields the content of one part. At the end it holds the content
// against the size and the checksum in the directory.
type partReader struct {
	archive *archive
	at      int
	name    string
	source  io.Reader
	n, want uint64
	sum     uint32
	got     uint32
}

// Read implements io.Reader. Its errors other than io.EOF are refusals.
func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.source.Read(b)
	p.got = crc32.Update(p.got, crc32.IEEETable, b[:n])
	p.n += uint64(n)
	p.archive.total += int64(n)
	limits := &p.archive.limits
	switch {
	case p.n > uint64(limits.PartBytes):
		return n, tooLarge(p.name, "unpacks to more than %d bytes", limits.PartBytes)
	case p.archive.total > limits.UnpackedBytes:
		return n, tooLarge(p.name, "the parts unpack to more than %d bytes", limits.UnpackedBytes)
	case err == nil:
		return n, nil
	case !errors.Is(err, io.EOF):
		return n, damaged(p.name, "inflate: %v", err)
	}
	return n, p.end()
}

// end is io.EOF if the part read is the one that was stored.
func (p *partReader) end() error {
	switch {
	case p.n != p.want:
		return damaged(p.name, "unpacks to %d bytes, declared %d", p.n, p.want)
	case p.got != p.sum:
		return damaged(p.name, "checksum %08x, declared %08x", p.got, p.sum)
	}
	p.archive.read[p.at] = true
	return io.EOF
}

func (p *partReader) drain(scratch []byte) error {
	for {
		if _, err := p.Read(scratch); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
