package feedback_test

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline"
	"tonghop/reports/feedback"
)

// TestPartNames has a sheet in a part that excelize would give to the answer.
func TestPartNames(t *testing.T) {
	t.Parallel()
	moved := rezip(t, report(t), func(name, content string) (string, string) {
		for _, x := range []string{"2", "1"} {
			next := map[string]string{"1": "2", "2": "3"}[x]
			name = strings.ReplaceAll(name, "sheet"+x+".xml", "sheet"+next+".xml")
			content = strings.ReplaceAll(content, "sheet"+x+".xml", "sheet"+next+".xml")
		}
		return name, content
	})
	f := reopen(t, write(t, moved, answer(t)))
	if diff := cmp.Diff([]string{feedback.SheetName, unitSheet, "Ghi chú"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets mismatch (-want +got):\n%s", diff)
	}
	if got, err := f.GetCellValue("Ghi chú", "A1"); err != nil || got != "=1+1" {
		t.Errorf("the sheet in the coveted part says %q, %v", got, err)
	}
}

// rezip packs a workbook again with its parts changed; parts without a name are
// left out.
func rezip(t *testing.T, data []byte, change func(name, content string) (string, string)) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, file := range archive.File {
		r, err := file.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		must(t, err)
		name, text := change(file.Name, string(content))
		if name == "" {
			continue
		}
		part, err := w.Create(name)
		must(t, err)
		_, err = io.WriteString(part, text)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

func TestCleanWorkbook(t *testing.T) {
	t.Parallel()
	in := func(part, old, new string) []byte {
		return rezip(t, report(t), func(name, content string) (string, string) {
			if name == part {
				content = strings.Replace(content, old, new, 1)
			}
			return name, content
		})
	}
	const sheet1 = "xl/worksheets/sheet1.xml"
	// Where an element declares the main namespace again, excelize writes all the root's there: some twice.
	const main, r = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	declaredAnew := rezip(t, report(t), func(name, content string) (string, string) {
		if name == sheet1 {
			content = strings.Replace(content, main, main+" "+r, 1)
			content = strings.Replace(content, "</worksheet>", `<oleObjects><oleObject progId="Package" shapeId="1" r:id="rId9" `+r+" "+main+`/></oleObjects></worksheet>`, 1)
		}
		return name, content
	})
	for name, original := range map[string][]byte{
		"nothing":                 nil,
		"no package":              []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .xls"),
		"cut off":                 report(t)[:2000],
		"of another type":         in("[Content_Types].xml", "spreadsheetml.sheet.main+xml", "spreadsheetml.slide.main+xml"),
		"strict":                  in("xl/workbook.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
		"far cells":               in(sheet1, "</sheetData>", strings.Repeat(`<row><c r="XFD9"><v>1</v></c></row>`, 80)+"</sheetData>"),
		"last row":                in(sheet1, "</sheetData>", `<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>`),
		"unsorted cells":          in(sheet1, `<c r="A5"`, `<c r="E5"><v>5</v></c><c r="A5"`),
		"broken XML":              in(sheet1, "</row>", "</rom>"),
		"namespace declared anew": declaredAnew,
		"no styles":               in("xl/styles.xml", "<fonts", "<nofonts"),
		"an earlier answer":       write(t, nil, answer(t)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := reopen(t, write(t, original, answer(t)))
			if diff := cmp.Diff([]string{feedback.SheetName}, f.GetSheetList()); diff != "" {
				t.Errorf("sheets mismatch (-want +got):\n%s", diff)
			}
			find(t, f, feedback.SheetName, "TRẢ LẠI ĐƠN VỊ")
		})
	}
}

// TestMacrosStayBehind answers a workbook with macros on a copy without them.
func TestMacrosStayBehind(t *testing.T) {
	t.Parallel()
	const plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	for name, kind := range map[string]string{
		"workbook": "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "template": "application/vnd.ms-excel.template.macroEnabled.main+xml",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			original := rezip(t, report(t), func(part, content string) (string, string) {
				switch part {
				case "[Content_Types].xml":
					content = strings.Replace(content, plain, kind, 1)
					content = strings.Replace(content, "</Types>", `<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1)
				case "xl/_rels/workbook.xml.rels":
					content = strings.Replace(content, "</Relationships>",
						`<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
				}
				return part, content
			})
			original = withPart(t, original, "xl/vbaProject.bin", "macro")
			data := write(t, original, answer(t))
			if diff := cmp.Diff([]string{feedback.SheetName, unitSheet, "Ghi chú"}, reopen(t, data).GetSheetList()); diff != "" {
				t.Errorf("sheets mismatch (-want +got):\n%s", diff)
			}
			rezip(t, data, func(part, content string) (string, string) {
				if strings.Contains(part+content, "vbaProject") || strings.Contains(content, "macroEnabled") {
					t.Errorf("part %s speaks of macros", part)
				}
				return part, content
			})
		})
	}
}

// withPart adds a part to a package.
func withPart(t *testing.T, data []byte, name, content string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, file := range archive.File {
		must(t, w.Copy(file))
	}
	part, err := w.Create(name)
	must(t, err)
	_, err = io.WriteString(part, content)
	must(t, err, w.Close())
	return out.Bytes()
}

func TestOutsideTextIsInert(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"formula": `=HYPERLINK("http://a.example","x")`, "dde": "=cmd|' /C calc'!A0", "at": "@SUM(A1)", "markup": `]]></t><script>alert(1)</script>&"'`,
		"control": "a\x00\x1b\u202e=1", "long": strings.Repeat("=1+", 20000), "template": "{n}{cell}{{.Title}}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := answer(t)
			f.UnitName, f.FormName, f.Submission.File = text, text, text
			for i := range f.Submission.Findings {
				x := &f.Submission.Findings[i]
				x.Code, x.Read, x.Expected = text, text, text
			}
			f.Submission.Findings = append(f.Submission.Findings, pipeline.Finding{Severity: pipeline.SeverityError, Sheet: text, Cell: text},
				pipeline.Finding{Severity: pipeline.SeverityError, Sheet: unitSheet, Cell: "XFD1048576"},
				pipeline.Finding{Severity: pipeline.SeverityError, Sheet: unitSheet, Cell: "A0"},
				pipeline.Finding{Severity: pipeline.SeverityError, Sheet: unitSheet, Cell: "A1:B2"})
			for i := range f.ReadBack {
				f.ReadBack[i].Name, f.ReadBack[i].Fact.Raw, f.ReadBack[i].Measure = text, text, text
			}
			data := write(t, report(t), f)
			if got := reopen(t, data).GetSheetList(); len(got) != 3 {
				t.Errorf("sheets are %q, want the unit's own and the answer", got)
			}
			rezip(t, data, func(part, content string) (string, string) {
				formulas := regexp.MustCompile(`<f>[^<]*</f>`).FindAllString(content, -1)
				if strings.HasPrefix(part, "xl/worksheets/") && len(formulas) > 0 && !cmp.Equal(formulas, []string{"<f>D4+1</f>"}) {
					t.Errorf("part %s has the formulas %q", part, formulas)
				}
				if strings.Contains(content, `TargetMode="External"`) {
					t.Errorf("part %s links to the outside", part)
				}
				return part, content
			})
			var page bytes.Buffer
			must(t, feedback.WriteHTML(&page, f, language(t, "vi")))
			if strings.Contains(page.String(), "<script") {
				t.Error("the page has a script")
			}
		})
	}
}
