package journal_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tonghop/pipeline"
	"tonghop/pipeline/journal"
)

var at = time.Date(2026, 4, 10, 1, 0, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// acts are three acts as they come back.
func acts() []pipeline.Act {
	quarter := pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}
	return []pipeline.Act{
		{Seq: 1, At: at, Kind: pipeline.ActClose, Period: quarter, By: "Nguyễn Thị Lan"},
		{Seq: 2, At: at.Add(time.Hour), Kind: pipeline.ActWithdraw, Folder: "A", SHA256: "abc", Unit: "A", Form: "Q", Period: quarter, By: "Minh", Reason: "gửi \"nhầm\"\n, \"prev\":"},
		{Seq: 3, At: at.Add(-time.Hour), Kind: pipeline.ActReopen, Period: quarter, By: "Minh"}, // clocks may go back
	}
}

// recorded is a folder with those acts on the record.
func recorded(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	j, err := journal.Open(dir)
	must(t, err)
	for _, a := range acts() {
		must(t, j.Add(a))
	}
	return dir, filepath.Join(dir, "journal.jsonl")
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

func TestRecordComesBack(t *testing.T) {
	t.Parallel()
	dir, _ := recorded(t)
	receipts := []pipeline.Receipt{
		{Folder: "A", SHA256: "abc", File: "A/x.xlsx", Size: 3, ModTime: at, FirstSeen: at, At: at, Acts: 2},
		{SHA256: "def", File: "x.xlsx", ModTime: at, FirstSeen: at, At: at.Add(time.Hour)},
	}
	j, err := journal.Open(dir)
	must(t, err)
	must(t, j.Receive(receipts))
	must(t, j.Receive(nil))
	if j, err = journal.Open(dir); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(acts(), j.Acts, cmpopts.IgnoreFields(pipeline.Act{}, "Hash")); diff != "" {
		t.Errorf("acts mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(receipts, j.Receipts); diff != "" {
		t.Errorf("receipts mismatch (-want +got):\n%s", diff)
	}
	if len(j.Torn) > 0 {
		t.Errorf("torn files %q in a whole record", j.Torn)
	}
}

// A line that a power cut tore is mended, wherever it was cut, and none before it
// is lost; what comes next is a whole line.
func TestTornLine(t *testing.T) {
	t.Parallel()
	_, whole := recorded(t)
	data := read(t, whole)
	two := bytes.LastIndexByte(data[:len(data)-1], '\n') + 1 // where the third line begins
	zeros := func(from int) []byte {
		torn := bytes.Clone(data)
		for i := from; i < min(from+9, len(torn)); i++ {
			torn[i] = 0
		}
		return torn
	}
	tests := []struct {
		name string
		data []byte
		want int // lines
	}{
		{"after its first byte", data[:two+1], 2},
		{"in the middle", data[:two+30], 2},
		{"before its brace", data[:len(data)-2], 2},
		{"before its end", data[:len(data)-1], 3},
		{"a block of zeros in it", zeros(two + 10), 2},
		{"zeros in its place", append(bytes.Clone(data[:two]), make([]byte, 40)...), 2},
		{"the very first line", data[:20], 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "journal.jsonl")
			must(t, os.WriteFile(path, tt.data, 0o644))
			for i, wantTorn := range []int{1, 0} {
				j, err := journal.Open(dir)
				must(t, err)
				if len(j.Acts) != tt.want+i || len(j.Torn) != wantTorn {
					t.Fatalf("time %d: %d acts, %d torn files; want %d, %d", i+1, len(j.Acts), len(j.Torn), tt.want+i, wantTorn)
				}
				must(t, j.Add(pipeline.Act{At: at, Kind: pipeline.ActClose, By: "Lan"}))
			}
			if kept := bytes.Join(bytes.SplitAfter(data, []byte("\n"))[:tt.want], nil); !bytes.HasPrefix(read(t, path), kept) {
				t.Error("an earlier line was lost")
			}
		})
	}
}

