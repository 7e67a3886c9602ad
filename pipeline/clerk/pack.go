package clerk

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/config"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/workbook"
	"tonghop/reports/look"
)

// Programs are the names of kiemtra's files by system.
var Programs = map[string]string{"windows": "kiemtra.exe", "linux": "kiemtra"}

// GuideName is the page of the bundle that explains it.
const GuideName = "HUONG-DAN.html"

// ErrNoProgram is returned where there is no program to put into a bundle.
var ErrNoProgram = errors.New("no program for the bundle")

// A File is one file of a bundle.
type File struct {
	Name string // with slashes
	Data []byte
	Mode fs.FileMode
}

// An Order is a bundle to pack.
type Order struct {
	Config   *config.Config
	Rules    *assess.Rules
	Text     *lang.Language
	Unit     string // a code; empty for a bundle that serves any unit
	Made     time.Time
	System   string // of the PC: a key of Programs
	Programs string // the folder with kiemtra's files
	Forms    []File // blank ones that the unit is to fill in, if any
}

// Pack is the files of a bundle, by name.
func Pack(o Order) ([]File, error) {
	program, err := os.ReadFile(filepath.Join(o.Programs, Programs[o.System]))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w in %q", ErrNoProgram, o.Programs)
	}
	if err != nil {
		return nil, fmt.Errorf("read program: %w", err)
	}
	reduced, err := reducedCatalogue(o.Rules.Files[assess.CatalogueFile])
	if err != nil {
		return nil, err
	}
	settings, err := o.Config.ForClerk(config.Clerk{Unit: o.Unit, Made: o.Made, Handed: o.handed()})
	if err != nil {
		return nil, err
	}
	guide, err := guidePage(o)
	if err != nil {
		return nil, err
	}
	files := []File{
		{Programs[o.System], program, 0o755}, {GuideName, guide, 0o644}, {config.FileName, settings, 0o644},
		{path.Join("inputs", assess.CatalogueFile), reduced, 0o644},
	}
	for name, data := range o.Rules.Files {
		if name != assess.CatalogueFile {
			files = append(files, File{path.Join("inputs", name), data, 0o644})
		}
	}
	files = append(files, o.Forms...)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// handed are the hashes of the forms as they are handed out.
func (o Order) handed() (all []string) {
	for _, f := range o.Forms {
		sum := sha256.Sum256(f.Data)
		all = append(all, hex.EncodeToString(sum[:]))
	}
	return all
}

// reducedCatalogue is a new workbook with what judging needs of the catalogue. A
// copy with sheets deleted would still carry their texts.
func reducedCatalogue(data []byte) ([]byte, error) {
	book, err := workbook.Read(data, workbook.DefaultLimits())
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	reduced := catalogue.ForJudging(book)
	file := excelize.NewFile()
	defer file.Close()
	for i, sheet := range reduced.Sheets {
		if i == 0 {
			err = file.SetSheetName("Sheet1", sheet.Name)
		} else {
			_, err = file.NewSheet(sheet.Name)
		}
		for _, cell := range sheet.Cells {
			err = errors.Join(err, writeCell(file, sheet.Name, cell))
		}
		if err != nil {
			return nil, fmt.Errorf("write catalogue: %w", err)
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		return nil, fmt.Errorf("write catalogue: %w", err)
	}
	return out.Bytes(), nil
}

// writeCell writes a cell by its value. Days are written as text, for which any
// writing of theirs does.
func writeCell(file *excelize.File, sheet string, cell workbook.Cell) error {
	name := cell.Name()
	if cell.Type != workbook.Number {
		return file.SetCellStr(sheet, name, cell.Value)
	}
	if cell.Format != "" {
		style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &cell.Format})
		if err != nil {
			return err
		}
		if err := file.SetCellStyle(sheet, name, name, style); err != nil {
			return err
		}
	}
	return file.SetCellDefault(sheet, name, cell.Value)
}

//go:embed guide.gohtml
var pages embed.FS

// guidePage explains the bundle to the clerk.
func guidePage(o Order) ([]byte, error) {
	page, err := template.ParseFS(pages, "guide.gohtml")
	if err != nil {
		return nil, fmt.Errorf("parse guide: %w", err)
	}
	var out bytes.Buffer
	err = page.Execute(&out, guide{o, unitName(o.Rules.Catalogue, o.Unit, o.Made)})
	if err != nil {
		return nil, fmt.Errorf("write guide: %w", err)
	}
	return out.Bytes(), nil
}

// A guide is what the page tells.
type guide struct {
	Order
	UnitName string // empty in a bundle for any unit
}

// Style is what all pages of the program look like.
func (guide) Style() template.CSS { return template.CSS(look.Base) }

// Say is a sentence of the guide.
func (g guide) Say(key string) string {
	return g.Text.Text("clerk.guide."+key, "made", g.Text.Date(g.Made), "unit", g.UnitName, "file", Programs[g.System])
}

func unitName(cat *pipeline.Catalogue, code string, on time.Time) string {
	if code == "" {
		return ""
	}
	u, _ := cat.UnitOn(code, on)
	return u.Name
}
