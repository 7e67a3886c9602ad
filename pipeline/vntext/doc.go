// Package vntext reads Vietnamese text as people leave it in workbooks.
//
// It owns four things: turning the legacy font encodings TCVN3 (ABC) and VNI
// into Unicode, folding labels and names so that spellings of one thing
// compare equal, reading the numbers that people write as text, and knowing the
// marks that turn the direction of writing. It refuses to guess: a text that does not pass the syllable test stays as it is, and a
// number with two possible values comes back as a problem with a proposal.
//
// Package workbook calls it for every text cell, packages form and catalogue
// for labels and values, what people read for its marks. Text is hostile here: every function takes time
// linear in its input and never panics.
package vntext
