package workbook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Cells read the same whichever way they are spelt and wherever the window of
// the scanner ends: between cells, within tags, names, texts and entities.
func TestSpellingsReadAlike(t *testing.T) {
	t.Parallel()
	var usual strings.Builder
	for row := range 1500 {
		fmt.Fprintf(&usual, `<row r="%d">`, row+1)
		fmt.Fprintf(&usual, `<c r="A%d" s="3"><v>%d.5</v></c><c r="B%d" s="2"/><c r="C%d"><v>%d</v></c>`, row+1, row, row+1, row+1, row*row)
		fmt.Fprintf(&usual, `<c r="D%d" t="str"><v>a &amp; %s</v></c><c r="E%d" s="4"><v>%d</v></c></row>`, row+1, strings.Repeat("x", row%90), row+1, row)
	}
	want := readSheet(t, withRows(t, usual.String()))
	if len(want.Cells) != 1500*4 {
		t.Fatalf("got %d cells, want %d", len(want.Cells), 1500*4)
	}
	spellings := map[string]*strings.Replacer{
		"two blanks":      strings.NewReplacer(`<c r=`, `<c  r=`),
		"single quotes":   strings.NewReplacer(`"`, `'`),
		"line ends":       strings.NewReplacer("</v>", "</v>", "<", "\r\n\t<"),
		"value in CDATA":  strings.NewReplacer("<v>", "<v><!-- -->"),
		"style first":     strings.NewReplacer(`" s="3">`, `" x="y" s='3' >`),
		"empty with tags": strings.NewReplacer(`s="2"/>`, `s="2"></c>`),
	}
	for name, spelling := range spellings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readSheet(t, withRows(t, spelling.Replace(usual.String())))
			if diff := cmp.Diff(want.Cells, got.Cells); diff != "" {
				t.Errorf("cells mismatch (-usual +spelling):\n%.2000s", diff)
			}
		})
	}
}

// Tags of rows that look like the one before mean what they say.
func TestRowTagsAlike(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, rows, want string }{
		{"hidden and not", `<row r="1" hidden="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row><row r="4" hidden="1"><c><v>4</v></c></row>`, "A1=1 true, A2=2 true, A3=3 false, A4=4 true"},
		{"hidden first", `<row hidden="1" r="1"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row>`, "A1=1 true, A2=2 false, A3=3 false"},
		{"without content", `<row r="1" ht="1"/><row r="2" ht="1"/><row r="3"><c><v>3</v></c></row><row r="4"/><row r="5"><c><v>5</v></c></row>`, "A3=3 false, A5=5 false"},
		{"> in a value", `<row r="1" x=">" hidden="1"><c><v>1</v></c></row><row r="2" x=">"><c><v>2</v></c></row>`, "A1=1 true, A2=2 false"},
		{"entities", `<row r="1" x="&lt;"><c><v>1</v></c></row><row r="2" x="&lt;"><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row>`, "A1=1 false, A2=2 false, A3=3 false"},
		{"comments between", `<row r="1"><c><v>1</v></c></row><!-- <row r="9"> --><row r="2" hidden="1"><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row>`, "A1=1 false, A2=2 true, A3=3 false"},
		{"numbers left out", `<row r="3"><c><v>1</v></c></row><row><c><v>2</v></c></row><row r="7"><c><v>3</v></c></row>`, "A3=1 false, A4=2 false, A7=3 false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, cell := range readSheet(t, withRows(t, tt.rows)).Cells {
				got = append(got, fmt.Sprint(cell.Name(), "=", cell.Value, " ", cell.Hidden))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, ", ")); diff != "" {
				t.Errorf("cells mismatch (-want +got):\n%s", diff)
			}
		})
	}
	for _, rows := range []string{
		`<row r="1" x="&lt;"></row><row r="2" x="<lt;"></row>`, `<row r="1"></row><row r="0"></row>`,
		`<row r="1"></row><row r="1048577"></row>`, `<row r="1"/></row>`, `<row r="1"/><row r="2"/></row>`,
	} {
		if code := refused(t, withRows(t, rows), DefaultLimits()); code != "damaged" {
			t.Errorf("%s: got %s, want damaged", rows, code)
		}
	}
}

func TestUnescape(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in, want string
		ok       bool
	}{
		{"plain", "plain", true}, {"&lt;&gt;&amp;&quot;&apos;", `<>&"'`, true}, {"&#65;&#x41;&#x1F600;", "AA😀", true},
		{"a\r\nb\rc\n", "a\nb\nc\n", true}, {"&#13;", "\r", true}, {"&amp;lt;", "&lt;", true},
		{"&", "", false}, {"&lt", "", false}, {"&nbsp;", "", false}, {"&#;", "", false}, {"&#x;", "", false}, {"&#0;", "", false},
		{"&#x110000;", "", false}, {"&65;", "", false}, {"&#-5;", "", false}, {"&" + strings.Repeat("a", 100) + ";", "", false},
	}
	for _, tt := range tests {
		got, ok := unescape([]byte(tt.in))
		if ok != tt.ok || ok && string(got) != tt.want {
			t.Errorf("unescape(%q) = %q, %v, want %q, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func TestStoredText(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"plain_x", "plain_x"}, {"_x0041_", "A"}, {"_x004a_", "J"}, {"_x005F_x0041_", "_x0041_"}, {"_x00G1_", "_x00G1_"},
		{"_x41_", "_x41_"}, {"_X0041_", "_X0041_"}, {"_xD83D_a", "\ufffda"}, {"_xD83D__xDE00_", "😀"}, {"__x0041__", "_A_"}, {"_x0041", "_x0041"},
		{"a_x000D_\nb_x000D_c\r", "a\nb\nc\n"},
	}
	for _, tt := range tests {
		if got, ok := storedText([]byte(tt.in)); !ok || string(got) != tt.want {
			t.Errorf("storedText(%q) = %q, %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}
