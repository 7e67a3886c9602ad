package job

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline"
	"tonghop/pipeline/disk"
	"tonghop/pipeline/intake"
)

// An Upload is a file that staff put into the inbox on behalf of a unit.
type Upload struct {
	Path       string // where it lies
	Name       string // what it is to be called; SafeName of it is taken
	Unit       string
	By, Reason string
}

// upload keeps the file's bytes, puts who brought it and that it came on the record, and
// then puts it into the unit's folder; the run takes it from there. A run that is killed
// in between leaves the rest to the next one, which finds the receipt.
func (r *run) upload(u Upload) error {
	unit, _ := r.rules.Catalogue.UnitOn(u.Unit, r.today()) // one that has ended may owe what was due before
	if unit.Code == "" {
		return refuse("no_unit", "unit", u.Unit)
	}
	name := intake.SafeName(u.Name)
	if name == "" {
		return refuse("bad_name", "file", u.Name)
	}
	file, info, err := lookAt(u.Path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return refuse("no_file", "file", u.Name)
	}
	if err != nil {
		return err
	}
	sha, err := r.archive.Put(filepath.Dir(file), intake.File{Path: filepath.Base(file), Size: info.Size(), ModTime: disk.ModTime(info)})
	if err != nil {
		return err
	}
	for _, p := range r.journal.Receipts {
		if p.Folder == unit.Folder && p.SHA256 == sha {
			return idle("uploaded_already", "file", p.File, "at", p.FirstSeen.In(r.Config.Zone))
		}
	}
	return r.placeUpload(u, unit, name, sha, info)
}

// lookAt is where a file of staff's own lies, also behind a link.
func lookAt(path string) (file string, info fs.FileInfo, err error) {
	if file, err = filepath.EvalSymlinks(path); err == nil {
		info, err = os.Stat(file)
	}
	return file, info, err
}

// placeUpload records an upload and puts it into the inbox.
func (r *run) placeUpload(u Upload, unit pipeline.Unit, name, sha string, info fs.FileInfo) error {
	inbox := r.Config.Path("inputs", "inbox")
	if err := os.MkdirAll(inbox, 0o775); err != nil {
		return err
	}
	below, err := intake.Free(inbox, unit.Folder, name)
	if err != nil {
		return err
	}
	a := pipeline.Act{Kind: pipeline.ActUpload, At: r.Now.UTC(), Unit: unit.Code, Folder: unit.Folder, SHA256: sha, By: u.By, Reason: u.Reason}
	if err := r.journal.Add(a); err != nil {
		return err
	}
	receipt := pipeline.Receipt{
		Folder: unit.Folder, SHA256: sha, File: below, Size: info.Size(), ModTime: disk.ModTime(info).UTC(), FirstSeen: a.At, At: a.At, Acts: len(r.journal.Acts),
	}
	if err := r.journal.Receive([]pipeline.Receipt{receipt}); err != nil {
		return err
	}
	data, err := os.Open(r.archive.Path(sha))
	if err != nil {
		return err
	}
	if err := errors.Join(intake.Place(inbox, below, data), data.Close()); err != nil {
		return err
	}
	added := r.journal.Acts[len(r.journal.Acts)-1]
	r.result.Act = &added
	return nil
}
