// Package catalogue reads the catalogue workbook, in which staff keep units,
// indicators, forms, periods, targets, checks and grades, into a
// pipeline.Catalogue.
//
// It owns the names of the sheets, columns and fixed words, in English
// (canonical) and in Vietnamese, and every rule that a catalogue must obey. It
// reports all mistakes at once, each with its cell, and refuses a catalogue
// with a finding of severity error. What it does not know (other sheets, other
// columns) it leaves alone, unless the name looks like a misspelt one. It opens
// no files: the run and the commands hand it a workbook.Book, and set the
// catalogue's hash and the start of the year themselves.
package catalogue
