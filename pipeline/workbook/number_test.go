package workbook

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
)

func TestPlainNumber(t *testing.T) {
	t.Parallel()
	tests := []struct{ raw, want string }{
		{"0", "0"}, {"-0", "0"}, {"12", "12"}, {"-12", "-12"}, {"+5", "5"}, {"007", "7"}, {"079123456789", "79123456789"},
		{"0.1", "0.1"}, {".5", "0.5"}, {"5.", "5"}, {"1.50", "1.5"}, {"-0.25", "-0.25"}, {"00.5", "0.5"},
		{"1E+2", "100"}, {"1e-3", "0.001"}, {"1.5E3", "1500"}, {"1.25e1", "12.5"}, {"-1E-7", "-0.0000001"}, {"0E5", "0"},
		{"0.30000000000000004", "0.3"}, {"0.61229999999999996", "0.6123"}, {"12.066000000000001", "12.066"},
		{"9999999999999999.5", "10000000000000000"}, {"99999999999999.99", "100000000000000"}, {"1234567890123456.7", "1234567890123460"},
		{"12345678901234567890", "12345678901234567890"}, {"12345678901234567", "12345678901234567"},
		{"1.2345678901234567E+20", "123456789012345670000"}, {"1E+20", "100000000000000000000"},
		{"", ""}, {"-", ""}, {".", ""}, {"abc", ""}, {"1,5", ""}, {"1 2", ""}, {"0x10", ""}, {"1e", ""}, {"e5", ""}, {"NaN", ""}, {"INF", ""},
		{"1e401", ""}, {"1e99999999999999999999", ""}, {"--1", ""}, {"1.2.3", ""}, {"1_000", ""}, {strings.Repeat("1", 401), ""},
	}
	for _, tt := range tests {
		got, ok := plainNumber(nil, []byte(tt.raw))
		if string(got) != tt.want || ok != (tt.want != "") {
			t.Errorf("plainNumber(%q) = %q, %v, want %q", tt.raw, got, ok, tt.want)
		}
	}
}

// What a double of a workbook reads back as is the double, to Excel's precision.
func FuzzPlainNumber(f *testing.F) {
	for _, n := range []float64{0, 1, -1, 0.1, 1e21, 1e-9, math.Pi, math.MaxFloat64, 123456789012345.6} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n float64) {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			t.Skip()
		}
		digits, ok := plainNumber(nil, appendDigits(nil, n))
		plain := string(digits)
		if !ok || strings.ContainsAny(plain, "eE") {
			t.Fatalf("%v reads as %q, %v", n, plain, ok)
		}
		back, err := strconv.ParseFloat(plain, 64)
		if _, exact := new(big.Float).SetString(plain); !exact || err != nil && math.Abs(n) < 1e308 {
			t.Fatalf("%v reads as %q: %v", n, plain, err)
		}
		if math.Abs(back-n) > 1e-14*math.Abs(n) {
			t.Errorf("%v reads as %q", n, plain)
		}
	})
}

