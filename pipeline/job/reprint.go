package job

import (
	"context"
	"errors"
	"io/fs"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
)

// ErrNoIssue tells that a period has no such issue.
var ErrNoIssue = errors.New("no such issue")

// A Reprint is an earlier issue that stands at the top again.
type Reprint struct {
	publish.Manifest
	Newest int // the number of the newest issue
}

// PrintAgain puts an earlier issue of a period where people open it, byte for
// byte as it was published. The newest issue comes back with the next run that
// publishes the period or is asked for it.
func PrintAgain(ctx context.Context, o Options, p pipeline.Period, issue int) (reprint Reprint, err error) {
	err = o.locked(ctx, func(r *run) error {
		if reprint.Manifest, err = publish.Find(r.periodDir(p), issue); errors.Is(err, fs.ErrNotExist) {
			return ErrNoIssue
		}
		if err != nil {
			return err
		}
		if _, err := publish.Restore(r.periodDir(p), reprint.Manifest); err != nil {
			return err
		}
		newest, err := r.last(p)
		reprint.Newest = newest.Issue
		return err
	})
	return reprint, err
}
