// Package feedback answers the units: phan-hoi.xlsx is the unit's own workbook
// with a first sheet that says what became of it and every finding's cell
// coloured and commented; a page of HTML answers what is no workbook.
//
// It owns the layout of the answer and the marking of workbooks. It never
// changes what a unit wrote: a workbook that cannot be rewritten with all its
// cells as they were is not rewritten, and a clean one with the same first
// sheet goes out instead. It refuses nothing and judges nothing: verdict and
// findings come with the feedback. The publishing stage and the check command
// call it.
package feedback

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/lang"
	"tonghop/reports"
	"tonghop/reports/internal/xlsx"
)

// SheetName is the name of the sheet that the answer stands on, in every
// language: readers leave the sheet of that name out when a marked-up workbook
// is mended and sent again.
const SheetName = "Phiếu phản hồi"

// Write answers a submission with its own workbook, marked up. original is the
// workbook's bytes, already read without refusal. Where it is no .xlsx, or
// cannot be rewritten faithfully, a workbook with the answer alone is written.
func Write(w io.Writer, original []byte, f *reports.Feedback, l *lang.Language) error {
	if marked, err := markUp(original, f, l); err == nil {
		if _, err := w.Write(marked); err != nil {
			return fmt.Errorf("write feedback: %w", err)
		}
		return nil
	}
	// Why the original cannot be marked up does not matter to the unit: the
	// findings are the same.
	return writeClean(w, f, l)
}

// writeClean writes a workbook with the answer alone.
func writeClean(w io.Writer, f *reports.Feedback, l *lang.Language) error {
	file := excelize.NewFile()
	defer file.Close()
	if err := file.SetSheetName("Sheet1", SheetName); err != nil {
		return fmt.Errorf("name feedback sheet: %w", err)
	}
	at := f.Received.UTC().Format("2006-01-02T15:04:05Z")
	err := file.SetDocProps(&excelize.DocProperties{Creator: author, LastModifiedBy: author, Created: at, Modified: at})
	if err != nil {
		return fmt.Errorf("set feedback properties: %w", err)
	}
	book := xlsx.NewBook(file)
	if _, err := writeSheet(book, newAnswer(f, l, cleanWorkbook), nil); err != nil {
		return err
	}
	return book.Pack(w)
}
