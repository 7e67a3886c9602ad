package notify_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tonghop/pipeline/config"
	"tonghop/pipeline/notify"
)

func TestSend(t *testing.T) {
	t.Setenv("TONGHOP_PASSWORD", "secret")
	dir := t.TempDir()
	event := notify.Event{Event: notify.Reminder, At: time.Date(2026, 4, 10, 8, 0, 0, 0, time.UTC), Text: strings.Repeat("Kính gửi $(id) `id`\n", 10000)}
	for _, tt := range []struct {
		name, timeout string
		command       []string
		want          string // part of the error; empty: none
	}{
		{"nobody to tell", "1s", nil, ""},
		{"told", "1m", []string{"sh", "-c", "cat > told.json; echo $TONGHOP_PASSWORD > password"}, ""},
		{"reads nothing", "1m", []string{"true"}, ""},
		{"fails", "1m", []string{"sh", "-c", "echo no mail server >&2; exit 3"}, "exit status 3; it said last \"no mail server\""},
		{"says more than a line", "1m", []string{"sh", "-c", "echo one; printf 'no \\033[31mserver\\n\\n'; exit 1"}, `it said last "no  [31mserver"`},
		{"says a long line", "1m", []string{"sh", "-c", "printf '%05000d' 0; exit 1"}, ` "` + strings.Repeat("0", 200) + `"`},
		{"hangs", "50ms", []string{"sleep", "600"}, "longer than 50ms"},
		{"leaves a process that holds its pipes", "1m", []string{"sh", "-c", "sleep 600 &"}, "WaitDelay"},
		{"is not there", "1m", []string{filepath.Join(dir, "nothing")}, "no such file"},
	} {
		timeout, err := time.ParseDuration(tt.timeout)
		if err != nil {
			t.Fatal(err)
		}
		err = notify.Send(context.Background(), config.Notify{Command: tt.command, Timeout: timeout}, dir, event)
		if (err != nil) != (tt.want != "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error = %v, want %q", tt.name, err, tt.want)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "told.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got notify.Event
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(event, got); diff != "" {
		t.Errorf("event mismatch (-want +got):\n%s", diff)
	}
	if password, err := os.ReadFile(filepath.Join(dir, "password")); err != nil || strings.Contains(string(password), "secret") {
		t.Errorf("the program knows the password: %q, error %v", password, err)
	}
}

// The guide for staff shows what a program is told.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "can-bo-tong-hop.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(guide), "```json\n")
	block, _, _ = strings.Cut(block, "```")
	decoder := json.NewDecoder(strings.NewReader(strings.ReplaceAll(block, "\"at\": \"…\"", "\"at\": \"2026-04-10T08:00:00Z\"")))
	decoder.DisallowUnknownFields()
	var events []string
	for decoder.More() {
		var e notify.Event
		if err := decoder.Decode(&e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e.Event)
	}
	if strings.Join(events, " ") != strings.Join([]string{notify.Run, notify.Reminder, notify.Failed, notify.Recovered}, " ") {
		t.Errorf("the guide shows the events %q", events)
	}
}
