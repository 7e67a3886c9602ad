package serve

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/disk"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/serve/work"
	"tonghop/reports/published"
)

// An uploadView is the content of the page to upload a file on behalf of a unit.
type uploadView struct {
	Units  []choice
	MiB    int64
	Reason string
	Fault  string
}

func (s *Server) uploadPage(w http.ResponseWriter, r *request) error {
	return s.showUpload(w, r, http.StatusOK, r.URL.Query().Get("unit"), uploadView{})
}

func (s *Server) showUpload(w http.ResponseWriter, r *request, status int, unit string, view uploadView) error {
	o, err := s.look(r)
	if err != nil {
		return err
	}
	units, err := s.reporters(o)
	if err != nil {
		return err
	}
	for _, u := range units {
		view.Units = append(view.Units, choice{u.Code, u.Name, u.Code == unit})
	}
	view.MiB = s.Config.Serve.UploadBytes >> 20
	s.show(w, r, status, "upload", s.text("upload.title"), view)
	return nil
}

// reporters are the units that a file may be brought for: those of the issues, and those of
// the catalogue that no issue tells of yet.
func (s *Server) reporters(o *published.Outlook) ([]published.Unit, error) {
	all, err := o.Units()
	if err != nil || s.Catalogue == nil {
		return all, err
	}
	c := s.Catalogue()
	if c == nil {
		return all, nil
	}
	today := pipeline.DayIn(o.Now, o.Now.Location())
	for _, u := range c.Units {
		known := slices.ContainsFunc(all, func(x published.Unit) bool { return x.Code == u.Code })
		if !known && u.Valid.Contains(today) {
			all = append(all, published.Unit{Code: u.Code, Name: u.Name, Kind: u.Kind, Parent: u.Parent})
		}
	}
	return all, nil
}

// staged is the folder of uploads that a job is still to take.
func (s *Server) staged() string { return s.Config.Path(".tonghop", "upload") }

// clearStaged removes what no job will take any more, of failed jobs after two days.
func (s *Server) clearStaged() error {
	entries, err := os.ReadDir(s.staged())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	awaited := map[string]bool{} // by jobs that serve could not do for long
	for _, j := range s.Jobs.Jobs() {
		if !j.Over() && len(j.Args) > 1 && j.Args[0] == "upload" {
			awaited[filepath.Base(filepath.Dir(j.Args[1]))] = true
		}
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && !awaited[e.Name()] && time.Since(info.ModTime()) > 48*time.Hour {
			if err := os.RemoveAll(filepath.Join(s.staged(), e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// upload takes a file on behalf of a unit: a job puts it into the unit's folder.
func (s *Server) upload(w http.ResponseWriter, r *request) error {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(slowLine)) // where it can't be set the server's own holds
	unhurried(w)
	if r.ContentLength > s.Config.Serve.UploadBytes+maxForm {
		hearOut(r.Body)
		return s.tooLarge()
	}
	body := r.Body
	r.Body = http.MaxBytesReader(w, body, s.Config.Serve.UploadBytes+maxForm)
	u, err := s.receive(r)
	if err != nil {
		hearOut(body)
		return errors.Join(err, u.discard())
	}
	fault, err := s.faultOf(r, u)
	if err != nil {
		return errors.Join(err, u.discard())
	}
	if fault != "" {
		view := uploadView{Reason: u.reason, Fault: fault}
		return errors.Join(u.discard(), s.showUpload(w, r, http.StatusUnprocessableEntity, u.unit, view))
	}
	args := []string{"upload", filepath.Join(u.dir, u.name), "--staged", "--unit=" + u.unit, "--by=" + r.User, "--reason=" + u.reason}
	request := work.Request{Args: args, By: r.User, Reason: u.reason, Title: s.text("upload.job", "file", u.name, "unit", u.unit)}
	if err := s.start(w, r, request); err != nil {
		return errors.Join(err, u.discard())
	}
	return nil
}

func (s *Server) tooLarge() refusal {
	return refusal{http.StatusRequestEntityTooLarge, s.text("upload.too_large", "mib", s.Config.Serve.UploadBytes>>20)}
}

// hearOut reads what is left of an upload that is refused: a browser listens to no answer
// while it sends, and would tell of a lost connection. What is many times larger than any
// report is cut off all the same.
func hearOut(body io.Reader) {
	const most = 2 << 30
	_, _ = io.CopyN(io.Discard, body, most) // who has gone away needs no answer
}

// An uploaded is what came with the form.
type uploaded struct {
	unit, reason string
	dir, name    string // where the file lies, and what it is called
	size         int64
}

func (u uploaded) discard() error {
	if u.dir == "" {
		return nil
	}
	return os.RemoveAll(u.dir)
}

// receive reads the form, the file straight to the disk.
func (s *Server) receive(r *request) (u uploaded, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return u, refusal{status: http.StatusBadRequest}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err == nil {
			err = s.receivePart(&u, part)
		}
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return u, s.tooLarge()
		}
		var fault *fs.PathError
		if errors.As(err, &fault) {
			return u, fmt.Errorf("receive upload: %w", err)
		}
		if err != nil {
			return u, refusal{status: http.StatusBadRequest}
		}
	}
}

func (s *Server) receivePart(u *uploaded, part *multipart.Part) error {
	switch part.FormName() {
	case "unit", "reason":
		data, err := io.ReadAll(io.LimitReader(part, maxForm))
		if part.FormName() == "unit" {
			u.unit = string(data)
		} else {
			u.reason = reasonOf(string(data))
		}
		return err
	case "file":
		if u.dir != "" || part.FileName() == "" {
			return nil // the first file counts; none was chosen
		}
		return s.receiveFile(u, part)
	}
	return nil
}

func (s *Server) receiveFile(u *uploaded, part *multipart.Part) error {
	u.name = intake.SafeName(part.FileName())
	u.dir = filepath.Join(s.staged(), rand.Text())
	if err := disk.MakePrivateDir(u.dir); err != nil {
		return err
	}
	if u.name == "" {
		return nil
	}
	file, err := os.OpenFile(filepath.Join(u.dir, u.name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	u.size, err = io.Copy(file, part)
	return errors.Join(err, file.Sync(), file.Close(), disk.Sync(u.dir)) // the job that takes it outlasts a power cut too
}

// faultOf is what of an upload people have to mend.
func (s *Server) faultOf(r *request, u uploaded) (string, error) {
	o, err := s.look(r)
	if err != nil {
		return "", err
	}
	units, err := s.reporters(o)
	if err != nil {
		return "", err
	}
	known := slices.ContainsFunc(units, func(x published.Unit) bool { return x.Code == u.unit })
	switch {
	case !known:
		return s.text("upload.no_unit"), nil
	case u.dir == "" || u.size == 0:
		return s.text("upload.no_file"), nil
	case u.name == "":
		return s.text("upload.bad_name"), nil
	case u.reason == "":
		return s.text("act.reason_needed"), nil
	}
	return "", nil
}