func TestDates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		epoch  epoch
		serial float64
		want   string
	}{
		{"first day", epoch1900, 1, "1900-01-01"},
		{"before the day that never was", epoch1900, 59, "1900-02-28"},
		{"the day that never was", epoch1900, 60, "1900-02-29"},
		{"after it", epoch1900, 61, "1900-03-01"},
		{"a day", epoch1900, 44230, "2021-02-03"},
		{"with a time", epoch1900, 44230.75, "2021-02-03T18:00:00"},
		{"nearly midnight", epoch1900, 44230.9999999, "2021-02-04"},
		{"a time alone", epoch1900, 0.125, "03:00:00"},
		{"last day", epoch1900, 2958465, "9999-12-31"},
		{"too late", epoch1900, 2958466, ""},
		{"negative", epoch1900, -1, ""},
		{"no number", epoch1900, math.NaN(), ""},
		{"1904", epoch1904, 42768, "2021-02-03"},
		{"first day of 1904", epoch1904, 0, "1904-01-01"},
		{"last day of 1904", epoch1904, 2957003, "9999-12-31"},
		{"too late for 1904", epoch1904, 2957004, ""},
	}
	for _, tt := range tests {
		if got, _ := tt.epoch.date(nil, tt.serial); string(got) != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A stored date is the serial number that reads as the same date.
func TestParseISO(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"2021-02-03", "2021-02-03"}, {"2021-02-03T00:00:00", "2021-02-03"}, {"2021-02-03T18:00:00Z", "2021-02-03T18:00:00"},
		{"2021-02-03T18:00:00.000", "2021-02-03T18:00:00"}, {"2021-02-03T18:00:00+07:00", "2021-02-03T18:00:00"},
		{"2021-02-03T18:00", "2021-02-03T18:00:00"}, {"1904-01-02", "1904-01-02"}, {"18:30:00", "18:30:00"}, {"T18:30", ""}, {"03/02/2021", ""}, {"", ""},
		{"PT6H", "06:00:00"}, {"PT0H11M0.000S", "00:11:00"}, {"PT90S", "00:01:30"}, {"P", ""}, {"PT", ""}, {"P1H", ""}, {"PT5", ""}, {"PT1.2.3H", ""}, {"P1M", ""}, {"PTH", ""},
	}
	for _, e := range []epoch{epoch1900, epoch1904} {
		for _, tt := range tests {
			var got []byte
			if serial, ok := e.parseISO(tt.text); ok {
				got, _ = e.date(nil, serial)
			}
			if string(got) != tt.want {
				t.Errorf("epoch %d: %q reads as %q, want %q", e, tt.text, got, tt.want)
			}
		}
	}
	if serial, _ := epoch1900.parseISO("1900-02-28"); serial != 59 {
		t.Errorf("1900-02-28 is day %v, want 59", serial)
	}
}

func TestShownBy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code string
		want shows
	}{
		{"", showsNumber}, {"General", showsNumber}, {"Standard", showsNumber}, {"0.00%", showsNumber}, {"#,##0;[Red]-#,##0", showsNumber},
		{`0 "ngày"`, showsNumber}, {`#,##0\d`, showsNumber}, {"0.00E+00", showsNumber}, {`_(* #,##0_)`, showsNumber}, {"@", showsNumber},
		{`[$-42A]General`, showsNumber}, {`[$₫-42A]#,##0`, showsNumber}, {`0;"d"`, showsNumber}, {`"unfinished`, showsNumber}, {"[unfinished", showsNumber},
		{"dd/mm/yyyy", showsDate}, {"[$-42A]dd mmmm yyyy", showsDate}, {"mm-dd-yy", showsDate}, {"h:mm AM/PM", showsDate}, {`yyyy\-mm\-dd`, showsDate},
		{"[Red]d", showsDate}, {"YYYY", showsDate}, {"[h]:mm", showsSpan}, {"[mm]:ss", showsSpan}, {"[SS]", showsSpan},
	}
	for _, tt := range tests {
		if got := shownBy(tt.code); got != tt.want {
			t.Errorf("shownBy(%q) = %d, want %d", tt.code, got, tt.want)
		}
	}
	for _, id := range []int{14, 22, 30, 45, 58} {
		if shownBy(builtinFormat(id)) != showsDate {
			t.Errorf("format %d is no date", id)
		}
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		row, col int
		ok       bool
	}{
		{"A1", 0, 0, true}, {"C12", 11, 2, true}, {"XFD1048576", 1048575, 16383, true}, {"b2", 1, 1, true},
		{"XFE1", 0, 0, false}, {"A1048577", 0, 0, false}, {"A0", 0, 0, false}, {"A", 0, 0, false}, {"1", 0, 0, false}, {"", 0, 0, false},
		{"AAAAA1", 0, 0, false}, {"$A$1", 0, 0, false}, {"A-1", 0, 0, false}, {"A99999999999999999999", 0, 0, false},
	}
	for _, tt := range tests {
		row, col, ok := parseName([]byte(tt.name))
		if ok != tt.ok || ok && (row != tt.row || col != tt.col) {
			t.Errorf("parseName(%q) = %d, %d, %v", tt.name, row, col, ok)
		}
		if tt.ok && CellName(row, col) != strings.ToUpper(tt.name) {
			t.Errorf("CellName(%d, %d) = %s, want %s", row, col, CellName(row, col), tt.name)
		}
	}
	if r, ok := parseRange([]byte("C5:A2")); !ok || r != (Range{1, 0, 4, 2}) {
		t.Errorf("C5:A2 is %v, %v", r, ok)
	}
}
