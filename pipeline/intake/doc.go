// Package intake takes files from the inbox: which are there, which are
// settled, their bytes into the archive, whose they are and for which period.
//
// Files in the inbox are the units': nothing here moves, renames, edits or
// deletes them. It refuses to follow links. It is called by packages assess
// (unit and period) and job (files).
package intake
