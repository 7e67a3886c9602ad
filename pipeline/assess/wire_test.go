package assess

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
)

// answersOnWire are answers as workers give them, with every field set to
// something of its own somewhere.
func answersOnWire() []Answer {
	fact := func(n int, value, raw string) pipeline.Fact {
		return pipeline.Fact{
			Indicator: fmt.Sprintf("I%02d", n), Measure: pipeline.MeasureValue, State: pipeline.StateNumber, Value: decimal.RequireFromString(value),
			Qualifier: pipeline.Exact, Raw: raw, Sheet: "Biểu 1", Cell: fmt.Sprintf("D%d", n),
		}
	}
	ytd := fact(2, "-123456789012345678901234567890.5", "khoảng âm "+strings.Repeat("rất ", 40)+"nhiều")
	ytd.Measure, ytd.State, ytd.Qualifier, ytd.Note, ytd.List, ytd.Rows = pipeline.MeasureYTD, pipeline.StateNil, pipeline.About, "ghi chú", "classes", 7
	cell := pipeline.ListCell{
		List: "classes", Row: 3, Field: "start", Type: pipeline.FieldDate, State: pipeline.StateFilled, Date: pipeline.Day(2026, time.April, 9),
		Key: "2026-04-09", Raw: "46121", Sheet: "Danh sách", Cell: "C7", Qualifier: pipeline.Exact,
	}
	text, number := cell, cell
	text.Type, text.Date, text.Text = pipeline.FieldText, time.Time{}, "Lớp \x00 \"A\"\nB"
	number.Type, number.Date, number.Number, number.Qualifier = pipeline.FieldNumber, time.Time{}, decimal.New(25, -1), pipeline.AtLeast
	submission := pipeline.Submission{
		File: "A/bc.xlsx", Folder: "A", SHA256: strings.Repeat("0f", 32), Size: 9000, Acts: 2, Form: "HD", Unit: "A",
		ModTime: time.Date(2026, 4, 9, 8, 7, 6, 5, time.UTC), FirstSeen: time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC), Period: pipeline.Period{Kind: pipeline.Quarter, Year: 2026, N: 1}, Verdict: pipeline.Refused,
		Findings: []pipeline.Finding{{Code: "x", Severity: pipeline.SeverityError, Args: []pipeline.Arg{{Name: "a", Value: "b\n"}}}},
	}
	first, second := submission, submission
	first.Facts, first.Lists = []pipeline.Fact{fact(1, "1250", "1250"), fact(1, "0", ""), ytd, fact(3, "0.05", "5%"), fact(4, "1e3", "1E3")}, []pipeline.ListCell{cell, text, number}
	second.Facts = []pipeline.Fact{fact(3, "999999999999999999", ""), fact(4, "1000000000000000000", ""), ytd}
	return []Answer{
		{}, {Result: Result{Submission: first, Opened: true}}, {Result: Result{Submission: submission}, Err: "no disk"},
		{Book: []byte("PK\x03\x04"), Tripped: "no"}, {Result: Result{Submission: second}}, {Result: Result{Submission: first}},
	}
}

func TestAnswersArriveWhole(t *testing.T) {
	t.Parallel()
	var sent bytes.Buffer
	w := newWire(false)
	want := answersOnWire()
	for _, a := range want {
		if err := w.send(&sent, a); err != nil {
			t.Fatal(err)
		}
	}
	whole := sent.Bytes()
	answers := NewAnswers(&sent)
	for i := range want {
		got, err := answers.Next()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[i], got, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
			t.Errorf("answer %d mismatch (-sent +arrived):\n%s", i, diff)
		}
	}
	for length := range whole {
		arrived, answers := 0, NewAnswers(bytes.NewReader(whole[:length]))
		for {
			if _, err := answers.Next(); err != nil {
				break
			}
			arrived++
		}
		if arrived == len(want) {
			t.Fatalf("%d of %d bytes gave all answers", length, len(whole))
		}
	}
}

// What is no answer of a worker is an error, whatever it is.
func FuzzAnswers(f *testing.F) {
	var sent bytes.Buffer
	w := newWire(false)
	for _, a := range answersOnWire() {
		if err := w.send(&sent, a); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(sent.Bytes())
	f.Add([]byte("\xff\xff\xff\xff\x03\x7e\x7e\x7e"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		answers := NewAnswers(bytes.NewReader(data))
		for {
			if _, err := answers.Next(); err != nil {
				return
			}
		}
	})
}
