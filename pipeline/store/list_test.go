package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
)

// counted is a submission with random rows of two lists, some facts beside them,
// and the figures that are filled from the lists.
type counted struct {
	*rand.Rand
	cat *pipeline.Catalogue
}

func newCounted() counted {
	list := func(name, field string, filters ...pipeline.ListFilter) *pipeline.ListFigure {
		return &pipeline.ListFigure{Text: "as worded", List: name, Field: field, Filters: filters}
	}
	commune, north := pipeline.ListFilter{Field: "level", Key: "commune"}, pipeline.ListFilter{Field: "place", Key: "north"}
	return counted{rand.New(rand.NewPCG(1, 2)), &pipeline.Catalogue{Indicators: []pipeline.Indicator{
		{Code: "ALL", From: list("classes", "")}, {Code: "PEOPLE", From: list("classes", "people")},
		{Code: "COMMUNE", From: list("classes", "", commune)}, {Code: "COMMUNE_PEOPLE", From: list("classes", "people", commune)},
		{Code: "BOTH", From: list("classes", "people", commune, north)}, {Code: "TWICE", From: list("classes", "", commune, commune)},
		{Code: "TRIPS", From: list("trips", "people")}, {Code: "OTHER"},
	}}}
}

func (c counted) oneOf(texts ...string) string { return texts[c.IntN(len(texts))] }

// submission has one of all cases: lists that are missing, empty by declaration or
// without any row that counts; rows without the field that is added; facts that
// are reported, blank or not on the form.
func (c counted) submission(n int) pipeline.Submission {
	s := submission(fmt.Sprint(n), fmt.Sprintf("A/%d.xlsx", n), n)
	for _, list := range []string{"classes", "trips"} {
		switch c.IntN(4) {
		case 0:
			s.Lists = append(s.Lists, pipeline.ListCell{
				List: list, Field: "name", Type: pipeline.FieldText, State: pipeline.StateNil, Qualifier: pipeline.Exact, Raw: "không", Sheet: "L", Cell: list + "0",
			})
		case 1:
		default:
			for row := range 1 + c.IntN(4) {
				s.Lists = append(s.Lists, c.row(list, row+1)...)
			}
		}
	}
	for _, i := range c.cat.Indicators {
		fact := pipeline.Fact{Indicator: i.Code, Measure: pipeline.MeasureValue, State: pipeline.StateBlank, Qualifier: pipeline.Exact, Note: "note", Sheet: "F", Cell: i.Code}
		switch c.IntN(3) {
		case 0:
			fact.State, fact.Value, fact.Raw = pipeline.StateNumber, decimal.NewFromInt(7), "7"
			fallthrough
		case 1:
			s.Facts = append(s.Facts, fact)
		}
	}
	return s
}

func (c counted) row(list string, row int) (cells []pipeline.ListCell) {
	cell := pipeline.ListCell{List: list, Row: row, Type: pipeline.FieldText, State: pipeline.StateFilled, Qualifier: pipeline.Exact, Sheet: "L"}
	for _, field := range []string{"name", "level", "place"} {
		if cell.Field, cell.Key, cell.Cell = field, c.oneOf("commune", "province", "north"), fmt.Sprint(list, row, field); c.IntN(4) > 0 {
			cells = append(cells, cell)
		}
	}
	cell.Field, cell.Type, cell.Cell = "people", pipeline.FieldNumber, fmt.Sprint(list, row, "people")
	cell.Qualifier = pipeline.Qualifier(c.oneOf("exact", "exact", "about", "at_least"))
	switch c.IntN(4) {
	case 0:
		cell.State = pipeline.StateNil
	case 1:
		cell.State = pipeline.StateZero
	case 2:
		cell.State, cell.Number = pipeline.StateNumber, decimal.New(int64(1+c.IntN(9999)), -2)
	default:
		if len(cells) > 0 {
			return cells
		}
		cell.State = pipeline.StateZero // a row has a cell
	}
	return append(cells, cell)
}

// The figures that the models fill from lists are those that one workbook is judged
// by and its unit is told of: state, value, qualifier and the cell.
func TestListFiguresAgree(t *testing.T) {
	t.Parallel()
	c := newCounted()
	var all []pipeline.Submission
	var want []string
	line := func(sha string, f pipeline.Fact) string {
		return fmt.Sprintln(sha, f.Indicator, f.State, f.Value.String(), f.Qualifier, f.Raw, f.Note, f.Sheet, f.Cell, f.List)
	}
	for n := range 300 {
		s := c.submission(n)
		all = append(all, s)
		for _, f := range c.cat.Counted(s.Facts, s.Lists) {
			want = append(want, line(s.SHA256, f))
		}
	}
	var got []string
	work(t, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveCatalogue(ctx, store.Catalogue{Catalogue: c.cat}); err != nil {
			return err
		}
		if err := tx.Load(ctx, store.Each(all...), time.UTC); err != nil {
			return err
		}
		return tx.Query(ctx, func(rows *sql.Rows) error {
			var sha string
			var f pipeline.Fact
			var value any
			err := rows.Scan(&sha, &f.Indicator, &f.State, &value, &f.Qualifier, &f.Raw, &f.Note, &f.Sheet, &f.Cell, &f.List)
			if d := store.Figure(value); d != nil {
				f.Value = *d
			}
			got = append(got, line(sha, f))
			return err
		}, "SELECT sha256, indicator, state, value, qualifier, raw, note, sheet, cell, coalesce(list, '') FROM stg_reading JOIN raw_submission USING (submission)")
	})
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures mismatch (-one workbook's +the models'):\n%s", diff)
	}
}
