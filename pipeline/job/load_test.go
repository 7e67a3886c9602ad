package job_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The province of the load: each quarter a report of loadIndicators figures from each
// of loadUnits units.
const (
	loadUnits      = 1000
	loadIndicators = 100
)

// TestLoad is make load: it measures a run that takes LOAD quarters of reports (such as
// "1 10 100": a thousand to a hundred thousand reports, up to ten million facts) by
// the whole program, files and workers and all, and then one that takes a single
// corrected report. It asserts nothing about time.
func TestLoad(t *testing.T) {
	sizes := strings.Fields(os.Getenv("LOAD"))
	if len(sizes) == 0 {
		t.Skip("make load measures it")
	}
	for _, size := range sizes {
		quarters, err := strconv.Atoi(size)
		must(t, err)
		w := newProvince(t)
		w.now = time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC)
		for back := range quarters {
			w.quarter(lastQuarter - back)
		}
		name := fmt.Sprintf("%d reports, %d facts", quarters*loadUnits, quarters*loadUnits*loadIndicators)
		w.measure(name)
		w.now = w.now.Add(time.Minute)
		w.report(0, lastQuarter, 7)
		w.measure(name + ", and one more")
		must(t, os.RemoveAll(w.dir))
	}
}

// A crowd is a workspace with many units.
type crowd struct {
	*workspace
	form []*zip.File // a filled form
}

// The texts and the figures that the filled form has for those of a report.
const (
	loadUnit   = "ĐƠN VỊ CỦA BÁO CÁO"
	loadPeriod = "KỲ CỦA BÁO CÁO"
	loadFigure = 900_000_000
)

func newProvince(t *testing.T) *crowd {
	w := &crowd{workspace: emptyWorkspace(t)}
	units := [][]any{{"code", "name", "kind", "parent"}, {"P", "Liên đoàn Lao động tỉnh", "province", nil}}
	for u := range loadUnits {
		units = append(units, []any{fmt.Sprintf("U%03d", u), fmt.Sprintf("Công đoàn cơ sở %03d", u), "district", "P"})
	}
	indicators, markers, figures := [][]any{{"code", "name", "unit", "kind", "time"}}, []any{}, []any{}
	for i := range loadIndicators {
		indicators = append(indicators, []any{fmt.Sprintf("I%02d", i), fmt.Sprintf("Nội dung %02d", i), "lớp", "count", "flow"})
		markers, figures = append(markers, fmt.Sprintf("{{I%02d}}", i)), append(figures, loadFigure+i)
	}
	w.write("inputs/catalogue.xlsx", book(t, sheet{"units", units}, sheet{"indicators", indicators}, sheet{"forms", [][]any{
		{"code", "name", "file", "frequency", "unit_kinds"}, {"Q", "Báo cáo quý", "Q.xlsx", "quarter", "district"},
	}}))
	w.write("inputs/forms/Q.xlsx", benchForm(t, "{{@unit}}", "{{@period}}", markers))
	filled := benchForm(t, loadUnit, loadPeriod, figures)
	archive, err := zip.NewReader(bytes.NewReader(filled), int64(len(filled)))
	must(t, err)
	w.form = archive.File
	return w
}

// lastQuarter is the first one of 2026; quarters are counted through all years.
const lastQuarter = 4 * 2026

// quarter drops the reports for a quarter.
func (w *crowd) quarter(number int) {
	for u := range loadUnits {
		w.report(u, number, 0)
	}
}

// report drops one report; another version has other figures.
func (w *crowd) report(unit, quarter, version int) {
	year, n := quarter/4, 1+quarter%4
	texts := []string{loadUnit, fmt.Sprintf("Công đoàn cơ sở %03d", unit), loadPeriod, fmt.Sprintf("Quý %d năm %d", n, year)}
	for i := range loadIndicators {
		texts = append(texts, fmt.Sprint(loadFigure+i), fmt.Sprint(1+(unit*31+i*17+quarter*7+version)%90))
	}
	replace := strings.NewReplacer(texts...)
	var data bytes.Buffer
	archive := zip.NewWriter(&data)
	for _, part := range w.form {
		text := string(unpackedPart(w.t, part))
		written, err := archive.Create(part.Name)
		must(w.t, err)
		_, err = replace.WriteString(written, text)
		must(w.t, err)
	}
	must(w.t, archive.Close())
	w.write(fmt.Sprintf("inputs/inbox/U%03d/%d-Q%d.xlsx", unit, year, n), data.Bytes())
}

// measure does a run in a process of its own and tells what it took, with its
// workers: time, processor time, and the most memory of one process.
func (w *crowd) measure(name string) {
	w.t.Helper()
	run := w.child()
	run.Env = append(run.Env, "TEST_RUN_STAGES=1")
	run.Stderr = os.Stderr
	begun := time.Now()
	must(w.t, run.Run())
	usage := run.ProcessState.SysUsage().(*syscall.Rusage)
	w.t.Logf("%-50s %8.1f s, %8.1f s of processors, at most %d MB", name, time.Since(begun).Seconds(),
		(run.ProcessState.UserTime() + run.ProcessState.SystemTime()).Seconds(), usage.Maxrss/1024)
}
