package clerk_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/clerk"
	"tonghop/pipeline/config"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/workbook"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// demo is the demo's deliveries, made once.
var demo = sync.OnceValues(sample.Deliveries)

func deliveries(t *testing.T) []sample.Delivery {
	t.Helper()
	all, err := demo()
	must(t, err)
	return all
}

// calendar is the demo's year.
func calendar(x pipeline.Exceptions) pipeline.Calendar {
	return pipeline.Calendar{StartMonth: time.December, StartDay: 1, Exceptions: x}
}

// server is the rules of the demo workspace, read once.
var server = sync.OnceValues(func() (*assess.Rules, error) {
	inputs, err := sample.Inputs()
	if err != nil {
		return nil, err
	}
	files := fstest.MapFS{}
	for _, in := range inputs {
		files[in.Path] = &fstest.MapFile{Data: in.Data}
	}
	below, err := fs.Sub(files, "inputs")
	if err != nil {
		return nil, err
	}
	rules, findings, err := assess.Load(below, calendar)
	if rules == nil {
		err = fmt.Errorf("load the demo's catalogue: %w, %v", err, findings)
	}
	return rules, err
})

// order is a bundle of the demo workspace, with a stand-in for the program.
func order(t *testing.T, unit string) clerk.Order {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "tonghop.toml"), []byte("year_starts = \"12-01\"\nsample = true\n"), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "kiemtra.exe"), []byte("the program"), 0o755))
	c, err := config.Load(dir, "")
	must(t, err)
	rules, err := server()
	must(t, err)
	text, err := lang.Load("vi")
	must(t, err)
	return clerk.Order{Config: c, Rules: rules, Text: text, Unit: unit, Made: time.Date(2016, 1, 5, 0, 0, 0, 0, time.UTC), System: "windows", Programs: dir}
}

// bundle packs and unpacks a bundle for the unit, with blank forms.
func bundle(t *testing.T, unit string, forms ...clerk.File) (dir string, b *clerk.Bundle) {
	t.Helper()
	o := order(t, unit)
	o.Forms = forms
	files, err := clerk.Pack(o)
	must(t, err)
	dir = t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, f.Data, f.Mode))
	}
	b, err = clerk.Open(dir)
	must(t, err)
	return dir, b
}

// Every file of the demo gets from its unit's bundle the verdict and the findings
// that the server's rules give it: the same figures too, and the same period.
func TestSameVerdictAsServer(t *testing.T) {
	t.Parallel()
	server, err := server()
	must(t, err)
	type desk struct {
		dir    string
		bundle *clerk.Bundle
	}
	desks := map[string]desk{}
	checked := 0
	for _, d := range deliveries(t) {
		for _, f := range d.Files {
			unit, below, found := strings.Cut(f.Path, "/")
			if folder := intake.UnitOfFolder(server.Catalogue, unit); !found || folder == "" {
				continue // a stray file of the inbox is no unit's
			}
			if _, ok := desks[unit]; !ok {
				dir, b := bundle(t, unit)
				desks[unit] = desk{dir, b}
			}
			name := filepath.Join(desks[unit].dir, filepath.FromSlash(below))
			must(t, os.MkdirAll(filepath.Dir(name), 0o755))
			must(t, os.WriteFile(name, f.Data, 0o644))
			got, _, err := desks[unit].bundle.Judge(name, d.Now)
			must(t, err)
			want, err := server.Assess(assess.Input{
				File: intake.File{Path: f.Path, Size: int64(len(f.Data))}, SHA256: got.SHA256, Data: f.Data, Now: d.Now, Zone: desks[unit].bundle.Config.Zone,
			})
			must(t, err)
			if diff := cmp.Diff(want.Submission, got.Submission); diff != "" {
				t.Errorf("%s: the unit is told otherwise (-server +unit):\n%s", f.Path, diff)
			}
			if f.Verdict != "" && (f.Verdict != got.Verdict || !slices.Equal(f.Codes, codes(got))) {
				t.Errorf("%s: %s %v, want %s %v", f.Path, got.Verdict, codes(got), f.Verdict, f.Codes)
			}
			checked++
		}
	}
	if checked < 100 {
		t.Errorf("%d files checked, want the demo's hundred and more", checked)
	}
	t.Logf("%d files checked", checked)
}

