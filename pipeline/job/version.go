package job

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// The codes of the findings that tell of other versions of a report.
const (
	newerCounts   = "newer_counts"
	replacesOlder = "replaces_older"
)

// compareVersions notes in the ledger which report of the same unit, form and
// period replaces which, and in which cells they differ, for the reports that
// this run changed. The notes are no part of the verdict. It returns the keys of
// the submissions whose notes are others than before.
func (r *run) compareVersions(ctx context.Context, tx *store.Tx) (noted []string, err error) {
	var keys []string
	for _, c := range r.changes {
		if c.counts() || c.counted() {
			keys = append(keys, store.ReportKey(c.Submission))
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	codes := []string{newerCounts, replacesOlder}
	versions, err := tx.Versions(ctx, keys, codes)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		for _, v := range noteVersions(versions[key]) {
			if err := tx.ReplaceFindings(ctx, *v, codes, v.Findings); err != nil {
				return nil, err
			}
			noted = append(noted, store.Key(v.Folder, v.SHA256))
		}
	}
	return noted, nil
}

// noteVersions notes on each version of a report, the oldest first, what became
// of it, and returns those that had other notes before.
func noteVersions(all []*pipeline.Submission) (changed []*pipeline.Submission) {
	var counting []*pipeline.Submission
	before := make([][]pipeline.Finding, len(all))
	for i, s := range all {
		before[i], s.Findings = s.Findings, nil
		if s.Verdict == pipeline.Accepted {
			counting = append(counting, s)
		}
	}
	for i := range counting[:max(len(counting)-1, 0)] {
		newest := counting[len(counting)-1]
		note(counting[i], newerCounts, newest)
		if i == len(counting)-2 {
			note(newest, replacesOlder, counting[i])
		}
	}
	for i, s := range all {
		if !reflect.DeepEqual(before[i], s.Findings) {
			changed = append(changed, s)
		}
	}
	return changed
}

func note(s *pipeline.Submission, code string, other *pipeline.Submission) {
	s.Findings = append(s.Findings, pipeline.Finding{
		Code: code, Severity: pipeline.SeverityNotice,
		Args: []pipeline.Arg{{Name: "file", Value: other.File}, {Name: "cells", Value: differing(s, other)}},
	})
}

// differing names the cells of s, those of lists too, that say something else than
// the same ones of other.
func differing(s, other *pipeline.Submission) string {
	const most = 20
	cells := append(differingFacts(s.Facts, other.Facts), differingRows(s.Lists, other.Lists)...)
	if len(cells) > most {
		cells = append(cells[:most], "…")
	}
	return cmp.Or(strings.Join(cells, ", "), "–")
}

func differingFacts(facts, other []pipeline.Fact) (cells []string) {
	known := map[pipeline.FactKey]pipeline.Fact{}
	for _, f := range other {
		known[f.Key()] = f
	}
	for _, f := range facts {
		if o, ok := known[f.Key()]; !ok || !o.Same(f) {
			cells = append(cells, f.Cell)
		}
	}
	return cells
}

func differingRows(rows, other []pipeline.ListCell) (cells []string) {
	type place struct {
		list, field string
		row         int
	}
	known := map[place]pipeline.ListCell{}
	for _, c := range other {
		known[place{c.List, c.Field, c.Row}] = c
	}
	for _, c := range rows {
		if o, ok := known[place{c.List, c.Field, c.Row}]; !ok || o.Key != c.Key || o.Raw != c.Raw {
			cells = append(cells, c.Cell)
		}
	}
	return cells
}
