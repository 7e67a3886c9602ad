// Package xlsx owns what the Excel outputs of tonghop share: packing a
// workbook into the same bytes every time, making outside text safe to store,
// the one set of looks (font, colours, number formats) and a writer of sheets
// from top to bottom.
//
// It knows nothing of indicators or findings; packages summary and feedback
// call it. It refuses nothing: text that Excel cannot hold is cut or cleaned.
package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sort"
	"time"

	"github.com/xuri/excelize/v2"
)

// Pack writes the workbook with its parts in a fixed order and with a fixed
// time, so that equal workbooks are equal bytes.
func (b *Book) Pack(w io.Writer) error {
	file := b.File
	if types := file.ContentTypes; types != nil {
		// excelize adds the types of pictures in the random order of a map.
		sort.SliceStable(types.Defaults, func(i, j int) bool {
			return types.Defaults[i].Extension < types.Defaults[j].Extension
		})
	}
	file.SetZipWriter(func(w io.Writer) excelize.ZipWriter {
		return &sortedZip{w: w, parts: map[string]*bytes.Buffer{}, rows: b.rows, ranges: b.ranges}
	})
	if err := file.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// sortedZip keeps the parts until all are there: excelize hands streamed
// sheets over in the random order of a map.
type sortedZip struct {
	w      io.Writer
	parts  map[string]*bytes.Buffer
	rows   map[string]*rowPart
	ranges Ranges
}

// Create starts the part with the given name.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	part := new(bytes.Buffer)
	z.parts[name] = part
	return part, nil
}

// AddFS is asked for by the interface and never called for a workbook.
func (z *sortedZip) AddFS(fs.FS) error {
	return errors.New("add files to workbook: not supported")
}

// Close writes the archive: the content types first, by which programs tell a
// workbook from any other archive, then the parts by name.
func (z *sortedZip) Close() error {
	names := make([]string, 0, len(z.parts))
	for name := range z.parts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	archive := zip.NewWriter(z.w)
	for _, name := range names {
		var err error
		if rows, ok := z.rows[name]; ok {
			err = rows.addTo(archive, name, z.parts[name].Bytes())
		} else if isChart(name) {
			err = addPart(archive, name, z.ranges.complete(z.parts[name].Bytes()))
		} else {
			err = addPart(archive, name, z.parts[name].Bytes())
		}
		if err != nil {
			return err
		}
	}
	for name := range z.rows {
		if z.parts[name] == nil {
			return fmt.Errorf("no sheet for the rows of %s", name)
		}
	}
	return archive.Close()
}

// addPart adds a part of the given pieces to an archive.
func addPart(archive *zip.Writer, name string, pieces ...[]byte) error {
	part, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	for _, piece := range pieces {
		if err == nil {
			_, err = part.Write(piece)
		}
	}
	return err
}

func rank(part string) int {
	switch part {
	case "[Content_Types].xml":
		return 0
	case "_rels/.rels":
		return 1
	}
	return 2
}