func codes(r assess.Result) []string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, f.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A bundle for any unit goes by the name that the workbook gives.
func TestAnyUnit(t *testing.T) {
	t.Parallel()
	_, b := bundle(t, "")
	d := deliveries(t)[0]
	f := d.Files[0]
	name := filepath.Join(t.TempDir(), filepath.Base(f.Path))
	must(t, os.WriteFile(name, f.Data, 0o644))
	result, _, err := b.Judge(name, d.Now)
	must(t, err)
	if unit, _, _ := strings.Cut(f.Path, "/"); result.Unit != unit || result.Verdict != f.Verdict {
		t.Errorf("judged as %s of %s, want %s of %s", result.Verdict, result.Unit, f.Verdict, unit)
	}
	if b.UnitName(d.Now) != "" {
		t.Errorf("the bundle says that it is for %q", b.UnitName(d.Now))
	}
}

// A bundle holds what judging needs, and of no unit what only concerns it.
func TestPackHoldsNoTargets(t *testing.T) {
	t.Parallel()
	o := order(t, "H05")
	files, err := clerk.Pack(o)
	must(t, err)
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
		if f.Name != "inputs/catalogue.xlsx" {
			continue
		}
		book, err := workbook.Read(f.Data, workbook.DefaultLimits())
		must(t, err)
		var sheets []string
		for _, s := range book.Sheets {
			sheets = append(sheets, s.Name)
		}
		if diff := cmp.Diff([]string{"Đơn vị", "Chỉ tiêu", "Biểu mẫu", "Kỳ", "Kiểm tra"}, sheets); diff != "" {
			t.Errorf("sheets of the bundle's catalogue mismatch (-want +got):\n%s", diff)
		}
	}
	want := []string{"HUONG-DAN.html", "inputs/catalogue.xlsx", "inputs/forms/1464.xlsx", "inputs/forms/2-HDCD.xlsx", "inputs/forms/KH-07.xlsx", "kiemtra.exe", "tonghop.toml"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("files of the bundle mismatch (-want +got):\n%s", diff)
	}
	again, err := clerk.Pack(o)
	must(t, err)
	if diff := cmp.Diff(files, again); diff != "" {
		t.Error("packing twice gives other bytes")
	}
	o.System = "linux"
	if _, err := clerk.Pack(o); !errors.Is(err, clerk.ErrNoProgram) {
		t.Errorf("without its program Pack gives %v, want ErrNoProgram", err)
	}
}

func TestOpenOutsideBundle(t *testing.T) {
	t.Parallel()
	if _, err := clerk.Open(t.TempDir()); !errors.Is(err, clerk.ErrBundle) {
		t.Errorf("Open gives %v, want ErrBundle", err)
	}
	dir, _ := bundle(t, "H05")
	must(t, os.WriteFile(filepath.Join(dir, "tonghop.toml"), []byte("year_starts = \"12-01\"\n[clerk]\nunit = \"H99\"\n"), 0o644))
	if _, err := clerk.Open(dir); !errors.Is(err, clerk.ErrBundle) {
		t.Errorf("Open for an unknown unit gives %v, want ErrBundle", err)
	}
}

