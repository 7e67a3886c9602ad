package main

import (
	"errors"
	"strings"

	"tonghop/pipeline/vntext"
)

// unknown says that there is no such code, which ones there are where these are
// few, and which one was probably meant.
func (p *program) unknown(key, code string, known []string, pairs ...any) error {
	text := p.text.Text(key, append(pairs, "code", code, "known", p.listed(known))...)
	if near := nearest(code, known); near != "" {
		text += " " + p.text.Text("cli.did_you_mean", "near", near)
	}
	return errors.New(text)
}

// listed names codes, of many the first ones.
func (p *program) listed(codes []string) string {
	const most = 30
	if len(codes) > most {
		return strings.Join(codes[:most], ", ") + ", …"
	}
	return strings.Join(codes, ", ")
}

// nearest is the known word that word is a slip away from: written with other
// capitals or without diacritics, up to two letters off, or cut short; empty where
// there is none, or more than one just as near.
func nearest(word string, known []string) string {
	const most = 2 // letters off
	folded := vntext.Fold(word)
	best, least := "", most+1
	for _, k := range known {
		d := distance(folded, vntext.Fold(k))
		switch {
		case d > most || d >= min(len([]rune(k)), len([]rune(word))): // nothing of the word would be left
		case d < least:
			best, least = k, d
		case d == least:
			best = ""
		}
	}
	return best
}

// distance is how many letters are to be added, dropped or changed to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			change := diagonal
			if x[i] != y[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
