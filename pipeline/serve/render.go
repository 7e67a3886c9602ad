package serve

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"tonghop/pipeline/lang"
	"tonghop/pipeline/serve/work"
	"tonghop/pipeline/vntext"
	"tonghop/reports/look"
)

//go:embed template/*.html
var templates embed.FS

//go:embed static
var statics embed.FS

// pages are the templates and the files that go with them.
type pages struct {
	templates map[string]*template.Template
	files     map[string]staticFile // by the name that they are served under
	Style     string                // those names
	Script    string
}

type staticFile struct {
	kind string
	data []byte
}

func loadPages(l *lang.Language) (*pages, error) {
	p := &pages{templates: map[string]*template.Template{}, files: map[string]staticFile{}}
	style, err := statics.ReadFile("static/app.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	script, err := statics.ReadFile("static/app.js")
	if err != nil {
		return nil, fmt.Errorf("read script: %w", err)
	}
	p.Style = p.add("app", ".css", "text/css; charset=utf-8", append([]byte(look.Base), style...))
	p.Script = p.add("app", ".js", "text/javascript; charset=utf-8", script)
	names, err := fs.Glob(templates, "template/*.html")
	if err != nil {
		return nil, err
	}
	functions := template.FuncMap{"t": func(key string, pairs ...any) string { return l.Text("web."+key, pairs...) }}
	for _, name := range names {
		if base := path.Base(name); base == "layout.html" || strings.HasPrefix(base, "part_") {
			continue
		}
		t, err := template.New("").Funcs(functions).ParseFS(templates, "template/layout.html", "template/part_*.html", name)
		if err != nil {
			return nil, fmt.Errorf("parse template %s: %w", name, err)
		}
		p.templates[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return p, nil
}

// add enters a file under a name that changes with its bytes, so that browsers may
// keep it.
func (p *pages) add(name, extension, kind string, data []byte) string {
	sum := sha256.Sum256(data)
	name += "-" + hex.EncodeToString(sum[:6]) + extension
	p.files[name] = staticFile{kind, data}
	return name
}

func (p *pages) static(w http.ResponseWriter, r *http.Request) {
	f, ok := p.files[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.data) // a reader who has gone away is no trouble
}

// A frame is what every page has around its content.
type frame struct {
	Language      string
	Title         string
	Style, Script string
	User          string
	Path          string // for the mark of where one is
	Reader        bool   // may see the pages that are not for staff alone
	Sample        bool   // the figures are invented
	Refresh       int    // seconds after which a browser without scripts looks again; 0 never
	View          any
}

// Here tells whether the page is below one of the menu's.
func (f frame) Here(prefix string) bool {
	return f.Path == prefix || prefix != "/" && strings.HasPrefix(f.Path, prefix+"/")
}

// show writes a page, whole or not at all.
func (s *Server) show(w http.ResponseWriter, r *request, status int, name, title string, view any) {
	f := frame{
		Language: s.Language.Code, Title: title, Style: s.pages.Style, Script: s.pages.Script,
		User: r.User, Path: r.URL.Path, Reader: r.User != "" || s.Config.Serve.PublicRead, Sample: s.Config.Sample, View: view,
	}
	if x, ok := view.(interface{ refresh() int }); ok {
		f.Refresh = x.refresh()
	}
	var out bytes.Buffer
	if err := s.pages.templates[name].ExecuteTemplate(&out, "layout", f); err != nil {
		s.Log.Error("page not made", "page", name, "error", err)
		http.Error(w, s.Language.Text("web.error.500"), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(vntext.UprightBytes(out.Bytes())) // a reader who has gone away is no trouble
}

// A refusal is an error that people are told with a status.
type refusal struct {
	status int
	text   string // empty: the text of the status
}

func (e refusal) Error() string { return fmt.Sprintf("status %d: %s", e.status, e.text) }

// notFound tells that there is no such thing.
var notFound = refusal{status: http.StatusNotFound}

// statusOf is the status that tells of an error, or the given one.
func statusOf(err error, status int) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	return status
}

// fail tells a reader what went wrong, and the log if that is this program's trouble.
func (s *Server) fail(w http.ResponseWriter, r *request, err error) {
	var told refusal
	switch {
	case errors.As(err, &told):
	case errors.Is(err, fs.ErrNotExist):
		told = notFound
	case errors.Is(err, work.ErrStopped):
		told.status = http.StatusServiceUnavailable
	default:
		told.status = statusOf(err, http.StatusInternalServerError)
	}
	if told.status == http.StatusInternalServerError {
		s.Log.Error("request failed", "path", r.URL.Path, "error", err)
	}
	s.tell(w, r, told)
}

// An errorView is the content of the page that says why there is no other.
type errorView struct {
	Text, Help string
}

func (s *Server) tell(w http.ResponseWriter, r *request, told refusal) {
	view := errorView{Text: told.text, Help: s.Language.Text("web.error.help")}
	if view.Text == "" {
		view.Text = s.Language.Text(fmt.Sprintf("web.error.%d", told.status))
	}
	s.show(w, r, told.status, "error", s.Language.Text("web.error.title"), view)
}

// refuse tells why a request is not answered.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int) {
	const most = 200 // bytes in the log, which strangers are not to fill
	cut := func(text string) string { return strings.ToValidUTF8(text[:min(len(text), most)], "") }
	s.Log.Warn("request refused", "status", status, "method", cut(r.Method), "path", cut(r.URL.Path), "host", cut(r.Host), "address", s.address(r))
	s.tell(w, &request{Request: r, Now: s.Now()}, refusal{status: status})
}

// withErrors gives the mux's own refusals the look of the pages.
func (s *Server) withErrors(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		answer := &refusedAnswer{header: http.Header{}, status: http.StatusOK}
		h.ServeHTTP(answer, r)
		for _, name := range []string{"Allow", "Location"} {
			if value := answer.header.Get(name); value != "" {
				w.Header().Set(name, value)
			}
		}
		if answer.status < http.StatusBadRequest {
			w.WriteHeader(answer.status)
			return
		}
		s.tell(w, &request{Request: r, User: s.user(r), Now: s.Now()}, refusal{status: answer.status})
	})
}

// A refusedAnswer keeps the status and headers of an answer and none of its body.
type refusedAnswer struct {
	header http.Header
	status int
}

func (a *refusedAnswer) Header() http.Header            { return a.header }
func (a *refusedAnswer) Write(data []byte) (int, error) { return len(data), nil }
func (a *refusedAnswer) WriteHeader(status int)         { a.status = status }
