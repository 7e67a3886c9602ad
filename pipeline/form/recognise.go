package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
	"tonghop/pipeline/workbook"
)

// Recognise finds the layout that the workbook was made from: the one whose
// rows and columns align best. A tie is broken by the form's code in the
// workbook or in fileName. Fewer than half of a form's rows are no match.
func Recognise(layouts []*Layout, book *workbook.Book, fileName string) (*Match, []pipeline.Finding) {
	s := newSubmission(book)
	if m := s.sealed(layouts); m != nil {
		return m, nil
	}
	var all []*Match
	for _, l := range layouts {
		all = append(all, l.match(s))
	}
	if len(all) == 0 {
		return nil, notRecognised(nil)
	}
	fit := slices.DeleteFunc(slices.Clone(all), func(m *Match) bool { return 2*m.Found < m.Rows || m.Found == 0 })
	if len(fit) == 0 {
		return nil, notRecognised(slices.MaxFunc(all, func(a, b *Match) int { return cmp.Compare(a.share(), b.share()) }))
	}
	top := slices.MaxFunc(fit, compareFits)
	best := slices.DeleteFunc(slices.Clone(fit), func(m *Match) bool { return m != top && compareFits(m, top) < 0 })
	if len(best) > 1 {
		if named := s.named(best, fileName); len(named) > 0 {
			best = named
		}
	}
	if len(best) == 1 {
		best = append(best, s.contradicting(best[0], fit)...)
	}
	if len(best) > 1 {
		return nil, []pipeline.Finding{ambiguousForm(best)}
	}
	return best[0], nil
}

// nearly is how much of the best match's agreement another needs to be taken
// for the form that the workbook names.
const nearly = 0.8

// contradicting keeps the matches that the workbook names though it does not
// name the best one, and that fit it nearly as well: a form of the same rows but
// one, in which one label was retyped.
func (s *submission) contradicting(best *Match, fit []*Match) []*Match {
	if len(fit) == 1 || s.says(codeWords(best.Layout.Form.Code)) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(fit), func(m *Match) bool {
		return m.Layout.Form.Code == best.Layout.Form.Code || m.agreement() < nearly*best.agreement() || !s.says(codeWords(m.Layout.Form.Code))
	})
}

// share is the share of the layout's rows that were found.
func (m *Match) share() float64 { return float64(m.Found) / float64(max(m.Rows, 1)) }

// compareFits compares two matches of one workbook by the rows they explain
// and the rows they miss together, so that a short form does not win over a
// long one that has its rows too; then by the columns found.
func compareFits(a, b *Match) int {
	return cmp.Or(cmp.Compare(a.agreement(), b.agreement()), cmp.Compare(a.columns(), b.columns()))
}

// Better tells whether m fits the workbook better than other does.
func (m *Match) Better(other *Match) bool { return compareFits(m, other) > 0 }

// agreement is the share of the rows found in those that the layout has or the
// workbook has figures in, each counted once.
func (m *Match) agreement() float64 {
	rows := map[*grid][]int{}
	for _, r := range m.readings {
		for _, a := range r.parts {
			found := rows[a.page.grid]
			for _, n := range r.table.rows {
				if e := a.match[n]; e >= 0 {
					found = append(found, a.page.entries[e].row)
				}
			}
			rows[a.page.grid] = found
		}
	}
	others := 0
	for g, found := range rows {
		slices.Sort(found)
		others += g.figureRows(found)
	}
	return float64(m.Found) / float64(max(m.Rows+others, 1))
}

// figureRows counts the rows with a text and then a number, those in except
// left out, which are in order.
func (g *grid) figureRows(except []int) int {
	n, text, counted := 0, -1, -1
	for i := range g.cells {
		c := &g.cells[i]
		switch {
		case c.Type == workbook.Text && g.labels[i].heads():
			text = c.Row
		case c.Type == workbook.Number && text == c.Row && counted != c.Row:
			if _, left := slices.BinarySearch(except, c.Row); !left {
				n++
			}
			counted = c.Row
		}
	}
	return n
}

// columns is the share of the layout's figures whose column was found by its
// header.
func (m *Match) columns() float64 {
	n := 0
	for _, at := range m.spots {
		if at.how.found() {
			n++
		}
	}
	return float64(n) / float64(max(len(m.spots), 1))
}

// named keeps the matches whose form's code stands in the workbook, or else in
// the name of the file.
func (s *submission) named(all []*Match, fileName string) []*Match {
	var inside, outside []*Match
	file := codeWords(fileName)
	for _, m := range all {
		code := codeWords(m.Layout.Form.Code)
		if s.says(code) {
			inside = append(inside, m)
		}
		if code != "" && strings.Contains(file, code) {
			outside = append(outside, m)
		}
	}
	if len(inside) > 0 {
		return inside
	}
	return outside
}

// says tells whether a code stands in a text of the workbook.
func (s *submission) says(code string) bool {
	for _, g := range s.grids {
		for i := range g.labels {
			if text := g.cells[i].Value; code != "" && g.labels[i].stands() && len(text) <= maxLabel && strings.Contains(codeWords(text), code) {
				return true
			}
		}
	}
	return false
}

// codeWords is the folded words of a text, each between blanks: 2-HĐCĐ and 2_HDCD
// are alike. It is empty where there is none.
func codeWords(text string) string { return wordsOfCodes.Of(text) }

var wordsOfCodes = vntext.NewMemo(func(text string) string {
	words := keys(wordsOf(text))
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ") + " "
})

func notRecognised(best *Match) []pipeline.Finding {
	f := pipeline.Finding{Code: "form_not_recognised", Severity: pipeline.SeverityError}
	code, found, rows := "", 0, 0
	if best != nil {
		code, found, rows = best.Layout.Form.Code, best.Found, best.Rows
	}
	f.Expected = code
	f.Args = []pipeline.Arg{arg("form", code), arg("found", strconv.Itoa(found)), arg("rows", strconv.Itoa(rows))}
	return []pipeline.Finding{f}
}

func ambiguousForm(all []*Match) pipeline.Finding {
	var codes []string
	for _, m := range all {
		codes = append(codes, m.Layout.Form.Code)
	}
	return pipeline.Finding{
		Code: "form_ambiguous", Severity: pipeline.SeverityError,
		Args: []pipeline.Arg{arg("forms", strings.Join(codes, ", "))},
	}
}
