package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/config"
	"tonghop/pipeline/workbook"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, toml string
		wrong      []string // parts of the error; none: it loads
	}{
		{"empty", "", nil},
		{"byte-order mark", "\ufefflanguage = \"en\"\n", nil},
		{"all keys", "language = \"vi\"\nzone = \"UTC\"\nsettle = \"0s\"\nyear_starts = \"12-01\"\nsample = true\n", nil},
		{"limits", "[limits]\nfile_mib = 1\nworker_seconds = 5\n", nil},
		{"limits that bound nothing", "[limits]\nfile_mib = 0\ncells = 99999999999\n", []string{"limits.file_mib", "limits.cells"}},
		{"serve", "[serve]\nlisten = \":80\"\nhosts = [\"tonghop.vn\"]\npassword_file = \"matkhau\"\npublic_read = true\nhttps = true\nupload_mib = 5\nsession = \"1h\"\njob_limit = \"10m\"\nstop_wait = \"0s\"\nlog_days = 7\n[notify]\ncommand = [\"tell\", \"-x\"]\ntimeout = \"5s\"\n[remind]\ndays_before = 0\n", nil},
		{"every bad value of serve", "[serve]\nlisten = \"here\"\nhosts = [\"\"]\nupload_mib = 0\nsession = \"1s\"\njob_limit = \"soon\"\nstop_wait = \"-1s\"\nlog_days = 0\n[notify]\ncommand = [\"\"]\ntimeout = \"0s\"\n[remind]\ndays_before = -1\n",
			[]string{"serve.listen", "serve.hosts", "serve.upload_mib", "serve.session", "serve.job_limit", "serve.stop_wait", "serve.log_days", "notify.command", "notify.timeout", "remind.days_before"}},
		{"port beyond all", "[serve]\nlisten = \"127.0.0.1:65536\"\n", []string{"serve.listen"}},
		{"memory in which no worker can work", "[limits]\nworker_memory_mib = 255\n", []string{"limits.worker_memory_mib = 255: want a number from 256 "}},
		{"the least memory", "[limits]\nworker_memory_mib = 256\ndatabase_memory_mib = 256\n", nil},
		{"memory in which nothing is computed", "[limits]\ndatabase_memory_mib = 255\n", []string{"limits.database_memory_mib = 255: want a number from 256 "}},
		{"memory as the database likes", "[limits]\ndatabase_memory_mib = 0\n", nil},
		{"unknown limit", "[limits]\nfiles = 1\n", []string{"unknown", "files"}},
		{"unknown key", "langage = \"en\"\n", []string{"langage", "unknown"}},
		{"bad syntax", "language = \n", []string{"language"}},
		{"every bad value at once", "language = \"fr\"\nzone = \"Asia/Hanoi\"\nsettle = \"-1s\"\nyear_starts = \"02-30\"\n", []string{"fr", "Asia/Hanoi", "-1s", "02-30"}},
		{"day on which a bundle was made", "[clerk]\nmade = \"yesterday\"\n", []string{"clerk.made", "yesterday"}},
		{"day beyond 28", "year_starts = \"01-31\"\n", []string{"01-31"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte(tt.toml), 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := config.Load(dir, "")
			if (err != nil) != (tt.wrong != nil) {
				t.Fatalf("Load: %v", err)
			}
			for _, part := range tt.wrong {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not name %q", err, part)
				}
			}
		})
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := config.Load(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Language != "vi" || c.Zone.String() != "Asia/Ho_Chi_Minh" || c.Settle != 10*time.Second || c.StartMonth != time.January || c.StartDay != 1 {
		t.Errorf("defaults = %+v", c)
	}
	if diff := cmp.Diff(workbook.DefaultLimits(), c.Limits); diff != "" || c.Worker.Patience != time.Minute || c.Worker.MemoryBytes != 1<<30 {
		t.Errorf("limits mismatch (-defaults of the reader +config):\n%s\nworker %+v", diff, c.Worker)
	}
	want := config.Serve{Listen: "127.0.0.1:8337", UploadBytes: 32 << 20, Session: 12 * time.Hour, JobLimit: 2 * time.Hour, StopWait: time.Minute, LogDays: 30}
	if diff := cmp.Diff(want, c.Serve); diff != "" {
		t.Errorf("serve mismatch (-want +got):\n%s", diff)
	}
	if len(c.Notify.Command) > 0 || c.Notify.Timeout != 30*time.Second || c.Remind.DaysBefore != 3 {
		t.Errorf("notify %+v, remind %+v", c.Notify, c.Remind)
	}
	if _, err := config.Load(t.TempDir(), "absent.toml"); err == nil {
		t.Error("a settings file that was named and is absent must be an error")
	}
}

