package transform

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tonghop/pipeline/store"
)

// A Header is what the comment at the top of an SQL file says.
type Header struct {
	What  string   // what the SQL gives, one or several lines
	Grain string   // what one row stands for: "one row per …"
	Reads []string // the tables it reads, sorted; none for "nothing"
}

// ParseHeader reads the comment lines at the top of an SQL file: what it gives,
// its grain, and the tables that it reads.
func ParseHeader(text string) (Header, error) {
	var h Header
	var reads string
	part := &h.What
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(line, "--")
		if !ok {
			break
		}
		comment = strings.TrimSpace(comment)
		if rest, ok := strings.CutPrefix(comment, "grain:"); ok {
			part, comment = &h.Grain, rest
		} else if rest, ok := strings.CutPrefix(comment, "reads:"); ok {
			part, comment = &reads, rest
		}
		*part = strings.TrimSpace(*part + " " + strings.TrimSpace(comment))
	}
	switch {
	case h.What == "":
		return h, errors.New("the comment at the top does not begin with what the SQL gives")
	case !strings.HasPrefix(h.Grain, "one row per "):
		return h, errors.New(`the comment at the top has no line "-- grain: one row per …"`)
	case reads == "":
		return h, errors.New(`the comment at the top has no line "-- reads: …"`)
	}
	h.Reads = tableList(reads)
	return h, nil
}

// tableList reads "b, a; in passing" as a and b, and "nothing" as no table.
func tableList(reads string) []string {
	list, _, _ := strings.Cut(reads, ";")
	var tables []string
	for _, table := range strings.Split(list, ",") {
		if table = strings.TrimSpace(table); table != "nothing" && table != "" {
			tables = append(tables, table)
		}
	}
	slices.Sort(tables)
	return tables
}

// creation is the start of a model or a view: what follows is its query.
var creation = regexp.MustCompile(`(?im)^CREATE OR REPLACE (?:TABLE|VIEW) (\w+) AS\s`)

// Query splits the text of a model or view into what it makes and its query, which keeps its place in the file. Other SQL is a query as it is.
func Query(text string) (table, query string) {
	at := creation.FindStringSubmatchIndex(text)
	if at == nil {
		return "", text
	}
	head := creation.ReplaceAllStringFunc(text[:at[1]], blanks)
	return text[at[2]:at[3]], head + text[at[1]:]
}

// blanks are as many blanks as s has characters, on the same lines.
func blanks(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return ' '
	}, s)
}

// ErrNotAQuery tells that SQL is not one query that only reads.
var ErrNotAQuery = errors.New("not one SELECT")

// Tables lists the tables that the query names, in their order, apart from those
// that it defines itself. DuckDB parses it; nothing is run.
func Tables(ctx context.Context, tx *store.Tx, query string) ([]string, error) {
	var answer string
	err := tx.Query(ctx, func(rows *sql.Rows) error { return rows.Scan(&answer) },
		"SELECT json_serialize_sql($query::VARCHAR)::VARCHAR", sql.Named("query", query))
	if err != nil {
		return nil, fmt.Errorf("parse SQL: %w", err)
	}
	var tree struct {
		Error      bool            `json:"error"`
		Kind       string          `json:"error_type"`
		Message    string          `json:"error_message"`
		Position   json.Number     `json:"position"`
		Statements json.RawMessage `json:"statements"`
	}
	var statements []any
	if err := json.Unmarshal([]byte(answer), &tree); err != nil {
		return nil, fmt.Errorf("read parsed SQL: %w", err)
	}
	if tree.Error {
		return nil, parseFault(query, tree.Kind, tree.Message, tree.Position)
	}
	if err := json.Unmarshal(tree.Statements, &statements); err != nil {
		return nil, fmt.Errorf("read parsed SQL: %w", err)
	}
	if len(statements) != 1 {
		return nil, fmt.Errorf("%w: %d statements", ErrNotAQuery, len(statements))
	}
	named, own := map[string]bool{}, map[string]bool{}
	collect(statements, named, own)
	maps.DeleteFunc(named, func(table string, _ bool) bool { return own[table] })
	return slices.Sorted(maps.Keys(named)), nil
}

// parseFault words what DuckDB's parser says, with the line.
func parseFault(query, kind, message string, position json.Number) error {
	if kind != "parser" {
		return fmt.Errorf("%w: %s", ErrNotAQuery, message)
	}
	at, err := position.Int64()
	if err != nil || at > int64(len(query)) {
		return errors.New(message)
	}
	return fmt.Errorf("line %d: %s", 1+strings.Count(query[:at], "\n"), message)
}

// collect walks DuckDB's syntax tree: named are the tables that stand in it, own
// those that WITH defines.
func collect(node any, named, own map[string]bool) {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			collect(child, named, own)
		}
	case map[string]any:
		if table, ok := n["table_name"].(string); ok && n["type"] == "BASE_TABLE" {
			named[table] = true
		}
		if defined, ok := n["cte_map"].(map[string]any); ok {
			entries, _ := defined["map"].([]any)
			for _, e := range entries {
				if entry, ok := e.(map[string]any); ok {
					name, _ := entry["key"].(string)
					own[name] = true
				}
			}
		}
		for _, child := range n {
			collect(child, named, own)
		}
	}
}
