package sample_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline"
)

// TestCommittedInputs compares the workbooks in the repository with those the
// generator makes, part by part: another Go may compress them otherwise.
func TestCommittedInputs(t *testing.T) {
	t.Parallel()
	inputs, err := sample.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	for _, input := range inputs {
		committed, err := os.ReadFile(filepath.Join("..", "..", "..", filepath.FromSlash(input.Path)))
		if err != nil {
			t.Errorf("%v: run go run ./inputs/demo -make", err)
			continue
		}
		if diff := cmp.Diff(parts(t, committed), parts(t, input.Data)); diff != "" {
			t.Errorf("%s is not what the generator makes, run go run ./inputs/demo -make (-committed +made):\n%.2000s", input.Path, diff)
		}
	}
}

// TestSameBytes makes everything twice.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	first, second := deliveries(t), deliveries(t)
	if diff := cmp.Diff(digest(first), digest(second)); diff != "" {
		t.Errorf("two builds mismatch (-first +second):\n%s", diff)
	}
	inputs, err := sample.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	again, err := sample.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	for i := range inputs {
		if !bytes.Equal(inputs[i].Data, again[i].Data) {
			t.Errorf("%s differs between two builds", inputs[i].Path)
		}
	}
}

// TestDeliveries checks the story: in order, every report at last accepted,
// and all workbooks but the broken one open.
func TestDeliveries(t *testing.T) {
	t.Parallel()
	all := deliveries(t)
	var last time.Time
	counts := make(map[pipeline.Verdict]int)
	for _, d := range all {
		if !d.Now.After(last) {
			t.Errorf("%v is not after %v", d.Now, last)
		}
		last = d.Now
		for _, f := range d.Files {
			counts[f.Verdict]++
			if strings.HasSuffix(f.Path, ".xlsx") && !slices.Contains(f.Codes, "truncated") {
				open(t, f)
			}
			if f.Verdict == pipeline.Refused && len(f.Codes) == 0 {
				t.Errorf("%s is refused without a reason", f.Path)
			}
		}
	}
	want := map[pipeline.Verdict]int{"": 1, pipeline.Accepted: 99, pipeline.Refused: 12, pipeline.Held: 2, pipeline.Attachment: 2}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("files by verdict mismatch (-want +got):\n%s", diff)
	}
}

func open(t *testing.T, f sample.File) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(f.Data))
	if err != nil {
		t.Errorf("open %s: %v", f.Path, err)
		return
	}
	if err := book.Close(); err != nil {
		t.Error(err)
	}
}

func deliveries(t *testing.T) []sample.Delivery {
	t.Helper()
	all, err := sample.Deliveries()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// digest is the deliveries with their bytes by path.
func digest(all []sample.Delivery) map[string]string {
	files := make(map[string]string)
	for _, d := range all {
		for _, f := range d.Files {
			files[d.Now.String()+" "+f.Path] = string(f.Data)
		}
	}
	return files
}

// parts is what a workbook holds, by part.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string)
	for _, part := range archive.File {
		reader, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		all[part.Name] = string(content)
	}
	return all
}
