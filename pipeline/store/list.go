package store

import (
	"context"
	"database/sql"
	"fmt"

	"tonghop/pipeline"
)

func listRow(submission int32, ordinal int, c pipeline.ListCell) []any {
	var day, value any
	if !c.Date.IsZero() {
		day = c.Date
	}
	if c.Type == pipeline.FieldNumber {
		value = Decimal(c.Number)
	}
	return []any{
		submission, int32(ordinal), c.List, int32(c.Row), c.Field, string(c.Type), string(c.State),
		Text(c.Text), day, value, string(c.Qualifier), c.Key, c.Raw, c.Sheet, c.Cell,
	}
}

// Lists reads the rows of the lists of a submission in their order.
func (t *Tx) Lists(ctx context.Context, s pipeline.Submission) ([]pipeline.ListCell, error) {
	var all []pipeline.ListCell
	err := t.Query(ctx, func(rows *sql.Rows) error {
		var c pipeline.ListCell
		var day sql.NullTime
		var value any
		if err := rows.Scan(&c.List, &c.Row, &c.Field, &c.Type, &c.State, &c.Text, &day, &value, &c.Qualifier, &c.Key, &c.Raw, &c.Sheet, &c.Cell); err != nil {
			return err
		}
		c.Date = day.Time
		if d := Figure(value); d != nil {
			c.Number = whole(*d, c.Raw)
		}
		all = append(all, c)
		return nil
	}, `SELECT list, list_row, field, type, state, coalesce(content, ''), day, value, qualifier, key, raw, sheet, cell
		FROM raw_list_cell
		SEMI JOIN (FROM raw_submission WHERE folder = $folder AND sha256 = $sha256) USING (submission)
		ORDER BY ordinal`, sql.Named("folder", s.Folder), sql.Named("sha256", s.SHA256))
	if err != nil {
		return nil, fmt.Errorf("read lists: %w", err)
	}
	return all, nil
}
