package inputs_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/inputs"
	"tonghop/pipeline/lang"
)

var update = flag.Bool("update", false, "rewrite the table of finding codes in README.md")

// The clerks' README lists every finding that a submission can have, as the
// feedback words it.
func TestReadmeListsFindings(t *testing.T) {
	t.Parallel()
	const begin, end = "<!-- mã lỗi -->\n", "<!-- hết mã lỗi -->\n"
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), begin)
	table, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("README.md has no place for the table of finding codes")
	}
	want := findingTable(t)
	if *update {
		if err := os.WriteFile("README.md", []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("table mismatch, run `go test ./inputs -update` (-want +got):\n%s", diff)
	}
}

// A workspace of one's own gets the clerks' guide without what it says of the
// demo, and with every picture that it shows; together these stay small.
func TestGuide(t *testing.T) {
	t.Parallel()
	files, err := inputs.Guide()
	if err != nil {
		t.Fatal(err)
	}
	size := 0
	var text string
	there := map[string]bool{}
	for _, f := range files {
		there[f.Path] = true
		if f.Path == "inputs/README.md" {
			text = string(f.Data)
		} else {
			size += len(f.Data)
		}
	}
	for _, word := range []string{"minh họa", "Sóc Trăng", "30/11"} {
		if text == "" || strings.Contains(text, word) {
			t.Errorf("the guide of a workspace speaks of the demo: %q", word)
		}
	}
	pictures := regexp.MustCompile(`!\[([^\]]+)\]\((.+?)\)`).FindAllStringSubmatch(text, -1)
	for _, p := range pictures {
		if !there["inputs/"+p[2]] || len(p[1]) < 40 {
			t.Errorf("picture %s is missing, or its text says little: %q", p[2], p[1])
		}
	}
	if len(pictures) == 0 || len(pictures) != len(there)-1 || size > 300_000 {
		t.Errorf("%d pictures shown of %d, %d bytes; want each shown, below 300 kB", len(pictures), len(there)-1, size)
	}
}

// forStaff are the findings on the catalogue, the form workbooks and staff's SQL.
var forStaff = regexp.MustCompile(`^(catalogue|marker|list_(?:row_mixed|on_two_rows|collected_twice)|indicator|form_without|field|sql)(?:_|$)`)

func findingTable(t *testing.T) string {
	t.Helper()
	vi, err := lang.Load("vi")
	if err != nil {
		t.Fatal(err)
	}
	message := regexp.MustCompile(`^finding\.([a-z_]+)\.message$`)
	table := "| Mã | Phiếu phản hồi nói | Cách sửa |\n|---|---|---|\n"
	for _, key := range vi.Keys() {
		m := message.FindStringSubmatch(key)
		if m == nil || forStaff.MatchString(m[1]) {
			continue
		}
		table += "| `" + m[1] + "` | " + example(vi.Text(key)) + " | " + example(vi.Text("finding."+m[1]+".remedy")) + " |\n"
	}
	return table
}

// example is a text with an ellipsis for each value that it names.
func example(text string) string {
	text = regexp.MustCompile(`\{[a-z_]+\}`).ReplaceAllString(text, "…")
	return strings.TrimSpace(strings.NewReplacer("|", "\\|", "\n", " ", "<", "&lt;").Replace(text))
}
