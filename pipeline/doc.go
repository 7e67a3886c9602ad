// Package pipeline holds the domain of tonghop: units, indicators, forms,
// periods and their arithmetic, submissions, facts and findings.
//
// It knows no file format, no database and no page; the packages below it do,
// and none of them knows another's technology. It imports the standard library
// and one exact-decimal library.
package pipeline
