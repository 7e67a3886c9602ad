package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tonghop/pipeline"
	"tonghop/pipeline/publish"
	"tonghop/reports/published"
)

// An issue has a folder of its own among the pages, such as /out/2026-H1@3/: its links
// lead to files of the same issue, also while the next one is published.
func issueFolder(i *published.Issue) string {
	return fmt.Sprintf("/out/%s@%d/", i.Period, i.Number())
}

// publishedIndex is the list of periods as it is published.
func (s *Server) publishedIndex(w http.ResponseWriter, r *request) error {
	data, err := os.ReadFile(s.Config.Path("out", "index.html"))
	if err != nil {
		return err
	}
	sendPage(w, r, "index.html", data)
	return nil
}

// publishedPeriod leads to what is published for a period now.
func (s *Server) publishedPeriod(w http.ResponseWriter, r *request) error {
	issue, err := s.namedIssue(r.PathValue("period"))
	if err != nil {
		return err
	}
	http.Redirect(w, r.Request, issueFolder(issue)+"index.html", http.StatusFound)
	return nil
}

// publishedFile is a file of an issue; without a number it leads to what is published
// now.
func (s *Server) publishedFile(w http.ResponseWriter, r *request) error {
	named := r.PathValue("issue")
	issue, err := s.namedIssue(named)
	if err != nil {
		return err
	}
	name := r.PathValue("name")
	if name == "" {
		name = "index.html"
	}
	if !strings.Contains(named, "@") {
		at := slices.IndexFunc(issue.Files, func(f publish.File) bool { return f.Name == name })
		if at < 0 {
			return notFound
		}
		http.Redirect(w, r.Request, issueFolder(issue)+issue.Files[at].Name, http.StatusFound)
		return nil
	}
	data, err := issue.File(name)
	if err != nil {
		return err
	}
	if name == "index.html" {
		sendPage(w, r, name, data)
		return nil
	}
	plain := fmt.Sprintf("%s-%d-%s", issue.Period, issue.Number(), path.Base(name))
	attach(w, plain, typeOf(name))
	http.ServeContent(w, r.Request, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// namedIssue is the issue that a folder of the pages names: 2026-H1@3, or 2026-H1 for
// what is published now.
func (s *Server) namedIssue(folder string) (*published.Issue, error) {
	code, number, pinned := strings.Cut(folder, "@")
	p, err := pipeline.ParsePeriod(code)
	if err != nil || p.String() != code {
		return nil, notFound
	}
	if !pinned {
		return s.reader.Issue(p)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || strconv.Itoa(n) != number {
		return nil, notFound
	}
	issue, err := s.reader.Numbered(p, n)
	if errors.Is(err, fs.ErrNotExist) { // its folder was cleared away; the files at the top may be its
		if top, fault := s.reader.Issue(p); fault == nil && top.Number() == n {
			return top, nil
		}
	}
	return issue, err
}

// publishedPolicy is what a published page may do. The scripts in it are allowed one by
// one by the policy that it brings. Whatever lies in out in its place asks nothing of these
// pages in the reader's name.
const publishedPolicy = "connect-src 'none'; frame-src 'none'; worker-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// slowLine is how long a large file may take.
const slowLine = 10 * time.Minute

// unhurried gives an answer that may be large the time that it takes on a slow line.
func unhurried(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(slowLine)) // where it can't be set the server's own holds
}

// sendPage sends a published page as it is.
func sendPage(w http.ResponseWriter, r *request, name string, data []byte) {
	unhurried(w)
	w.Header().Set("Content-Security-Policy", publishedPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	http.ServeContent(w, r.Request, name, time.Time{}, bytes.NewReader(data))
}

// typeOf is the type of a file for readers: one that no browser runs.
func typeOf(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".json":
		return "application/json"
	}
	return "application/octet-stream"
}

// attach says that what follows is to be kept as a file of the given name, which may be
// anything that a unit called one.
func attach(w http.ResponseWriter, name, kind string) {
	unhurried(w)
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(filepath.Base(name), "_"))
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
}