// A bundle's settings are those by which reports are judged, in the words of the file.
func TestForClerk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(text []byte) *config.Config {
		if err := os.WriteFile(filepath.Join(dir, config.FileName), text, 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	ours := write([]byte("language = \"en\"\nzone = \"UTC\"\nyear_starts = \"12-01\"\nsettle = \"3s\"\nsample = true\n[limits]\ncells = 10\nworker_seconds = 5\n"))
	made := config.Clerk{Unit: "H05", Made: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)}
	text, err := ours.ForClerk(made)
	if err != nil {
		t.Fatal(err)
	}
	want := *ours
	want.Settle, want.Sample, want.Clerk = 10*time.Second, false, made
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(&want, write(text), sameZone); diff != "" {
		t.Errorf("settings of the bundle mismatch (-want +got):\n%s\n%s", diff, text)
	}
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	one := func(cron string) string {
		return "[[schedule]]\nname = \"a\"\ncommand = [\"run\", \"--all\"]\ncron = \"" + cron + "\"\n"
	}
	after := time.Date(2026, 4, 10, 1, 2, 3, 0, time.UTC) // 08:02:03 in Vietnam, a Friday
	tests := []struct {
		name, toml string
		want       string // name and next slot of each
		wrong      string // part of the error
	}{
		{"defaults", "", "intake 2026-04-10 08:05 +0700|reminders 2026-04-13 08:00 +0700", ""},
		{"none", "schedule = []\n", "", ""},
		{"one takes the place of the defaults", one("30 6 * * *"), "a 2026-04-11 06:30 +0700", ""},
		{"another zone", "zone = \"UTC\"\n" + one("30 6 * * *"), "a 2026-04-10 06:30 +0000", ""},
		{"leap day", one("0 0 29 2 *"), "a 2028-02-29 00:00 +0700", ""},
		{"by name", one("@daily"), "a 2026-04-11 00:00 +0700", ""},
		{"a zone of its own", one("CRON_TZ=UTC 0 6 * * *"), "", "zone"},
		{"the parser panics", one("TZ=UTC"), "", "zone"},
		{"an interval", one("@every 5m"), "", "no slots"},
		{"a day that never comes", one("0 6 31 2 *"), "", "never"},
		{"seconds", one("0 0 6 * * *"), "", "cron"},
		{"empty", one(""), "", "cron"},
		{"no number", one("x 6 * * *"), "", "cron"},
		{"name twice", one("@daily") + one("@hourly"), "", "twice"},
		{"no name", "[[schedule]]\ncron = \"@daily\"\ncommand = [\"run\"]\n", "", "name"},
		{"a decision of staff", "[[schedule]]\nname = \"a\"\ncron = \"@daily\"\ncommand = [\"close\", \"2026\"]\n", "", "close"},
		{"no command", "[[schedule]]\nname = \"a\"\ncron = \"@daily\"\n", "", "command"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte(tt.toml), 0o666); err != nil {
				t.Fatal(err)
			}
			c, err := config.Load(dir, "")
			if tt.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wrong) {
					t.Fatalf("error = %v, want one that names %q", err, tt.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range c.Schedules {
				got = append(got, s.Name+" "+s.Next(after).Format("2006-01-02 15:04 -0700"))
			}
			if strings.Join(got, "|") != tt.want {
				t.Errorf("schedules = %q, want %q", got, tt.want)
			}
		})
	}
}

// What the guide for staff says of serve are the defaults.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "can-bo-tong-hop.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(guide), "## 7. ")
	_, block, _ := strings.Cut(part, "```toml\n")
	block, _, _ = strings.Cut(block, "```")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte(block), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := config.Load(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	want, err := config.Load(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(block, "[serve]") || !strings.Contains(block, "[[schedule]]") {
		t.Fatalf("the guide has no settings of serve:\n%s", block)
	}
	got.Dir, want.Dir, got.Serve.Hosts = "", "", nil
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, got, sameZone); diff != "" {
		t.Errorf("settings mismatch (-defaults +guide):\n%s", diff)
	}
}
