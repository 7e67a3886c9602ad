package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/inputs/demo/sample"
)

// A call of the program, as a clerk sees it.
type call struct {
	t      *testing.T
	desk   desk
	out    bytes.Buffer
	opened []string
}

// newCall makes a folder with the demo's rules and no settings: a bundle for any
// unit.
func newCall(t *testing.T) *call {
	t.Helper()
	c := &call{t: t}
	inputs, err := sample.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	c.desk = desk{dir: t.TempDir(), now: time.Date(2014, 6, 9, 9, 0, 0, 0, time.UTC), out: &c.out}
	c.desk.open = func(path string) error {
		c.opened = append(c.opened, filepath.Base(path))
		return nil
	}
	for _, in := range inputs {
		c.write(in.Path, in.Data)
	}
	c.write("tonghop.toml", []byte("year_starts = \"12-01\"\n[clerk]\nunit = \"\"\nmade = \"2014-06-01\"\n"))
	return c
}

func (c *call) write(name string, data []byte) string {
	c.t.Helper()
	path := filepath.Join(c.desk.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// serve is one call, which must end with the code, say all of the texts and open
// the files named.
func (c *call) serve(code int, args, said, opened []string) {
	c.t.Helper()
	c.out.Reset()
	c.opened = nil
	if got := c.desk.serve(args); got != code {
		c.t.Errorf("exit code %d, want %d", got, code)
	}
	for _, text := range said {
		if !strings.Contains(c.out.String(), text) {
			c.t.Errorf("not said: %s\n%s", text, c.out.String())
		}
	}
	if strings.Join(c.opened, "|") != strings.Join(opened, "|") {
		c.t.Errorf("opened %q, want %q", c.opened, opened)
	}
}

func TestServe(t *testing.T) {
	t.Parallel()
	deliveries, err := sample.Deliveries()
	if err != nil {
		t.Fatal(err)
	}
	good, wrong := deliveries[0].Files[0].Data, []byte("PK broken")
	c := newCall(t)
	c.serve(exitDone, nil, []string{"ngày 01/06/2014", "chưa có báo cáo nào", "HUONG-DAN.html"}, []string{"HUONG-DAN.html"})
	report, broken := c.write("bc 6T.xlsx", good), c.write("hong.xlsx", wrong)
	c.serve(exitRefused, nil, []string{"bc 6T.xlsx: ĐỦ ĐIỀU KIỆN", "hong.xlsx: CẦN SỬA TRƯỚC KHI NỘP, 1 lỗi", "CHƯA NỘP"},
		[]string{"bc 6T.xlsx.phan-hoi.xlsx", "hong.xlsx.phan-hoi.html"})
	c.serve(exitDone, nil, []string{"2 báo cáo trong thư mục này đã có phiếu"}, nil)
	c.serve(exitDone, []string{report}, []string{"có tên khác"}, []string{"bc 6T.xlsx.phan-hoi (2).xlsx"})
	c.serve(exitRefused, []string{report, broken, report, report}, []string{"nhiều phiếu"}, nil)
	c.serve(exitUsage, []string{c.desk.dir, filepath.Join(c.desk.dir, "absent.xlsx")}, []string{"là thư mục", "absent.xlsx: không tìm thấy tệp"}, nil)
	c.write("~$bc 6T.xlsx", nil)
	c.serve(exitDone, []string{report, c.write("scan.pdf", wrong)}, []string{"đang mở trong Excel", "không phải tệp Excel"}, []string{"bc 6T.xlsx.phan-hoi (6).xlsx"})
	c.desk.dir = t.TempDir() // opened inside a .zip file
	c.serve(exitUsage, nil, []string{"Giải nén tất cả"}, nil)
}