// Whoever changes a line, takes one out or puts one in is found out, by its number.
func TestTamperedRecord(t *testing.T) {
	t.Parallel()
	_, whole := recorded(t)
	lines := strings.SplitAfter(string(read(t, whole)), "\n")
	tests := []struct {
		name string
		text string
		want string
	}{
		{"first line changed", strings.Replace(lines[0], "Lan", "Mai", 1) + lines[1] + lines[2], "line 2"},
		{"line taken out", lines[0] + lines[2], "line 2"},
		{"first line taken out", lines[1] + lines[2], "line 1"},
		{"lines exchanged", lines[0] + lines[2] + lines[1], "line 2"},
		{"line doubled", lines[0] + lines[0] + lines[1] + lines[2], "line 2"},
		{"empty line", lines[0] + "\n" + lines[1] + lines[2], "line 2"},
		{"last line no JSON", lines[0] + lines[1] + "{\n", "line 3"},
		{"another last line without its end", lines[0] + lines[1] + `{"seq":3,"act":"close"}`, "line 3"},
		{"Windows line ends", strings.ReplaceAll(lines[0]+lines[1], "\n", "\r\n"), "line 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "journal.jsonl")
			must(t, os.WriteFile(path, []byte(tt.text), 0o644))
			_, err := journal.Open(dir)
			if !errors.Is(err, journal.ErrBroken) || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error = %v, want the broken %s", err, tt.want)
			}
			if string(read(t, path)) != tt.text {
				t.Error("a broken record was written to")
			}
		})
	}
}

// What was applied can't be taken off the end either, nor replaced by a chain
// that is whole in itself.
func TestSince(t *testing.T) {
	t.Parallel()
	dir, _ := recorded(t)
	j, err := journal.Open(dir)
	must(t, err)
	hash := func(n int) string { return j.Acts[n-1].Hash }
	tests := []struct {
		name string
		n    int
		hash string
		want int // acts
		ok   bool
	}{
		{"none applied", 0, "", 3, true},
		{"one applied", 1, hash(1), 2, true},
		{"all applied", 3, hash(3), 0, true},
		{"another line", 2, hash(1), 0, false},
		{"more were applied", 4, hash(3), 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := j.Since(tt.n, tt.hash)
			if len(got) != tt.want || (err == nil) != tt.ok || err != nil && !errors.Is(err, journal.ErrBroken) {
				t.Errorf("Since = %d acts, %v; want %d, ok %t", len(got), err, tt.want, tt.ok)
			}
		})
	}
}

// What can't be written whole leaves the record as it was.
func TestFailedWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j, err := journal.Open(dir)
	must(t, err)
	must(t, os.Mkdir(filepath.Join(dir, "journal.jsonl"), 0o755)) // in the way
	if err := j.Add(acts()[0]); err == nil || len(j.Acts) != 0 {
		t.Fatalf("Add = %v with %d acts, want an error and none", err, len(j.Acts))
	}
	must(t, os.Remove(filepath.Join(dir, "journal.jsonl")))
	must(t, j.Add(acts()[0]))
	if j, err = journal.Open(dir); err != nil || len(j.Acts) != 1 {
		t.Errorf("Open = %v, want the one act that was written", err)
	}
}

// What a newer version of the program put on the record is not passed over, and stays.
func TestNewerRecord(t *testing.T) {
	t.Parallel()
	dir, file := recorded(t)
	j, err := journal.Open(dir)
	must(t, err)
	if err := j.Add(pipeline.Act{At: at, Kind: "merge", By: "Lan"}); err == nil {
		t.Error("an act that is not known was put on the record")
	}
	text := string(read(t, file))
	last := strings.Split(text, "\n")[2]
	text += fmt.Sprintf(`{"seq":4,"at":"2026-04-10T01:00:00Z","act":"merge","by":"Lan","prev":"%x"}`+"\n", sha256.Sum256([]byte(last)))
	for name, text := range map[string]string{
		"journal.jsonl": text,
		"intake.jsonl":  `{"seq":1,"folder":"A","sha256":"a","file":"A/1.xlsx","later":true,"prev":""}` + "\n",
	} {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
		if _, err := journal.Open(dir); !errors.Is(err, journal.ErrNewer) || errors.Is(err, journal.ErrBroken) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error = %v, want it told where a newer version wrote", name, err)
		}
		if left := string(read(t, filepath.Join(dir, name))); left != text {
			t.Errorf("%s was changed: %s", name, left)
		}
	}
}
