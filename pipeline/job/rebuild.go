package job

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"tonghop/pipeline/disk"
	"tonghop/pipeline/store"
)

// A Rebuilt is what came of making the database again.
type Rebuilt struct {
	Result
	Made    int                // files on the record, made again
	Tables  []store.Comparison // before and after; none where there was no database that could be read
	Outputs int                // published files and answers that were looked at
	Changed []string           // of these, the ones that are not byte for byte what they were
	Kept    string             // the database as it was, where it could not be proven equal
}

// Equal tells whether everything is as it was.
func (b Rebuilt) Equal() bool {
	return len(b.Changed) == 0 && !slices.ContainsFunc(b.Tables, func(c store.Comparison) bool { return c.Differing > 0 })
}

// Rebuild makes the database again from the record, the archive and the accepted
// catalogues, and proves it equal to the one that was there, which it brings up to
// date first: table by table, and by every file that is published. Killed at any
// instant, the next run goes on with what there is.
func Rebuild(ctx context.Context, o Options) (b Rebuilt, err error) {
	err = o.locked(ctx, func(r *run) error {
		defer func() { b.Result = r.result }()
		if err := r.prepare(); err != nil {
			return err
		}
		return r.rebuild(ctx, &b)
	})
	return b, err
}

func (r *run) rebuild(ctx context.Context, b *Rebuilt) error {
	r.All = true // the models hold the periods of the last run alone
	existed, err := exists(r.databaseFile())
	if err != nil {
		return err
	}
	if err := r.inStore(ctx); err != nil || !existed || r.result.Aside != nil { // made again already
		b.Made, b.Kept = len(r.result.Submissions), r.kept()
		return err
	}
	before, err := r.fingerprints()
	if err != nil {
		return err
	}
	aside, err := r.setAside(errors.New("asked for"))
	if err != nil {
		return err
	}
	first := r.result
	r.startOver()
	err = r.stagesInStore(ctx)
	b.Made, b.Kept = len(r.result.Submissions), aside.File
	first.Published = append(first.Published, r.result.Published...)
	r.result = first // what the first run took is what this command took
	if err != nil {
		return err
	}
	return r.prove(ctx, aside, before, b)
}

// kept is where a database lies that could not serve.
func (r *run) kept() string {
	if r.result.Aside == nil {
		return ""
	}
	return r.result.Aside.File
}

// prove compares what is there with what was.
func (r *run) prove(ctx context.Context, aside *Aside, before map[string]string, b *Rebuilt) (err error) {
	if b.Tables, err = store.Compare(ctx, aside.File, r.databaseFile()); err != nil {
		return err
	}
	after, err := r.fingerprints()
	if err != nil {
		return err
	}
	b.Outputs, b.Changed = len(before), unlikeFiles(before, after)
	if !b.Equal() {
		return nil
	}
	b.Kept = ""
	return os.Remove(aside.File)
}

func unlikeFiles(before, after map[string]string) (changed []string) {
	for name, hash := range before {
		if after[name] != hash {
			changed = append(changed, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed
}

// fingerprints are the hashes of all that is published and answered, by the path
// in the workspace.
func (r *run) fingerprints() (map[string]string, error) {
	all := map[string]string{}
	for _, place := range []string{"out", "inputs/feedback"} {
		root := r.Config.Path(filepath.FromSlash(place))
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && name == root {
				return fs.SkipAll
			}
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			below, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			all[path.Join(place, filepath.ToSlash(below))], err = disk.Hash(name)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func exists(name string) (bool, error) {
	_, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
