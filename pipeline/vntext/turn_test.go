package vntext

import "testing"

func TestUpright(t *testing.T) {
	t.Parallel()
	const hostile, want = "b\u00e1o c\u00e1o \u202Exslx.exe\u2066 \u200F\u061C3\u00ad1", "b\u00e1o c\u00e1o xslx.exe 3\u00ad1" // a soft hyphen is no such mark
	if got := Upright(hostile); got != want {
		t.Errorf("Upright = %q, want %q", got, want)
	}
	if got := string(UprightBytes([]byte(hostile))); got != want {
		t.Errorf("UprightBytes = %q, want %q", got, want)
	}
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	const hostile, want = "b\u00e1o c\u00e1o\x1b[2J\n\u202Exslx.exe", "b\u00e1o c\u00e1o [2J  xslx.exe"
	if got := Printable(hostile); got != want {
		t.Errorf("Printable = %q, want %q", got, want)
	}
}
