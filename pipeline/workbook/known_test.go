package workbook

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A Reader that knows parts from workbooks before reads every workbook as a new
// one does, and refuses what a new one refuses.
func TestKnownParts(t *testing.T) {
	t.Parallel()
	const cell = `<row r="1"><c r="A1" s="1"><v>41000</v></c></row>`
	plain := withRows(t, cell)
	sheet := xmlHead + `<worksheet ` + mainSpace + `><sheetData>` + cell + `</sheetData></worksheet>`
	styles := plainParts()["xl/styles.xml"]
	with := func(name, content string) []byte {
		return zipped(t, map[string]string{"xl/worksheets/sheet1.xml": sheet, name: content})
	}
	parts := DefaultLimits()
	parts.Parts = 4
	part := DefaultLimits()
	part.PartBytes = 500
	unpacked := DefaultLimits()
	unpacked.UnpackedBytes = int64(len(sheet)+1000+len("<a/>")) - 1
	for _, content := range plainParts() {
		unpacked.UnpackedBytes += int64(len(content))
	}
	long := zipped(t, map[string]string{"docProps/app.xml": "<a/>", "xl/worksheets/sheet1.xml": replace(sheet, "<sheetData>", "<sheetData>"+strings.Repeat(" ", 1000))})
	tests := []struct {
		name   string
		data   []byte
		limits Limits
		code   string
	}{
		{"the same", plain, DefaultLimits(), ""},
		{"other styles", with("xl/styles.xml", replace(styles, `numFmtId="1"`, `numFmtId="14"`)), DefaultLimits(), ""},
		{"broken styles", with("xl/styles.xml", styles[:len(styles)-9]), DefaultLimits(), "damaged"},
		{"other epoch", with("xl/workbook.xml", replace(plainParts()["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`)), DefaultLimits(), ""},
		{"a further part", with("docProps/app.xml", "<a/>"), DefaultLimits(), ""},
		{"another further part", with("docProps/app.xml", "<b/>"), DefaultLimits(), ""},
		{"other checksum", flipped(t, plain, "xl/styles.xml", 16), DefaultLimits(), "damaged"},
		{"other size", flipped(t, plain, "xl/styles.xml", 24), DefaultLimits(), "damaged"},
		{"other flags", flipped(t, plain, "xl/styles.xml", 8), DefaultLimits(), "password"},
		{"other content", overwritten(t, plain, "xl/styles.xml"), DefaultLimits(), "damaged"},
		{"more parts than allowed", plain, parts, "too_large"},
		{"longer part than allowed", plain, part, "too_large"},
		{"longer than allowed", long, unpacked, "too_large"},
	}
	var r Reader
	for range 2 {
		for _, tt := range tests {
			check(t)(r.Read(plain, DefaultLimits()))
			check(t)(r.Read(with("docProps/app.xml", "<a/>"), DefaultLimits()))
			_, _ = r.Read(with("docProps/app.xml", "<a/>"), tt.limits)
			want, wantErr := new(Reader).Read(tt.data, tt.limits)
			got, err := r.Read(tt.data, tt.limits)
			var refusal *Refusal
			if errors.As(err, &refusal) != (tt.code != "") || refusal != nil && refusal.Code != tt.code {
				t.Errorf("%s: got error %v, want %q", tt.name, err, tt.code)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s reads otherwise (-new +used):\n%s", tt.name, diff)
			}
			if diff := cmp.Diff(wantErr, err); diff != "" {
				t.Errorf("%s is refused otherwise (-new +used):\n%s", tt.name, diff)
			}
		}
	}
}

// flipped is the workbook with the lowest bit at an offset in the directory's
// entry for a part the other way round.
func flipped(t *testing.T, data []byte, part string, offset int) []byte {
	t.Helper()
	data = bytes.Clone(data)
	at := bytes.LastIndex(data, []byte(part))
	if at < headBytes {
		t.Fatalf("no entry for %s", part)
	}
	data[at-headBytes+offset] ^= 1
	return data
}

// overwritten is the workbook with one bit of a part's packed content the other
// way round.
func overwritten(t *testing.T, data []byte, part string) []byte {
	t.Helper()
	data = bytes.Clone(data)
	at := bytes.Index(data, []byte(part))
	if at < localBytes {
		t.Fatalf("no content of %s", part)
	}
	data[at+len(part)+60] ^= 4
	return data
}
