package sample

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
)

// A Delivery is what lies in the inbox anew when the pipeline runs at Now.
type Delivery struct {
	Now     time.Time
	Heading string // what arrives, in Vietnamese
	Files   []File
}

// A File is one file of a delivery.
type File struct {
	Path string // below the inbox, with slashes; may be that of an earlier file, saved over
	Data []byte
	// Verdict is what must become of it; empty where its bytes were taken
	// before under another name, so that nothing is new.
	Verdict pipeline.Verdict
	// Codes are the codes of the findings it must get, notices too, each once
	// and in order.
	Codes []string
}

// Deliveries are the nineteen months of the demo and what became of the plan of
// 2020, in order.
func Deliveries() ([]Delivery, error) {
	s, err := newScript()
	if err != nil {
		return nil, err
	}
	s.june2014()
	s.december2014()
	s.june2015()
	s.december2015()
	s.january2016()
	s.september2020()
	return s.all, s.err
}

// A script writes the deliveries one after the other. It keeps the first error.
type script struct {
	forms    map[string][]byte
	figures  figures
	assigned targets
	all      []Delivery
	err      error
}

func newScript() (*script, error) {
	inputs, err := Inputs()
	if err != nil {
		return nil, err
	}
	made := invent()
	return &script{
		forms:   map[string][]byte{programme: inputs[1].Data, activity: inputs[2].Data, plan2020: inputs[3].Data},
		figures: made, assigned: assign(made),
	}, nil
}

// on opens the delivery of a day in Vietnam at nine in the morning.
func (s *script) on(year int, month time.Month, d int, heading string) {
	now := time.Date(year, month, d, 9, 0, 0, 0, time.FixedZone("+07", 7*60*60))
	s.all = append(s.all, Delivery{Now: now, Heading: heading})
}

// file adds a file to the open delivery.
func (s *script) file(f File) {
	open := &s.all[len(s.all)-1]
	open.Files = append(open.Files, f)
}

// clean adds reports as they should be, under the names their units use.
func (s *script) clean(form string, period pipeline.Period, codes ...string) {
	for _, code := range codes {
		s.send(reportKey{code, form, period}, "")
	}
}

// send adds a report with what was done to it. An empty path is the name that
// its unit uses.
func (s *script) send(key reportKey, path string, tricks ...trick) {
	if path == "" {
		path = fileName(key)
	}
	signed := s.all[len(s.all)-1].Now.AddDate(0, 0, -2)
	data, err := newReport(s.forms[key.form], key, s.figures[key], signed).apply(s.assigned, tricks)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("make %q: %w", path, err)
	}
	f := File{Path: key.unit + "/" + path, Data: data}
	f.Verdict, f.Codes = expect(append(tricks, trial(s.figures[key])))
	s.file(f)
}

// trial is what the catalogue's one rule on trial says: more people learnt than
// all courses had, as in the industrial zones, where most learn at work.
func trial(v values) trick {
	if v["HT01"] > v["CM00"]+v["LL00"]+v["TH01"]+v["NN02"]+v["NN03"] {
		return trick{codes: []string{"check_failed"}}
	}
	return trick{}
}

// again adds the same bytes as the file at path under another name, for which
// the verdict is another one only if it was held before.
func (s *script) again(path, name string, verdict pipeline.Verdict) {
	for _, d := range s.all {
		for _, f := range d.Files {
			if f.Path == path {
				s.file(File{Path: name, Data: bytes.Clone(f.Data), Verdict: verdict})
				return
			}
		}
	}
	if s.err == nil {
		s.err = fmt.Errorf("send %q again: no such file", path)
	}
}

// fileName is the name that a unit gives its workbook; each has its own habit.
func fileName(key reportKey) string {
	year, short, long := key.period.Year, "nam", "năm"
	if key.period.Kind == pipeline.Half {
		short, long = "6T", "6 tháng đầu năm"
	}
	name := ascii(strings.TrimPrefix(unitByCode(key.unit).aliases[0], "LĐLĐ "))
	habit := int(key.unit[len(key.unit)-1]) % 4
	if key.form == programme {
		return []string{
			fmt.Sprintf("%d/Biểu 1464 năm %d.xlsx", year, year),
			fmt.Sprintf("Bao cao 1464 nam %d - %s.xlsx", year, name),
			fmt.Sprintf("1464_%d_%s.xlsx", year, key.unit),
			fmt.Sprintf("%d/BC 1464 %d %s - chinh thuc.xlsx", year, year, name),
		}[habit]
	}
	return []string{
		fmt.Sprintf("%d/Mẫu 2-HĐCĐ %s %d.xlsx", year, long, year),
		fmt.Sprintf("BIEU 2 HDCD %s %d.xlsx", short, year),
		fmt.Sprintf("%d/mau02_%s_%s_%d.xlsx", year, key.unit, short, year),
		fmt.Sprintf("Bao cao so lieu hoat dong cong doan - %s.xlsx", name),
	}[habit]
}

// ascii is text without diacritics.
func ascii(text string) string {
	plain := strings.NewReplacer("đ", "d", "Đ", "D").Replace(text)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(plain))
}
