package workbook

import "tonghop/pipeline/vntext"

// sharedStrings are the table of texts that cells refer to.
type sharedStrings struct {
	all     []sharedString
	rich    [][]vntext.Run // runs of those that have several fonts
	bytes   int64
	runs    int // in all of rich
	decoder decoder
}

// A sharedString is one text of the table, with the value it last had in a cell.
type sharedString struct {
	raw     string
	rich    int    // 1 + index of its runs; 0 for text in the cell's own font
	font    string // the cell's font that value was decoded for
	value   string
	decoded bool
}

// add appends a text; runs is nil for one in the cell's own font.
func (s *sharedStrings) add(part, raw string, runs []vntext.Run, limits *Limits) error {
	s.bytes += int64(len(raw))
	s.runs += len(runs)
	if len(s.all) >= limits.Cells || s.runs > limits.Cells || s.bytes > limits.TextBytes {
		return tooLarge(part, "more than %d shared strings or runs, or %d bytes", limits.Cells, limits.TextBytes)
	}
	shared := sharedString{raw: raw}
	if runs != nil {
		s.rich = append(s.rich, runs)
		shared.rich = len(s.rich)
	}
	s.all = append(s.all, shared)
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
