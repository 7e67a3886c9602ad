package intake_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/pipeline/intake"
)

func TestSafeName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, given, want string }{
		{"as it is", "Mẫu 2-HĐCĐ năm 2014.xlsx", "Mẫu 2-HĐCĐ năm 2014.xlsx"},
		{"decomposed", "Ma\u0302\u0303u.xlsx", "Mẫu.xlsx"},
		{"a path", "../../etc/passwd", "passwd"},
		{"a path of Windows", `C:\Users\lan\bc.xlsx`, "bc.xlsx"},
		{"up alone", "..", ""},
		{"hidden", ".ssh", "ssh"},
		{"of Excel", "~$bc.xlsx", ""},
		{"half a download", "bc.xlsx.part", ""},
		{"a device", "con.xlsx", "_con.xlsx"},
		{"letters that drive", "a\x00b\r\nc\u202e|d?.xlsx", "abc_d_.xlsx"},
		{"blanks and dots", "  bc  quý 1. .xlsx. ", "bc quý 1.xlsx"},
		{"no text", "bc\xff.xlsx", "bc_.xlsx"},
		{"nothing", "", ""},
		{"an extension alone", ".xlsx", "xlsx"},
		{"long", strings.Repeat("ắ", 200) + ".xlsx", strings.Repeat("ắ", 65) + ".xlsx"},
	} {
		if got := intake.SafeName(tt.given); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	inbox := t.TempDir()
	place := func(below, data string) {
		t.Helper()
		if err := intake.Place(inbox, below, strings.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"A/bc.xlsx", "A/bc (2).xlsx", "A/bc (3).xlsx"} {
		free, err := intake.Free(inbox, "A", "bc.xlsx")
		if err != nil || free != want {
			t.Fatalf("free is %q, %v, want %q", free, err, want)
		}
		place(free, want)
	}
	if err := intake.Place(inbox, "A/bc.xlsx", strings.NewReader("x")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another file: %v", err)
	}
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(inbox, "B")); err != nil {
		t.Fatal(err)
	}
	for _, below := range []string{"B/bc.xlsx", "../bc.xlsx"} {
		if err := intake.Place(inbox, below, strings.NewReader("x")); err == nil {
			t.Errorf("%s was written out of the inbox", below)
		}
	}
	left, err := os.ReadDir(filepath.Join(inbox, "A"))
	if err != nil || len(left) != 3 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
	data, err := os.ReadFile(filepath.Join(inbox, "A", "bc.xlsx"))
	if err != nil || string(data) != "A/bc.xlsx" {
		t.Errorf("the first file holds %q, %v", data, err)
	}
}
