package vntext

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestTables checks every row of testdata/legacy.txt: charset, bytes (or one
// code point) in hex, and the letter, as the published tables have them.
func TestTables(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/legacy.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); rows++ {
		fields := strings.Fields(scanner.Text())
		legacy, want := legacyText(t, fields[1]), fields[3]
		c := map[string]charset{"tcvn3": tcvn3, "vni": vni}[fields[0]]
		if strings.ContainsAny(legacy, "−∙") { // letters only inside words
			legacy, want = "t"+legacy+"n", "t"+want+"n"
		}
		if got := c.decode(legacy); got != want {
			t.Errorf("%s: decode(%q) = %q, want %q", scanner.Text(), legacy, got, want)
		}
	}
	if rows != 280 {
		t.Errorf("rows = %d, want 280", rows)
	}
}

func TestMarksThatFit(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"oé", "eê", "iâ", "yâ", "uá", "bù", "ù", "á"} {
		if got := decodeVNI(text); got != text {
			t.Errorf("decodeVNI(%q) = %q, want it unchanged", text, got)
		}
	}
}

// legacyText is the text of digits: bytes as Latin-1, or one code point.
func legacyText(t *testing.T, digits string) string {
	t.Helper()
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	if n >= 0x2000 && n < 0x3000 {
		return string(rune(n))
	}
	if n > 0xff {
		return string([]rune{rune(n >> 8), rune(n & 0xff)})
	}
	return string(rune(n))
}
