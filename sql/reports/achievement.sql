-- The achievement table of a period.
-- grain: one row per unit (of every level) and indicator
-- reads: rpt_achievement
SELECT
    unit, indicator, actual, actual_quotient, ytd, ytd_quotient, target, rate, expected, pace, previous, previous_quotient, status, reported,
    due, qualifier, state, complete, target_units, target_ytd, target_ytd_quotient, needed_per_month, gap, gap_points, gap_expected, rank, rank_of,
    contribution, points, max_points
FROM rpt_achievement
WHERE period = $period
ORDER BY unit_ordinal, unit, indicator_ordinal;
