package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// A Schedule is a command that `tonghop serve` runs by the clock.
type Schedule struct {
	Name    string
	Cron    string   // minute, hour, day, month, day of the week, in the workspace's zone
	Command []string // of tonghop, with its arguments
	Slots   *cron.SpecSchedule
}

// Next is the first slot after t.
func (s Schedule) Next(t time.Time) time.Time { return s.Slots.Next(t).In(s.Slots.Location) }

// schedule is one table [[schedule]] of tonghop.toml.
type schedule struct {
	Name    string   `toml:"name"`
	Cron    string   `toml:"cron"`
	Command []string `toml:"command"`
}

// defaultSchedules are those of a workspace that names none: what has come in is
// taken every few minutes, and what changed by it published; reminders go out on
// mornings of working days. `schedule = []` is none at all.
func defaultSchedules() []schedule {
	return []schedule{
		{Name: "intake", Cron: "*/5 * * * *", Command: []string{"run"}},
		{Name: "reminders", Cron: "0 8 * * 1-5", Command: []string{"remind"}},
	}
}

// scheduled are the commands that a schedule may run: none of those by which a
// person decides something.
var scheduled = []string{"run", "remind", "backup"}

// validateSchedules names every mistake in the schedules.
func validateSchedules(written []schedule, zone *time.Location) ([]Schedule, error) {
	if written == nil {
		written = defaultSchedules()
	}
	var all []Schedule
	var problems []error
	names := map[string]bool{}
	for i, w := range written {
		s, err := w.validate(zone)
		switch {
		case err != nil:
			problems = append(problems, fmt.Errorf("schedule %d %q: %w", i+1, w.Name, err))
		case names[w.Name]:
			problems = append(problems, fmt.Errorf("schedule %d %q: the name stands twice", i+1, w.Name))
		}
		names[w.Name] = true
		all = append(all, s)
	}
	return all, errors.Join(problems...)
}

func (w schedule) validate(zone *time.Location) (Schedule, error) {
	var problems []error
	if strings.TrimSpace(w.Name) == "" || len(w.Name) > 60 {
		problems = append(problems, errors.New("want a name of at most 60 letters"))
	}
	if len(w.Command) == 0 || !slices.Contains(scheduled, w.Command[0]) {
		problems = append(problems, fmt.Errorf("command = %q: want one of %q, with its arguments", w.Command, scheduled))
	}
	parsed, err := parseCron(w.Cron, zone)
	return Schedule{Name: w.Name, Cron: w.Cron, Command: w.Command, Slots: parsed}, errors.Join(append(problems, err)...)
}

// parseCron reads the five fields of cron. The library's parser panics on some
// mistakes, and takes zones, and days that never come, without a word.
func parseCron(spec string, zone *time.Location) (slots *cron.SpecSchedule, err error) {
	wrong := func(why any) error {
		return fmt.Errorf("cron = %q: %v; want minute, hour, day, month, day of the week, such as \"*/5 * * * *\"", spec, why)
	}
	defer func() {
		if fault := recover(); fault != nil {
			slots, err = nil, wrong(fault)
		}
	}()
	if strings.Contains(spec, "=") {
		return nil, wrong("the zone is that of the workspace")
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)
	parsed, err := parser.Parse(spec)
	if err != nil {
		return nil, wrong(err)
	}
	slots, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, wrong("it has no slots")
	}
	slots.Location = zone
	if slots.Next(time.Unix(0, 0)).IsZero() {
		return nil, wrong("it never comes")
	}
	return slots, nil
}
