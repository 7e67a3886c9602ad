package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	// plainRows is how many bytes of rows are kept as they are. Those of larger sheets
	// are compressed while they are written: a large province's take 100 MB.
	plainRows = 1 << 20
	// rowsLevel compresses rows, which are much alike, nearly as well as the usual level,
	// in a third of the time.
	rowsLevel = 3
)

// A rowPart is what goes into a sheet that excelize makes without: its rows,
// as XML.
type rowPart struct {
	plain  bytes.Buffer
	packed bytes.Buffer
	pack   *flate.Writer // nil while all is plain
	crc    uint32        // of what is packed
	size   int64
}

func (r *rowPart) write(pieces ...[]byte) error {
	for _, piece := range pieces {
		r.plain.Write(piece)
	}
	if r.plain.Len() < plainRows {
		return nil
	}
	return r.compress()
}

// compress packs what is plain.
func (r *rowPart) compress() (err error) {
	if r.pack == nil {
		if r.pack, err = flate.NewWriter(&r.packed, rowsLevel); err != nil {
			return err
		}
	}
	r.crc, r.size = crc32.Update(r.crc, crc32.IEEETable, r.plain.Bytes()), r.size+int64(r.plain.Len())
	_, err = r.plain.WriteTo(r.pack)
	return err
}

// addTo writes the sheet to an archive, the rows where excelize has left room for them.
func (r *rowPart) addTo(archive *zip.Writer, name string, sheet []byte) error {
	const room = "<sheetData>"
	before, after, ok := bytes.Cut(sheet, []byte(room))
	if !ok {
		return fmt.Errorf("sheet %s has no room for rows", name)
	}
	head := bytes.Join([][]byte{before, []byte(room)}, nil)
	if r.pack == nil {
		return addPart(archive, name, head, r.plain.Bytes(), after)
	}
	if err := r.compress(); err != nil {
		return err
	}
	if err := r.pack.Flush(); err != nil {
		return err
	}
	return r.join(archive, name, head, after)
}

// join writes packed rows between two plain parts. A flushed stream of deflate ends
// on a whole byte and can be gone on with by another one.
func (r *rowPart) join(archive *zip.Writer, name string, before, after []byte) error {
	head, err := packed(before, (*flate.Writer).Flush)
	if err != nil {
		return err
	}
	tail, err := packed(after, (*flate.Writer).Close)
	if err != nil {
		return err
	}
	const version, day = 20, 1<<5 | 1 // of the format; 1 January 1980, as DOS writes it
	part, err := archive.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CreatorVersion: version, ReaderVersion: version, ModifiedDate: day,
		CRC32:              joinedCRC(joinedCRC(crc32.ChecksumIEEE(before), r.crc, r.size), crc32.ChecksumIEEE(after), int64(len(after))),
		UncompressedSize64: uint64(len(before)) + uint64(r.size) + uint64(len(after)),
		CompressedSize64:   uint64(head.Len() + r.packed.Len() + tail.Len()),
	})
	for _, stream := range []io.WriterTo{head, &r.packed, tail} {
		if err == nil {
			_, err = stream.WriteTo(part)
		}
	}
	return err
}

func packed(data []byte, end func(*flate.Writer) error) (*bytes.Buffer, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, rowsLevel)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = end(w)
	}
	return &out, err
}

// joinedCRC is the CRC-32 of two texts one after the other, by that of each and the
// length of the second: the first one's is multiplied by x^8 for each byte that
// follows it, modulo the polynomial of the code.
func joinedCRC(first, second uint32, length int64) uint32 {
	power := uint32(1 << 23) // x^8; the highest bit stands for x^0
	for ; length > 0; length >>= 1 {
		if length&1 != 0 {
			first = multiplied(first, power)
		}
		power = multiplied(power, power)
	}
	return first ^ second
}

// multiplied is the product of two polynomials modulo that of CRC-32.
func multiplied(a, b uint32) (product uint32) {
	for bit := uint32(1 << 31); bit > 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		carry := b & 1
		if b >>= 1; carry != 0 {
			b ^= crc32.IEEE
		}
	}
	return product
}
