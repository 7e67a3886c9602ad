package workbook

import "strings"

// A xlsxReader reads workbooks of ECMA-376, transitional or strict, one after
// the other in the same memory.
type xlsxReader struct {
	archive  archive
	xml      scanner
	limits   Limits
	epoch    epoch
	styles   []style
	shared   sharedStrings
	counters counters
	arena    arena
	names    names
	room     room
	each     RowFunc // takes the rows; nil for reading all of them
	whole    []byte  // the text being read
	spans    []span  // its stretches in one font
}

// A listedSheet is a sheet as the workbook part lists it.
type listedSheet struct {
	name, id string
	hidden   bool
}

// read reads the workbook in the zip file data.
func (r *xlsxReader) read(data []byte, limits Limits) (*Book, error) {
	r.limits, r.counters = limits, counters{limits: limits}
	r.styles = nil
	r.shared.reset(limits.Encoding)
	r.names.reset()
	r.room.reset()
	r.archive.names = &r.names
	defer r.archive.close()
	if err := r.archive.open(data, limits); err != nil {
		return nil, err
	}
	main, err := r.mainPart()
	if err != nil {
		return nil, err
	}
	book, err := r.book(main)
	if err != nil {
		return nil, err
	}
	if err := r.archive.readRest(r.xml.window); err != nil {
		return nil, err
	}
	return book, nil
}

// mainPart finds the workbook part, or says what other kind of file this is.
func (r *xlsxReader) mainPart() (string, error) {
	roots, err := r.archive.relations("", &r.xml)
	if err != nil {
		return "", err
	}
	main := only(roots, "officeDocument")
	switch {
	case strings.HasSuffix(strings.ToLower(main), ".bin"):
		return "", &Refusal{Code: "xlsb_workbook", Part: main}
	case main == "" && r.archive.has("mimetype"):
		return "", r.openDocument()
	case main == "" && !r.archive.has("xl/workbook.xml"):
		return "", &Refusal{Code: "not_a_workbook", Detail: "zip file without a workbook"}
	case main == "":
		return "xl/workbook.xml", nil
	}
	return main, nil
}

// openDocument refuses a file of ISO/IEC 26300, which names its kind in a part.
func (r *xlsxReader) openDocument() error {
	part, err := r.archive.start("mimetype")
	if err != nil {
		return err
	}
	var kind [64]byte
	n, _ := part.Read(kind[:])
	if strings.Contains(string(kind[:n]), "opendocument.spreadsheet") {
		return &Refusal{Code: "ods_workbook"}
	}
	return &Refusal{Code: "not_a_workbook", Detail: "zip file with another kind of document"}
}

// book reads the workbook whose main part has the given name.
func (r *xlsxReader) book(main string) (*Book, error) {
	contents, err := recalled(&r.archive, main, func() (contents, error) { return r.workbook(main) })
	if err != nil {
		return nil, err
	}
	r.epoch = contents.epoch
	related, err := r.archive.relations(main, &r.xml)
	if err != nil {
		return nil, err
	}
	if styles := only(related, "styles"); r.archive.has(styles) {
		if err := r.readStyles(styles); err != nil {
			return nil, err
		}
	}
	if strings := only(related, "sharedStrings"); r.archive.has(strings) {
		if err := r.readStrings(strings); err != nil {
			return nil, err
		}
	}
	book := &Book{Kind: XLSX}
	for _, sheet := range contents.sheets {
		if sheet.id == "" {
			continue // a module of Excel 5, which holds code and has no part
		}
		target, ok := related[sheet.id]
		if !ok {
			return nil, damaged(main, "sheet %q has no part", sheet.name)
		}
		if target.kind != "worksheet" {
			continue
		}
		cells, err := r.sheet(sheet, target.target)
		if err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, *cells)
	}
	return book, nil
}

// A contents is what the main part says.
type contents struct {
	sheets []listedSheet
	epoch  epoch
}

// workbook reads the main part.
func (r *xlsxReader) workbook(main string) (contents, error) {
	x := &r.xml
	read := contents{epoch: epoch1900}
	if err := r.archive.scan(main, x); err != nil {
		return read, err
	}
	if !x.child() {
		return read, x.err
	}
	if string(x.name) != "workbook" || !isSpreadsheet(x.namespace()) {
		return read, &Refusal{Code: "not_a_workbook", Part: main, Detail: "another kind of document"}
	}
	for x.child() {
		switch string(x.name) {
		case "workbookPr":
			if x.flag("date1904") {
				read.epoch = epoch1904
			}
			x.skip()
		case "sheets":
			read.sheets = r.listedSheets()
		default:
			x.skip()
		}
	}
	return read, x.drain()
}

// maxSheetName is how long the name of a sheet may be, in bytes; Excel allows 31
// characters. Every finding bears one.
const maxSheetName = 1 << 10

// listedSheets reads the list of sheets, the current element.
func (r *xlsxReader) listedSheets() []listedSheet {
	var listed []listedSheet
	x := &r.xml
	for ; x.child(); x.skip() {
		name, ok := storedText(x.attribute("name"))
		if !ok {
			x.fail("sheet name is not UTF-8")
		}
		if len(listed) >= r.limits.Parts || len(name) > maxSheetName {
			x.err = tooLarge(x.part, "more than %d sheets, or a name longer than %d bytes", r.limits.Parts, maxSheetName)
			break
		}
		listed = append(listed, listedSheet{
			name:   string(name),
			id:     string(x.qualified("id")),
			hidden: strings.HasSuffix(strings.ToLower(string(x.attribute("state"))), "hidden"),
		})
	}
	return listed
}

// isSpreadsheet tells whether a namespace is that of workbooks, transitional or
// strict. Files of Office's beta versions have others and differ in content.
func isSpreadsheet(namespace string) bool {
	return namespace == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" ||
		namespace == "http://purl.oclc.org/ooxml/spreadsheetml/main"
}
