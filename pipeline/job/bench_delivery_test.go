package job_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/assess"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/store"
	"tonghop/pipeline/workbook"
)

// The delivery of the benchmark: so many forms with rows of figures in columns.
const (
	deliveryForms = 2000
	deliveryRows  = 60
	deliveryUnits = 20
)

var deliveryColumns = []string{"Tổng số", "Nữ", "Công nhân", "Ngoài nhà nước"}

// A sentForm is a workbook of the delivery.
type sentForm struct {
	file intake.File
	sha  string
	data []byte
}

// BenchmarkDelivery reads, matches, checks and loads forms on two cores, beside a
// plain program that takes the same figures from the same cells with excelize and
// appends them, a transaction a workbook, in the same process and one after the
// other. It reports how many times less CPU and time are used, and the most
// memory beyond that of the forms.
func BenchmarkDelivery(b *testing.B) {
	rules, sent := delivery(b)
	var ours, plain spent
	for b.Loop() {
		ours.add(measured(b, func() { takeDelivery(b, rules, sent) }))
		plain.add(measured(b, func() { takePlainly(b, sent) }))
	}
	figures := float64(b.N * len(sent) * deliveryRows * len(deliveryColumns))
	b.ReportMetric(float64(plain.cpu)/float64(ours.cpu), "cpu-below-plain")
	b.ReportMetric(float64(plain.wall)/float64(ours.wall), "times-as-fast")
	b.ReportMetric(float64(ours.cpu)/figures, "cpu-ns/figure")
	b.ReportMetric(float64(ours.peak)/(1<<20), "peak-MB")
	b.ReportMetric(float64(plain.peak)/(1<<20), "plain-peak-MB")
}

// delivery makes the rules and the forms sent.
func delivery(b *testing.B) (*assess.Rules, []sentForm) {
	b.Helper()
	indicators := [][]any{{"code", "name", "unit", "kind", "time"}}
	checks := [][]any{{"code", "left", "operator", "right", "missing", "severity", "instruction"}}
	for row := range deliveryRows {
		for column, header := range deliveryColumns {
			indicators = append(indicators, []any{deliveryCode(row, column), deliveryLabel(row) + ", " + strings.ToLower(header), "người", "people", "flow"})
		}
		checks = append(checks, []any{fmt.Sprintf("K%02d", row), deliveryCode(row, 1), "<=", deliveryCode(row, 0), "skip_any", "error", "Số nữ không thể nhiều hơn tổng số."})
	}
	units := [][]any{{"code", "name", "kind", "parent"}, {"P", "Liên đoàn Lao động tỉnh", "province", nil}}
	for u := range deliveryUnits {
		units = append(units, []any{fmt.Sprintf("U%02d", u), fmt.Sprintf("Công đoàn huyện %02d", u), "district", "P"})
	}
	forms := [][]any{{"code", "name", "file", "frequency", "unit_kinds"}, {"M", "Báo cáo tháng", "M.xlsx", "month", "district"}}
	template := deliveredForm(b, "{{@unit}}", "{{@period}}", func(row, column int) any { return "{{" + deliveryCode(row, column) + "}}" })
	rules, findings, err := assess.Load(fstest.MapFS{
		"catalogue.xlsx": {Data: book(b, sheet{"units", units}, sheet{"indicators", indicators}, sheet{"forms", forms}, sheet{"checks", checks})},
		"forms/M.xlsx":   {Data: template},
	}, func(x pipeline.Exceptions) pipeline.Calendar { return pipeline.Calendar{Exceptions: x} })
	if err != nil || rules == nil {
		b.Fatalf("load rules: %v %+v", err, findings)
	}
	sent := make([]sentForm, deliveryForms)
	for i := range sent {
		unit, month := i%deliveryUnits, i/deliveryUnits
		data := deliveredForm(b, fmt.Sprintf("Công đoàn huyện %02d", unit), fmt.Sprintf("Tháng %d năm %d", month%12+1, 2017+month/12),
			func(row, column int) any { return (row*7919+i*31)%9000 + 1000 - column*100 })
		sum := sha256.Sum256(data)
		sent[i] = sentForm{intake.File{Path: fmt.Sprintf("U%02d/%03d.xlsx", unit, month), Size: int64(len(data))}, hex.EncodeToString(sum[:]), data}
	}
	return rules, sent
}

func deliveryCode(row, column int) string { return fmt.Sprintf("I%02d%d", row, column) }

func deliveryLabel(row int) string {
	return fmt.Sprintf("Số người được bồi dưỡng về nội dung %02d", row)
}

