package job

import (
	"context"
	"fmt"
	"os"
	"path"
	"time"

	"tonghop/pipeline/store"
	"tonghop/pipeline/transform"
	"tonghop/reports"
)

// What a file of staff's own SQL may cost.
const (
	ownLimit   = 30 * time.Second
	ownMaxRows = 100_000
)

// own runs the SQL of staff after ours has been committed, and keeps what their
// report queries gave for the outputs. Nothing of theirs keeps anything of ours back.
func (r *run) own(ctx context.Context, db *store.DB, work *workload) error {
	if r.Config.SQL == "" || work.ledger == nil {
		return nil
	}
	periods := make([]string, len(work.periods))
	for i, p := range work.periods {
		periods[i] = p.String()
	}
	given, found, err := r.ownSQL().Run(ctx, db, periods)
	for i := range found {
		found[i].File = path.Join(r.Config.SQL, found[i].File)
	}
	r.result.SQL = found
	work.own = map[string][]reports.Table{}
	for _, g := range given {
		if len(g.Header) > 0 {
			work.own[g.Period] = append(work.own[g.Period], reports.Table{Name: g.Name, Header: g.Header, Rows: g.Rows})
		}
	}
	return err
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
