package intake

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
	"tonghop/pipeline/vntext"
)

// UnitOfFolder is the code of the unit whose inbox folder has the given name,
// or empty. Shares differ in how they keep accents and in whether case counts.
func UnitOfFolder(cat *pipeline.Catalogue, folder string) string {
	if folder == "" {
		return ""
	}
	folder = norm.NFC.String(folder)
	for _, u := range cat.Units {
		if strings.EqualFold(norm.NFC.String(u.Folder), folder) {
			return u.Code
		}
	}
	return ""
}

// UnitNamed finds the unit that a workbook names: by its code or its exact
// name, then by an alias, then by the name folded with and without accents
// where only one unit has it. Nothing is matched by nearness: Thạnh Trị is not
// Thanh Trì.
func UnitNamed(cat *pipeline.Catalogue, name string) string {
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	if name == "" {
		return ""
	}
	for _, same := range []func(string) bool{
		func(s string) bool { return norm.NFC.String(s) == name },
		func(s string) bool { return vntext.FoldAccents(s) == vntext.FoldAccents(name) },
		func(s string) bool { return vntext.Fold(s) == vntext.Fold(name) },
	} {
		for _, names := range []func(pipeline.Unit) []string{ownNames, aliases} {
			if code, found := onlyUnit(cat, names, same); found {
				return code
			}
		}
	}
	return ""
}

func ownNames(u pipeline.Unit) []string { return []string{u.Code, u.Name} }

func aliases(u pipeline.Unit) []string { return u.Aliases }

// onlyUnit is the one unit with a name that is the same; found is false where
// there is none or more than one.
func onlyUnit(cat *pipeline.Catalogue, names func(pipeline.Unit) []string, same func(string) bool) (code string, found bool) {
	for _, u := range cat.Units {
		if !slices.ContainsFunc(names(u), same) || u.Code == code {
			continue
		}
		if found {
			return "", false
		}
		code, found = u.Code, true
	}
	return code, found
}
