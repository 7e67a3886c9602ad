package job_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/pipeline"
)

// What one unit sends is not shown to another: nothing of its texts, figures and
// names of files is in another's feedback, be it inside a workbook. Staff's outputs
// show all.
func TestUnitsSeeTheirOwnAlone(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	for folder, own := range map[string]secret{
		"A": {name: "Công đoàn huyện An", text: "tokenofan", figure: 7354211}, "B": {name: "Công đoàn huyện Bình", text: "tokenofbinh", figure: 8264537},
	} {
		own.send(w, folder)
	}
	w.run()
	w.do(w.on(pipeline.ActAccept, "B/tokenofbinh sai.xlsx"))
	w.now = w.now.AddDate(0, 3, 0)
	w.drop("A/tokenofan quý 2.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 73542110, 5, 7354211, 100) // told beside its others
	w.drop("B/tokenofbinh giả.xlsx", "Công đoàn huyện An", "Quý II năm 2026", 3, 8264537, 5, 200, 100)      // speaks for another
	w.run()
	for folder, theirs := range map[string][]string{"A": {"tokenofbinh", "8264537", "8.264.537"}, "B": {"tokenofan", "7354211", "7.354.211"}} {
		for _, secret := range theirs {
			if files := w.holding("inputs/feedback/"+folder, secret); len(files) > 0 {
				t.Errorf("%q of another unit stands in %q", secret, files)
			}
		}
	}
	for _, own := range []string{"tokenofan", "7354211"} { // or this test tests nothing
		if len(w.holding("inputs/feedback/A", own)) < 2 || len(w.holding("out", own)) == 0 {
			t.Errorf("%q stands neither in the unit's own feedback nor in staff's outputs", own)
		}
	}
	for _, row := range w.table("2026-Q2", "facts") {
		if row["unit"] != "A" {
			t.Errorf("a file in another unit's folder speaks for %s: %v", row["unit"], row)
		}
	}
}

// A secret is what only one unit knows.
type secret struct {
	name, text string
	figure     int
}

// send drops reports of every fate that bear the secret: counted, replaced, refused,
// not a workbook, an attachment.
func (s secret) send(w *workspace, folder string) {
	file := func(name string) string { return folder + "/" + s.text + " " + name }
	w.drop(file("1.xlsx"), s.name, "Quý I năm 2026", 3, s.figure, 5, s.figure, 100)
	w.drop(file("2.xlsx"), s.name, "Quý I năm 2026", 4, s.figure+1, 5, s.figure, 100)
	w.drop(file("sai.xlsx"), s.name, "Quý I năm 2026", s.text, s.figure, s.figure+10, s.figure, 100)
	w.write("inputs/inbox/"+file("scan.pdf"), []byte(s.text))
	w.write("inputs/inbox/"+file("hỏng.xlsx"), []byte(s.text))
}

// holding names the files below a folder that hold the text, in their names, their
// bytes or the parts of a workbook.
func (w *workspace) holding(folder, text string) (files []string) {
	w.t.Helper()
	must(w.t, filepath.WalkDir(w.path(folder), func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(entry.Name(), text) || bytes.Contains(unpacked(w.t, data), []byte(text)) {
			files = append(files, name)
		}
		return err
	}))
	return files
}

// unpacked is data, and the parts of a zip in the clear.
func unpacked(t testing.TB, data []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return data
	}
	all := bytes.Clone(data)
	for _, part := range archive.File {
		all = append(append(all, part.Name...), unpackedPart(t, part)...)
	}
	return all
}

func unpackedPart(t testing.TB, part *zip.File) []byte {
	t.Helper()
	reader, err := part.Open()
	must(t, err)
	text, err := io.ReadAll(reader)
	must(t, errors.Join(err, reader.Close()))
	return text
}
