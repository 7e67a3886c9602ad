package workbook

import "bytes"

const (
	knownPartBytes = 32 << 10 // the longest part that is kept for the next workbook, as packed
	knownPartSize  = 1 << 20  // and as unpacked: what is made of it may be ten times that
	knownParts     = 256      // how many are
	knownPartsMost = 1 << 20  // and how long they are in all, as packed
	knownSizesMost = 8 << 20  // and as unpacked
)

// A partKey tells parts apart without comparing them.
type partKey struct {
	name string
	sum  uint32
}

// A knownPart is a part that was read to its end and found whole.
type knownPart struct {
	zipEntry
	bytes   []byte // as packed
	meaning any    // what was made of it, if anything was
}

// knownPartSet are parts of the workbooks before. The same styles, theme and lists
// of parts come again and again, for units fill in copies of one form. What is
// packed in the very same bytes with the same checksum needs no second look.
type knownPartSet struct {
	limits Limits // that they were read under
	parts  map[partKey]*knownPart
	bytes  int    // of all, as packed
	sizes  uint64 // and as unpacked
}

// reset makes k ready for another workbook under the given limits.
func (k *knownPartSet) reset(limits Limits) {
	if k.parts == nil || k.limits != limits || k.full() {
		*k = knownPartSet{limits: limits, parts: map[partKey]*knownPart{}}
	}
}

func (k *knownPartSet) full() bool {
	return len(k.parts) >= knownParts || k.bytes >= knownPartsMost || k.sizes >= knownSizesMost
}

// recall is the part at the given index as it is known from a workbook before;
// nil where it is another one, or one that must be refused.
func (a *archive) recall(at int) *knownPart {
	file := &a.files[at]
	known := a.known.parts[partKey{file.name, file.sum}]
	if known == nil || a.total+int64(file.size) > a.limits.UnpackedBytes {
		return nil
	}
	same := known.zipEntry
	same.offset = file.offset
	packed, err := a.content(file)
	if err != nil || same != *file || !bytes.Equal(packed, known.bytes) {
		return nil
	}
	a.total += int64(file.size)
	a.read[at] = true
	return known
}

// learn keeps the part at the given index, which was read to its end, and its
// meaning.
func (a *archive) learn(at int, meaning any) {
	file := &a.files[at]
	packed, err := a.content(file)
	if err != nil || len(packed) > knownPartBytes || file.size > knownPartSize || !a.read[at] {
		return
	}
	key := partKey{file.name, file.sum}
	if old := a.known.parts[key]; old != nil {
		a.known.bytes -= len(old.bytes)
		a.known.sizes -= old.size
	} else if a.known.full() {
		return
	}
	a.known.parts[key] = &knownPart{*file, bytes.Clone(packed), meaning}
	a.known.bytes += len(packed)
	a.known.sizes += file.size
}

// recalled is what parse makes of the part of the given name, or made of it in a
// workbook before. Nobody may change it.
func recalled[T any](a *archive, name string, parse func() (T, error)) (T, error) {
	at, ok := a.byName[foldPart(name)]
	if !ok || at < 0 {
		return parse()
	}
	if known := a.recall(at); known != nil {
		if meaning, ok := known.meaning.(T); ok {
			return meaning, nil
		}
	}
	meaning, err := parse()
	if err == nil {
		a.learn(at, meaning)
	}
	return meaning, err
}
