package serve

import (
	"errors"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/serve/access"
)

// A request is one request with who makes it.
type request struct {
	*http.Request
	User string // the name on the record; empty for a reader who is not signed in
	Now  time.Time
}

// A page answers requests. An error that is no fault is told on a page of its own.
type page func(w http.ResponseWriter, r *request) error

// The largest body of a request that is no upload.
const maxForm = 64 << 10

// cookieName is bound to this host and to HTTPS by its name where browsers know that.
func (s *Server) cookieName(r *http.Request) string {
	if s.secure(r) {
		return "__Host-tonghop"
	}
	return "tonghop"
}

func (s *Server) secure(r *http.Request) bool { return s.Config.Serve.HTTPS || r.TLS != nil }

// user is who is signed in.
func (s *Server) user(r *http.Request) string { return s.member(r, s.sessions.Get) }

// stillThere tells whether who has begun a request that goes on is still signed in.
func (s *Server) stillThere(r *request) bool { return s.member(r.Request, s.sessions.Look) == r.User }

// member is whose session a request has.
func (s *Server) member(r *http.Request, session func(id string, now time.Time) (name, mark string, ok bool)) string {
	cookie, err := r.Cookie(s.cookieName(r))
	if err != nil {
		return ""
	}
	name, mark, ok := session(cookie.Value, s.Now())
	if !ok || !s.staff.Stands(name, mark) {
		return ""
	}
	return name
}

// forReaders lets everybody read where the settings say so, else staff.
func (s *Server) forReaders(p page) http.Handler { return s.handle(p, s.Config.Serve.PublicRead) }

// forStaff lets those in who are signed in.
func (s *Server) forStaff(p page) http.Handler { return s.handle(p, false) }

func (s *Server) handle(p page, public bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := &request{Request: r, User: s.user(r), Now: s.Now().In(s.Config.Zone)}
		if request.User == "" && !public {
			s.askToSignIn(w, r)
			return
		}
		if err := p(w, request); err != nil {
			s.fail(w, request, err)
		}
	})
}

// askToSignIn leads a reader to the sign-in and back; whoever would change something
// is refused.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || r.Header.Get("Accept") == "text/event-stream" {
		s.refuse(w, r, http.StatusUnauthorized)
		return
	}
	target := "/sign-in"
	if r.URL.Path != "/" {
		target += "?next=" + url.QueryEscape(r.URL.RequestURI())
	}
	http.Redirect(w, r, target, http.StatusSeeOther)
}

// A signInView is the content of the page to sign in.
type signInView struct {
	Next, Name, Fault string
	Nobody            bool // nobody can
}

func (s *Server) signInPage(w http.ResponseWriter, r *http.Request) {
	next := localPath(r.URL.Query().Get("next"))
	if s.user(r) != "" {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	s.showSignIn(w, r, http.StatusOK, signInView{Next: next})
}

func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request, status int, view signInView) {
	view.Nobody = s.staff.Empty()
	s.show(w, &request{Request: r, Now: s.Now()}, status, "sign_in", s.Language.Text("web.sign_in.title"), view)
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, statusOf(err, http.StatusBadRequest))
		return
	}
	name, now := r.PostForm.Get("name"), s.Now()
	view := signInView{Next: localPath(r.PostForm.Get("next")), Name: name}
	address := s.address(r)
	if wait := s.limiter.Try(address, name, now); wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		view.Fault = s.Language.Text("web.sign_in.wait", "seconds", seconds)
		s.showSignIn(w, r, http.StatusTooManyRequests, view)
		return
	}
	if fault := s.staff.Fault(); fault != nil {
		s.Log.Error("passwords can't be read; those read before stand", "error", fault)
	}
	known, mark, err := s.staff.Check(name, r.PostForm.Get("password"))
	if errors.Is(err, access.ErrRefused) {
		s.Log.Warn("sign-in refused", "address", address, "name", s.staff.Known(name)) // a name that nobody has may be a password
		view.Fault = s.Language.Text("web.sign_in.refused")
		s.showSignIn(w, r, http.StatusUnauthorized, view)
		return
	}
	s.limiter.Forgive(address, name)
	s.Log.Info("signed in", "address", address, "name", known)
	s.setCookie(w, r, s.sessions.Open(known, mark, now), 0)
	http.Redirect(w, r, view.Next, http.StatusSeeOther)
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(s.cookieName(r)); err == nil {
		s.sessions.Close(cookie.Value)
	}
	s.setCookie(w, r, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(r), Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: s.secure(r),
	})
}

// address is where a request comes from. Behind a proxy on this machine that speaks
// HTTPS it is what the proxy says.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if ip := net.ParseIP(host); s.Config.Serve.HTTPS && ip != nil && ip.IsLoopback() {
		told := r.Header.Values("X-Forwarded-For")
		if len(told) > 0 {
			all := strings.Split(told[len(told)-1], ",")
			if from := net.ParseIP(strings.TrimSpace(all[len(all)-1])); from != nil {
				return from.String()
			}
		}
	}
	return host
}

// localPath is a path of these pages that a request names, or the first page: no
// link leads elsewhere.
func localPath(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(target, "/") ||
		strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\r\n\t") || strings.HasPrefix(target, "/sign-in") {
		return "/"
	}
	return target
}
