// Package config reads tonghop.toml, the settings of a workspace.
//
// Every key has a default, so that a workspace without the file works; a key
// that is not known is an error, because a misspelt setting that does nothing
// is worse than none. The commands read it once and hand it down.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // the zone must load on machines that carry no zone files

	"github.com/pelletier/go-toml/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/workbook"
)

// FileName is the settings file at the root of a workspace.
const FileName = "tonghop.toml"

// A Config is the settings of one workspace.
type Config struct {
	Dir        string // the workspace
	Language   string
	Zone       *time.Location
	Settle     time.Duration
	StartMonth time.Month
	StartDay   int
	SQL        string // the folder of staff's own SQL below the workspace; empty is none
	Superior   string // the body above the units without a parent, as papers name it; empty is none
	Sample     bool   // the figures are invented; every output says so
	Limits     workbook.Limits
	Worker     Worker
	Clerk      Clerk
	Serve      Serve
	Schedules  []Schedule
	Notify     Notify
	Remind     Remind

	DatabaseMemory int64 // bytes that computing may take, the rest goes to the disk; 0 for four fifths of the machine's
}

// file is tonghop.toml as written.
type file struct {
	Language   string     `toml:"language"`
	Zone       string     `toml:"zone"`
	Settle     string     `toml:"settle"`
	YearStarts string     `toml:"year_starts"`
	SQL        string     `toml:"sql"`
	Superior   string     `toml:"superior"`
	Sample     bool       `toml:"sample"`
	Limits     limits     `toml:"limits"`
	Serve      serve      `toml:"serve"`
	Schedule   []schedule `toml:"schedule"`
	Notify     notify     `toml:"notify"`
	Remind     remind     `toml:"remind"`
	Clerk      clerk      `toml:"clerk"`
}

// defaults are the settings of a workspace without tonghop.toml.
func defaults() file {
	return file{
		Language: "vi", Zone: "Asia/Ho_Chi_Minh", Settle: "10s", YearStarts: "01-01", SQL: "sql", Limits: defaultLimits(),
		Superior: "Tổng Liên đoàn Lao động Việt Nam", Serve: defaultServe(), Notify: notify{Timeout: "30s"}, Remind: remind{DaysBefore: 3},
	}
}

// Load reads the settings of the workspace in dir. path names another settings
// file; empty means tonghop.toml in dir, which may be absent.
func Load(dir, path string) (*Config, error) {
	settings := defaults()
	name := path
	if name == "" {
		name = filepath.Join(dir, FileName)
	}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && path == "":
	case err != nil:
		return nil, fmt.Errorf("read settings: %w", err)
	default:
		if err := decode(data, &settings); err != nil {
			return nil, fmt.Errorf("read settings %q: %w", name, err)
		}
	}
	c, err := settings.validate(dir)
	if err != nil {
		return nil, fmt.Errorf("read settings %q: %w", name, err)
	}
	return c, nil
}

// Default is the settings of a workspace without tonghop.toml.
func Default() (*Config, error) { return defaults().validate(".") }

// decode reads TOML strictly. Notepad puts a byte-order mark before the text.
func decode(data []byte, into *file) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	decoder := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	err := decoder.Decode(into)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("unknown keys:\n%s", unknown.String())
	case errors.As(err, &wrong):
		return fmt.Errorf("%s", wrong.String())
	}
	return err
}

// validate turns the written settings into a Config and names every bad key.
func (f file) validate(dir string) (*Config, error) {
	c := &Config{Dir: dir, Language: f.Language, SQL: f.SQL, Superior: f.Superior, Sample: f.Sample, Limits: f.Limits.workbook(), Worker: f.Limits.worker(), DatabaseMemory: f.Limits.DatabaseMemoryMiB * mib}
	problems := f.Limits.validate()
	if f.Language != "vi" && f.Language != "en" {
		problems = append(problems, fmt.Errorf("language = %q: want vi or en", f.Language))
	}
	var err error
	if c.Zone, err = time.LoadLocation(f.Zone); err != nil || f.Zone == "" || f.Zone == "Local" {
		problems = append(problems, fmt.Errorf("zone = %q: want a time zone such as Asia/Ho_Chi_Minh", f.Zone))
	}
	if c.Settle, err = time.ParseDuration(f.Settle); err != nil || c.Settle < 0 {
		problems = append(problems, fmt.Errorf("settle = %q: want a duration such as 10s", f.Settle))
	}
	start, err := time.Parse("01-02", f.YearStarts)
	if err != nil || start.Day() > 28 {
		problems = append(problems, fmt.Errorf("year_starts = %q: want month-day such as 12-01, the day at most 28", f.YearStarts))
	}
	if f.SQL != "" && !filepath.IsLocal(f.SQL) {
		problems = append(problems, fmt.Errorf("sql = %q: want a folder below the workspace", f.SQL))
	}
	c.StartMonth, c.StartDay = start.Month(), start.Day()
	if c.Clerk, err = f.Clerk.validate(); err != nil {
		problems = append(problems, err)
	}
	return c, errors.Join(errors.Join(problems...), c.addServe(f))
}

// addServe adds what is set for serve and for those whom it tells.
func (c *Config) addServe(f file) error {
	var problems [4]error
	c.Serve, problems[0] = f.Serve.validate(c.Dir)
	if c.Zone != nil {
		c.Schedules, problems[1] = validateSchedules(f.Schedule, c.Zone)
	}
	c.Notify, problems[2] = f.Notify.validate()
	c.Remind, problems[3] = f.Remind.validate()
	return errors.Join(problems[:]...)
}

// Calendar is the calendar of the workspace with the catalogue's exceptions.
func (c *Config) Calendar(exceptions pipeline.Exceptions) pipeline.Calendar {
	return pipeline.Calendar{StartMonth: c.StartMonth, StartDay: c.StartDay, Exceptions: exceptions}
}

// Path is a path below the workspace.
func (c *Config) Path(elements ...string) string {
	return filepath.Join(append([]string{c.Dir}, elements...)...)
}
