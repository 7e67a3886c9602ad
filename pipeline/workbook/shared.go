package workbook

import (
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// sharedStrings are the table of texts that cells refer to.
type sharedStrings struct {
	all     []sharedString
	rich    [][]vntext.Run // runs of those that have several fonts
	bytes   int64
	runs    int // in all of rich
	decoder decoder
	known   map[string]sharedString // of workbooks before, for the same labels come again and again
	kept    int                     // bytes of known
}

const (
	knownBytes = 256 << 10 // of texts that are kept from workbook to workbook
	knownTexts = 4096
)

// A sharedString is one text of the table, with the value it last had in a cell.
type sharedString struct {
	raw     string
	rich    int    // 1 + index of its runs; 0 for text in the cell's own font
	font    string // the cell's font that value was decoded for
	value   string
	decoded bool
}

// reset empties the table for another workbook, in the given encoding.
func (s *sharedStrings) reset(encoding pipeline.Encoding) {
	clear(s.all)
	clear(s.rich)
	s.all, s.rich, s.bytes, s.runs = s.all[:0], s.rich[:0], 0, 0
	if s.known == nil || s.kept > knownBytes || len(s.known) > knownTexts || s.decoder.encoding != encoding {
		s.known, s.kept = map[string]sharedString{}, 0
	}
	s.decoder.encoding = encoding
}

// remember keeps a decoded text for the next workbook, while there is room. The
// copy does not keep the texts around it alive.
func (s *sharedStrings) remember(shared sharedString) {
	if s.known == nil || shared.rich > 0 || s.kept > knownBytes || len(s.known) > knownTexts {
		return
	}
	same := shared.value == shared.raw
	shared.raw = strings.Clone(shared.raw)
	if same {
		shared.value = shared.raw
	}
	s.kept += len(shared.raw) + len(shared.value)
	s.known[shared.raw] = shared
}

// add appends a text; runs is nil for one in the cell's own font.
func (s *sharedStrings) add(part, raw string, runs []vntext.Run, limits *Limits) error {
	text := sharedString{raw: raw}
	if runs != nil {
		s.rich = append(s.rich, runs)
		text.rich = len(s.rich)
		s.runs += len(runs)
	}
	return s.addKnown(part, text, limits)
}

// addKnown appends a text, with the value it had in the workbooks before.
func (s *sharedStrings) addKnown(part string, text sharedString, limits *Limits) error {
	s.bytes += int64(len(text.raw))
	if len(s.all) >= limits.Cells || s.runs > limits.Cells || s.bytes > limits.TextBytes {
		return tooLarge(part, "more than %d shared strings or runs, or %d bytes", limits.Cells, limits.TextBytes)
	}
	s.all = append(s.all, text)
	return nil
}

// fill gives cell the text at the given index. It is false for an index that
// does not exist.
func (s *sharedStrings) fill(cell *Cell, at int) bool {
	if at < 0 || at >= len(s.all) {
		return false
	}
	shared := &s.all[at]
	cell.Type, cell.Raw = Text, shared.raw
	var runs []vntext.Run
	if shared.rich > 0 {
		runs = s.rich[shared.rich-1]
	}
	if !shared.decoded || shared.font != cell.Font {
		shared.value = s.decoder.decode(shared.raw, runs, cell.Font)
		shared.font, shared.decoded = cell.Font, true
		s.remember(*shared)
	}
	cell.Value = shared.value
	if runs != nil {
		cell.Font = firstFont(runs, cell.Font)
	}
	return true
}

// firstFont is the font of the first run, which is the cell's if it has none.
func firstFont(runs []vntext.Run, font string) string {
	if own := runs[0].Font; own != "" {
		return own
	}
	return font
}
