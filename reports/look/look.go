// Package look owns what all pages of the program look like: colours, type,
// tables, marks and the way they print. It knows nothing of what they say.
// Packages page and feedback set their styles on top of it; so does whoever
// serves pages of his own.
package look

import _ "embed"

// Base is the style sheet that every page begins with. Its head says what its
// scales and colours mean; it works in light, in dark and on paper, without
// scripts or a network.
//
//go:embed base.css
var Base string
