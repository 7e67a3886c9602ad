package workbook

import "strconv"

// A style is what the cells in one cell format have in common.
type style struct {
	format string // code of the number format; empty for General
	font   string
	shows  shows
}

// styleTables are the tables of a styles part that cell formats point into.
type styleTables struct {
	formats map[int]string
	fonts   []string
}

// readStyles reads the cell formats.
func (r *xlsxReader) readStyles(name string) (err error) {
	r.styles, err = recalled(&r.archive, name, func() ([]style, error) { return r.parseStyles(name) })
	return err
}

func (r *xlsxReader) parseStyles(name string) ([]style, error) {
	x := &r.xml
	if err := r.archive.scan(name, x); err != nil {
		return nil, err
	}
	tables := styleTables{formats: map[int]string{}}
	var formats []cellFormat
	for x.root("styleSheet"); x.child(); {
		switch string(x.name) {
		case "numFmts":
			r.readFormats(&tables)
		case "fonts":
			r.readFonts(&tables)
		case "cellXfs":
			formats = r.readCellFormats()
		default:
			x.skip()
		}
	}
	return tables.styles(formats), x.drain()
}

// A cellFormat points to the number format and the font of a style.
type cellFormat struct{ format, font int }

// readFormats reads the number formats of the file's own.
func (r *xlsxReader) readFormats(tables *styleTables) {
	for x := &r.xml; x.child(); x.skip() {
		id, err := strconv.Atoi(string(x.attribute("numFmtId")))
		if code, ok := storedText(x.attribute("formatCode")); ok && err == nil {
			tables.formats[id] = r.intern(code)
		}
		r.limitStyles(len(tables.formats))
	}
}

// readFonts reads the names of the fonts.
func (r *xlsxReader) readFonts(tables *styleTables) {
	for x := &r.xml; x.child(); {
		font := ""
		for ; x.child(); x.skip() {
			if string(x.name) == "name" {
				font = r.intern(x.attribute("val"))
			}
		}
		tables.fonts = append(tables.fonts, font)
		r.limitStyles(len(tables.fonts))
	}
}

// maxStyles is how many cell formats, number formats or fonts a workbook may
// have; Excel allows 65,490.
const maxStyles = 1 << 17

// limitStyles refuses a workbook with more styles than any has.
func (r *xlsxReader) limitStyles(count int) {
	if count > maxStyles && r.xml.err == nil {
		r.xml.err = tooLarge(r.xml.part, "more than %d styles", maxStyles)
	}
}

// readCellFormats reads the cell formats, in the order cells count them.
func (r *xlsxReader) readCellFormats() []cellFormat {
	var all []cellFormat
	x := &r.xml
	for ; x.child(); x.skip() {
		format, _ := strconv.Atoi(string(x.attribute("numFmtId")))
		font, _ := strconv.Atoi(string(x.attribute("fontId")))
		all = append(all, cellFormat{format, font})
		r.limitStyles(len(all))
	}
	return all
}

// styles are the styles that cell formats stand for.
func (t *styleTables) styles(formats []cellFormat) []style {
	all := make([]style, len(formats))
	seen := map[int]style{} // by number format
	for i, format := range formats {
		s, ok := seen[format.format]
		if !ok {
			s.format = t.formatCode(format.format)
			s.shows = shownBy(s.format)
			seen[format.format] = s
		}
		if format.font >= 0 && format.font < len(t.fonts) {
			s.font = t.fonts[format.font]
		}
		all[i] = s
	}
	return all
}

// formatCode is the code of the number format with the given id.
func (t *styleTables) formatCode(id int) string {
	code, ok := t.formats[id]
	if !ok {
		code = builtinFormat(id)
	}
	if isGeneral(code) {
		return ""
	}
	return code
}
