package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"github.com/klauspost/compress/flate"
	"hash/crc32"
	"io"
	"path"
	"strings"
)

// An archive is the zip file around a workbook's parts.
type archive struct {
	data   []byte
	limits Limits
	files  []*zip.File
	byName map[string]int // index in files by folded name; -1 for a name that stands twice
	read   []bool         // parts read to their end, by index in files
	total  int64          // bytes unpacked so far

	inflate io.ReadCloser // reused from part to part
}

// directoryMark begins every entry of a zip file's directory. It is counted
// before the library reads them all into memory.
const directoryMark = "PK\x01\x02"

// openArchive reads the directory of the zip file in data.
func openArchive(data []byte, limits Limits) (*archive, error) {
	if count := bytes.Count(data, []byte(directoryMark)); count > limits.Parts {
		return nil, tooLarge("", "%d parts, want at most %d", count, limits.Parts)
	}
	directory, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &Refusal{Code: "truncated", Detail: err.Error()}
	}
	a := &archive{
		data: data, limits: limits, files: directory.File,
		byName: make(map[string]int, len(directory.File)),
		read:   make([]bool, len(directory.File)),
	}
	for i, file := range a.files {
		name := foldPart(file.Name)
		if _, twice := a.byName[name]; twice {
			i = -1
		}
		a.byName[name] = i
	}
	return a, nil
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

// open starts reading the part of the given name.
func (a *archive) open(name string) (*partReader, error) {
	at, ok := a.byName[foldPart(name)]
	switch {
	case !ok:
		return nil, damaged(name, "part is missing")
	case at < 0:
		return nil, damaged(name, "part stands twice")
	}
	return a.openFile(at)
}

func (a *archive) openFile(at int) (*partReader, error) {
	file := a.files[at]
	if file.Flags&1 != 0 {
		return nil, &Refusal{Code: "password", Part: file.Name, Detail: "zip entry is encrypted"}
	}
	packed, err := a.packed(file)
	if err != nil {
		return nil, err
	}
	p := &partReader{archive: a, at: at, name: file.Name, want: file.UncompressedSize64, sum: file.CRC32}
	switch file.Method {
	case zip.Store:
		p.source = bytes.NewReader(packed)
	case zip.Deflate:
		p.source = a.inflater(packed)
	default:
		return nil, damaged(file.Name, "unknown compression method %d", file.Method)
	}
	return p, nil
}

// packed is the stored content of file.
func (a *archive) packed(file *zip.File) ([]byte, error) {
	offset, err := file.DataOffset()
	if err != nil {
		return nil, damaged(file.Name, "%v", err)
	}
	size := file.CompressedSize64
	if offset < 0 || offset > int64(len(a.data)) || size > uint64(int64(len(a.data))-offset) {
		return nil, damaged(file.Name, "content lies beyond the end of the file")
	}
	return a.data[offset : offset+int64(size)], nil
}

func (a *archive) inflater(packed []byte) io.Reader {
	source := bytes.NewReader(packed)
	if resetter, ok := a.inflate.(flate.Resetter); ok && resetter.Reset(source, nil) == nil {
		return a.inflate
	}
	a.inflate = flate.NewReader(source)
	return a.inflate
}

// readRest reads what nobody asked for to its end, so that damage anywhere in
// the file surfaces.
func (a *archive) readRest(scratch []byte) error {
	for at, file := range a.files {
		if a.read[at] || strings.HasSuffix(file.Name, "/") {
			continue
		}
		part, err := a.openFile(at)
		if err != nil {
			return err
		}
		if err := part.drain(scratch); err != nil {
			return err
		}
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
