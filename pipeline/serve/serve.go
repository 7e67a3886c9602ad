// Package serve is the web pages of `tonghop serve`: where things stand, who has
// sent what, where a figure comes from, and the acts of staff.
//
// It owns the pages and what may reach them. It shows what is published and never
// opens the database; whatever changes something is a command of this program, which
// package work runs as a child, so that the record has the name and the reason. It
// refuses whoever is not signed in, except for reading where the settings allow that.
// The command serve calls it.
package serve

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/config"
	"tonghop/pipeline/lang"
	"tonghop/pipeline/serve/access"
	"tonghop/pipeline/serve/schedule"
	"tonghop/pipeline/serve/work"
	"tonghop/reports/published"
)

// Options says what the pages show and use.
type Options struct {
	Config    *config.Config
	Language  *lang.Language
	Now       func() time.Time
	Log       *slog.Logger
	Jobs      *work.Runner
	Schedules func() []schedule.State // nil: none
	// Catalogue is the catalogue as it is now, for what units owe before anything is published
	// for it; nil, or a nil result, is none.
	Catalogue func() *pipeline.Catalogue
	Health    http.Handler // answers /healthz; nil: 204
	// Listen is the address that the server listens on; the name in it is one that pages
	// are reached by.
	Listen string
	// Passwords are lines name:hash beside those of the settings' file; see
	// access.Environment.
	Passwords string
}

// A Server answers requests. It is safe for concurrent use.
type Server struct {
	Options
	reader   *published.Reader
	staff    *access.Staff
	sessions *access.Sessions
	limiter  *access.Limiter
	pages    *pages
	handler  http.Handler
	stop     context.CancelFunc
	stopped  context.Context // done when pages that go on for ever must end
}

// New is a server of the workspace's pages.
func New(o Options) (*Server, error) {
	staff, err := access.Open(o.Config.Serve.PasswordFile, o.Passwords)
	if err != nil {
		return nil, err
	}
	pages, err := loadPages(o.Language)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Options: o, reader: published.Open(o.Config.Path("out")), staff: staff, pages: pages,
		sessions: access.NewSessions(o.Config.Serve.Session), limiter: access.NewLimiter(),
	}
	s.stopped, s.stop = context.WithCancel(context.Background())
	if err := s.clearStaged(); err != nil {
		return nil, fmt.Errorf("clear uploads: %w", err)
	}
	guard := access.Guard{Hosts: append([]string{hostOf(o.Listen)}, o.Config.Serve.Hosts...), TLS: o.Config.Serve.HTTPS, Refuse: s.refuse}
	s.handler = guard.Wrap(s.routes())
	if staff.Empty() {
		o.Log.Warn("nobody can sign in: no password file and no " + access.Environment)
	}
	return s, nil
}

// hostOf is the name in an address to listen on; one for all addresses names none.
func hostOf(listen string) string {
	host, _, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err != nil || ip != nil && ip.IsUnspecified() {
		return ""
	}
	return host
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// HTTP is the HTTP server of the pages, with time limits. Requests that may take
// longer, such as uploads, lift them for themselves.
func (s *Server) HTTP() *http.Server {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(s.stop)
	return server
}

// look reads what is published, with what units owe beside it.
func (s *Server) look(r *request) (*published.Outlook, error) {
	o, err := s.reader.Look(r.Now)
	if err != nil || s.Catalogue == nil {
		return o, err
	}
	if c := s.Catalogue(); c != nil {
		o.Plan(c, s.Config.Remind.DaysBefore)
	}
	return o, nil
}

// routes are the pages: those for readers, and those for staff alone.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	health := s.Health
	if health == nil {
		health = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	}
	mux.Handle("GET /healthz", health)
	mux.HandleFunc("GET /static/{name}", s.pages.static)
	mux.HandleFunc("GET /sign-in", s.signInPage)
	mux.HandleFunc("POST /sign-in", s.signIn)
	mux.HandleFunc("POST /sign-out", s.signOut)
	for pattern, page := range map[string]page{
		"GET /{$}":                   s.home,
		"GET /out/{$}":               s.publishedIndex,
		"GET /out/index.html":        s.publishedIndex,
		"GET /out/{period}":          s.publishedPeriod,
		"GET /out/{period}/{$}":      s.publishedPeriod,
		"GET /out/{issue}/{name...}": s.publishedFile,
		"GET /status":                s.board,
		"GET /units":                 s.units,
		"GET /unit/{code}":           s.unit,
		"GET /trace":                 s.trace,
	} {
		mux.Handle(pattern, s.forReaders(page))
	}
	for pattern, page := range map[string]page{
		"GET /submission/{sha}":   s.submission,
		"GET /original/{sha}":     s.original,
		"GET /feedback/{path...}": s.feedback,
		"GET /jobs":               s.jobs,
		"GET /jobs/{id}":          s.job,
		"GET /jobs/{id}/events":   s.events,
		"POST /jobs/{id}/cancel":  s.cancel,
		"GET /journal":            s.journal,
		"GET /act/{kind}":         s.confirm,
		"POST /act/{kind}":        s.act,
		"GET /upload":             s.uploadPage,
		"POST /upload":            s.upload,
	} {
		mux.Handle(pattern, s.forStaff(page))
	}
	return s.withErrors(mux)
}
