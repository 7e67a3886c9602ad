package schedule_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/config"
	"tonghop/pipeline/serve/schedule"
)

// A day has a clock that is moved by hand and schedules that note what they do.
type day struct {
	t     *testing.T
	dir   string
	clock *clock
	log   logBuffer
	task  func(name string) error // nil: nothing goes wrong
	asked func(s config.Schedule, since time.Time) bool

	mutex sync.Mutex
	done  []string // name and time of every task that began
	ended chan string
}

// A logBuffer is a log that is written and read at once.
type logBuffer struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *logBuffer) Write(data []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(data)
}

func (l *logBuffer) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

type clock struct {
	mutex sync.Mutex
	at    time.Time
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = at
}

const settings = `
[[schedule]]
name = "intake"
cron = "*/5 * * * *"
command = ["run"]
[[schedule]]
name = "morning"
cron = "0 8 * * *"
command = ["remind"]
`

func newDay(t *testing.T) *day {
	d := &day{t: t, dir: t.TempDir(), clock: &clock{}, ended: make(chan string, 100)}
	if err := os.WriteFile(filepath.Join(d.dir, config.FileName), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	d.clock.set(at("07:01"))
	return d
}

// at is a time of the day on which all happens.
func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04 -07", "2026-04-10 "+text+" +07")
	if err != nil {
		panic(err)
	}
	return t
}

// A server is a scheduler that runs until it is killed or stopped.
type server struct {
	*schedule.Scheduler
	day   *day
	ticks chan time.Time
	stop  context.CancelFunc
	over  chan struct{}
}

