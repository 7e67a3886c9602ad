package serve

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"tonghop/reports/published"
)

// A recordView is one act of the journal.
type recordView struct {
	Seq, At, Act, About, By, Reason string
}

// record words the acts that match, newest first.
func (s *Server) record(o *published.Outlook, match func(row map[string]string) bool) []recordView {
	var all []recordView
	for _, row := range slices.Backward(o.Ledger.Journal.Records()) {
		if !match(row) {
			continue
		}
		at, _ := time.Parse(time.RFC3339, row["at"]) // as this program wrote it
		about := cmp.Or(s.periodName(row["period"]), row["period"])
		for _, part := range []string{row["unit"], row["form"], row["sha256"][:min(12, len(row["sha256"]))]} {
			if part != "" && about != "" {
				about += " · "
			}
			about += part
		}
		all = append(all, recordView{row["seq"], s.moment(at), s.text("journal.act." + row["act"]), about, row["by"], row["reason"]})
	}
	return all
}

// journal is everything that staff decided.
func (s *Server) journal(w http.ResponseWriter, r *request) error {
	ledger, err := s.reader.Ledger()
	if err != nil {
		return err
	}
	all := s.record(&published.Outlook{Ledger: ledger, Now: r.Now}, func(map[string]string) bool { return true })
	s.show(w, r, http.StatusOK, "journal", s.text("journal.title"), struct{ Record []recordView }{all})
	return nil
}
