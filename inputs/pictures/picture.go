package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"slices"
	"strings"
)

// withHeadings has the sheets of a workbook printed with the letters of columns and
// the numbers of rows, as they are seen on the screen.
func withHeadings(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	from, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("open %q: %w", path, err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		if err := copyPart(to, part); err != nil {
			return fmt.Errorf("copy part %q: %w", part.Name, err)
		}
	}
	return errors.Join(to.Close(), os.WriteFile(path, out.Bytes(), 0o644))
}

func copyPart(to *zip.Writer, part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return err
	}
	if strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
		data = headed(data)
	}
	w, err := to.Create(part.Name)
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// headed puts the wish for headings where the order of a sheet's elements has it.
func headed(sheet []byte) []byte {
	for _, next := range []string{"<pageMargins", "<pageSetup", "<headerFooter", "<legacyDrawing", "</worksheet>"} {
		if at := bytes.Index(sheet, []byte(next)); at >= 0 {
			return slices.Concat(sheet[:at], []byte(`<printOptions headings="1" gridLines="1"></printOptions>`), sheet[at:])
		}
	}
	return sheet
}

// develop cuts the white margins off a picture and keeps sixteen shades of each
// colour, which makes it small.
func develop(from, to string) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	page, err := png.Decode(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	area := inked(page)
	picture := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
	for y := range area.Dy() {
		for x := range area.Dx() {
			r, g, b, _ := page.At(area.Min.X+x, area.Min.Y+y).RGBA()
			picture.Set(x, y, color.RGBA{shade(r), shade(g), shade(b), 255})
		}
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return errors.Join(encoder.Encode(out, picture), out.Close())
}

// shade is the nearest of sixteen.
func shade(v uint32) uint8 { return uint8((v*15 + 0x7fff) / 0xffff * 17) }

// inked is the part of a page that is not white, with a little room around it. What
// stands at the foot of a page, after much white, is no part of the sheet.
func inked(page image.Image) image.Rectangle {
	const room, gap = 4, 120
	var area image.Rectangle
	b := page.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		if !area.Empty() && y > area.Max.Y+gap {
			break
		}
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, g, bl, _ := page.At(x, y).RGBA(); min(r, g, bl) < 0xf000 {
				area = area.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return area.Inset(-room).Intersect(b)
}
