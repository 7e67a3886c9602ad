package feedback

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/lang"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// author signs the comments, so that they are known again when the marked-up
// workbook comes back mended.
const author = "tonghop"

// Marks beyond these bounds would make excelize hold rows up to there; where a
// sheet is larger itself, its own bounds count.
const (
	farRow    = 5000
	farColumn = 256
)

// markUp returns the unit's workbook with the answer and its marks.
func markUp(original []byte, f *reports.Feedback, l *lang.Language) (marked []byte, err error) {
	// excelize dereferences what a damaged workbook lacks. A workbook that it
	// stumbles over is answered with a clean one, like any other it cannot hold.
	defer func() {
		if r := recover(); r != nil {
			marked, err = nil, unsuitable("excelize: %v", r)
		}
	}()
	before, err := unpack(original)
	if err != nil {
		return nil, err
	}
	if !before.isPlain() {
		if before, original, err = before.plain(); err != nil {
			return nil, err
		}
	}
	if before.commented() {
		if before, original, err = before.withComments(); err != nil {
			return nil, err
		}
	}
	if err := before.suitable(); err != nil {
		return nil, err
	}
	cells, err := before.bearable()
	if err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(original), openOptions())
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	defer file.Close()
	m := marker{
		file: file, book: xlsx.NewBook(file), before: before, cells: cells,
		marked: map[string]bool{}, styles: map[shade]int{}, bounds: map[string]bound{},
	}
	if err := m.all(original, newAnswer(f, l, ownWorkbook)); err != nil {
		return nil, err
	}
	return m.pack()
}

// openOptions has nothing unpacked to temporary files.
func openOptions() excelize.Options {
	return excelize.Options{UnzipSizeLimit: 2 * maxPackage, UnzipXMLSizeLimit: 2 * maxPackage}
}

// sheetCells are the cells with content of sheets, by their parts.
type sheetCells map[string][]cellText

// bearable reads all sheets and bounds what excelize will hold of them: it reads
// them all to make the answer the active one.
func (p parts) bearable() (sheetCells, error) {
	all, total := sheetCells{}, 0
	for name, content := range p {
		if !isSheet(name) {
			continue
		}
		cells, box, err := readCells(content)
		if err != nil {
			return nil, err
		}
		if total += box; total > maxBox {
			return nil, unsuitable("more than %d cells to hold", maxBox)
		}
		all[name] = cells
	}
	return all, nil
}

// A marker marks one workbook up.
type marker struct {
	file    *excelize.File
	book    *xlsx.Book
	before  parts
	cells   sheetCells      // of before
	removed string          // the part of an earlier answer
	marked  map[string]bool // names of cells, of any sheet, whose style is changed
	styles  map[shade]int
	own     map[place]int // the styles of cells with content
	bounds  map[string]bound
}

// A bound is the last column and row of a sheet that a mark may stand in.
type bound struct{ col, row int }

// A shade is a style of the unit's in one of the marks' colours.
type shade struct {
	style int
	color string
}

func (m *marker) all(original []byte, a *answer) error {
	if err := m.checkStyles(); err != nil {
		return err
	}
	if err := m.readStyles(); err != nil {
		return err
	}
	if err := m.unmark(original, a); err != nil {
		return err
	}
	sheets := map[string]bool{}
	for _, name := range m.worksheets() {
		sheets[name] = true
	}
	if err := m.mark(a, sheets); err != nil {
		return err
	}
	if err := m.addFirst(); err != nil {
		return err
	}
	rows, err := writeSheet(m.book, a, sheets)
	if err != nil {
		return err
	}
	return m.linkBack(a, sheets, rows)
}

// worksheets are the names of the sheets that have cells: no charts, no
// dialogs.
func (m *marker) worksheets() []string {
	return slices.DeleteFunc(m.file.GetSheetList(), func(name string) bool {
		_, err := m.file.GetSheetProps(name)
		return err != nil
	})
}

// addFirst adds the answer's sheet in front of the others and makes it the
// active one.
func (m *marker) addFirst() error {
	// excelize names a sheet's part after the highest sheet id, which another
	// sheet's part may bear; so the last id is raised for the moment above all
	// parts.
	sheets := m.file.WorkBook.Sheets.Sheet
	last := &sheets[len(sheets)-1]
	id := last.SheetID
	last.SheetID = max(id, m.highestPart())
	_, err := m.file.NewSheet(SheetName)
	sheets = m.file.WorkBook.Sheets.Sheet
	sheets[len(sheets)-2].SheetID = id
	if err != nil {
		return fmt.Errorf("add feedback sheet: %w", err)
	}
	added := sheets[len(sheets)-1]
	m.file.WorkBook.Sheets.Sheet = slices.Insert(sheets[:len(sheets)-1], 0, added)
	if names := m.file.WorkBook.DefinedNames; names != nil {
		for i, name := range names.DefinedName {
			if name.LocalSheetID != nil {
				moved := *name.LocalSheetID + 1
				names.DefinedName[i].LocalSheetID = &moved
			}
		}
	}
	m.file.SetActiveSheet(0)
	m.file.WorkBook.BookViews.WorkBookView[0].FirstSheet = 0
	return nil
}

