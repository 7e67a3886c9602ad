-- The achievement table of a period; by present units where the period's key says so.
-- grain: one row per unit (of every level) and indicator
-- reads: rpt_achievement
SELECT
    unit, indicator, actual, actual_quotient, ytd, ytd_quotient, target, rate, expected, pace, previous, previous_quotient, status, reported,
    due, qualifier, state, complete, target_units, target_ytd, target_ytd_quotient, needed_per_month, gap, gap_points, gap_expected, rank, rank_of,
    contribution, points, max_points, break, break_on, last_value, last_cut_off, last_age_days, missing_spans, missing_span_units
FROM rpt_achievement
WHERE period = $period
ORDER BY unit_ordinal, unit, indicator_ordinal;