func (d *day) serve() *server {
	d.t.Helper()
	c, err := config.Load(d.dir, "")
	if err != nil {
		d.t.Fatal(err)
	}
	s, err := schedule.Open(schedule.Options{
		Path: filepath.Join(d.dir, "schedules.json"), Schedules: c.Schedules, Now: d.clock.now, Log: slog.New(slog.NewTextHandler(&d.log, nil)), Task: d.do, Asked: d.asked,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	each := &server{Scheduler: s, day: d, ticks: make(chan time.Time), stop: stop, over: make(chan struct{})}
	go func() {
		defer close(each.over)
		s.Run(ctx, each.ticks)
	}()
	d.t.Cleanup(each.end)
	return each
}

func (s *server) end() {
	s.stop()
	<-s.over
}

// set changes what tasks do.
func (d *day) set(task func(name string) error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.task = task
}

func (d *day) do(_ context.Context, s config.Schedule) (string, error) {
	d.mutex.Lock()
	d.done = append(d.done, s.Name+" "+d.clock.now().In(at("00:00").Location()).Format("15:04"))
	task := d.task
	d.mutex.Unlock()
	defer func() { d.ended <- s.Name }()
	if task != nil {
		return "7", task(s.Name)
	}
	return "7", nil
}

// tick moves the clock and lets the scheduler look; n tasks begin and end. The second
// look begins when the first is done.
func (s *server) tick(text string, n int) {
	s.day.t.Helper()
	s.day.clock.set(at(text))
	s.ticks <- at(text)
	s.ticks <- at(text)
	s.day.wait(n)
	for !s.Looked().Equal(at(text)) { // a tick that starts nothing
		time.Sleep(time.Millisecond)
	}
	s.settle()
}

// settle waits until what came of the tasks is noted.
func (s *server) settle() {
	for slices.ContainsFunc(s.States(), func(st schedule.State) bool { return st.Result == schedule.Running }) {
		time.Sleep(time.Millisecond)
	}
}

func (d *day) wait(n int) {
	d.t.Helper()
	for range n {
		select {
		case <-d.ended:
		case <-time.After(10 * time.Second):
			d.t.Fatal("a task did not end")
		}
	}
}

func (d *day) want(all ...string) {
	d.t.Helper()
	d.mutex.Lock()
	defer d.mutex.Unlock()
	slices.Sort(d.done) // of one minute, in any order
	slices.Sort(all)
	if diff := cmp.Diff(all, d.done); diff != "" {
		d.t.Errorf("tasks mismatch (-want +got):\n%s\nlog:\n%s", diff, d.log.String())
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	s := d.serve()
	for minute := at("07:02"); !minute.After(at("08:06")); minute = minute.Add(time.Minute) {
		n := 0
		if minute.Minute()%5 == 0 {
			n++
		}
		if minute.Equal(at("08:00")) {
			n++
		}
		s.tick(minute.Format("15:04"), n)
	}
	d.want("intake 07:05", "intake 07:10", "intake 07:15", "intake 07:20", "intake 07:25", "intake 07:30", "intake 07:35", "intake 07:40",
		"intake 07:45", "intake 07:50", "intake 07:55", "intake 08:00", "morning 08:00", "intake 08:05")
	got := s.States()
	for i := range got {
		got[i].Started, got[i].Ended = got[i].Started.UTC(), got[i].Ended.UTC()
	}
	want := []schedule.State{
		{Name: "intake", Cron: "*/5 * * * *", Command: []string{"run"}, Next: at("08:10"), Slot: at("08:05"), Record: schedule.Record{Result: "done", Started: at("08:05"), Ended: at("08:05"), Job: "7"}},
		{Name: "morning", Cron: "0 8 * * *", Command: []string{"remind"}, Next: at("08:00").AddDate(0, 0, 1), Slot: at("08:00"), Record: schedule.Record{Result: "done", Started: at("08:00"), Ended: at("08:00"), Job: "7"}},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Errorf("states mismatch (-want +got):\n%s", diff)
	}
	if strings.Contains(d.log.String(), "missed") || !s.Looked().Equal(at("08:06")) {
		t.Errorf("last look at %s, log:\n%s", s.Looked(), d.log.String())
	}
}

// Slots that passed while nothing ran, or the machine slept, are made up for once,
// and the log says so.
func TestDowntime(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	s := d.serve()
	s.tick("07:05", 1)
	s.end()
	d.clock.set(at("08:32"))
	begun, free := make(chan string, 2), make(chan struct{})
	d.set(func(name string) error {
		begun <- name
		<-free
		return nil
	})
	s = d.serve()
	if name := <-begun; name != "intake" {
		t.Errorf("%s came before the intake", name)
	}
	s.ticks <- at("08:32")
	if len(begun) > 0 {
		t.Errorf("%s did not wait for the intake", <-begun)
	}
	close(free)
	d.wait(2)
	s.settle()
	for _, st := range s.States() {
		if missed := map[string]int{"intake": 16, "morning": 0}[st.Name]; st.Missed != missed || st.Next.Before(at("08:32")) {
			t.Errorf("after downtime: %+v, want %d missed", st, missed)
		}
	}
	s.tick("08:33", 0)
	s.tick("09:11", 1) // the machine slept
	d.want("intake 07:05", "intake 08:32", "morning 08:32", "intake 09:11")
	if n := strings.Count(d.log.String(), "made up for once"); n != 3 {
		t.Errorf("the log tells of %d times, want 3:\n%s", n, d.log.String())
	}
}

// A schedule that is new begins with its next slot; one that is gone is forgotten.
func TestNewSchedule(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	d.clock.set(at("08:03"))
	s := d.serve()
	s.tick("08:04", 0)
	s.end()
	if err := os.WriteFile(filepath.Join(d.dir, config.FileName), []byte("[[schedule]]\nname = \"noon\"\ncron = \"0 12 * * *\"\ncommand = [\"run\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	d.clock.set(at("12:30"))
	s = d.serve()
	s.tick("12:31", 0)
	if all := s.States(); len(all) != 1 || all[0].Name != "noon" || !all[0].Next.Equal(at("12:00").AddDate(0, 0, 1)) {
		t.Errorf("states = %+v", all)
	}
	d.want()
}

// Neither an error nor a panic keeps a schedule from its next slot.
func TestFaults(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	s := d.serve()
	d.set(func(string) error { return errors.New("no disk") })
	s.tick("07:05", 1)
	if st := s.States()[0]; st.Result != schedule.Failed || st.Fault != "no disk" || st.Job != "7" {
		t.Errorf("after an error: %+v", st)
	}
	d.set(func(string) error { panic("out of cheese") })
	s.tick("07:10", 1)
	if st := s.States()[0]; st.Result != schedule.Panicked {
		t.Errorf("after a panic: %+v", st)
	}
	d.set(nil)
	s.tick("07:15", 1)
	if st := s.States()[0]; st.Result != schedule.Done || st.Fault != "" {
		t.Errorf("after both: %+v", st)
	}
	d.want("intake 07:05", "intake 07:10", "intake 07:15")
	s.end()
	if !strings.Contains(d.log.String(), "out of cheese") {
		t.Errorf("the log does not tell of the panic:\n%s", d.log.String())
	}
}

// A slot that comes while the one before still runs is passed over; others are not
// kept waiting.
func TestNoOverlap(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	begun, free := make(chan struct{}, 2), make(chan struct{})
	d.task = func(name string) error {
		if name == "intake" {
			begun <- struct{}{}
			<-free
		}
		return nil
	}
	s := d.serve()
	d.clock.set(at("07:55"))
	s.ticks <- at("07:55")
	<-begun
	d.clock.set(at("08:00"))
	s.ticks <- at("08:00")
	d.wait(1) // that of the morning
	if st := s.States()[0]; st.Result != schedule.Running || !st.Started.Equal(at("07:55")) {
		t.Errorf("while it runs: %+v", st)
	}
	close(free)
	d.wait(1)
	s.settle()
	s.tick("08:05", 1)
	d.want("intake 07:55", "morning 08:00", "intake 08:05")
}

// What was cut off by a kill is due again, unless its job had been asked for; what was
// cut off by a stop is not: its job waits.
func TestCutOff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, result, job string
		again             int
	}{
		{"killed", "running", "", 1}, {"killed after an earlier job", "running", "07:00", 1},
		{"killed when its job was asked for", "running", "07:05", 0}, {"stopped", "stopped", "", 0},
	} {
		d := newDay(t)
		d.clock.set(at("07:06"))
		if tt.job != "" {
			d.asked = func(s config.Schedule, since time.Time) bool { return s.Name == "intake" && !at(tt.job).Before(since) }
		}
		state := fmt.Sprintf(`[{"name": "intake", "slot": "2026-04-10T07:05:00+07:00", "result": %q, "started": "2026-04-10T07:05:00+07:00"}]`, tt.result)
		if err := os.WriteFile(filepath.Join(d.dir, "schedules.json"), []byte(state), 0o644); err != nil {
			t.Fatal(err)
		}
		s := d.serve()
		d.wait(tt.again)
		s.tick("07:07", 0)
		s.end()
		if len(d.done) != tt.again {
			t.Errorf("%s: %d tasks, want %d", tt.name, len(d.done), tt.again)
		}
	}
}

// A clock that ran ahead and was set right does not keep schedules from their
// slots; one set back a little does not repeat them.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	d := newDay(t)
	s := d.serve()
	s.tick("12:00", 2)
	s.tick("11:59", 0)
	s.tick("12:00", 0)
	s.tick("08:02", 0)
	s.tick("08:05", 1)
	d.want("intake 12:00", "morning 12:00", "intake 08:05")
}

func TestDamagedState(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "schedules.json")
	if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := schedule.Open(schedule.Options{Path: path, Now: time.Now, Log: slog.New(slog.DiscardHandler)}); err == nil {
		t.Error("what can't be read must be told of")
	}
}

func TestMinutes(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	c := &clock{at: time.Date(2026, 4, 10, 8, 0, 59, 990_000_000, time.UTC)}
	ticks := schedule.Minutes(ctx, c.now)
	if got := <-ticks; !got.Equal(c.now()) {
		t.Errorf("tick = %s, want the clock's time", got)
	}
	cancel()
	for range ticks { // closes
	}
}
