package doctor_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/inputs/demo/sample"
	"tonghop/pipeline"
	"tonghop/pipeline/config"
	"tonghop/pipeline/doctor"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/journal"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/lock"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A clinic is a workspace that is well until something is done to it.
type clinic struct {
	t     *testing.T
	dir   string
	now   time.Time
	whole bool
}

func newClinic(t *testing.T) *clinic {
	t.Helper()
	c := &clinic{t: t, dir: t.TempDir(), now: time.Now()}
	rules, err := sample.Inputs()
	must(t, err)
	for _, f := range rules {
		c.write(f.Path, string(f.Data))
	}
	c.write("tonghop.toml", "settle = \"0s\"\nyear_starts = \"12-01\"\n")
	c.write("inputs/inbox/H01/bc.xlsx", "bytes")
	must(t, os.Mkdir(c.path(".tonghop"), 0o750))
	return c
}

func (c *clinic) path(name string) string { return filepath.Join(c.dir, filepath.FromSlash(name)) }

func (c *clinic) write(name, text string) {
	c.t.Helper()
	must(c.t, os.MkdirAll(filepath.Dir(c.path(name)), 0o755))
	must(c.t, os.WriteFile(c.path(name), []byte(text), 0o644))
}

// receive puts files on the record and into the archive.
func (c *clinic) receive(at time.Time, texts ...string) {
	c.t.Helper()
	archive := intake.Archive{Dir: c.path(".tonghop/archive")}
	j, err := journal.Open(c.path(".tonghop"))
	must(c.t, err)
	for n, text := range texts {
		sha, err := archive.PutBytes([]byte(text))
		must(c.t, err)
		must(c.t, j.Receive([]pipeline.Receipt{{Folder: "H01", SHA256: sha, File: fmt.Sprintf("H01/%d.xlsx", n), At: at}}))
	}
}

// archived is where bytes lie in the archive.
func (c *clinic) archived(text string) string {
	sum := sha256.Sum256([]byte(text))
	return intake.Archive{Dir: c.path(".tonghop/archive")}.Path(hex.EncodeToString(sum[:]))
}

// examine lists what is not well, as level and code.
func (c *clinic) examine() (all []doctor.Finding, bad []string) {
	c.t.Helper()
	settings, err := config.Load(c.dir, "")
	must(c.t, err)
	all = doctor.Patient{Config: settings, Now: c.now, Whole: c.whole, Charts: true}.Examine()
	for _, f := range all {
		if f.Level != doctor.OK && f.Code != "folders_missing" { // the example's other units
			bad = append(bad, string(f.Level)+" "+f.Code)
		}
	}
	return all, bad
}

func TestExamine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		harm func(c *clinic)
		want string
	}{
		{"well", func(*clinic) {}, ""},
		{"after a run", func(c *clinic) { c.receive(c.now, "a", "b"); c.write(".tonghop/tonghop.duckdb", "x") }, ""},
		{"a file where a folder is to be", func(c *clinic) { c.write("out", "") }, "error not_writable"},
		{"files of all units that anybody reads", func(c *clinic) { must(c.t, os.Chmod(c.path(".tonghop"), 0o755)) }, "warning state_open"},
		{"answers that anybody reads", func(c *clinic) {
			must(c.t, errors.Join(os.Chmod(c.path("inputs/inbox/H01"), 0o770), os.MkdirAll(c.path("inputs/feedback/H01"), 0o755)))
		}, "warning answers_open"},
		{"answers closed like the inbox", func(c *clinic) {
			must(c.t, errors.Join(os.Chmod(c.path("inputs/inbox/H01"), 0o770), os.MkdirAll(c.path("inputs/feedback/H01"), 0o750)))
		}, ""},
		{"no inbox", func(c *clinic) { must(c.t, os.RemoveAll(c.path("inputs/inbox"))) }, "error no_inbox"},
		{"copies of a sync program", func(c *clinic) { c.write("inputs/inbox/H01/bc.sync-conflict-20260410-080000-ABC.xlsx", "") }, "warning conflicts"},
		{"a link out of the inbox", func(c *clinic) { must(c.t, os.Symlink("/etc/passwd", c.path("inputs/inbox/H01/link.xlsx"))) }, "warning links"},
		{"a file of nobody", func(c *clinic) { c.write("inputs/inbox/bc.xlsx", "") }, "warning folders_of_nobody"},
		{"a folder of nobody", func(c *clinic) { c.write("inputs/inbox/Nowhere/bc.xlsx", "") }, "warning folders_of_nobody"},
		{"a file of tomorrow", func(c *clinic) {
			must(c.t, os.Chtimes(c.path("inputs/inbox/H01/bc.xlsx"), time.Time{}, c.now.Add(time.Hour)))
		}, "warning files_ahead"},
		{"a clock that went back", func(c *clinic) { c.receive(c.now.Add(time.Hour), "a") }, "warning clock_back"},
		{"a broken catalogue", func(c *clinic) { c.write("inputs/catalogue.xlsx", "broken") }, "error catalogue_finding"},
		{"a changed record", func(c *clinic) { c.receive(c.now, "a"); c.write(".tonghop/intake.jsonl", "{}\n") }, "error record_broken"},
		{"a record of a newer version", func(c *clinic) { c.write(".tonghop/intake.jsonl", `{"seq":1,"later":1,"prev":""}`+"\n") }, "error record_newer"},
		{"bytes that are lost", func(c *clinic) { c.receive(c.now, "a", "b"); must(c.t, os.Remove(c.archived("a"))) }, "error archive_missing"},
		{"bytes that changed", func(c *clinic) {
			c.receive(c.now, "a", "b")
			must(c.t, os.WriteFile(c.archived("b"), []byte("x"), 0o644))
		}, "error archive_changed"},
		{"a killed run", func(c *clinic) { c.write(".tonghop/tonghop.duckdb", ""); c.write(".tonghop/tonghop.duckdb.wal", "") }, "warning database_wal"},
		{"an old database", func(c *clinic) { c.write(".tonghop/tonghop.duckdb.old", "") }, "warning database_old"},
		{"no schedules", func(c *clinic) { c.write("tonghop.toml", "schedule = []") }, "warning no_schedules"},
		{"a schedule that failed", func(c *clinic) {
			c.write(".tonghop/schedules.json", `[{"name": "intake", "result": "failed", "job": "000007"}]`)
		}, "warning schedule_failed"},
		{"schedules that can't be read", func(c *clinic) { c.write(".tonghop/schedules.json", "{") }, "error schedules_broken"},
		{"open to all, without a password", func(c *clinic) { c.write("tonghop.toml", "[serve]\nlisten = \":8337\"") }, "warning no_passwords_open"},
		{"no password file", func(c *clinic) { c.write("tonghop.toml", "[serve]\npassword_file = \"staff\"") }, "error passwords_broken"},
		{"passwords that others read", func(c *clinic) {
			c.write("tonghop.toml", "[serve]\npassword_file = \"staff\"")
			c.write("staff", "# none yet\n")
		}, "warning passwords_readable"},
		{"nobody to tell", func(c *clinic) { c.write("tonghop.toml", "[notify]\ncommand = [\"./tell\"]") }, "error no_program"},
		{"somebody to tell", func(c *clinic) { c.write("tonghop.toml", "[notify]\ncommand = [\"sh\", \"-c\", \"cat\"]") }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newClinic(t)
			tt.harm(c)
			all, bad := c.examine()
			if got := strings.Join(bad, ", "); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
			worded(t, all)
		})
	}
}

