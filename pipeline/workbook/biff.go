package workbook

import (
	"strconv"
)

// The versions of BIFF that are read, as their BOF records name them.
const (
	versionBIFF5 = 0x0500 // Excel 5 and 95
	versionBIFF8 = 0x0600 // Excel 97 to 2003
)

// The kinds of substreams ([MS-XLS] 2.4.21).
const (
	substreamGlobals = 0x0005
	substreamSheet   = 0x0010
)

// A biffReader reads the workbook stream of an .xls file.
type biffReader struct {
	part      string
	stream    []byte
	limits    Limits
	budget    int64
	version   int
	epoch     epoch
	decode    pageDecoder // of the texts of BIFF5
	page      int         // their code page, as the file names it
	fonts     []string
	formats   map[int]string
	xfs       []cellFormat
	styles    []style
	listed    []boundSheet
	shared    sharedStrings
	undecoded bool // some text is not of the code page
	counters  counters
	arena     arena
	whole     []byte // the text being read
	spans     []span // its stretches in one font
}

// A boundSheet is a sheet as the globals list it.
type boundSheet struct {
	name   string
	start  int // of its substream in the stream
	hidden bool
	kind   int // 0 for a worksheet
}

// readBIFF reads the workbook in a BIFF5 or BIFF8 stream.
func readBIFF(part string, stream []byte, limits Limits) (*Book, error) {
	b := &biffReader{
		part: part, stream: stream, limits: limits, budget: limits.UnpackedBytes,
		formats: map[int]string{}, counters: counters{limits: limits},
	}
	b.shared.decoder.encoding = limits.Encoding
	r := b.from(0)
	kind, err := b.begin(r)
	if err != nil {
		return nil, err
	}
	if kind != substreamGlobals {
		return nil, &Refusal{Code: "old_binary_workbook", Part: part, Detail: "a single sheet without a workbook"}
	}
	if err := b.readGlobals(r); err != nil {
		return nil, err
	}
	b.styles = (&styleTables{formats: b.formats, fonts: b.fonts}).styles(b.xfs)
	book := &Book{Kind: XLS}
	for _, listed := range b.listed {
		if listed.kind != 0 {
			continue
		}
		sheet, err := b.readSheet(listed)
		if err != nil {
			return nil, err
		}
		if sheet != nil {
			book.Sheets = append(book.Sheets, *sheet)
		}
	}
	if b.undecoded {
		return nil, damaged(part, "texts in code page %d, which is not known", b.page)
	}
	return book, nil
}

// from reads records from the given offset on.
func (b *biffReader) from(start int) *records {
	return &records{part: b.part, stream: b.stream, pos: start, budget: &b.budget}
}

// begin reads the BOF record of a substream and is the substream's kind.
func (b *biffReader) begin(r *records) (int, error) {
	if !r.next() {
		r.fail("stream ends before %d", r.pos)
		return 0, r.err
	}
	switch r.id {
	case recordBOF:
	case 0x0009, 0x0209, 0x0409:
		return 0, &Refusal{Code: "old_binary_workbook", Part: b.part, Detail: "BIFF " + strconv.FormatInt(int64(r.id), 16)}
	default:
		return 0, damaged(b.part, "record %04x where a sheet begins", r.id)
	}
	if !r.want(4) {
		return 0, r.err
	}
	version := r.u16(0)
	if version != versionBIFF5 && version != versionBIFF8 {
		return 0, &Refusal{Code: "old_binary_workbook", Part: b.part, Detail: "BIFF version " + strconv.FormatInt(int64(version), 16)}
	}
	if b.version == 0 {
		b.version = version
	}
	return r.u16(2), nil
}

// wide tells whether texts are Unicode.
func (b *biffReader) wide() bool { return b.version == versionBIFF8 }

// fontName is the name of the font that a record names by index. Excel counts
// past 4 without using it.
func (b *biffReader) fontName(index int) string {
	if index > 4 {
		index--
	}
	if index >= len(b.fonts) {
		return ""
	}
	return b.fonts[index]
}
