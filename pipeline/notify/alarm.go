package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"tonghop/pipeline/config"
	"tonghop/pipeline/disk"
	"tonghop/pipeline/lang"
)

// An Alarm tells the program when something that goes on by itself begins to fail, and
// when it goes well again: once each, however often it is done and whoever starts it. What
// could not be told is told by the next one that fails.
type Alarm struct {
	Config   *config.Config
	Language *lang.Language
}

// What goes on by itself: the commands that schedules run.
const (
	OfRuns    = "run" // whatever takes new files and computes, acts of staff too
	OfRemind  = "remind"
	OfBackups = "backup"
)

// AlarmFolder is the folder in .tonghop that says what fails.
const AlarmFolder = "alarm"

// A failing is since when something fails.
type failing struct {
	Since time.Time `json:"since"`
	Fault string    `json:"fault"`
}

// Ended takes down what came of one of them; an empty fault is that it went well.
func (a Alarm) Ended(ctx context.Context, what string, at time.Time, fault string) (err error) {
	if len(a.Config.Notify.Command) == 0 {
		return nil
	}
	dir := a.Config.Path(".tonghop", AlarmFolder)
	if err := disk.MakeDir(dir); err != nil {
		return fmt.Errorf("keep what fails: %w", err)
	}
	turn := flock.New(filepath.Join(dir, "lock")) // two runs may end at once
	if err := turn.Lock(); err != nil {
		return fmt.Errorf("keep what fails: %w", err)
	}
	defer func() { err = errors.Join(err, turn.Unlock()) }()
	if err := disk.Clear(dir); err != nil {
		return fmt.Errorf("keep what fails: %w", err)
	}
	all, err := load(filepath.Join(dir, "failing.json"))
	if err != nil {
		return err
	}
	before, failed := all[what]
	switch {
	case failed == (fault != ""):
		return nil
	case failed:
		delete(all, what)
		err = Send(ctx, a.Config.Notify, a.Config.Dir, a.event(Recovered, what, at, before))
	default:
		all[what] = failing{Since: at, Fault: fault}
		err = Send(ctx, a.Config.Notify, a.Config.Dir, a.event(Failed, what, at, all[what]))
	}
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	return disk.Replace(filepath.Join(dir, "failing.json"), append(data, '\n'))
}

func load(path string) (map[string]failing, error) {
	all := map[string]failing{}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what fails: %w", err)
	}
	if json.Unmarshal(data, &all) != nil { // it is told once more
		return map[string]failing{}, nil
	}
	return all, nil
}

func (a Alarm) event(kind, what string, at time.Time, f failing) Event {
	local := func(t time.Time) string { return a.Language.Time(t.In(a.Config.Zone)) }
	return Event{
		Event: kind, At: at, Workspace: a.Config.Dir, Language: a.Language.Code, Sample: a.Config.Sample, Command: what, Since: f.Since, Fault: f.Fault,
		Text: a.Language.Text("alarm."+kind, "what", a.Language.Text("alarm.what."+what), "at", local(at), "since", local(f.Since), "fault", strings.TrimRight(shown(f.Fault), ".")),
	}
}
