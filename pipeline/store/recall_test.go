package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// recall is what the ledger knows of submissions, in the order given.
func recall(ctx context.Context, tx *store.Tx, all ...pipeline.Submission) ([]store.Promise, error) {
	var keys []string
	for _, s := range all {
		keys = append(keys, store.Key(s.Folder, s.SHA256))
	}
	if err := tx.AddPending(ctx, store.PendingFeedback, keys); err != nil {
		return nil, err
	}
	promised, err := tx.Promises(ctx)
	if err == nil {
		err = tx.Recall(ctx, promised)
	}
	byKey := map[string]store.Promise{}
	for _, p := range promised {
		byKey[store.Key(p.Folder, p.SHA256)] = p
	}
	var ordered []store.Promise
	for _, key := range keys {
		ordered = append(ordered, byKey[key])
	}
	return ordered, err
}

// Submissions that are recalled together keep their findings and figures apart, and
// each is told the version before it: accepted or refused, of the same report.
func TestRecall(t *testing.T) {
	t.Parallel()
	sent := func(sha string, hours int, verdict pipeline.Verdict, figures ...int64) pipeline.Submission {
		s := submission(sha, "A/"+sha+".xlsx", hours)
		s.Verdict = verdict
		for _, n := range figures {
			s.Facts = append(s.Facts, pipeline.Fact{
				Indicator: fmt.Sprint(len(s.Facts)), Measure: pipeline.MeasureValue, State: pipeline.StateNumber,
				Value: decimal.NewFromInt(n), Qualifier: pipeline.Exact, Raw: fmt.Sprint(n), Sheet: "Biểu", Cell: "D1",
			})
			s.Lists = append(s.Lists, pipeline.ListCell{List: "lớp", Row: len(s.Facts), Field: "name", Type: pipeline.FieldText, Text: fmt.Sprint(n), Qualifier: pipeline.Exact})
		}
		s.Findings = []pipeline.Finding{{Code: sha, Severity: pipeline.SeverityWarning}, {Code: "b", Severity: pipeline.SeverityNotice}}
		return s
	}
	other, unknown := sent("other", 3, pipeline.Accepted, 30), sent("unknown", 0, pipeline.Refused)
	other.Unit, unknown.Unit = "B", ""
	all := []pipeline.Submission{
		sent("third", 6, pipeline.Accepted, 3, 33), sent("first", 1, pipeline.Accepted, 1), other, sent("held", 5, pipeline.Held),
		unknown, sent("second", 4, pipeline.Refused), sent("same time", 6, pipeline.Accepted, 4),
	}
	before := map[string]string{"third": "same time", "same time": "second", "second": "first", "held": "second"}
	work(t, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Load(ctx, store.Each(all...), time.UTC); err != nil {
			return err
		}
		byHash := map[string]pipeline.Submission{}
		for _, s := range all {
			byHash[s.SHA256] = s
		}
		got, err := recall(ctx, tx, all...)
		for i, p := range got {
			if diff := cmp.Diff(all[i], p.Submission); diff != "" {
				t.Errorf("%s mismatch (-want +got):\n%s", all[i].SHA256, diff)
			}
			var want *pipeline.Submission
			if s, ok := byHash[before[p.SHA256]]; ok {
				s.Findings = nil
				want = &s
			}
			records := len(p.Findings) + len(p.Lists)
			if want != nil {
				records += len(byHash[want.SHA256].Findings) + len(want.Lists)
			}
			if p.Records != records {
				t.Errorf("%s: %d records announced, %d read", p.SHA256, p.Records, records)
			}
			if diff := cmp.Diff(want, p.Before); diff != "" {
				t.Errorf("before %s mismatch (-want +got):\n%s", p.SHA256, diff)
			}
		}
		return err
	})
}
