package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A rowWriter writes the cells of rows as XML. excelize could, in three times the
// time: it names each cell anew and looks through all columns for its style.
type rowWriter struct {
	book    *Book
	columns []column
	begun   []byte // of the row that is written
	cells   []byte
}

// row begins a row of a height in points.
func (w *rowWriter) row(n int, height float64) []byte {
	w.begun = strconv.AppendInt(append(w.begun[:0], `<row r="`...), int64(n), 10)
	w.begun = strconv.AppendFloat(append(w.begun, `" ht="`...), height, 'f', -1, 64)
	w.begun = append(w.begun, `" customHeight="1">`...)
	return w.begun
}

// A column is what is remembered of a column: its name, and the style of the last
// look, which is mostly that of the next row too.
type column struct {
	name  string
	look  Look
	style int
}

// column is that with the given number, counted from 1.
func (w *rowWriter) column(n int) *column {
	for len(w.columns) < n {
		w.columns = append(w.columns, column{name: ColumnName(len(w.columns) + 1), style: -1})
	}
	return &w.columns[n-1]
}

// style is the number of a look in a column.
func (w *rowWriter) style(c *column, look *Look) (int, error) {
	if c.style >= 0 && c.look == *look {
		return c.style, nil
	}
	id, err := w.book.looks.id(*look)
	if err == nil {
		c.look, c.style = *look, id
	}
	return id, err
}

// add adds a cell that stands in the given row and column, and blanks with its look
// in the further columns that it spans.
func (w *rowWriter) add(c *Cell, row, col int) error {
	at := w.column(col)
	style, err := w.style(at, &c.Look)
	if err != nil {
		return err
	}
	value, kind := w.value(c)
	w.begin(at, row, style, kind, c.Formula != "" && kind == "str" && spaced(value))
	if c.Formula != "" {
		w.cells = append(append(append(w.cells, "<f>"...), escaped(c.Formula)...), "</f>"...)
	}
	switch {
	case kind == "inlineStr":
		w.cells = append(w.cells, w.book.texts.inline(value)...)
	case value != "":
		w.cells = append(append(append(w.cells, "<v>"...), escaped(value)...), "</v>"...)
	}
	w.cells = append(w.cells, "</c>"...)
	for n := range c.Span - 1 {
		w.begin(w.column(col+1+n), row, style, "", false)
		w.cells = append(w.cells, "</c>"...)
	}
	return nil
}

func (w *rowWriter) begin(at *column, row, style int, kind string, spaced bool) {
	w.cells = append(w.cells, "<c"...)
	if spaced {
		w.cells = append(w.cells, ` xml:space="preserve"`...)
	}
	w.cells = strconv.AppendInt(append(append(w.cells, ` r="`...), at.name...), int64(row), 10)
	w.cells = append(w.cells, '"')
	if style > 0 {
		w.cells = append(strconv.AppendInt(append(w.cells, ` s="`...), int64(style), 10), '"')
	}
	if kind != "" {
		w.cells = append(append(append(w.cells, ` t="`...), kind...), '"')
	}
	w.cells = append(w.cells, '>')
}

// value is what is stored of a cell, and of which kind: a text of its own, the text
// that a formula gives, or a number, which needs no word. Strings are only ever
// stored as strings, never as formulas.
func (w *rowWriter) value(c *Cell) (value, kind string) {
	text := "inlineStr"
	if c.Formula != "" {
		text = "str"
	}
	switch v := c.Value.(type) {
	case string:
		if text == "str" {
			v = marked(Text(v))
		}
		return v, text
	case int:
		return strconv.Itoa(v), ""
	case *decimal.Decimal:
		if v == nil {
			break
		}
		if f := v.InexactFloat64(); !math.IsInf(f, 0) {
			return strconv.FormatFloat(f, 'f', -1, 64), ""
		}
		return v.String(), text
	case time.Time:
		if v.IsZero() {
			break
		}
		if n := serial(v); n > 0 {
			return strconv.FormatFloat(n, 'f', -1, 64), ""
		}
		return v.Format(time.RFC3339), text
	case nil:
	default:
		return fmt.Sprint(v), text
	}
	if c.Formula != "" {
		return "", text
	}
	return "", ""
}

// serial is a time as Excel counts it: days since 30 December 1899. Earlier than
// March 1900, where Excel counts a day that never was, it is 0.
func serial(t time.Time) float64 {
	const begun, day = -25569, 24 * 60 * 60 // days from 1970; seconds
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset) - begun*day
	if seconds < 61*day {
		return 0
	}
	rest := time.Duration(seconds%day)*time.Second + time.Duration(t.Nanosecond())
	return float64(seconds/day-1) + float64(rest)/float64(day*time.Second) + 1 // in excelize's order of rounding
}

// texts remembers how texts are written: most stand in many cells.
type texts map[string]string

// maxTexts bounds what is remembered.
const maxTexts = 20_000

// inline is the element with a text from outside.
func (t texts) inline(text string) string {
	if known, ok := t[text]; ok {
		return known
	}
	clean := Text(text)
	element := "<is><t>"
	if spaced(clean) {
		element = `<is><t xml:space="preserve">`
	}
	element += strings.ReplaceAll(marked(escaped(clean)), "&#xA;", "\n") + "</t></is>"
	if len(t) >= maxTexts {
		clear(t)
	}
	t[text] = element
	return element
}

// spaced tells whether the blanks around a text have to be kept.
func spaced(text string) bool {
	const blanks = "\t\n\r "
	return text != "" && (strings.IndexByte(blanks, text[0]) >= 0 || strings.IndexByte(blanks, text[len(text)-1]) >= 0)
}

// escaped is text without what has a meaning in XML.
func escaped(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`<>&'"`, r) }) < 0 {
		return text
	}
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(text)) // a buffer takes everything
	return out.String()
}

// marked is text in which what looks like the code of a character, such as _x000D_,
// stays what it is: Excel writes so what XML can't hold.
func marked(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var out strings.Builder
	for i := range len(text) {
		if code := text[i:min(i+7, len(text))]; len(code) == 7 && code[:2] == "_x" && code[6] == '_' && isHex(code[2:6]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

func isHex(digits string) bool {
	_, err := strconv.ParseUint(digits, 16, 16)
	return err == nil
}
