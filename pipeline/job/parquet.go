package job

import (
	"context"

	"tonghop/pipeline/publish"
	"tonghop/pipeline/store"
	"tonghop/reports"
)

// parquetTypes are the database's types of the columns of published tables.
var parquetTypes = map[reports.ColumnType]string{
	reports.TextColumn: "VARCHAR", reports.FigureColumn: store.FigureType, reports.CountColumn: "BIGINT",
	reports.FlagColumn: "BOOLEAN", reports.DateColumn: "DATE", reports.TimeColumn: "TIMESTAMPTZ",
}

// parquetOutputs writes the tables as data/<name>.parquet.
func (r *run) parquetOutputs(ctx context.Context, tables []reports.Table) ([]publish.Output, error) {
	var all []publish.Output
	for _, t := range tables {
		columns := make([]store.Column, len(t.Header))
		for i, name := range t.Header {
			columns[i] = store.Column{Name: name, Type: parquetTypes[t.Type(i)]}
		}
		data, err := r.parquet.Write(ctx, columns, t.Rows)
		if err != nil {
			return nil, err
		}
		all = append(all, publish.Output{Name: "data/" + t.Name + ".parquet", Data: data})
	}
	return all, nil
}
