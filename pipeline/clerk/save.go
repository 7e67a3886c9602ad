package clerk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tonghop/pipeline/disk"
	"tonghop/reports/feedback"
)

// mostAnswers is how many answers to one workbook may lie side by side.
const mostAnswers = 99

// saved is where an answer was written.
type saved struct {
	Answer string // the file
	Again  bool   // there is an earlier answer, which has its name
	Moved  bool   // it could not be written beside the workbook
}

// saveBeside writes the answer to the named workbook beside it, or, where that
// cannot be, into the folder for temporary files. No file that is there is
// touched: an earlier answer may be open, or hold what the clerk has mended in it.
func saveBeside(name, ending string, data []byte) (saved, error) {
	var faults []error
	for _, dir := range []string{filepath.Dir(name), os.TempDir()} {
		answer, again, err := saveIn(dir, plainName(filepath.Base(name)), ending, data)
		if err == nil {
			return saved{answer, again, len(faults) > 0}, nil
		}
		faults = append(faults, err)
	}
	return saved{}, fmt.Errorf("write answer: %w", errors.Join(faults...))
}

// saveIn writes the answer into dir under the first name that is free.
func saveIn(dir, name, ending string, data []byte) (answer string, again bool, err error) {
	for n := 1; n <= mostAnswers; n++ {
		path := filepath.Join(dir, feedback.FileName(name, numbered(ending, n)))
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", false, err
		}
		_, err = file.Write(data)
		if err = errors.Join(err, file.Close()); err != nil {
			return "", false, errors.Join(err, os.Remove(path))
		}
		return path, n > 1, nil
	}
	return "", false, fmt.Errorf("%d answers to %q lie in %q", mostAnswers, name, dir)
}

// numbered is the ending of the n-th answer: .phan-hoi.xlsx, .phan-hoi (2).xlsx.
func numbered(ending string, n int) string {
	if n == 1 {
		return ending
	}
	kind := filepath.Ext(ending)
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(ending, kind), n, kind)
}

// answered matches the end of an answer's name.
var answered = regexp.MustCompile(`(?i)\.phan-hoi( \(\d+\))?\.(xlsx|html)$`)

// plainName is the name of a workbook without the endings of answers: what was
// mended in an answer is answered under the workbook's name.
func plainName(name string) string {
	for answered.MatchString(name) {
		name = answered.ReplaceAllString(name, "")
	}
	return name
}

// Waiting lists the workbooks in the folder of the bundle that have no answer yet,
// or have changed since, by name; and how many there are in all. Forms that came blank with
// the bundle are none as long as nobody has written into them.
func (b *Bundle) Waiting() (waiting []string, all int, err error) {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return nil, 0, fmt.Errorf("look into bundle: %w", err)
	}
	written := map[string]fs.FileInfo{} // the newest answer by the workbook's name
	for _, e := range entries {
		if info, err := e.Info(); err == nil && answered.MatchString(e.Name()) {
			if last, ok := written[plainName(e.Name())]; !ok || info.ModTime().After(last.ModTime()) {
				written[plainName(e.Name())] = info
			}
		}
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !isWorkbook(e.Name()) || b.untouched(e.Name()) {
			continue
		}
		all++
		if answer, ok := written[e.Name()]; !ok || info.ModTime().After(answer.ModTime()) {
			waiting = append(waiting, filepath.Join(b.dir, e.Name()))
		}
	}
	return waiting, all, nil
}

// untouched tells whether a file is a form as it was handed out.
func (b *Bundle) untouched(name string) bool {
	hash, err := disk.Hash(filepath.Join(b.dir, name))
	return err == nil && slices.Contains(b.Config.Clerk.Handed, hash)
}

// isWorkbook tells whether a name is that of a unit's workbook: no answer of ours,
// and not what Excel and LibreOffice leave beside an open file.
func isWorkbook(name string) bool {
	kinds := []string{".xlsx", ".xlsm", ".xls"}
	return slices.Contains(kinds, strings.ToLower(filepath.Ext(name))) && !answered.MatchString(name) &&
		!strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".")
}

// IsOpen tells whether the workbook is open in Excel or LibreOffice: what was not
// saved there cannot be seen.
func IsOpen(name string) bool {
	dir, base := filepath.Split(name)
	for _, mark := range []string{"~$" + base, ".~lock." + base + "#"} {
		if _, err := os.Lstat(filepath.Join(dir, mark)); err == nil {
			return true
		}
	}
	return false
}
