-- The ranking of a period: units under the same parent, of one kind, by rank. previous_rank is the rank in the same period a year
-- earlier, by today's weights.
-- grain: one row per unit
-- reads: fct_score, dim_unit, run_period
SELECT
    s.unit, s.score, s.max_score, s.share, coalesce(s.grade, '') AS grade, s.rank, s.rank_of, s.met, s.not_met, s.no_data, s.targets,
    e.rank AS previous_rank
FROM fct_score AS s
JOIN run_period AS p ON p.period = s.period
JOIN dim_unit AS u ON u.period = s.period AND u.unit = s.unit
LEFT JOIN dim_unit AS a ON a.period = u.period AND a.unit = u.parent
LEFT JOIN fct_score AS e ON e.period = p.previous AND e.unit = s.unit
WHERE s.period = $period
ORDER BY a.ordinal NULLS FIRST, min(u.ordinal) OVER (PARTITION BY u.parent, u.kind), s.rank NULLS LAST, u.ordinal, s.unit;
