// Package clerk lets a unit check its workbooks on its own PC, before it sends
// them: by the same code as a run, without a database and without a network.
//
// It owns the bundle, a folder that staff make for a unit: a workspace with the
// catalogue reduced to what judging needs, the forms, the small program
// cmd/kiemtra and a page that explains it. `tonghop bundle` packs one, kiemtra
// opens it. A unit's workbook is read and never written; the answer lies beside
// it under a name of its own.
package clerk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/config"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/lang"
	"tonghop/reports/feedback"
)

// ErrBundle is returned for a folder that is no bundle, or a broken one.
var ErrBundle = errors.New("no bundle")

// A Bundle is opened to check workbooks.
type Bundle struct {
	Config *config.Config
	Text   *lang.Language

	dir   string
	rules *assess.Rules
	unit  string // the folder of the unit that the bundle is for; empty: any unit's
}

// Open reads the bundle in dir.
func Open(dir string) (*Bundle, error) {
	c, err := config.Load(dir, "")
	if err != nil {
		return nil, errors.Join(ErrBundle, err)
	}
	text, err := lang.Load(c.Language)
	if err != nil {
		return nil, err
	}
	rules, findings, err := assess.Load(os.DirFS(c.Path("inputs")), c.Calendar)
	if err != nil {
		return nil, err
	}
	if rules == nil {
		return nil, fmt.Errorf("%w: %s: %s", ErrBundle, findings[0].File, text.Message(findings[0].Finding))
	}
	rules.Limits = c.Limits
	b := &Bundle{Config: c, Text: text, dir: dir, rules: rules}
	if c.Clerk.Unit != "" {
		if b.unit = folderOf(rules.Catalogue, c.Clerk.Unit); b.unit == "" {
			return nil, fmt.Errorf("%w: no unit %q in the catalogue", ErrBundle, c.Clerk.Unit)
		}
	}
	return b, nil
}

// UnitName is the unit that the bundle is for; empty where it serves any unit.
func (b *Bundle) UnitName(on time.Time) string {
	return unitName(b.rules.Catalogue, b.Config.Clerk.Unit, on)
}

// folderOf is the inbox folder of a unit; empty for one that is not known.
func folderOf(cat *pipeline.Catalogue, unit string) string {
	for _, u := range cat.Units {
		if u.Code == unit {
			return u.Folder
		}
	}
	return ""
}

// Judge judges the workbook in the named file as a run would judge it in the
// unit's folder of the inbox; in a bundle for any unit, by what the workbook says
// of itself.
func (b *Bundle) Judge(name string, now time.Time) (assess.Result, []byte, error) {
	data, err := b.read(name)
	if err != nil {
		return assess.Result{}, nil, err
	}
	sum := sha256.Sum256(data)
	in := assess.Input{SHA256: hex.EncodeToString(sum[:]), Data: data, Now: now, Zone: b.Config.Zone, Outside: b.unit == ""}
	in.File = intake.File{Path: path.Join(b.unit, b.below(name)), Size: int64(len(data))}
	result, err := b.rules.Assess(in)
	return result, data, err
}

// below is the file's path in the bundle, whose folders may tell the period as
// those of the inbox do; elsewhere its bare name.
func (b *Bundle) below(name string) string {
	dir, err := filepath.Abs(b.dir)
	if err == nil {
		name, err = filepath.Abs(name)
	}
	if err == nil {
		if below, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(below) {
			return filepath.ToSlash(below)
		}
	}
	return filepath.Base(name)
}

// read reads one byte more at most than a workbook may have: that is enough to
// refuse it.
func (b *Bundle) read(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(file, b.Config.Limits.FileBytes+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	return data, nil
}

// A Check is a workbook that was judged, with its answer.
type Check struct {
	assess.Result
	saved // where the answer is; nowhere for an attachment, which gets none
}

// Check judges the workbook in the named file and writes the answer.
func (b *Bundle) Check(name string, now time.Time) (Check, error) {
	result, data, err := b.Judge(name, now)
	c := Check{Result: result}
	if err != nil || result.Verdict == pipeline.Attachment {
		return c, err
	}
	f := b.rules.Feedback(result, b.Config.Zone)
	f.Trial = true
	ending := feedback.PageEnding
	if result.Opened {
		ending = feedback.BookEnding
		if len(data) > feedback.Markable {
			data = nil
		}
		data, _, err = feedback.Book(data, f, b.Text)
	} else {
		data, err = feedback.Page(f, b.Text)
	}
	if err != nil {
		return c, err
	}
	c.saved, err = saveBeside(name, ending, data)
	return c, err
}
