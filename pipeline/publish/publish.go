// Package publish puts the outputs of a period where people open them.
//
// Every issue is first written whole to issues/<n>/, then the top copies are
// replaced one by one, the manifest last: a reader who opens a file gets a whole
// one, and the manifest tells which issue is whole. Earlier issues stay. The
// issues are the truth and the top copies are mended by them. It refuses nothing
// and computes no figure; package job calls it.
package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/disk"
)

// ManifestName is the file that says which issue is published.
const ManifestName = "manifest.json"

// An Output is one file of an issue, by its path below the period's folder.
type Output struct {
	Name string
	Data []byte
}

// A Manifest describes a published issue.
type Manifest struct {
	Period        string        `json:"period"`
	Issue         int           `json:"issue"`
	CutOff        string        `json:"cut_off,omitempty"` // the period's last day, yyyy-mm-dd
	AsOf          time.Time     `json:"as_of"`
	RunID         string        `json:"run_id"`
	CatalogueHash string        `json:"catalogue_hash"`
	Content       string        `json:"content"` // SHA-256 of the data tables and the settings: what makes an issue new
	Reported      int           `json:"reported"`
	Due           int           `json:"due"`
	Met           int           `json:"met"` // indicators of the roots
	Targets       int           `json:"targets"`
	NoData        int           `json:"no_data"` // of the targets, those without a figure yet
	Closed        *Closing      `json:"closed,omitempty"`
	Restatements  []Restatement `json:"restatements,omitempty"`
	Files         []File        `json:"files"`
}

// A Closing says since when the period keeps its figures, and by whom.
type Closing struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// A File is one file of an issue with its hash.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`
}

// A Restatement is a published figure that the issue changes. Figures are as in
// the tables.
type Restatement struct {
	Unit      string `json:"unit"`
	Indicator string `json:"indicator"`
	Figure    string `json:"figure"`
	Old       string `json:"old"`
	New       string `json:"new"`
	File      string `json:"file"`
}

// Content is the hash of data tables and of the settings that they are shown by.
func Content(settings string, tables []Output) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", settings)
	for _, t := range tables {
		fmt.Fprintf(h, "%s %d\n", t.Name, len(t.Data))
		h.Write(t.Data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Issue publishes outputs in dir as the issue that m describes. A folder of the
// same number is replaced; Next tells the number that is free.
func Issue(dir string, m Manifest, outputs []Output) error {
	m.describe(outputs)
	manifest, err := m.encode()
	if err != nil {
		return err
	}
	outputs = append(outputs, Output{Name: ManifestName, Data: manifest})
	before, err := lastBelow(dir, m.Issue)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	if err := writeWhole(issueDir(dir, m.Issue), outputs); err != nil {
		return fmt.Errorf("write issue %d: %w", m.Issue, err)
	}
	for _, o := range outputs {
		if err := WriteFile(filepath.Join(dir, filepath.FromSlash(o.Name)), o.Data); err != nil {
			return fmt.Errorf("publish %s: %w", o.Name, err)
		}
	}
	return removeObsolete(dir, before, m)
}

// Tables replaces the files of a folder that has no issues one by one, and last
// the manifest that describes them: a reader tells by it whether they belong together.
func Tables(dir string, outputs []Output) error {
	var m Manifest
	m.describe(outputs)
	manifest, err := m.encode()
	if err != nil {
		return err
	}
	for _, o := range append(outputs, Output{Name: ManifestName, Data: manifest}) {
		if err := WriteFile(filepath.Join(dir, filepath.FromSlash(o.Name)), o.Data); err != nil {
			return fmt.Errorf("publish table %s: %w", o.Name, err)
		}
	}
	return nil
}

// describe enters the files that the manifest speaks of.
func (m *Manifest) describe(outputs []Output) {
	for _, o := range outputs {
		m.Files = append(m.Files, Describe(o.Name, o.Data))
	}
}

// Describe is a file with its hash.
func Describe(name string, data []byte) File {
	sum := sha256.Sum256(data)
	return File{Name: name, SHA256: hex.EncodeToString(sum[:]), Size: len(data)}
}

// Describes tells whether the manifest speaks of a file with these very bytes.
func (m Manifest) Describes(name string, data []byte) bool {
	return slices.Contains(m.Files, Describe(name, data))
}

// removeObsolete removes the top copies of files that the issue before had and
// this one has not.
func removeObsolete(dir string, before, m Manifest) error {
	for _, f := range before.Files {
		kept := slices.ContainsFunc(m.Files, func(k File) bool { return k.Name == f.Name })
		if kept || !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s of issue %d: %w", f.Name, before.Issue, err)
		}
	}
	return nil
}

// writeWhole writes a folder under another name and then gives it its own.
func writeWhole(dir string, outputs []Output) error {
	unfinished := dir + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	for _, o := range outputs {
		if err := WriteFile(filepath.Join(unfinished, filepath.FromSlash(o.Name)), o.Data); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Rename(unfinished, dir); err != nil {
		return err
	}
	return disk.Sync(filepath.Dir(dir))
}

// WriteFile puts data at path whole: readers see the old file or the new one.
// A file that already has these bytes is left alone.
func WriteFile(path string, data []byte) error {
	_, err := writeNew(path, data)
	return err
}

// WriteFileIn is WriteFile in a folder that others may write in: no link in it leads
// out of it.
func WriteFileIn(root *os.Root, name string, data []byte) error {
	if old, err := root.ReadFile(name); err == nil && string(old) == string(data) {
		return nil
	}
	return disk.ReplaceIn(root, name, data)
}

// writeNew is WriteFile and tells whether the file had other bytes.
func writeNew(path string, data []byte) (written bool, err error) {
	if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
		return false, nil
	}
	return true, disk.Replace(path, data)
}
