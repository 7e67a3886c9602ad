package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"tonghop/pipeline/serve/work"
)

// An event is what a page that follows a job is told.
type event struct {
	State string     `json:"state"`
	Class string     `json:"class"`
	Stage string     `json:"stage"`
	Done  int        `json:"done"`
	Total int        `json:"total"`
	Over  bool       `json:"over"`
	Lines []lineView `json:"lines"`
}

// pulse is how often a silent stream shows that it lives, so that no proxy ends it.
const pulse = 15 * time.Second

// events streams what a job writes. A browser that was cut off says which line it had
// last, and gets those after it.
func (s *Server) events(w http.ResponseWriter, r *request) error {
	from, _ := strconv.Atoi(r.Header.Get("Last-Event-ID")) // none is 0
	if _, err := s.Jobs.Job(r.PathValue("id")); errors.Is(err, work.ErrUnknown) {
		return notFound
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer context.AfterFunc(s.stopped, cancel)()
	updates := make(chan work.Update)
	defer func() {
		cancel()
		for range updates { // until the follower has ended
		}
	}()
	go func() {
		defer close(updates)
		for u, err := range s.Jobs.Follow(ctx, r.PathValue("id"), from) {
			if err != nil {
				s.Log.Error("job can't be followed", "job", r.PathValue("id"), "error", err)
				return
			}
			select {
			case updates <- u:
			case <-ctx.Done():
				return
			}
		}
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	beat := time.NewTicker(pulse)
	defer beat.Stop()
	for {
		_ = out.SetWriteDeadline(time.Now().Add(2 * pulse)) // where it can't be set the server's own holds
		select {
		case u, ok := <-updates:
			if !ok || !s.stillThere(r) {
				return nil
			}
			if err := s.sendUpdate(w, u); err != nil {
				return nil // the reader has gone away
			}
		case <-beat.C:
			if !s.stillThere(r) {
				return nil
			}
			if _, err := io.WriteString(w, ": \n\n"); err != nil {
				return nil
			}
		}
		if err := out.Flush(); err != nil {
			return nil
		}
	}
}

func (s *Server) sendUpdate(w io.Writer, u work.Update) error {
	v := s.jobView(u.Job)
	e := event{State: v.State, Class: v.Class, Stage: v.Stage, Done: v.Done, Total: v.Total, Over: v.Over, Lines: []lineView{}}
	for _, l := range u.Lines {
		e.Lines = append(e.Lines, s.lineView(l))
	}
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	id := ""
	if len(u.Lines) > 0 {
		id = fmt.Sprintf("id: %d\n", u.Lines[len(u.Lines)-1].N)
	}
	_, err = fmt.Fprintf(w, "%sdata: %s\n\n", id, data)
	return err
}