// Answers lie beside the workbook, each under a name of its own; the workbook and
// what else lies there stay as they are.
func TestCheckWritesBeside(t *testing.T) {
	t.Parallel()
	dir, b := bundle(t, "H05")
	var sent sample.File
	var now time.Time
	for _, d := range deliveries(t) {
		for _, f := range d.Files {
			if strings.HasPrefix(f.Path, "H05/") && f.Verdict == pipeline.Accepted && sent.Path == "" {
				sent, now = f, d.Now
			}
		}
	}
	name := filepath.Join(dir, "báo cáo.xlsx")
	must(t, os.WriteFile(name, sent.Data, 0o444))
	first, err := b.Check(name, now)
	must(t, err)
	if first.Answer != name+".phan-hoi.xlsx" || first.Again || first.Moved || first.Verdict != pipeline.Accepted {
		t.Errorf("first check: %s in %s, %+v", first.Verdict, first.Answer, first)
	}
	mended, err := os.ReadFile(first.Answer)
	must(t, err)
	second, err := b.Check(first.Answer, now) // what was mended in the answer
	must(t, err)
	if second.Answer != name+".phan-hoi (2).xlsx" || !second.Again || second.Verdict != pipeline.Accepted {
		t.Errorf("check of the answer: %s in %s", second.Verdict, second.Answer)
	}
	for path, want := range map[string][]byte{name: sent.Data, first.Answer: mended} {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s was changed: %v", path, err)
		}
	}
	waiting, all, err := b.Waiting()
	if err != nil || all != 1 || len(waiting) != 0 {
		t.Errorf("waiting: %v of %d, %v; want none of one", waiting, all, err)
	}
	must(t, os.Chtimes(name, time.Time{}, time.Now().Add(time.Minute)))
	must(t, os.WriteFile(filepath.Join(dir, "~$báo cáo.xlsx"), nil, 0o644))
	if waiting, _, err = b.Waiting(); err != nil || !slices.Equal(waiting, []string{name}) || !clerk.IsOpen(name) {
		t.Errorf("after a change %v wait, %v; want %s, which is open", waiting, err, name)
	}
}

// A form that came blank with the bundle waits for no check until the clerk has written into
// it; the page says what is to be filled in.
func TestBlankForms(t *testing.T) {
	t.Parallel()
	dir, b := bundle(t, "H05", clerk.File{Name: "1464 nam 2015 H05.xlsx", Data: []byte("blank"), Mode: 0o644})
	name := filepath.Join(dir, "1464 nam 2015 H05.xlsx")
	if waiting, all, err := b.Waiting(); err != nil || all != 0 || len(waiting) != 0 {
		t.Errorf("waiting: %v of %d, %v; want none", waiting, all, err)
	}
	if guide, err := os.ReadFile(filepath.Join(dir, clerk.GuideName)); err != nil || !strings.Contains(string(guide), "<li>1464 nam 2015 H05.xlsx</li>") {
		t.Errorf("the guide does not name the form: %v", err)
	}
	must(t, os.WriteFile(name, []byte("filled in"), 0o644))
	if waiting, _, err := b.Waiting(); err != nil || !slices.Equal(waiting, []string{name}) {
		t.Errorf("waiting: %v, %v; want %s", waiting, err, name)
	}
}

// What is no workbook gets a page, what claims to be none gets nothing.
func TestCheckOfOtherFiles(t *testing.T) {
	t.Parallel()
	dir, b := bundle(t, "H05")
	now := time.Date(2016, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, answer string
		verdict      pipeline.Verdict
	}{
		{"broken.xlsx", "broken.xlsx.phan-hoi.html", pipeline.Refused},
		{"scan.pdf", "", pipeline.Attachment},
	} {
		name := filepath.Join(dir, tt.name)
		must(t, os.WriteFile(name, []byte("%PDF-1.4"), 0o644))
		c, err := b.Check(name, now)
		must(t, err)
		if c.Verdict != tt.verdict || strings.TrimPrefix(c.Answer, dir+string(filepath.Separator)) != tt.answer {
			t.Errorf("%s: %s, answer %q; want %s, %q", tt.name, c.Verdict, c.Answer, tt.verdict, tt.answer)
		}
	}
	if _, err := b.Check(filepath.Join(dir, "absent.xlsx"), now); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there gives %v", err)
	}
}

// The program for units knows no database, and builds without C for Windows.
func TestProgramHasNoDatabase(t *testing.T) {
	t.Parallel()
	list := exec.Command("go", "list", "-deps", "tonghop/cmd/kiemtra")
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=windows")
	out, err := list.Output()
	must(t, err)
	for _, pkg := range strings.Fields(string(out)) {
		if strings.Contains(pkg, "duckdb") || strings.Contains(pkg, "arrow") || pkg == "tonghop/pipeline/store" || pkg == "net/http" {
			t.Errorf("cmd/kiemtra depends on %s", pkg)
		}
	}
	if !strings.Contains(string(out), "tonghop/pipeline/assess\n") {
		t.Error("cmd/kiemtra does not judge by pipeline/assess")
	}
}
