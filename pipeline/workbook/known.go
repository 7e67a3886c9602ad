package workbook

import "bytes"

const (
	knownPartBytes = 32 << 10 // the longest part that is kept for the next workbook, as packed
	knownParts     = 64       // how many are
)

// A knownPart is a part that was read to its end and found whole.
type knownPart struct {
	zipEntry
	bytes   []byte // as packed
	meaning any    // what was made of it, if anything was
}

// knownPartSet are parts of the workbooks before, by name. The same styles, theme and
// lists of parts come again and again, for units fill in copies of one form. What
// is packed in the very same bytes with the same checksum needs no second look.
type knownPartSet struct {
	limits Limits // that they were read under
	parts  map[string]*knownPart
}

// reset makes k ready for another workbook under the given limits.
func (k *knownPartSet) reset(limits Limits) {
	if k.parts == nil || k.limits != limits || len(k.parts) >= knownParts {
		*k = knownPartSet{limits: limits, parts: map[string]*knownPart{}}
	}
}

// recall is the part at the given index as it is known from a workbook before;
// nil where it is another one, or one that must be refused.
func (a *archive) recall(at int) *knownPart {
	file := &a.files[at]
	known := a.known.parts[file.name]
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
	if err != nil || len(packed) > knownPartBytes || !a.read[at] {
		return
	}
	known := a.known.parts[file.name]
	if known == nil {
		if len(a.known.parts) >= knownParts {
			return
		}
		known = &knownPart{}
		a.known.parts[file.name] = known
	}
	known.zipEntry, known.bytes, known.meaning = *file, append(known.bytes[:0], packed...), meaning
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
