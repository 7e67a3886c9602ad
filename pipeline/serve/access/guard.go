package access

import (
	"net"
	"net/http"
	"strings"
)

// A Guard turns away requests that no page should see, and sends with every answer
// what browsers are to forbid.
type Guard struct {
	Hosts []string // the names that the pages are reached by, beside those of this machine's loopback
	TLS   bool     // people reach the pages over HTTPS, also where a proxy ends it
	// Refuse tells people why, with a page.
	Refuse func(w http.ResponseWriter, r *http.Request, status int)
}

// policy lets a page load from here alone, run no script that stands in it, and be
// put into no frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Wrap is next behind the guard.
func (g Guard) Wrap(next http.Handler) http.Handler {
	forged := http.NewCrossOriginProtection()
	forged.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { g.Refuse(w, r, http.StatusForbidden) }))
	protected := forged.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !safe(r.Method) && !g.fromHere(r) {
			g.Refuse(w, r, http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.headers(w.Header())
		if !g.known(r.Host) {
			g.Refuse(w, r, http.StatusMisdirectedRequest)
			return
		}
		protected.ServeHTTP(w, r)
	})
}

func (g Guard) headers(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store")
	if g.TLS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// known tells whether a request names this server. A site that lets its own name
// lead here would else read the pages as its own.
func (g Guard) known(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if ip := net.ParseIP(name); name == "localhost" || ip != nil && ip.IsLoopback() {
		return true
	}
	for _, allowed := range g.Hosts {
		if name != "" && name == strings.ToLower(allowed) {
			return true
		}
	}
	return false
}

// fromHere asks of a request that changes something that a browser sent it from one
// of these pages, or that no browser did. CrossOriginProtection lets a request pass
// that says nothing of where it comes from; where one names an origin, it must be
// this one, scheme included.
func (g Guard) fromHere(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Header.Get("Sec-Fetch-Site") == "" || r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	scheme := "http"
	if g.TLS || r.TLS != nil {
		scheme = "https"
	}
	return origin == scheme+"://"+r.Host
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
