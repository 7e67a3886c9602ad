package workbook

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
)

// An oleContainer is a compound file ([MS-CFB]): streams in chains of sectors
// that a table, the FAT, links. Small streams lie in shorter sectors within a
// stream of their own, linked by the mini FAT.
type oleContainer struct {
	data       []byte
	sectorSize int
	fat        []uint32 // sectors that hold the FAT
	miniFAT    []byte
	miniStream []byte
	directory  []byte
}

const (
	endOfChain     = 0xfffffffe
	noEntry        = 0xffffffff
	headerBytes    = 512
	entryBytes     = 128
	miniSector     = 64
	smallestStream = 4096 // smaller streams lie in the mini stream
)

var (
	errOLEHeader    = errors.New("header is not valid")
	errOLEChain     = errors.New("chain of sectors is broken")
	errOLEDirectory = errors.New("directory is not a tree")
)

// openOLE reads the header, the FAT and the directory.
func openOLE(data []byte) (*oleContainer, error) {
	if len(data) < headerBytes {
		return nil, errOLEHeader
	}
	o := &oleContainer{data: data}
	shift := binary.LittleEndian.Uint16(data[30:])
	if shift != 9 && shift != 12 {
		return nil, errOLEHeader
	}
	o.sectorSize = 1 << shift
	if err := o.readFAT(); err != nil {
		return nil, err
	}
	var err error
	if o.directory, err = o.chain(o.header(48)); err != nil {
		return nil, err
	}
	if len(o.directory) < entryBytes {
		return nil, errOLEDirectory
	}
	root := oleEntry(o.directory[:entryBytes])
	if start := o.header(60); start != endOfChain && o.header(64) > 0 && root.start() != endOfChain {
		if o.miniFAT, err = o.chain(start); err != nil {
			return nil, err
		}
		o.miniStream, err = o.chain(root.start())
	}
	return o, err
}

// header is the number at the given offset of the header.
func (o *oleContainer) header(at int) uint32 {
	return binary.LittleEndian.Uint32(o.data[at:])
}

// sector is the content of a sector; the last of a file may be cut.
func (o *oleContainer) sector(number uint32) ([]byte, bool) {
	start := (int64(number) + 1) * int64(o.sectorSize)
	if start >= int64(len(o.data)) {
		return nil, false
	}
	return o.data[start:min(start+int64(o.sectorSize), int64(len(o.data)))], true
}

// readFAT finds the sectors that hold the FAT: 109 in the header, the others in
// a chain of sectors that end with the number of the next.
func (o *oleContainer) readFAT() error {
	for at := 76; at < headerBytes; at += 4 {
		o.fat = append(o.fat, o.header(at))
	}
	most := len(o.data)/o.sectorSize + 1
	for next, left := o.header(68), o.header(72); left > 0; left-- {
		sector, ok := o.sector(next)
		if !ok || len(sector) < o.sectorSize || len(o.fat) > most {
			return errOLEChain
		}
		last := len(sector) - 4
		for at := 0; at < last; at += 4 {
			o.fat = append(o.fat, binary.LittleEndian.Uint32(sector[at:]))
		}
		next = binary.LittleEndian.Uint32(sector[last:])
	}
	return nil
}

// next is the sector that the FAT links to the given one.
func (o *oleContainer) next(sector uint32) (uint32, bool) {
	perSector := uint32(o.sectorSize / 4)
	if int(sector/perSector) >= len(o.fat) {
		return 0, false
	}
	table, ok := o.sector(o.fat[sector/perSector])
	at := int(sector%perSector) * 4
	if !ok || at+4 > len(table) {
		return 0, false
	}
	return binary.LittleEndian.Uint32(table[at:]), true
}

// chain is the content of all sectors from the given one on.
func (o *oleContainer) chain(start uint32) ([]byte, error) {
	var content []byte
	for number := start; number != endOfChain; {
		sector, ok := o.sector(number)
		if !ok || len(content) > len(o.data) {
			return nil, errOLEChain
		}
		content = append(content, sector...)
		if number, ok = o.next(number); !ok || len(sector) < o.sectorSize && number != endOfChain {
			return nil, errOLEChain
		}
	}
	return content, nil
}

// An oleEntry is an entry of the directory.
type oleEntry []byte

func (e oleEntry) left() uint32   { return binary.LittleEndian.Uint32(e[68:]) }
func (e oleEntry) right() uint32  { return binary.LittleEndian.Uint32(e[72:]) }
func (e oleEntry) child() uint32  { return binary.LittleEndian.Uint32(e[76:]) }
func (e oleEntry) start() uint32  { return binary.LittleEndian.Uint32(e[116:]) }
func (e oleEntry) size() int64    { return int64(binary.LittleEndian.Uint32(e[120:])) }
func (e oleEntry) isStream() bool { return e[66] == 2 }

// name is the entry's name in lower case; names are equal in any case.
func (e oleEntry) name() string {
	length := int(binary.LittleEndian.Uint16(e[64:]))
	units := make([]uint16, 0, 32)
	for at := 0; at+2 < min(length, 64); at += 2 {
		units = append(units, unit16(e[at:], false))
	}
	return strings.ToLower(string(utf16.Decode(units)))
}

// topStreams are the streams at the root of the container by name. Those of
// embedded objects lie deeper. The directory must be a tree.
func (o *oleContainer) topStreams() (map[string]oleEntry, error) {
	type visit struct {
		entry uint32
		deep  bool
	}
	streams := map[string]oleEntry{}
	seen := make([]bool, len(o.directory)/entryBytes)
	for todo := []visit{{entry: 0}}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at.entry == noEntry {
			continue
		}
		if int64(at.entry) >= int64(len(seen)) || seen[at.entry] {
			return nil, errOLEDirectory
		}
		seen[at.entry] = true
		entry := oleEntry(o.directory[int(at.entry)*entryBytes:][:entryBytes])
		if entry.isStream() && !at.deep {
			streams[entry.name()] = entry
		}
		todo = append(todo, visit{entry.left(), at.deep}, visit{entry.right(), at.deep},
			visit{entry.child(), at.deep || at.entry > 0})
	}
	return streams, nil
}

// read is the content of a stream.
func (o *oleContainer) read(entry oleEntry) ([]byte, error) {
	size := entry.size()
	if size > int64(len(o.data)) {
		return nil, errOLEChain
	}
	content := make([]byte, 0, size)
	for number := entry.start(); int64(len(content)) < size; {
		sector, next, ok := o.link(number, size < smallestStream)
		if !ok || len(sector)%miniSector > 0 && int64(len(content)+len(sector)) < size {
			return nil, errOLEChain
		}
		content = append(content, sector[:min(int64(len(sector)), size-int64(len(content)))]...)
		number = next
	}
	return content, nil
}

// link is the content of a sector and the number of the one that follows it.
func (o *oleContainer) link(number uint32, mini bool) (sector []byte, next uint32, ok bool) {
	if mini {
		start, at := int64(number)*miniSector, int64(number)*4
		if start >= int64(len(o.miniStream)) || at+4 > int64(len(o.miniFAT)) {
			return nil, 0, false
		}
		end := min(start+miniSector, int64(len(o.miniStream)))
		return o.miniStream[start:end], binary.LittleEndian.Uint32(o.miniFAT[at:]), true
	}
	if sector, ok = o.sector(number); !ok || len(sector) == 0 {
		return nil, 0, false
	}
	if next, ok = o.next(number); !ok {
		next = endOfChain
	}
	return sector, next, true
}
