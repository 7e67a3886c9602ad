package xlsx_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/reports/internal/xlsx"
)

func TestText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ệ", xlsx.MaxText)
	tests := []struct{ name, in, want string }{
		{"plain", "Sóc Trăng", "Sóc Trăng"},
		{"control characters", "a\x00b\x1bc\rd\te\nf", "abcd\te\nf"},
		{"not a character", "a\uFFFE\uFFFFb", "ab"},
		{"broken UTF-8", "a\xffb", "ab"},
		{"direction override", "a\u202Egpj.exe\u2066", "agpj.exe"},
		{"just long enough", long, long},
		{"too long", long + "x", long[:len(long)-len("ệ")] + "…"},
		{"a pair of units is not split", strings.Repeat("😀", 16384), strings.Repeat("😀", 16383) + "…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := xlsx.Text(tt.in); got != tt.want {
				t.Errorf("Text gives %d characters %.40q, want %d %.40q", utf8.RuneCountInString(got), got, utf8.RuneCountInString(tt.want), tt.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 10, 1}, {"lượt người", 10, 1}, {"lượt người x", 10, 2}, {"a\nb", 10, 2},
		{strings.Repeat("x", 25), 10, 3}, {"a " + strings.Repeat("x", 25), 10, 4}, {"abc", 0, 3},
	} {
		if got := xlsx.Lines(tt.text, tt.width); got != tt.want {
			t.Errorf("Lines(%q, %v) = %d, want %d", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestFooterHasNoCodes(t *testing.T) {
	t.Parallel()
	if got, want := xlsx.Footer("A&P\nB&&"), "A+P B++"; got != want {
		t.Errorf("Footer = %q, want %q", got, want)
	}
}

// book writes a small workbook with several streamed sheets.
func book(t *testing.T) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	b := xlsx.NewBook(file)
	for _, name := range []string{"Sheet1", "a", "b", "c", "d"} {
		s, err := b.Sheet(name, xlsx.Page{Widths: []float64{10, 20}, FreezeRows: 1, Left: "trái", Count: "{page}/{pages}"})
		if err != nil {
			t.Fatal(err)
		}
		two := decimal.NewFromInt(2)
		s.Write(0, xlsx.Cell{Value: "=1+1", Look: xlsx.Look{Format: "@"}}, xlsx.Cell{Value: &two, Formula: "1+1"})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.SetDocProps(&excelize.DocProperties{Created: "2026-01-01T00:00:00Z", Modified: "2026-01-01T00:00:00Z"}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := xlsx.NewBook(file).Pack(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPackIsDeterministic(t *testing.T) {
	t.Parallel()
	first := book(t)
	for range 5 {
		if !bytes.Equal(first, book(t)) {
			t.Fatal("equal workbooks are packed into different bytes")
		}
	}
	archive, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
		if file.Modified.Year() != 1980 {
			t.Errorf("part %q bears the time %v", file.Name, file.Modified)
		}
	}
	if names[0] != "[Content_Types].xml" || !slices.IsSorted(names[2:]) {
		t.Errorf("parts are in the order %q", names)
	}
}

func TestPlaceQuotesSheetNames(t *testing.T) {
	t.Parallel()
	if got, want := xlsx.Place("Biểu 2'HĐCĐ", "C12"), "'Biểu 2''HĐCĐ'!C12"; got != want {
		t.Errorf("Place = %q, want %q", got, want)
	}
}
