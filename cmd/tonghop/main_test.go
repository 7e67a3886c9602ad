package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"tonghop/inputs/demo/sample"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tonghop": func() {
			executable, err := exec.LookPath("tonghop")
			if err != nil {
				panic(err)
			}
			os.Exit(start(executable))
		},
	})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"deliver": deliver,
			"hostile": hostile,
			"heavy":   heavy,
			"demo":    demo,
			"edit":    edit,
		},
	})
}

// exits CODE COMMAND [ARG…] runs a command that must end with the given code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// edit WORKBOOK SHEET [CELL=VALUE…] types into cells, as staff do.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	file, err := excelize.OpenFile(path)
	ts.Check(err)
	for _, arg := range args[2:] {
		cell, value, _ := strings.Cut(arg, "=")
		if n, err := strconv.Atoi(value); err == nil {
			ts.Check(file.SetCellInt(args[1], cell, int64(n)))
		} else {
			ts.Check(file.SetCellStr(args[1], cell, value))
		}
	}
	ts.Check(errors.Join(file.SaveAs(path), file.Close()))
}

// deliver N WORKSPACE writes the files of the demo's delivery N, counted from 1,
// into the workspace's inbox.
func deliver(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	demo(ts, false, args[1:])
	deliveries, err := sample.Deliveries()
	ts.Check(err)
	for _, f := range deliveries[n-1].Files {
		write(ts, filepath.Join(args[1], "inputs", "inbox", f.Path), f.Data)
	}
}

// demo WORKSPACE gives a workspace the demo's catalogue and forms in place of the
// example of init, once.
func demo(ts *testscript.TestScript, _ bool, args []string) {
	inputs, err := sample.Inputs()
	ts.Check(err)
	workspace := ts.MkAbs(args[0])
	if old, err := os.ReadFile(filepath.Join(workspace, filepath.FromSlash(inputs[0].Path))); err == nil && bytes.Equal(old, inputs[0].Data) {
		return
	}
	for _, folder := range []string{"forms", "inbox"} {
		ts.Check(os.RemoveAll(filepath.Join(workspace, "inputs", folder)))
	}
	for _, in := range inputs {
		write(ts, filepath.Join(args[0], in.Path), in.Data)
	}
	ts.Check(os.MkdirAll(filepath.Join(workspace, "inputs", "inbox"), 0o755))
}

func write(ts *testscript.TestScript, name string, data []byte) {
	path := ts.MkAbs(filepath.FromSlash(name))
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path, data, 0o644))
}

// hostile DIR puts files into a folder whose names drive terminals or look like lines
// of a log; without one it calls the program with such arguments, which it must
// refuse.
func hostile(ts *testscript.TestScript, _ bool, args []string) {
	const name = "x\n \x1b[31mRED\nlevel=ERROR fake.xlsx"
	if len(args) == 0 {
		for _, command := range [][]string{{"-C", "ws", "check", "\x1b]0;title\a.xlsx"}, {"\x1b[31mfoo"}, {"-C", "\x1b[2J", "run"}, {"-C", "ws", "status", "--period", "\x1b[2J"}} {
			if ts.Exec("tonghop", command...) == nil {
				ts.Fatalf("%q was done", command)
			}
			if strings.ContainsAny(ts.ReadFile("stderr"), "\x1b\a") {
				ts.Fatalf("%q drives the terminal", command)
			}
		}
		return
	}
	dir := ts.MkAbs(args[0])
	for _, name := range []string{name, "\x1b]0;title\a.xlsx", strings.Repeat("dài ", 49) + ".xlsx", "\xff\xfe.xlsx", "=cmd|'C calc'!A0.xlsx", "\u202Excod.xlsx"} {
		ts.Check(os.MkdirAll(dir, 0o755))
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte("PK"+name), 0o644))
	}
}

// heavy FILE writes a sound workbook of so many different texts that reading it takes
// hundreds of megabytes.
func heavy(ts *testscript.TestScript, _ bool, args []string) {
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	archive := zip.NewWriter(file)
	part := func(name string) io.Writer {
		w, err := archive.Create(name)
		ts.Check(err)
		return w
	}
	const office = `"http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relation := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type=` + office + `/%s" Target="%s"/></Relationships>`
	fmt.Fprintf(part("_rels/.rels"), relation, "officeDocument", "xl/workbook.xml")
	fmt.Fprintf(part("xl/_rels/workbook.xml.rels"), relation, "worksheet", "worksheets/sheet1.xml")
	fmt.Fprint(part("xl/workbook.xml"), `<workbook `+main+` xmlns:r=`+office+`"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>`)
	sheet := part("xl/worksheets/sheet1.xml")
	fmt.Fprint(sheet, `<worksheet `+main+`><sheetData>`)
	for row := range 50_000 {
		fmt.Fprint(sheet, "<row>")
		for column := range 10 {
			fmt.Fprintf(sheet, `<c t="inlineStr"><is><t>%0100d</t></is></c>`, row*10+column)
		}
		fmt.Fprint(sheet, "</row>")
	}
	fmt.Fprint(sheet, `</sheetData></worksheet>`)
	ts.Check(errors.Join(archive.Close(), file.Close()))
}
