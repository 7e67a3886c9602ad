// Package workbook turns the bytes of a workbook into sheets of typed cells.
//
// It owns everything about Excel's file formats on the way in: nothing else in
// the product reads them. It tells the format from the bytes, never from a
// name, and either reads every cell as Excel would show it or refuses the whole
// file with a *Refusal that says why. It never recomputes a formula, never
// repairs and never guesses. Cost in time and memory is bounded by Limits,
// whatever the file contains.
//
// The catalogue, the forms and the submissions are all read through Read, or
// through a Reader where many are read; Reader.Each is for long sheets. Text
// tables are read where Limits.Text allows them.
package workbook
