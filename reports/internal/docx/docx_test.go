package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tonghop/reports/internal/docx"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// document packs a main part with the given body.
func document(t *testing.T, body string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, part := range [][2]string{{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`}} {
		w, err := archive.Create(part[0])
		must(t, err)
		_, err = w.Write([]byte(part[1]))
		must(t, err)
	}
	must(t, archive.Close())
	return out.Bytes()
}

// body is what stands in the body of a document.
func body(t *testing.T, data []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	file, err := archive.Open("word/document.xml")
	must(t, err)
	text, err := io.ReadAll(file)
	must(t, err)
	must(t, file.Close())
	text = bytes.TrimPrefix(text, []byte(`<w:document xmlns:w="w"><w:body>`))
	return string(bytes.TrimSuffix(text, []byte(`</w:body></w:document>`)))
}

func values() docx.Values {
	return docx.Values{
		Field: func(marker string) (string, bool) {
			text, ok := map[string]string{"@unit": "Tỉnh <A> & B", "HT01": "32.775", "lines": "một\nhai"}[marker]
			return text, ok
		},
		Lists: map[string][]map[string]string{
			"units": {{"name": "An", "score": "9"}, {"name": "Bình {{HT01}}", "score": "8"}},
			"body":  {{"heading": "I"}, {"sentence": "một"}, {"sentence": "hai"}, {"heading": "II"}, {"sentence": "ba"}},
			"none":  {},
		},
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, want string }{
		{"no marker", `<w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p>`, `<w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p>`},
		{"a text is no markup", `<w:p><w:t>{{@unit}}</w:t></w:p>`, `<w:p><w:t xml:space="preserve">Tỉnh &lt;A&gt; &amp; B</w:t></w:p>`},
		{"within a text", `<w:p><w:t>Có {{ HT01 }} người</w:t></w:p>`, `<w:p><w:t xml:space="preserve">Có 32.775 người</w:t></w:p>`},
		{
			"cut into pieces by Word", `<w:p><w:r><w:t>Có {{H</w:t></w:r><w:proofErr/><w:r><w:t xml:space="preserve">T0</w:t></w:r><w:r><w:t>1}} người</w:t></w:r></w:p>`,
			`<w:p><w:r><w:t xml:space="preserve">Có 32.775</w:t></w:r><w:proofErr/><w:r><w:t xml:space="preserve"></w:t></w:r><w:r><w:t xml:space="preserve"> người</w:t></w:r></w:p>`,
		},
		{"nobody's marker stays", `<w:p><w:t>{{WHAT}}</w:t></w:p>`, `<w:p><w:t xml:space="preserve">{{WHAT}}</w:t></w:p>`},
		{"lines", `<w:p><w:t>{{lines}}</w:t></w:p>`, `<w:p><w:t xml:space="preserve">một hai</w:t></w:p>`},
		{
			"a table row for each row, and no marker in a value", `<w:tbl><w:tr><w:tc><w:p><w:t>Tên</w:t></w:p></w:tc></w:tr> <w:tr><w:tc><w:p><w:t>{{units/name}}</w:t></w:p></w:tc><w:tc><w:p><w:t>{{units/score}}</w:t></w:p></w:tc></w:tr></w:tbl>`,
			`<w:tbl><w:tr><w:tc><w:p><w:t>Tên</w:t></w:p></w:tc></w:tr> <w:tr><w:tc><w:p><w:t xml:space="preserve">An</w:t></w:p></w:tc><w:tc><w:p><w:t xml:space="preserve">9</w:t></w:p></w:tc></w:tr>` +
				`<w:tr><w:tc><w:p><w:t xml:space="preserve">Bình {{HT01}}</w:t></w:p></w:tc><w:tc><w:p><w:t xml:space="preserve">8</w:t></w:p></w:tc></w:tr></w:tbl>`,
		},
		{
			"paragraphs in turn", `<w:p><w:t>{{body/heading}}</w:t></w:p><w:p><w:t>- {{body/sentence}}</w:t></w:p><w:p><w:t>./.</w:t></w:p>`,
			`<w:p><w:t xml:space="preserve">I</w:t></w:p><w:p><w:t xml:space="preserve">- một</w:t></w:p><w:p><w:t xml:space="preserve">- hai</w:t></w:p>` +
				`<w:p><w:t xml:space="preserve">II</w:t></w:p><w:p><w:t xml:space="preserve">- ba</w:t></w:p><w:p><w:t>./.</w:t></w:p>`,
		},
		{"a row for none", `<w:tbl><w:tr><w:tc><w:p><w:t>{{none/name}}</w:t></w:p></w:tc></w:tr></w:tbl>`, ``},
		{"headers above nothing", `<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:t>Tên</w:t></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:t>{{none/name}}</w:t></w:p></w:tc></w:tr></w:tbl>`, ``},
		{"a table without a list", `<w:tbl><w:tr><w:tc><w:p><w:t>Tên</w:t></w:p></w:tc></w:tr></w:tbl>`, `<w:tbl><w:tr><w:tc><w:p><w:t>Tên</w:t></w:p></w:tc></w:tr></w:tbl>`},
		{"a paragraph for none", `<w:p><w:t>./.</w:t></w:p><w:p><w:t>- {{none/name}}: {{none/due}}.</w:t></w:p>`, `<w:p><w:t>./.</w:t></w:p>`},
		{"a cell's paragraph for none", `<w:tc><w:p><w:t>{{none/name}}</w:t></w:p></w:tc>`, `<w:tc><w:p><w:t xml:space="preserve"></w:t></w:p></w:tc>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := docx.Fill(document(t, tt.body), values())
			must(t, err)
			if diff := cmp.Diff(tt.want, body(t, got)); diff != "" {
				t.Errorf("body mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMarkers(t *testing.T) {
	t.Parallel()
	got, err := docx.Markers(document(t, `<w:p><w:t>{{@unit}} {{HT</w:t><w:t>01:rate}} {{@unit}}</w:t></w:p><w:p><w:t>{{units/name}} {{}</w:t></w:p>`))
	must(t, err)
	if diff := cmp.Diff([]string{"@unit", "HT01:rate", "units/name"}, got); diff != "" {
		t.Errorf("markers mismatch (-want +got):\n%s", diff)
	}
}

func TestNoDocument(t *testing.T) {
	t.Parallel()
	var empty bytes.Buffer
	must(t, zip.NewWriter(&empty).Close())
	for name, data := range map[string][]byte{"text": []byte("báo cáo"), "another archive": empty.Bytes()} {
		if _, err := docx.Fill(data, values()); !errors.Is(err, docx.ErrNoDocument) {
			t.Errorf("%s gave %v, want ErrNoDocument", name, err)
		}
	}
	for name, body := range map[string]string{
		"broken XML": `<w:p>`, "deep XML": strings.Repeat(`<w:a>`, 100_000) + strings.Repeat(`</w:a>`, 100_000),
		"a bomb": `<w:p>` + strings.Repeat(" ", 65<<20) + `</w:p>`,
	} {
		if _, err := docx.Fill(document(t, body), values()); err == nil {
			t.Errorf("%s was filled", name)
		}
	}
}
