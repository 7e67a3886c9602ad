package job

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// compareVersions notes on this run's submissions which report of the same unit,
// form and period replaces which, and in which cells they differ. The notes
// are no part of the verdict.
func (r *run) compareVersions(ctx context.Context, tx *store.Tx) error {
	groups := map[string][]*pipeline.Submission{}
	var keys []string
	for i := range r.result.Submissions {
		s := &r.result.Submissions[i]
		if s.Verdict != pipeline.Accepted {
			continue
		}
		key := store.ReportKey(*s)
		if len(groups[key]) == 0 {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], s)
	}
	if len(keys) == 0 {
		return nil
	}
	earlier, err := tx.NewestAccepted(ctx, keys)
	if err != nil {
		return err
	}
	for _, key := range keys {
		group := groups[key]
		if s, ok := earlier[key]; ok {
			group = append(group, &s)
		}
		r.noteVersions(group)
	}
	return nil
}

// noteVersions notes on each submission of a group what became of it.
func (r *run) noteVersions(group []*pipeline.Submission) {
	slices.SortFunc(group, func(a, b *pipeline.Submission) int {
		return cmp.Or(a.FirstSeen.Compare(b.FirstSeen), a.ModTime.Compare(b.ModTime), cmp.Compare(a.SHA256, b.SHA256))
	})
	newest := group[len(group)-1]
	for i, s := range group[:len(group)-1] {
		r.note(s, "newer_counts", newest)
		if i == len(group)-2 {
			r.note(newest, "replaces_older", s)
		}
	}
}

func (r *run) note(s *pipeline.Submission, code string, other *pipeline.Submission) {
	s.Findings = append(s.Findings, pipeline.Finding{
		Code: code, Severity: pipeline.SeverityNotice,
		Args: []pipeline.Arg{{Name: "file", Value: other.File}, {Name: "cells", Value: differing(s.Facts, other.Facts)}},
	})
	if judged, ok := r.judged[store.Key(s.Folder, s.SHA256)]; ok {
		judged.Findings = s.Findings
		r.judged[store.Key(s.Folder, s.SHA256)] = judged
	}
}

// differing names the cells of facts whose figures are others in other.
func differing(facts, other []pipeline.Fact) string {
	const most = 20
	type key struct {
		indicator string
		measure   pipeline.Measure
	}
	known := map[key]pipeline.Fact{}
	for _, f := range other {
		known[key{f.Indicator, f.Measure}] = f
	}
	var cells []string
	for _, f := range facts {
		o, ok := known[key{f.Indicator, f.Measure}]
		if !ok || o.State != f.State || !o.Value.Equal(f.Value) {
			cells = append(cells, f.Cell)
		}
	}
	if len(cells) > most {
		cells = append(cells[:most], "…")
	}
	return cmp.Or(strings.Join(cells, ", "), "–")
}
