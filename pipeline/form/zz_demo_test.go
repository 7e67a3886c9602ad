package form_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/form"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/workbook"
)

func TestZZ(t *testing.T) {
	read := func(name string) *workbook.Book {
		data, err := os.ReadFile("../../inputs/" + name)
		if err != nil { t.Fatal(err) }
		b, err := workbook.Read(data, workbook.DefaultLimits())
		if err != nil { t.Fatal(err) }
		return b
	}
	cat, fs := catalogue.Load(read("catalogue.xlsx"))
	fmt.Println(fs)
	var layouts []*form.Layout
	for _, f := range cat.Forms {
		l, found := form.Parse(f, read("forms/"+f.File), cat)
		fmt.Println(f.Code, found, len(l.Cells))
		for _, c := range l.Cells { if c.Marker.Input() { fmt.Println("   ", c.Marker, c.Name(), c.RowPath, c.ColumnPath) } }
		layouts = append(layouts, l)
	}
	fmt.Println(form.Conflicts(layouts, cat))
	vi, _ := lang.Load("vi")
	all, err := sample.Deliveries()
	if err != nil { t.Fatal(err) }
	n := 0
	var total time.Duration
	for _, d := range all {
		for _, f := range d.Files {
			b, err := workbook.Read(f.Data, workbook.DefaultLimits())
			if err != nil { fmt.Println(f.Path, err); continue }
			start := time.Now()
			m, found := form.Recognise(layouts, b, f.Path)
			if m == nil { fmt.Println("NOT", f.Path, found); continue }
			facts, found := m.Extract(cat)
			total += time.Since(start)
			n++
			if n < 3 { fmt.Println(len(facts), m.Header, m.TopText) }
			if len(found) > 0 || len(f.Codes) > 0 {
				fmt.Printf("%s  want %v %v\n", f.Path, f.Verdict, f.Codes)
				for _, x := range found { fmt.Println("     ", x.Severity, x.Code, x.Sheet, x.Cell, "|", vi.Message(x)) }
				fmt.Println("     ", m.Header)
			}
		}
	}
	fmt.Println(n, total)
	_ = bytes.Equal
}
