// Package inputs carries the example catalogue and forms, which are also the
// demo workspace's own. `tonghop init` writes them into a new workspace.
package inputs

import "embed"

// Example holds catalogue.xlsx, forms and README.md, as below a workspace's
// inputs folder.
//
//go:embed catalogue.xlsx forms/*.xlsx README.md
var Example embed.FS
