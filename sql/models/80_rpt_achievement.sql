-- Each unit's figures of an indicator with what they are measured against, what they were a year before, and whom they count.
-- previous is refused across a split.
-- Without a target, or with a target of 0, which is shown and measures nothing, the status is no_target.
-- grain: one row per period, unit (of every level) and indicator; of ratios and averages the quotients are filled
-- reads: run_period, dim_unit, cat_indicator, fct_figure, fct_last, fct_break, fct_gap, fct_target, fct_plan, fct_achievement,
-- fct_standing, fct_point, fct_coverage
CREATE OR REPLACE TABLE rpt_achievement AS
SELECT
    p.period, u.unit, i.code AS indicator, u.ordinal AS unit_ordinal, i.ordinal AS indicator_ordinal,
    f.actual, f.ytd, f.actual_quotient, f.ytd_quotient,
    coalesce(g.target, t.target) AS target,
    a.rate, a.expected, a.pace,
    CASE WHEN b.break IS DISTINCT FROM 'split' THEN e.actual END AS previous,
    CASE WHEN b.break IS DISTINCT FROM 'split' THEN e.actual_quotient END AS previous_quotient,
    coalesce(a.status, 'no_target') AS status,
    coalesce(c.reported, 0) AS reported,
    coalesce(c.due, 0) AS due,
    coalesce(c.complete, 0) AS complete,
    CASE WHEN g.is_own THEN 0 ELSE coalesce(g.units_with_target, 0) END AS target_units,
    g.ytd AS target_ytd, g.ytd_quotient AS target_ytd_quotient,
    coalesce(f.qualifier, 'exact') AS qualifier,
    coalesce(f.state, '') AS state,
    a.gap, a.gap_points, a.gap_expected, a.needed_per_month, s.rank, s.rank_of, s.contribution, o.points, o.max_points,
    coalesce(b.break, '') AS break, b.on_day AS break_on,
    l.value AS last_value, l.cut_off AS last_cut_off, l.age_days AS last_age_days,
    w.spans AS missing_spans, coalesce(w.units, 0) AS missing_span_units
FROM run_period AS p
JOIN dim_unit AS u ON u.period = p.period
CROSS JOIN cat_indicator AS i
LEFT JOIN fct_figure AS f ON f.period = p.period AND f.unit = u.unit AND f.indicator = i.code
LEFT JOIN fct_figure AS e ON e.period = p.previous AND e.unit = u.unit AND e.indicator = i.code
LEFT JOIN fct_break AS b ON b.period = p.period AND b.unit = u.unit AND b.indicator = i.code
LEFT JOIN fct_last AS l ON l.period = p.period AND l.unit = u.unit AND l.indicator = i.code
LEFT JOIN fct_gap AS w ON w.period = p.period AND w.unit = u.unit AND w.indicator = i.code
LEFT JOIN fct_target AS t ON t.period = p.period AND t.unit = u.unit AND t.indicator = i.code
LEFT JOIN fct_plan AS g ON g.period = p.period AND g.unit = u.unit AND g.indicator = i.code
LEFT JOIN fct_achievement AS a ON a.period = p.period AND a.unit = u.unit AND a.indicator = i.code
LEFT JOIN fct_standing AS s ON s.period = p.period AND s.unit = u.unit AND s.indicator = i.code
LEFT JOIN fct_point AS o ON o.period = p.period AND o.unit = u.unit AND o.indicator = i.code
LEFT JOIN fct_coverage AS c ON c.period = p.period AND c.unit = u.unit AND c.indicator = i.code
WHERE p.published;
