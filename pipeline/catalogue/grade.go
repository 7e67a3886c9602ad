package catalogue

import "tonghop/pipeline"

// loadGrades reads the rating scales. Within a scale no grade stands twice and
// no two begin at the same score. The lowest may leave its score empty.
func (l *loader) loadGrades(t *table) {
	var names, scores []version
	for _, r := range t.rows {
		g := pipeline.Grade{Valid: r.window(), Name: r.required("name"), Origin: r.origin()}
		score := r.score("min_score")
		if score != nil {
			g.MinScore = *score
		}
		l.cat.Grades = append(l.cat.Grades, g)
		names = append(names, version{key: fold(g.Name), valid: g.Valid, row: r})
		if score != nil || !r.has("min_score") {
			scores = append(scores, version{key: g.MinScore.String(), valid: g.Valid, row: r})
		}
	}
	reportOverlaps(names, "name", "catalogue_duplicate_grade")
	reportOverlaps(scores, "min_score", "catalogue_same_score")
}
