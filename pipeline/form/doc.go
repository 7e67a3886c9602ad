// Package form reads the form workbooks with their markers, aligns submissions
// with them and fills them in.
//
// A form workbook is the only description of its layout. Parse turns it into a
// Layout: the marked cells, each with the labels of its row and the headers of
// its column. Recognise finds the layout that a submission was made from, by
// these texts and never by position, and gives a Match, from which Extract
// reads the facts. What can be read in two ways is a finding and is not read.
//
// A workbook is refused where fewer than half of a form's rows are found, where
// a row, a column or a sheet reads equally well in two ways, and where a cell
// does not hold what its indicator counts.
//
// The package is called by the stages that take submissions and by those that
// hand forms out. It opens no files and knows no units and no database.
package form
