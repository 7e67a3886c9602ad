package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
)

// What a unit is given judges as the whole catalogue does, and holds nothing else.
func TestForJudging(t *testing.T) {
	t.Parallel()
	for name, sheets := range map[string][]named{"english": good(), "vietnamese": vietnamese(good())} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := load(t, book(sheets))
			reduced := catalogue.ForJudging(book(sheets))
			want := *whole
			want.Targets, want.Grades = nil, nil
			for i := range want.Units {
				want.Units[i].Folder = want.Units[i].Code
			}
			if diff := cmp.Diff(&want, load(t, reduced), cmpopts.IgnoreUnexported(pipeline.Catalogue{})); diff != "" {
				t.Errorf("the reduced catalogue reads otherwise (-whole +reduced):\n%s", diff)
			}
			text := fmt.Sprint(reduced)
			for _, secret := range []string{"1250", "2500", "chau-thanh", "Vững mạnh", "ghi chú của cán bộ", "Số liệu minh họa"} {
				if strings.Contains(text, secret) {
					t.Errorf("the reduced catalogue still says %q", secret)
				}
			}
		})
	}
}
