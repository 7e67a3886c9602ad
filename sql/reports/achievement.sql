-- The achievement table of a period.
-- grain: one row per unit (of every level) and indicator
-- reads: rpt_achievement
SELECT unit, indicator, actual, ytd, target, rate, expected, pace, previous, status, reported, due, qualifier, state,
    complete, target_units, target_ytd
FROM rpt_achievement
WHERE period = $period
ORDER BY unit_ordinal, unit, indicator_ordinal;
