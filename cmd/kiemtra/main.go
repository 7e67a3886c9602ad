// Command kiemtra checks a unit's workbooks on its own PC before they are sent.
//
// It lies in a bundle, which `tonghop bundle` makes: dragged files are checked,
// or by a double-click every workbook in the bundle's folder that is new. The
// answer is written beside the workbook and opened. It needs no network, no
// database and no installation.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tonghop/internal/licence"
)

// usage is in the clerks' language; nobody else has this program.
const usage = `Cách dùng: kiemtra [tùy chọn] [báo cáo.xlsx …]

Kiểm tra báo cáo trước khi nộp. Chương trình nằm trong bộ kiểm tra do tỉnh gửi, cạnh tệp HUONG-DAN.html.
Không ghi tên tệp thì kiểm tra mọi báo cáo mới trong thư mục của bộ kiểm tra.

Tùy chọn:
`

func main() {
	open := flag.Bool("open", true, "mở phiếu kiểm tra khi xong")
	licences := flag.Bool("licences", false, "in giấy phép của các phần mềm có trong chương trình")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if *licences {
		if err := licence.Write(os.Stdout); err != nil {
			os.Exit(exitFailed)
		}
		return
	}
	d := desk{dir: programFolder(), now: time.Now(), out: os.Stdout, open: show}
	if !*open {
		d.open = nil
	}
	if !ownsConsole() {
		os.Exit(d.serve(flag.Args()))
	}
	// The window closes with the program, and its font may lack letters.
	var said bytes.Buffer
	d.out = &said
	hideConsole()
	code := d.serve(flag.Args())
	showBox(said.String(), code == exitDone)
	os.Exit(code)
}

// programFolder is the folder that the program lies in, which is the bundle.
func programFolder() string {
	executable, err := os.Executable()
	if err == nil {
		executable, err = filepath.EvalSymlinks(executable)
	}
	if err != nil {
		return "."
	}
	return filepath.Dir(executable)
}