// highestPart is the highest number of a sheet's part, such as 3 for
// xl/worksheets/sheet3.xml.
func (m *marker) highestPart() int {
	highest := 0
	for name := range m.before {
		digits := strings.TrimSuffix(strings.TrimPrefix(name, "xl/worksheets/sheet"), ".xml")
		if n, err := strconv.Atoi(digits); err == nil && n < 1<<20 {
			highest = max(highest, n)
		}
	}
	return highest
}

// mark colours and comments the cells of the findings.
func (m *marker) mark(a *answer, sheets map[string]bool) error {
	comments := m.before.takesComments()
	for _, c := range groupByCell(a.Findings) {
		if !sheets[c.sheet] || !m.near(c.place) {
			continue
		}
		if err := m.color(c.place, fillOf(c.findings[0].Severity)); err != nil {
			return err
		}
		if !comments {
			continue
		}
		if err := m.comment(a, c); err != nil {
			return err
		}
	}
	return nil
}

// cellFindings are the findings of one cell, the gravest first.
type cellFindings struct {
	place
	findings []finding
}

func groupByCell(all []finding) []*cellFindings {
	byCell := map[place]*cellFindings{}
	var groups []*cellFindings
	for _, f := range all {
		at := place{f.Sheet, f.Cell}
		if !isCell(f.Cell) {
			continue
		}
		if byCell[at] == nil {
			byCell[at] = &cellFindings{place: at}
			groups = append(groups, byCell[at])
		}
		byCell[at].findings = append(byCell[at].findings, f)
	}
	return groups
}

// near tells whether a cell lies where a mark makes excelize hold no more than
// the sheet does already, or little more.
func (m *marker) near(at place) bool {
	limit, ok := m.bounds[at.sheet]
	if !ok {
		limit = bound{farColumn, farRow}
		if area, err := m.file.GetSheetDimension(at.sheet); err == nil {
			_, corner, _ := strings.Cut(area, ":")
			if col, row, err := excelize.CellNameToCoordinates(cmp.Or(corner, area)); err == nil && row*col <= maxBox {
				limit = bound{max(col, farColumn), max(row, farRow)}
			}
		}
		m.bounds[at.sheet] = limit
	}
	col, row, err := excelize.CellNameToCoordinates(at.cell)
	return err == nil && col <= limit.col && row <= limit.row
}

// comment writes what is wrong with a cell and how to mend it beside the cell.
// A comment of the unit's own stays; the answer's sheet has ours.
func (m *marker) comment(a *answer, c *cellFindings) error {
	if m.hasComment(c) {
		return nil
	}
	var runs []excelize.RichTextRun
	lines := 0
	for i, f := range c.findings {
		head := a.Text("comment.head", "severity", f.Word, "n", f.Number) + " "
		if i > 0 {
			head = "\n" + head
		}
		body := f.Message
		if f.Remedy != "" {
			body += "\n" + a.Text("column.remedy") + ": " + f.Remedy
		}
		body = xlsx.Cut(body, maxComment/len(c.findings))
		lines += xlsx.Lines(head+body, commentLetters)
		runs = append(runs,
			excelize.RichTextRun{Text: head, Font: commentFont(true)}, excelize.RichTextRun{Text: body, Font: commentFont(false)})
	}
	label, err := m.label(c.place)
	if err != nil {
		return err
	}
	if label != "" {
		way := "\n" + a.Text("comment.back", "cell", label)
		lines += xlsx.Lines(way, commentLetters)
		runs = append(runs, excelize.RichTextRun{Text: way, Font: commentFont(false)})
	}
	err = m.file.AddComment(c.sheet, excelize.Comment{
		Cell: c.cell, Author: author, Paragraph: runs, Width: commentWidth, Height: uint(min(commentMargin+commentLine*lines, 460)),
	})
	if err != nil {
		return fmt.Errorf("comment cell %s: %w", c.cell, err)
	}
	return nil
}

func commentFont(bold bool) *excelize.Font {
	return &excelize.Font{Family: xlsx.Font, Size: 10, Color: "000000", Bold: bold}
}

// How a comment's box is laid out, in pixels, with letters of 10 points.
const (
	commentWidth   = 340
	commentLetters = 52
	commentLine    = 17
	commentMargin  = 22
)

// maxComment is how long the comment of a cell may be; longer ones cannot be
// read in a comment's box.
const maxComment = 2000

func (m *marker) hasComment(c *cellFindings) bool {
	comments, err := m.file.GetComments(c.sheet)
	return err != nil || slices.ContainsFunc(comments, func(x excelize.Comment) bool { return x.Cell == c.cell })
}

// pack writes the workbook and returns it if all of the original is in it.
func (m *marker) pack() ([]byte, error) {
	var out bytes.Buffer
	if err := m.book.Pack(&out); err != nil {
		return nil, err
	}
	after, err := unpack(out.Bytes())
	if err != nil {
		return nil, err
	}
	if err := faithful(m.before, m.cells, after, m.removed, func(cell string) bool { return m.marked[cell] }); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
