// Package backup keeps copies of a workspace as plain folders, and puts one back.
//
// Each backup is a folder of its own, named after its time, that holds every file
// under its own path: what has not changed since the backup before is a second name
// of the same bytes, where the disk can do that, so that any folder may be deleted.
// It has its name only once it is whole and on the disk, with a manifest that gives
// each file's hash. Package job says what belongs to a workspace and holds its lock.
package backup
