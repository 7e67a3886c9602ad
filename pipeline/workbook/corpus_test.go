package workbook

import (
	"bufio"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// corpus is a collection of workbooks from outside, beside the repository;
// tests that need it are skipped where it is absent.
const corpus = "../../../shared/corpus"

// A digest sums up a sheet as golden.tsv of the corpus does.
type digest struct {
	numbers int
	sum     float64
	texts   int
	sha1    string
}

func digestOf(sheet *Sheet) digest {
	var d digest
	var texts []string
	for i := range sheet.Cells {
		cell := &sheet.Cells[i]
		switch cell.Type {
		case Number, Date:
			if n, err := strconv.ParseFloat(cell.Raw, 64); err == nil {
				d.numbers++
				d.sum += n
			}
		case Text:
			text := strings.ReplaceAll(cell.Raw, "\r\n", "\n")
			if text = strings.TrimSpace(text); text != "" {
				texts = append(texts, text)
			}
		}
	}
	sum := sha1.Sum([]byte(strings.Join(texts, "\x1f")))
	d.texts, d.sha1 = len(texts), hex.EncodeToString(sum[:])[:12]
	return d
}

func (d digest) equal(o digest) bool {
	near := math.Abs(d.sum-o.sum) <= 1e-9*math.Max(1, math.Abs(o.sum))
	return d.numbers == o.numbers && near && d.texts == o.texts && d.sha1 == o.sha1
}

// readTable reads a tab-separated file of the corpus without its header.
func readTable(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join(corpus, name))
	if err != nil {
		t.Skipf("no corpus: %v", err)
	}
	defer file.Close()
	var rows [][]string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		rows = append(rows, strings.Split(lines.Text(), "\t"))
	}
	return rows[1:]
}

// goldenSheets are the expected digests by file, then by sheet name.
func goldenSheets(t *testing.T) map[string]map[string]digest {
	golden := map[string]map[string]digest{}
	for _, row := range readTable(t, "golden.tsv") {
		if golden[row[0]] == nil {
			golden[row[0]] = map[string]digest{}
		}
		var d digest
		d.numbers, _ = strconv.Atoi(row[2])
		d.sum, _ = strconv.ParseFloat(row[3], 64)
		d.texts, _ = strconv.Atoi(row[4])
		d.sha1 = row[5]
		golden[row[0]][row[1]] = d
	}
	return golden
}

// compare says how the book differs from the expected digests, "" if it doesn't.
func compare(book *Book, want map[string]digest) string {
	var differences []string
	got := map[string]digest{}
	for i := range book.Sheets {
		got[quoteName(book.Sheets[i].Name)] = digestOf(&book.Sheets[i])
	}
	for name, w := range want {
		if g, ok := got[name]; !ok {
			differences = append(differences, fmt.Sprintf("sheet %s missing", name))
		} else if !g.equal(w) {
			differences = append(differences, fmt.Sprintf("sheet %s: got %+v, want %+v", name, g, w))
		}
	}
	return strings.Join(differences, "; ")
}

// quoteName writes a sheet's name as golden.tsv does.
func quoteName(name string) string {
	name = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\u00a0", `\xa0`).Replace(name)
	if strings.Contains(name, "'") && !strings.Contains(name, `"`) {
		return `"` + name + `"`
	}
	return "'" + strings.ReplaceAll(name, "'", `\'`) + "'"
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	golden := goldenSheets(t)
	tally := map[string]int{}
	for _, row := range readTable(t, "expected.tsv") {
		name, want := row[0], row[1]
		kind := filepath.Ext(name)
		data, err := os.ReadFile(filepath.Join(corpus, "files", name))
		if err != nil {
			t.Fatal(err)
		}
		book, err := Read(data, DefaultLimits())
		var refusal *Refusal
		switch {
		case err != nil && !errors.As(err, &refusal):
			t.Errorf("%s: error is no refusal: %v", name, err)
		case err != nil && want == "refuse":
			tally[kind+" refused rightly"]++
			t.Logf("%s refused: %v", name, err)
		case err != nil:
			tally[kind+" refused wrongly"]++
			t.Errorf("%s (%s): refused: %v", name, row[4], err)
		case want == "refuse":
			tally[kind+" read, to refuse"]++
			t.Errorf("%s (%s): read, want refused: %s", name, row[4], row[2])
		default:
			if diff := compare(book, golden[strings.TrimSuffix(name, kind)]); diff != "" {
				tally[kind+" misread"]++
				t.Errorf("%s (%s): %.1000s", name, row[4], diff)
				continue
			}
			tally[kind+" read right"]++
		}
	}
	t.Log(tally)
}
