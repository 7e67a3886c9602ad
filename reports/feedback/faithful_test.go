package feedback

import (
	"errors"
	"strings"
	"testing"
)

func TestFaithful(t *testing.T) {
	t.Parallel()
	const (
		sheet = "xl/worksheets/sheet1.xml"
		row   = `<worksheet><sheetData><row r="1"><c r="A1" s="1"><f>B1</f><v>1</v></c><c r="B1" t="s"><v>3</v></c></row></sheetData></worksheet>`
	)
	original := func() parts {
		return parts{sheet: []byte(row), "xl/media/image1.png": []byte("png"), "xl/styles.xml": []byte("a"), "xl/calcChain.xml": []byte("c")}
	}
	with := func(part, content string) parts {
		p := original()
		p[part] = []byte(content)
		return p
	}
	without := func(part string) parts {
		p := original()
		delete(p, part)
		return p
	}
	cells := func(inner string) parts {
		return with(sheet, `<worksheet><sheetData><row r="1">`+inner+`</row></sheetData></worksheet>`)
	}
	const b1 = `<c r="B1" t="s"><v>3</v></c>`
	for name, tt := range map[string]struct {
		after  parts
		marked string
		want   bool
	}{
		"the same":                {original(), "", true},
		"in other words":          {cells(`<c r="A1" s="1"><f>B1</f><v>1</v></c>` + b1 + `<c r="C1" s="7"/>`), "", true},
		"styles and calc chain":   {with("xl/styles.xml", "b"), "", true},
		"no calc chain":           {without("xl/calcChain.xml"), "", true},
		"another value":           {cells(`<c r="A1" s="1"><f>B1</f><v>2</v></c>` + b1), "", false},
		"another formula":         {cells(`<c r="A1" s="1"><f>B2</f><v>1</v></c>` + b1), "", false},
		"no formula":              {cells(`<c r="A1" s="1"><v>1</v></c>` + b1), "", false},
		"another type":            {cells(`<c r="A1" s="1"><f>B1</f><v>1</v></c><c r="B1"><v>3</v></c>`), "", false},
		"another cell":            {cells(`<c r="A2" s="1"><f>B1</f><v>1</v></c>` + b1), "", false},
		"another style":           {cells(`<c r="A1" s="2"><f>B1</f><v>1</v></c>` + b1), "", false},
		"another style, marked":   {cells(`<c r="A1" s="2"><f>B1</f><v>1</v></c>` + b1), "A1", true},
		"a cell less":             {cells(b1), "", false},
		"a picture less":          {without("xl/media/image1.png"), "", false},
		"a changed picture":       {with("xl/media/image1.png", "gif"), "", false},
		"a sheet less":            {without(sheet), "", false},
		"an attribute twice":      {with(sheet, strings.Replace(row, "</worksheet>", `<o xmlns:r="r" xmlns:r="r"/></worksheet>`, 1)), "", false},
		"twice in the styles":     {with("xl/styles.xml", `<styleSheet a="1" a="2"/>`), "", false},
		"styles without an end":   {with("xl/styles.xml", `<styleSheet>`), "", false},
		"a sheet that has no end": {with(sheet, row[:40]), "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := original()
			cells, err := before.bearable()
			if err != nil {
				t.Fatal(err)
			}
			err = faithful(before, cells, tt.after, "", func(cell string) bool { return cell == tt.marked })
			if (err == nil) != tt.want {
				t.Errorf("faithful = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestReadCellsBoundsTheBox(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		row  string
		want bool
	}{
		"small":               {`<row r="9"><c r="C9"><v>1</v></c></row>`, true},
		"last row":            {`<row r="1048576"><c r="A1048576"/></row>`, false},
		"absurd row":          {`<row r="99999999999"/>`, false},
		"row beyond counting": {`<row r="1"/><row r="99999999999999999999"/>`, false},
		"cell below its row":  {`<row><c r="A1048576"><v>1</v></c></row>`, false},
		"cell without a name": {`<row><c><v>1</v></c><c><v>2</v></c></row>`, true},
		"cell with no place":  {`<row r="1"><c r="hello"><v>1</v></c></row>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := readCells([]byte(`<worksheet><sheetData>` + tt.row + `</sheetData></worksheet>`))
			if (err == nil) != tt.want || err != nil && !errors.Is(err, errUnsuitable) {
				t.Errorf("readCells = %v, want it to pass: %v", err, tt.want)
			}
		})
	}
}

// TestWithComments gives comments the names by which excelize pairs them.
func TestWithComments(t *testing.T) {
	t.Parallel()
	rels := func(comments, drawing string) []byte {
		const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
		return []byte(`<Relationships><Relationship Id="rId1" Type="` + kind + `comments" Target="` + comments + `"/><Relationship Id="rId2" Type="` + kind + `vmlDrawing" Target="` + drawing + `"/></Relationships>`)
	}
	p := parts{
		contentTypes:                          []byte(`<Types><Override PartName="/xl/comments2.xml"/><Override PartName="/xl/comments/comment1.xml"/></Types>`),
		"xl/worksheets/_rels/sheet1.xml.rels": rels("/xl/comments/comment1.xml", "/xl/drawings/commentsDrawing1.vml"),
		"xl/worksheets/_rels/sheet2.xml.rels": rels("../comments2.xml", "../drawings/vmlDrawing1.vml"),
		"xl/comments/comment1.xml":            []byte("one"),
		"xl/drawings/commentsDrawing1.vml":    []byte("drawing one"),
		"xl/comments2.xml":                    []byte("two"),
		"xl/drawings/vmlDrawing1.vml":         []byte("drawing two"),
		"xl/worksheets/_rels/sheet3.xml.rels": []byte(`<Relationships/>`),
	}
	if p.takesComments() {
		t.Fatal("the package is in order already")
	}
	got, _, err := p.withComments()
	if err != nil {
		t.Fatal(err)
	}
	if !got.takesComments() {
		t.Error("comments and drawings are not paired")
	}
	for name, want := range map[string]string{
		"xl/comments1.xml": "one", "xl/drawings/vmlDrawing1.vml": "drawing one", "xl/comments2.xml": "two", "xl/drawings/vmlDrawing2.vml": "drawing two",
		contentTypes:                          `<Types><Override PartName="/xl/comments2.xml"/><Override PartName="/xl/comments1.xml"/></Types>`,
		"xl/worksheets/_rels/sheet1.xml.rels": string(rels("../comments1.xml", "../drawings/vmlDrawing1.vml")),
		"xl/worksheets/_rels/sheet2.xml.rels": string(rels("../comments2.xml", "../drawings/vmlDrawing2.vml")),
	} {
		if string(got[name]) != want {
			t.Errorf("part %s is %q, want %q", name, got[name], want)
		}
	}
}

func TestTakesComments(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		parts []string
		want  bool
	}{
		"none":              {nil, true},
		"as Excel writes":   {[]string{"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}, true},
		"as openpyxl does":  {[]string{"xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"}, false},
		"unequal numbers":   {[]string{"xl/comments2.xml", "xl/drawings/vmlDrawing1.vml"}, false},
		"a gap":             {[]string{"xl/comments2.xml", "xl/drawings/vmlDrawing2.vml"}, false},
		"buttons":           {[]string{"xl/drawings/vmlDrawing1.vml"}, false},
		"threaded comments": {[]string{"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/threadedComments/threadedComment1.xml"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := parts{}
			for _, part := range tt.parts {
				p[part] = nil
			}
			if got := p.takesComments(); got != tt.want {
				t.Errorf("takesComments = %v, want %v", got, tt.want)
			}
		})
	}
}
