package example_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/inputs/example"
	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
)

// On any day the example is without mistakes, and its reports are good, good with
// a remark, and returned.
func TestExample(t *testing.T) {
	t.Parallel()
	for _, day := range []time.Time{pipeline.Day(2026, time.January, 1), pipeline.Day(2026, time.June, 30), pipeline.Day(2027, time.December, 31)} {
		files, err := example.Files(day)
		if err != nil {
			t.Fatal(err)
		}
		inputs := fstest.MapFS{}
		for _, f := range files {
			inputs[f.Path] = &fstest.MapFile{Data: f.Data}
		}
		below, err := fs.Sub(inputs, "inputs")
		if err != nil {
			t.Fatal(err)
		}
		rules, findings, err := assess.Load(below, func(x pipeline.Exceptions) pipeline.Calendar {
			return pipeline.Calendar{StartMonth: time.January, StartDay: 1, Exceptions: x}
		})
		if err != nil || len(findings) > 0 {
			t.Fatalf("%s: the example's catalogue: %v, %+v", day.Format(time.DateOnly), err, findings)
		}
		got := map[string]string{}
		for name, f := range inputs {
			path, ok := strings.CutPrefix(name, "inputs/inbox/")
			if !ok {
				continue
			}
			file := intake.File{Path: path, Size: int64(len(f.Data))}
			result, err := rules.Assess(assess.Input{File: file, Data: f.Data, Now: day.Add(8 * time.Hour), Zone: time.UTC})
			if err != nil {
				t.Fatal(err)
			}
			told := string(result.Verdict)
			for _, f := range result.Findings {
				told += " " + f.Code
			}
			got[result.Unit] = told
		}
		want := map[string]string{"H01": "accepted", "H02": "accepted number_as_text", "H03": "refused check_failed"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: verdicts mismatch (-want +got):\n%s", day.Format(time.DateOnly), diff)
		}
	}
}
