package reports

import (
	"encoding/json"
	"strings"
)

// A ColumnType says what the texts of a column stand for.
type ColumnType int

// The types of columns. An empty text is null in every one of them.
const (
	TextColumn   ColumnType = iota
	FigureColumn            // a decimal number
	CountColumn             // a whole number
	FlagColumn              // true or false
	DateColumn              // yyyy-mm-dd
	TimeColumn              // RFC 3339
)

// columnTypes are the types of the columns that are not text. A column has the
// same meaning in every table, but for those that are named with their table.
var columnTypes = map[string]ColumnType{
	"actual": FigureColumn, "ytd": FigureColumn, "target": FigureColumn, "rate": FigureColumn, "expected": FigureColumn, "pace": FigureColumn,
	"previous": FigureColumn, "target_ytd": FigureColumn, "value": FigureColumn,
	"needed_per_month": FigureColumn, "gap": FigureColumn, "gap_points": FigureColumn, "gap_expected": FigureColumn,
	"contribution": FigureColumn, "points": FigureColumn, "max_points": FigureColumn,
	"score": FigureColumn, "max_score": FigureColumn, "share": FigureColumn,
	"last_value":    FigureColumn,
	"last_age_days": CountColumn, "missing_span_units": CountColumn,
	"rank": CountColumn, "rank_of": CountColumn, "previous_rank": CountColumn,
	"met": CountColumn, "not_met": CountColumn, "no_data": CountColumn, "targets": CountColumn,
	"reported": CountColumn, "due": CountColumn, "complete": CountColumn, "target_units": CountColumn, "errors": CountColumn,
	"warnings": CountColumn, "refused": CountColumn, "level": CountColumn, "decimals": CountColumn, "year": CountColumn,
	"row": CountColumn, "number": FigureColumn, "day": DateColumn, "lists.value": TextColumn,
	"valid":            FlagColumn,
	"refused_previous": FlagColumn,
	"reporting.due":    DateColumn, "exemptions.due": DateColumn, "break_on": DateColumn, "last_cut_off": DateColumn, "on": DateColumn,
	"received": TimeColumn, "first_seen": TimeColumn, "at": TimeColumn,
	"seq": CountColumn,
}

// Type is the type of the column at the given place.
func (t Table) Type(column int) ColumnType {
	name := t.Header[column]
	if strings.HasPrefix(t.Name, "own_") { // of staff's queries nothing is known
		return TextColumn
	}
	if typed, ok := columnTypes[t.Name+"."+name]; ok {
		return typed
	}
	return columnTypes[name]
}

// json is text of the column's type as a JSON value.
func (c ColumnType) json(text string) string {
	switch {
	case text == "":
		return "null"
	case c == FigureColumn || c == CountColumn || c == FlagColumn:
		if json.Valid([]byte(text)) {
			return text
		}
	}
	return quoted(text)
}

// quoted is text as a JSON string.
func quoted(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string is always fit for JSON
	}
	return string(data)
}
