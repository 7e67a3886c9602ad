package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// The ten-minute guides work as they are written: their commands run in order,
// their tables are typed into the workbooks that they name, and what they say is
// printed is printed.
func TestGuides(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"muoi-phut", "ten-minutes"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", name+".md"))
		if err != nil {
			t.Fatal(err)
		}
		script, steps := scriptOf(string(text))
		if steps < 20 {
			t.Errorf("%s.md: %d steps found, want the way from an empty folder to a closed period", name, steps)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"type-in": typeIn,
			"hasty":   hasty,
			"into":    into,
		},
	})
}

// guideClock is when the guides are followed.
const guideClock = "2026-04-06T08:00:00+07:00"

var excelTable = regexp.MustCompile(`^<!-- excel: (.+?) \| (.+?) -->$`)

// scriptOf is a guide as a script for testscript, and the number of its steps.
func scriptOf(guide string) (script string, steps int) {
	var out, files strings.Builder
	fence, table := "", ""
	for line := range strings.Lines(guide) {
		line = strings.TrimSpace(line)
		switch m := excelTable.FindStringSubmatch(line); {
		case m != nil:
			steps++
			table = fmt.Sprintf("table%d.md", steps)
			fmt.Fprintf(&out, "type-in '%s' '%s' $WORK/%s\n", m[1], m[2], table)
			fmt.Fprintf(&files, "-- %s --\n", table)
		case strings.HasPrefix(line, "```"):
			fence = strings.TrimPrefix(line, "```")
		case fence == "sh" && line != "":
			steps++
			out.WriteString(command(line))
		case fence == "text" && line != "":
			fmt.Fprintf(&out, "stdout '%s'\n", strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*"))
		case table != "" && strings.HasPrefix(line, "|"):
			files.WriteString(line + "\n")
		case table != "" && line == "":
			table = ""
		}
	}
	return out.String() + files.String(), steps
}

// command is a line of a shell as testscript has it; what several commands in a
// row print is looked for in the last output that was kept.
func command(line string) string {
	line = strings.ReplaceAll(strings.ReplaceAll(line, `"`, `'`), "~/", "$WORK/")
	switch name, rest, _ := strings.Cut(line, " "); name {
	case "tonghop":
		hurry := ""
		if words := strings.Fields(rest); strings.Contains(rest, "init ") {
			hurry = "hasty " + words[len(words)-1] + "\n"
		}
		return "exec tonghop --now " + guideClock + " " + rest + "\n" + hurry
	case "mkdir":
		return "mkdir " + strings.TrimPrefix(rest, "-p ") + "\n"
	case "cp":
		return "into " + rest + "\n"
	}
	return line + "\n"
}

// hasty WORKSPACE lets a workspace take files at once.
func hasty(ts *testscript.TestScript, _ bool, args []string) {
	path := filepath.Join(ts.MkAbs(args[0]), "tonghop.toml")
	data, err := os.ReadFile(path)
	ts.Check(err)
	ts.Check(os.WriteFile(path, []byte(strings.Replace(string(data), `settle = "10s"`, `settle = "0s"`, 1)), 0o644))
}

// into FILE FOLDER copies a file into a folder that is there.
func into(ts *testscript.TestScript, _ bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[1]), filepath.Base(args[0])), data, 0o644))
}

// type-in WORKBOOK SHEET TABLE types a table of the guide into a sheet. A table
// whose headings are letters is a piece of the sheet, with the rows' numbers at its
// left; any other is rows to put under the sheet's own headings.
func typeIn(ts *testscript.TestScript, _ bool, args []string) {
	path, sheet, rows := ts.MkAbs(args[0]), args[1], tableRows(ts.ReadFile(args[2]))
	file, err := excelize.OpenFile(path)
	if errors.Is(err, os.ErrNotExist) { // the guide says to make it
		file, err = excelize.NewFile(), nil
		ts.Check(file.SetSheetName("Sheet1", sheet))
	}
	ts.Check(err)
	columns := rows[0]
	if columns[0] != "" {
		columns = under(ts, file, sheet, rows[0])
	}
	for i, row := range rows[1:] {
		number := strconv.Itoa(i + 2)
		if rows[0][0] == "" {
			number = row[0]
		}
		for c, text := range row {
			if text != "" && columns[c] != "" {
				ts.Check(file.SetCellValue(sheet, columns[c]+number, typed(text)))
			}
		}
	}
	ts.Check(file.SaveAs(path))
	ts.Check(file.Close())
}

// under finds the columns with the headings in the sheet's first row; those that
// it lacks are added at the right.
func under(ts *testscript.TestScript, file *excelize.File, sheet string, headings []string) []string {
	sheetRows, err := file.GetRows(sheet)
	ts.Check(err)
	there := sheetRows[0]
	var columns []string
	for _, heading := range headings {
		at := -1
		for i, text := range there {
			if text == heading {
				at = i
			}
		}
		if at < 0 {
			at, there = len(there), append(there, heading)
		}
		column, err := excelize.ColumnNumberToName(at + 1)
		ts.Check(err)
		ts.Check(file.SetCellValue(sheet, column+"1", heading))
		columns = append(columns, column)
	}
	return columns
}

// typed is what Excel makes of a text that is typed.
func typed(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return text
}

// tableRows are the rows of a table in Markdown, without the rule under its head.
func tableRows(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if !strings.HasPrefix(cells[0], "---") {
			rows = append(rows, cells)
		}
	}
	return rows
}
