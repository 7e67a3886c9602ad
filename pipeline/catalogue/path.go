package catalogue

import (
	"io/fs"
	"strings"

	"tonghop/pipeline"
)

// maxName bounds codes and names of folders and files, in bytes: most file
// systems take 255, and outputs add endings.
const maxName = 120

// pathSigns cannot stand in a file's name on a share that Windows reads.
const pathSigns = `/\<>:"|?*`

// isPathElement tells whether name can be a folder or a file that lies
// directly in its folder and that neither we nor Windows hide or refuse.
func isPathElement(name string) bool {
	return name != "" && len(name) <= maxName && !strings.ContainsAny(name, pathSigns) &&
		!strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~") && !strings.HasSuffix(name, ".")
}

// isLocalFile tells whether name, with slashes, stays below its folder.
func isLocalFile(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	for _, element := range strings.Split(name, "/") {
		if !isPathElement(element) {
			return false
		}
	}
	return true
}

// checkFolders reports folders that cannot be and folders of two units. A
// share may not tell Case from case.
func (l *loader) checkFolders() {
	first := map[string]int{}
	for i, u := range l.cat.Units {
		r := l.unitRows[i]
		if u.Code == "" || u.Folder == "" {
			continue
		}
		if !isPathElement(u.Folder) {
			r.report("folder", pipeline.Finding{Code: "catalogue_bad_folder", Read: u.Folder, Expected: spaced(pathSigns)})
			continue
		}
		key := strings.ToLower(u.Folder)
		other, taken := first[key]
		if !taken {
			first[key] = i
		} else if owner := l.cat.Units[other]; owner.Code != u.Code {
			r.report("folder", pipeline.Finding{
				Code: "catalogue_duplicate_folder", Read: u.Folder,
				Args: []pipeline.Arg{{Name: "unit", Value: owner.Code}, {Name: "first", Value: l.unitRows[other].name("folder")}},
			})
		}
	}
}
