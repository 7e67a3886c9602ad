package store

import "tonghop/pipeline"

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
