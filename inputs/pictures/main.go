// Command pictures draws the pictures of the clerks' guide, inputs/README.md, from
// the workspace that `tonghop init` makes.
//
//	make build && go run ./inputs/pictures -tonghop bin/tonghop
//
// It needs LibreOffice (soffice) and pdftoppm. The pictures are committed; people
// run it when a form, an answer or the guide looks different.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

func main() {
	tonghop := flag.String("tonghop", "bin/tonghop", "the program")
	out := flag.String("o", filepath.Join("inputs", "pictures"), "the folder of the pictures")
	flag.Parse()
	if err := draw(context.Background(), *tonghop, *out); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// clock is when the pictures are taken.
const clock = "2026-05-10T09:00:00+07:00"

// draw plays a unit's report in a workspace of its own and takes the pictures.
func draw(ctx context.Context, tonghop, out string) error {
	dir, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	workspace := filepath.Join(dir, "ws")
	c := camera{ctx: ctx, dir: dir, out: out}
	call := func(args ...string) { c.run(tonghop, append([]string{"-C", workspace, "--now", clock}, args...)...) }
	c.run(tonghop, "--now", clock, "init", workspace)
	settings := filepath.Join(workspace, "tonghop.toml")
	c.do(os.WriteFile(settings, []byte("settle = \"0s\"\n"), 0o644))
	call("template", "--period", "2026-Q2", "--unit", "H03")
	blank := filepath.Join(workspace, "handout", "2026-Q2", "H03", "QUY 2026-Q2 H03.xlsx")
	sent := filepath.Join(workspace, "inputs", "inbox", "H03", "QUY 2026-Q2 H03.xlsx")
	c.do(os.Remove(filepath.Join(filepath.Dir(sent), "Bao cao quy 2 nam 2026.xlsx")))
	c.typeIn(blank, sent, "Biểu quý", map[string]any{"E7": 80, "E8": 3120, "E9": 1604, "E10": 0.5141, "E12": 6, "E13": 280, "E14": 410})
	call("run")
	answer := filepath.Join(workspace, "inputs", "feedback", "H03", "QUY 2026-Q2 H03.xlsx.phan-hoi.xlsx")
	c.take(sent, "Biểu quý", "dien-bieu.png")
	c.take(answer, "Phiếu phản hồi", "phieu-phan-hoi.png")
	return c.err
}

// vietnamese has LibreOffice write numbers as a clerk's Excel does.
const vietnamese = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item></oor:items>
`

// A camera takes pictures of sheets. It keeps the first error.
type camera struct {
	ctx      context.Context
	dir, out string
	err      error
}

func (c *camera) do(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *camera) run(name string, args ...string) {
	if c.err != nil {
		return
	}
	said, err := exec.CommandContext(c.ctx, name, args...).CombinedOutput()
	if err != nil {
		c.err = fmt.Errorf("run %s: %w\n%s", name, err, said)
	}
}

// typeIn copies a workbook with values typed into it.
func (c *camera) typeIn(from, to, sheet string, values map[string]any) {
	c.edit(from, to, func(file *excelize.File) (err error) {
		for cell, value := range values {
			err = errors.Join(err, file.SetCellValue(sheet, cell, value))
		}
		return err
	})
}

func (c *camera) edit(from, to string, change func(*excelize.File) error) {
	if c.err != nil {
		return
	}
	file, err := excelize.OpenFile(from)
	if err == nil {
		err = errors.Join(change(file), file.SaveAs(to), file.Close())
	}
	c.do(err)
}

// take takes a picture of one sheet: LibreOffice prints it alone, with the names of
// its rows and columns around it.
func (c *camera) take(book, sheet, name string) {
	alone := filepath.Join(c.dir, strings.TrimSuffix(name, ".png")+".xlsx")
	c.edit(book, alone, func(file *excelize.File) error {
		at, err := file.GetSheetIndex(sheet)
		file.SetActiveSheet(at)
		for _, other := range file.GetSheetList() {
			if other != sheet {
				err = errors.Join(err, file.SetSheetVisible(other, false, true))
			}
		}
		return err
	})
	if c.err == nil {
		c.do(withHeadings(alone))
	}
	office := filepath.Join(c.dir, "office")
	c.do(errors.Join(os.MkdirAll(filepath.Join(office, "user"), 0o755),
		os.WriteFile(filepath.Join(office, "user", "registrymodifications.xcu"), []byte(vietnamese), 0o644)))
	c.run("soffice", "-env:UserInstallation=file://"+office, "--headless", "--convert-to", "pdf", "--outdir", c.dir, alone)
	page := strings.TrimSuffix(alone, ".xlsx")
	c.run("pdftoppm", "-png", "-r", "96", "-f", "1", "-l", "1", "-singlefile", page+".pdf", page)
	if c.err == nil {
		c.do(develop(page+".png", filepath.Join(c.out, name)))
	}
}
