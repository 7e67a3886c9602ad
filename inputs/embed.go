// Package inputs carries the clerks' guide, which `tonghop init` writes into a new
// workspace. The folder beside it is the demo workspace's own.
package inputs

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"

	"tonghop/inputs/example"
)

//go:embed README.md pictures/*.png
var files embed.FS

// ofDemo is what README.md says of the demo alone.
var ofDemo = regexp.MustCompile(`(?s)<!-- bản minh họa -->\n.*?<!-- hết bản minh họa -->\n\n?`)

// Guide is the clerks' guide with its pictures, for a workspace of one's own.
func Guide() ([]example.File, error) {
	var all []example.File
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := files.ReadFile(name)
		if name == "README.md" {
			data = ofDemo.ReplaceAll(data, nil)
		}
		all = append(all, example.File{Path: path.Join("inputs", name), Data: data})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read clerks' guide: %w", err)
	}
	return all, nil
}
