package workbook

import (
	"bytes"
	"strings"
	"unicode/utf16"
)

// A fileKind is what the first bytes of a file say it is: one of the readable
// kinds, or the code it is refused with.
type fileKind string

const (
	kindZip  fileKind = "zip"
	kindOLE  fileKind = "ole"
	kindBIFF fileKind = "biff" // a workbook stream without its OLE container

	kindOther fileKind = "not_a_workbook" // unless it is text
)

// magics are the first bytes of files that are no workbook but get sent as one.
var magics = []struct {
	prefix string
	kind   fileKind
}{
	{"PK\x03\x04", kindZip},
	{"PK\x05\x06", kindZip},
	{"PK\x07\x08", kindZip},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kindOLE},
	{"\x09\x08", kindBIFF},
	{"\x09\x00\x04\x00", "old_binary_workbook"},
	{"\x09\x00\x06\x00", "old_binary_workbook"},
	{"\x09\x02\x06\x00", "old_binary_workbook"},
	{"\x09\x04\x06\x00", "old_binary_workbook"},
	{"%PDF", "pdf"},
	{"\x89PNG", "picture"},
	{"\xff\xd8\xff", "picture"},
	{"GIF8", "picture"},
	{"BM", "picture"},
	{"II*\x00", "picture"},
	{"MM\x00*", "picture"},
	{"RIFF", "picture"},
	{"\x00\x00\x00\x18ftyphei", "picture"},
	{"\x00\x00\x00\x1cftyphei", "picture"},
	{"\x00\x00\x00\x24ftyphei", "picture"},
	{"L\x00\x00\x00\x01\x14\x02\x00", "link"},
	{"[InternetShortcut]", "link"},
	{"[{000214A0", "link"},
	{"MIME-Version:", "html_workbook"},
}

// sniff tells what kind of file data is.
func sniff(data []byte) fileKind {
	if len(bytes.Trim(data, "\x00 \t\r\n")) == 0 {
		return "empty_file"
	}
	for _, magic := range magics {
		if bytes.HasPrefix(data, []byte(magic.prefix)) && (magic.prefix != "BM" || isBitmap(data)) {
			return magic.kind
		}
	}
	return sniffMarkup(data)
}

// isBitmap tells a picture that begins with BM from a text.
func isBitmap(data []byte) bool {
	return len(data) < 10 || string(data[6:10]) == "\x00\x00\x00\x00"
}

// sniffMarkup tells HTML and XML, which Excel opens when they are named .xls,
// from other files.
func sniffMarkup(data []byte) fileKind {
	head := strings.ToLower(strings.TrimLeft(firstText(data), " \t\r\n"))
	switch {
	case !strings.HasPrefix(head, "<"):
		return kindOther
	case strings.Contains(head, "<html"), strings.Contains(head, "<!doctype html"),
		strings.HasPrefix(head, "<table"), strings.HasPrefix(head, "<meta"),
		strings.HasPrefix(head, "<head"), strings.HasPrefix(head, "<body"),
		strings.HasPrefix(head, "<style"), strings.HasPrefix(head, "<div"):
		return "html_workbook"
	case strings.HasPrefix(head, "<?xml"), strings.Contains(head, "urn:schemas-microsoft-com:office:spreadsheet"):
		return "xml_workbook"
	default:
		return kindOther
	}
}

// firstText is the beginning of data as text, without a byte-order mark.
func firstText(data []byte) string {
	data = data[:min(len(data), 2048)]
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return string(data[3:])
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		big := data[0] == 0xfe
		units := make([]uint16, 0, len(data)/2)
		for at := 2; at+1 < len(data); at += 2 {
			units = append(units, unit16(data[at:], big))
		}
		return string(utf16.Decode(units))
	default:
		return string(data)
	}
}

// unit16 is the first UTF-16 code unit of b.
func unit16(b []byte, bigEndian bool) uint16 {
	if bigEndian {
		return uint16(b[0])<<8 | uint16(b[1])
	}
	return uint16(b[1])<<8 | uint16(b[0])
}
