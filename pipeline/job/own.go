package job

import (
	"context"
	"fmt"
	"os"
	"path"
	"slices"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
	"tonghop/reports"
)

// What a file of staff's own SQL may cost.
const (
	ownLimit   = 30 * time.Second
	ownMaxRows = 100_000
)

// own runs the SQL of staff for the periods that are computed, after ours has been
// committed, and gives what their report queries gave, by period. Nothing of theirs
// keeps anything of ours back.
func (r *run) own(ctx context.Context, db *store.DB, computed []pipeline.Period) (map[string][]reports.Table, error) {
	if r.Config.SQL == "" {
		return nil, nil
	}
	periods := make([]string, len(computed))
	for i, p := range computed {
		periods[i] = p.String()
	}
	given, found, err := r.ownSQL().Run(ctx, db, periods)
	for _, f := range found {
		f.File = path.Join(r.Config.SQL, f.File)
		if !slices.ContainsFunc(r.result.SQL, func(known transform.Found) bool { return known.File == f.File }) {
			r.result.SQL = append(r.result.SQL, f) // of a file, what it first did wrong
		}
	}
	tables := map[string][]reports.Table{}
	for _, g := range given {
		if len(g.Header) > 0 {
			tables[g.Period] = append(tables[g.Period], reports.Table{Name: g.Name, Header: g.Header, Rows: g.Rows})
		}
	}
	return tables, err
}

func (r *run) ownSQL() transform.Own {
	return transform.Own{Files: os.DirFS(r.Config.Path(r.Config.SQL)), Limit: ownLimit, MaxRows: ownMaxRows}
}

// basis is what the figures and outputs of all periods rest on: another one makes
// every period anew.
func (r *run) basis() string {
	basis := fmt.Sprintf("%s\n%s\nended units: %d", r.rules.Catalogue.Hash, r.settings(), len(r.rules.Catalogue.Ended(r.today())))
	if r.Config.SQL == "" {
		return basis
	}
	hash, err := r.ownSQL().Hash()
	if err != nil { // nothing of theirs keeps anything of ours back
		r.Log.Warn("staff's SQL not read", "error", err)
	}
	return basis + "\nown SQL: " + hash
}
