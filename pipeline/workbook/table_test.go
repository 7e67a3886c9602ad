package workbook

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readLines are the cells of a text table as name=value.
func readLines(data string) ([]string, error) {
	limits := DefaultLimits()
	limits.Text = true
	book, err := Read([]byte(data), limits)
	if err != nil {
		return nil, err
	}
	var cells []string
	for i := range book.Sheets[0].Cells {
		cell := &book.Sheets[0].Cells[i]
		if cell.Type != Text || book.Kind != TextTable || book.Sheets[0].Name != "csv" {
			return nil, errors.New("no text table")
		}
		cells = append(cells, cell.Name()+"="+cell.Value)
	}
	return cells, nil
}

func TestTable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data string
		want       []string
	}{
		{"commas", "TT,Đơn vị\n1,Sở Y tế\n", []string{"A1=TT", "B1=Đơn vị", "A2=1", "B2=Sở Y tế"}},
		{"mark of UTF-8", "\ufeffTT;Tên\r\n1;1,5\r\n", []string{"A1=TT", "B1=Tên", "A2=1", "B2=1,5"}},
		{"tabs before commas", "a,b\tc\nd\te,f", []string{"A1=a,b", "B1=c", "A2=d", "B2=e,f"}},
		{"UTF-16", wide("số\tlượng\r\n1\t2\r\n"), []string{"A1=số", "B1=lượng", "A2=1", "B2=2"}},
		{"Windows-1258", "T\xean,\xd0\xf5n vi\xf2\n1,2\n", []string{"A1=Tên", "B1=Đơn vị", "A2=1", "B2=2"}},
		{"quotes", "\"a,\"\"b\"\"\r\nc\",d\n\"\",\"e\"f\n", []string{"A1=a,\"b\"\nc", "B1=d", "B2=ef"}},
		{"empty cells and lines", "a,,b\n\n,c,\n", []string{"A1=a", "C1=b", "B3=c"}},
		{"separator named", "sep=|\na|b,c\n", []string{"A1=a", "B1=b,c"}},
		{"line ends of old Macs", "a,b\rc,d\r", []string{"A1=a", "B1=b", "A2=c", "B2=d"}},
		{"heading above", "Biểu 02\na,b\nc,d\ne,f\n", []string{"A1=Biểu 02", "A2=a", "B2=b", "A3=c", "B3=d", "A4=e", "B4=f"}},
		{"like a bitmap", "BM,Tên biểu mẫu\n1,2\n", []string{"A1=BM", "B1=Tên biểu mẫu", "A2=1", "B2=2"}},
	}
	for _, tt := range tests {
		got, err := readLines(tt.data)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestTableRefused(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, data, code string }{
		{"one line", "a,b,c", "not_a_workbook"},
		{"no separator", "một\nhai\nba\n", "not_a_workbook"},
		{"prose", "Kính gửi các đơn vị,\nđề nghị nộp báo cáo\nđúng hạn, đủ biểu, đúng mẫu\nTrân trọng\n", "not_a_workbook"},
		{"binary", "a,b\n\x00\x01,c\n", "not_a_workbook"},
		{"no code page", "a,b\n\x8a\x8d,c\n", "not_a_workbook"},
		{"half a character", wide("a\tb\r\nc\td") + "x", "not_a_workbook"},
		{"broken UTF-8", "\ufeffa,b\n\xff,c\n", "not_a_workbook"},
		{"quotes left open", "a,b\nc,d\ne,f\n\"g,h\n", "damaged"},
		{"too many columns", strings.Repeat(strings.Repeat(",", maxColumns)+"x\n", 2), "too_large"},
		{"markup", "<html>\n<p>a,b</p>\n", "html_workbook"},
	}
	for _, tt := range tests {
		var refusal *Refusal
		if got, err := readLines(tt.data); !errors.As(err, &refusal) || refusal.Code != tt.code {
			t.Errorf("%s: got %q, %v, want %s", tt.name, got, err, tt.code)
		}
	}
	if _, err := Read([]byte("a,b\nc,d\n"), DefaultLimits()); err == nil {
		t.Error("text is read although Limits do not allow it")
	}
}
