// Package access decides who may do what on the web pages of serve: passwords of
// staff, sessions, and the requests that no page should ever see.
//
// It owns no page. It refuses names and passwords that nobody has, too many tries,
// hosts that are not this one, and requests that another site made a browser send.
// Package serve calls it; the command password prints what it can check later.
package access