// deliveredForm is the form with the given figures.
func deliveredForm(b *testing.B, unit, period string, figure func(row, column int) any) []byte {
	b.Helper()
	header := []any{"TT", "Nội dung", "Đơn vị tính"}
	for _, name := range deliveryColumns {
		header = append(header, name)
	}
	rows := [][]any{{"Đơn vị báo cáo: " + unit}, {"BÁO CÁO THÁNG"}, {"Kỳ báo cáo: " + period}, header}
	for row := range deliveryRows {
		cells := []any{row + 1, deliveryLabel(row), "người"}
		for column := range deliveryColumns {
			cells = append(cells, figure(row, column))
		}
		rows = append(rows, cells)
	}
	return book(b, sheet{"Biểu", rows})
}

// takeDelivery judges the forms by two judges, as a run does, and loads them.
func takeDelivery(b *testing.B, rules *assess.Rules, sent []sentForm) {
	b.Helper()
	began := time.Now()
	submissions := make([]pipeline.Submission, len(sent))
	next := make(chan int)
	var judges sync.WaitGroup
	for range 2 {
		judges.Go(func() {
			var reader workbook.Reader
			for i := range next {
				result, err := rules.Assess(assess.Input{
					File: sent[i].file, SHA256: sent[i].sha, Data: sent[i].data, Now: time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC), Zone: time.UTC, Reader: &reader,
				})
				if err != nil || result.Verdict != pipeline.Accepted || len(result.Facts) != deliveryRows*len(deliveryColumns) {
					b.Errorf("%s: %v, %s with %d figures, %+v", sent[i].file.Path, err, result.Verdict, len(result.Facts), result.Findings)
				}
				submissions[i] = result.Submission
			}
		})
	}
	for i := range sent {
		next <- i
	}
	close(next)
	judges.Wait()
	b.Logf("judged in %v", time.Since(began))
	began = time.Now()
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "ours.duckdb"))
	must(b, err)
	must(b, db.Transact(b.Context(), func(tx *store.Tx) error { return tx.Load(b.Context(), submissions, time.UTC) }))
	must(b, db.Close())
	b.Logf("loaded in %v", time.Since(began))
}

// takePlainly is the plain program.
func takePlainly(b *testing.B, sent []sentForm) {
	b.Helper()
	ctx := b.Context()
	db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "plain.duckdb"))
	must(b, err)
	conn, err := db.Conn(ctx)
	must(b, err)
	_, err = conn.ExecContext(ctx, "CREATE TABLE fact (folder VARCHAR, sha256 VARCHAR, indicator VARCHAR, measure VARCHAR, state VARCHAR, value DECIMAL(38, 10), qualifier VARCHAR, raw VARCHAR, note VARCHAR, sheet VARCHAR, cell VARCHAR)")
	must(b, err)
	for _, f := range sent {
		must(b, appendPlainly(ctx, conn, f))
	}
	must(b, errors.Join(conn.Close(), db.Close()))
}

// appendPlainly appends the figures of one form in a transaction.
func appendPlainly(ctx context.Context, conn *sql.Conn, f sentForm) error {
	file, err := excelize.OpenReader(bytes.NewReader(f.data))
	if err != nil {
		return err
	}
	rows, err := file.GetRows("Biểu", excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	err = conn.Raw(func(raw any) error {
		appender, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), "", "fact")
		if err != nil {
			return err
		}
		for row := range deliveryRows {
			for column := range deliveryColumns {
				text := rows[4+row][3+column]
				value, err := decimal.NewFromString(text)
				if err != nil {
					return err
				}
				cell, err := excelize.CoordinatesToCellName(4+column, 5+row)
				if err != nil {
					return err
				}
				if err := appender.AppendRow(f.file.Folder(), f.sha, deliveryCode(row, column), "value", "number", store.Decimal(value), "exact", text, "", "Biểu", cell); err != nil {
					return err
				}
			}
		}
		return appender.Close()
	})
	return errors.Join(err, tx.Commit(), file.Close())
}

// A spent is what something took.
type spent struct {
	cpu, wall time.Duration
	peak      int64 // bytes
}

func (s *spent) add(more spent) {
	s.cpu, s.wall, s.peak = s.cpu+more.cpu, s.wall+more.wall, max(s.peak, more.peak)
}

// measured is what do takes in this process.
func measured(b *testing.B, do func()) spent {
	b.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // the kernel counts the peak from now on
		b.Skipf("memory can't be measured: %v", err)
	}
	resident, cpu, began := peakMemory(b), usedCPU(b), time.Now()
	do()
	return spent{usedCPU(b) - cpu, time.Since(began), peakMemory(b) - resident}
}

// usedCPU is the CPU time of the process.
func usedCPU(b *testing.B) time.Duration {
	var usage syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// peakMemory is the most memory that the process had, in bytes.
func peakMemory(b *testing.B) int64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	must(b, err)
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	_, err = fmt.Sscanf(line, "%d kB", &kilobytes)
	must(b, err)
	return kilobytes << 10
}
