package job_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/job"
	"tonghop/pipeline/store"
)

// The delivery of the benchmark: so many forms with rows of figures in columns.
const (
	deliveryForms = 2000
	deliveryRows  = 60
	deliveryUnits = 20
)

var deliveryColumns = []string{"Tổng số", "Nữ", "Công nhân", "Ngoài nhà nước"}

// A delivery is a workspace with the forms in its archive.
type delivery struct {
	*workspace
	files  []intake.File
	hashes []string
}

// BenchmarkDelivery reads, matches, checks and loads forms by the code of a run on
// two cores, with and without processes of their own for the judges, beside a plain
// program that takes the same figures from the same cells with excelize and
// appends them, a transaction a workbook, one after the other. It reports how many
// times less CPU and time are used, and the most memory.
func BenchmarkDelivery(b *testing.B) {
	for name, worker := range map[string]func(context.Context, string) *exec.Cmd{"judges=inside": nil, "judges=workers": testWorker("")} {
		b.Run(name, func(b *testing.B) {
			d := newDelivery(b)
			d.worker = worker
			var ours, plain spent
			for b.Loop() {
				ours.add(measured(b, d.take))
				plain.add(measured(b, d.takePlainly))
			}
			figures := float64(b.N * len(d.files) * deliveryRows * len(deliveryColumns))
			b.ReportMetric(float64(plain.cpu)/float64(ours.cpu), "cpu-below-plain")
			b.ReportMetric(float64(plain.wall)/float64(ours.wall), "times-as-fast")
			b.ReportMetric(float64(ours.cpu)/figures, "cpu-ns/figure")
			b.ReportMetric(ours.wall.Seconds()/float64(b.N), "s")
			b.ReportMetric(float64(ours.peak)/(1<<20), "peak-MB")
			b.ReportMetric(float64(plain.peak)/(1<<20), "plain-peak-MB")
		})
	}
}

// newDelivery makes the rules and the forms sent.
func newDelivery(b *testing.B) *delivery {
	b.Helper()
	d := &delivery{workspace: emptyWorkspace(b)}
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
	d.write("inputs/catalogue.xlsx", book(b, sheet{"units", units}, sheet{"indicators", indicators}, sheet{"forms", forms}, sheet{"checks", checks}))
	d.write("inputs/forms/M.xlsx", template)
	for i := range deliveryForms {
		d.archive(i)
	}
	return d
}

// archive puts the form with the given number into the archive.
func (d *delivery) archive(i int) {
	b := d.t.(*testing.B)
	unit, month := i%deliveryUnits, i/deliveryUnits
	data := deliveredForm(b, fmt.Sprintf("Công đoàn huyện %02d", unit), fmt.Sprintf("Tháng %d năm %d", month%12+1, 2017+month/12),
		func(row, column int) any { return (row*7919+i*31)%9000 + 1000 - column*100 })
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	d.write(filepath.Join(".tonghop", "archive", hash[:2], hash), data)
	d.files = append(d.files, intake.File{Path: fmt.Sprintf("U%02d/%03d.xlsx", unit, month), Size: int64(len(data))})
	d.hashes = append(d.hashes, hash)
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

// take judges the forms and loads them, as a run does.
func (d *delivery) take() {
	b := d.t.(*testing.B)
	must(b, os.RemoveAll(d.path(".tonghop/tonghop.duckdb")))
	taken, err := job.Deliver(b.Context(), d.options(), d.files, d.hashes)
	must(b, err)
	for _, s := range taken {
		if s.Verdict != pipeline.Accepted {
			b.Fatalf("%s: %s, %+v", s.File, s.Verdict, s.Findings)
		}
	}
	if len(taken) != deliveryForms {
		b.Fatalf("%d forms taken, want all", len(taken))
	}
}

// takePlainly is the plain program.
func (d *delivery) takePlainly() {
	b := d.t.(*testing.B)
	ctx := b.Context()
	db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "plain.duckdb"))
	must(b, err)
	conn, err := db.Conn(ctx)
	must(b, err)
	_, err = conn.ExecContext(ctx, "CREATE TABLE fact (folder VARCHAR, sha256 VARCHAR, indicator VARCHAR, measure VARCHAR, state VARCHAR, value DECIMAL(38, 10), qualifier VARCHAR, raw VARCHAR, note VARCHAR, sheet VARCHAR, cell VARCHAR)")
	must(b, err)
	for i, f := range d.files {
		must(b, appendPlainly(ctx, conn, d.path(filepath.Join(".tonghop", "archive", d.hashes[i][:2], d.hashes[i])), f.Folder(), d.hashes[i]))
	}
	must(b, errors.Join(conn.Close(), db.Close()))
}

// appendPlainly appends the figures of one form in a transaction.
func appendPlainly(ctx context.Context, conn *sql.Conn, path, folder, hash string) error {
	file, err := excelize.OpenFile(path)
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
				if err := appender.AppendRow(folder, hash, deliveryCode(row, column), "value", "number", store.Decimal(value), "exact", text, "", "Biểu", cell); err != nil {
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

// usedCPU is the CPU time of the process and of those that it had.
func usedCPU(b *testing.B) (sum time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var usage syscall.Rusage
		must(b, syscall.Getrusage(who, &usage))
		sum += time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	return sum
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
