// Package lang words everything that people read: findings, pages, summaries,
// feedback and messages, in Vietnamese and in English.
//
// All text of one language lies in one folder, vi or en, as TOML files by
// subject. Both folders have the same keys with the same placeholders; a test
// holds them to it. Numbers, dates and periods are printed here too, by the
// conventions of the language.
package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

//go:embed vi/*.toml en/*.toml
var files embed.FS

// A Language is a set of texts. It is safe for concurrent use.
type Language struct {
	Code string // vi or en
	text map[string]string
}

// Load reads the texts of the language with the given code.
func Load(code string) (*Language, error) {
	if code != "vi" && code != "en" {
		return nil, fmt.Errorf("language %q: want vi or en", code)
	}
	l := &Language{Code: code, text: map[string]string{}}
	names, err := fs.Glob(files, code+"/*.toml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := l.add(name); err != nil {
			return nil, fmt.Errorf("read texts %s: %w", name, err)
		}
	}
	return l, nil
}

func (l *Language) add(name string) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		return err
	}
	return l.flatten("", tree)
}

// flatten enters the texts of tree under their dotted keys: finding.blank_form.message.
func (l *Language) flatten(prefix string, tree map[string]any) error {
	for key, value := range tree {
		switch v := value.(type) {
		case string:
			if _, twice := l.text[prefix+key]; twice {
				return fmt.Errorf("key %q stands twice", prefix+key)
			}
			l.text[prefix+key] = v
		case map[string]any:
			if err := l.flatten(prefix+key+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("key %q: want a text, got %T", prefix+key, value)
		}
	}
	return nil
}

// Keys lists the keys of all texts, sorted.
func (l *Language) Keys() []string {
	keys := make([]string, 0, len(l.text))
	for key := range l.text {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Has tells whether there is a text for key.
func (l *Language) Has(key string) bool {
	_, ok := l.text[key]
	return ok
}

// Text is the text for key with its {placeholders} filled from pairs of name
// and value: Text("page.coverage", "reported", 14, "due", 20). A missing key is
// a programmer's mistake that tests find; the key itself then stands in for it.
func (l *Language) Text(key string, pairs ...any) string {
	text, ok := l.text[key]
	if !ok {
		return key
	}
	if len(pairs) == 0 {
		return text
	}
	var out strings.Builder
	out.Grow(2 * len(text))
	for {
		before, after, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		value, length := filled(after, pairs)
		out.WriteString(value)
		text = after[length:]
	}
}

// filled is what stands for the placeholder that the text goes on with, behind its
// opening brace, and the length of the rest of it; where pairs have no such name, the
// brace alone.
func filled(text string, pairs []any) (value string, length int) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if rest, ok := strings.CutPrefix(text, printed(pairs[i])); ok && strings.HasPrefix(rest, "}") {
			return printed(pairs[i+1]), len(text) - len(rest) + 1
		}
	}
	return "{", 0
}

func printed(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return fmt.Sprint(value)
}
