package sample

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"

	"github.com/xuri/excelize/v2"
)

// contentTypes is the part that some readers want first in a workbook.
const contentTypes = "[Content_Types].xml"

// pack writes the workbook in a way that depends on its content alone: parts
// in order and without times.
func (d *drawing) pack() ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	return pack(d.file, nil)
}

// pack writes file with the cells of its first sheet that are in raw replaced
// by the XML given there, for what excelize does not write: error cells, and
// formulas with or without a stored result.
func pack(file *excelize.File, raw map[string]string) ([]byte, error) {
	written, err := file.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	from, err := zip.NewReader(bytes.NewReader(written.Bytes()), int64(written.Len()))
	if err != nil {
		return nil, fmt.Errorf("reopen workbook: %w", err)
	}
	parts := slices.SortedFunc(slices.Values(from.File), func(a, b *zip.File) int {
		return cmp.Or(cmp.Compare(order(a.Name), order(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range parts {
		if err := repack(to, part, raw); err != nil {
			return nil, fmt.Errorf("repack part %q: %w", part.Name, err)
		}
	}
	if err := to.Close(); err != nil {
		return nil, fmt.Errorf("close workbook: %w", err)
	}
	return out.Bytes(), nil
}

func order(part string) int {
	if part == contentTypes {
		return 0
	}
	return 1
}

// repack copies one part, patched where it is the first sheet.
func repack(to *zip.Writer, part *zip.File, raw map[string]string) error {
	reader, err := part.Open()
	if err != nil {
		return err
	}
	defer reader.Close()
	data, err := io.ReadAll(reader)
	if err != nil {
		return err
	}
	if part.Name == "xl/worksheets/sheet1.xml" {
		if data, err = patch(data, raw); err != nil {
			return err
		}
	}
	writer, err := to.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = writer.Write(data)
	return err
}

// patch replaces the content of cells in a sheet's XML and keeps their style.
func patch(sheet []byte, raw map[string]string) ([]byte, error) {
	for cell, content := range raw {
		pattern, err := regexp.Compile(`<c r="` + cell + `"( s="\d+")?[^>]*?(/>|>.*?</c>)`)
		if err != nil {
			return nil, fmt.Errorf("patch cell %q: %w", cell, err)
		}
		if !pattern.Match(sheet) {
			return nil, fmt.Errorf("patch cell %q: no such cell", cell)
		}
		sheet = pattern.ReplaceAll(sheet, []byte(`<c r="`+cell+`"${1}`+content))
	}
	return sheet, nil
}
