package job

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// compareVersions notes which report of the same unit, form and period replaces
// which, and in which cells they differ: on this run's submissions, and in the
// ledger on those of earlier runs. The notes are no part of the verdict. It
// returns the keys of the earlier submissions that have a new note.
func (r *run) compareVersions(ctx context.Context, tx *store.Tx) (noted []string, err error) {
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
		return nil, nil
	}
	all, err := tx.NewestAccepted(ctx, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		earlier, ok := all[key]
		if !ok {
			noteVersions(groups[key])
			continue
		}
		noteVersions(append(groups[key], &earlier))
		for _, f := range earlier.Findings {
			added, err := tx.Note(ctx, earlier, f)
			if err != nil {
				return nil, err
			}
			if added {
				noted = append(noted, store.Key(earlier.Folder, earlier.SHA256))
			}
		}
	}
	return noted, nil
}

// noteVersions notes on each submission of a group what became of it. The order
// is that of the models, which know times to the microsecond.
func noteVersions(group []*pipeline.Submission) {
	slices.SortFunc(group, func(a, b *pipeline.Submission) int {
		return cmp.Or(
			cmp.Compare(a.FirstSeen.UnixMicro(), b.FirstSeen.UnixMicro()), cmp.Compare(a.ModTime.UnixMicro(), b.ModTime.UnixMicro()),
			cmp.Compare(a.SHA256, b.SHA256),
		)
	})
	newest := group[len(group)-1]
	for i, s := range group[:len(group)-1] {
		note(s, "newer_counts", newest)
		if i == len(group)-2 {
			note(newest, "replaces_older", s)
		}
	}
}

func note(s *pipeline.Submission, code string, other *pipeline.Submission) {
	s.Findings = append(s.Findings, pipeline.Finding{
		Code: code, Severity: pipeline.SeverityNotice,
		Args: []pipeline.Arg{{Name: "file", Value: other.File}, {Name: "cells", Value: differing(s.Facts, other.Facts)}},
	})
}

// differing names the cells of facts whose figures are others in other.
func differing(facts, other []pipeline.Fact) string {
	const most = 20
	known := map[pipeline.FactKey]pipeline.Fact{}
	for _, f := range other {
		known[f.Key()] = f
	}
	var cells []string
	for _, f := range facts {
		if o, ok := known[f.Key()]; !ok || !o.Same(f) {
			cells = append(cells, f.Cell)
		}
	}
	if len(cells) > most {
		cells = append(cells[:most], "…")
	}
	return cmp.Or(strings.Join(cells, ", "), "–")
}