// worded tells whether both languages have words for what was found.
func worded(t *testing.T, all []doctor.Finding) {
	t.Helper()
	text, err := lang.Load("vi") // a test of lang holds the two to the same keys
	must(t, err)
	for _, f := range all {
		keys := []string{"doctor.check." + f.Check, "doctor.level." + string(f.Level)}
		if f.Code != "catalogue_finding" {
			keys = append(keys, "doctor."+f.Code)
		}
		if f.Level != doctor.OK && f.Code != "catalogue_finding" {
			keys = append(keys, "doctor.remedy."+f.Code)
		}
		for _, key := range keys {
			if sentence := text.Text(key, f.Pairs...); !text.Has(key) || strings.Contains(sentence, "{") {
				t.Errorf("%s: no words, or not all of them: %q", key, sentence)
			}
		}
	}
}

// The archive is read as far as is asked for.
func TestWholeArchive(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	var texts []string
	for n := range 60 {
		texts = append(texts, fmt.Sprint(n))
	}
	c.receive(c.now, texts...)
	for whole, want := range map[bool]string{false: "[n 60 read 50]", true: "[n 60 read 60]"} {
		c.whole = whole
		all, bad := c.examine()
		for _, f := range all {
			if f.Check == "archive" && fmt.Sprint(f.Pairs) != want || len(bad) > 0 {
				t.Errorf("whole %t: %v, %v, want %s", whole, f.Pairs, bad, want)
			}
		}
	}
}

// Who works in the workspace is told; a job that takes very long is a warning.
func TestLockHeld(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	held, err := lock.Acquire(context.Background(), c.path(".tonghop"), "run --all", func(lock.Holder) {})
	must(t, err)
	served, _, err := lock.Serve(c.path(".tonghop"))
	must(t, err)
	for _, tt := range []struct {
		later time.Duration
		want  string
	}{{0, "ok lock_held"}, {3 * time.Hour, "warning lock_long"}} {
		c.now = time.Now().Add(tt.later)
		all, _ := c.examine()
		worded(t, all)
		for _, f := range all {
			got := string(f.Level) + " " + f.Code
			if f.Check == "lock" && got != tt.want || f.Check == "serve" && got != "ok served" {
				t.Errorf("after %s: %s, want %s and that it is served", tt.later, got, tt.want)
			}
		}
	}
	must(t, served.Release())
	must(t, held.Release())
}

// What may not be read or written is named.
func TestRights(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may do everything")
	}
	c := newClinic(t)
	must(t, os.Mkdir(c.path("out"), 0o555))
	must(t, os.Chmod(c.path("inputs/inbox/H01/bc.xlsx"), 0))
	if _, bad := c.examine(); strings.Join(bad, ", ") != "error not_writable, error files_unreadable" {
		t.Errorf("found %q", bad)
	}
}
